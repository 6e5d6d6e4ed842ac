/** Where to get a token, for people without a shell at the service. */
export const WHO_GIVES_TOKENS = `Whoever runs this service gives you one: <code>npm start</code> prints one there, and
<code>npm run token -- create --name NAME --scope read,personal</code> creates one.`;

/**
 * Returns a form for a token, which then shows its name (./browser/token-form.js). `keeps` says how the page stores the
 * token.
 */
export const tokenForm = (keeps: string): string => `<div class="token">
<form id="ask" class="ask">
<label for="token">Token</label>
<input id="token" type="password" required autocomplete="off" spellcheck="false" aria-describedby="why hint">
<button type="submit" class="primary">Use token</button>
<p id="why" role="alert"></p>
<p id="hint" class="hint">${WHO_GIVES_TOKENS} ${keeps}</p>
</form>
<p id="who" role="status" hidden><span id="whose"></span> <button type="button" id="forget">Forget token</button></p>
</div>
<noscript><p class="notice">This page needs JavaScript. Without it, <code>curl</code> does the same; the API reference says how.</p></noscript>`;
