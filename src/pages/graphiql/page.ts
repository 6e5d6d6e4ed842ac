import { GRAPHIQL_FILES_PATH } from '../../domain/paths.ts';
import { scriptJson } from '../html.ts';
import { ROOT, withRoot } from '../page.ts';
import { WHO_GIVES_TOKENS } from '../token-form.ts';
import { EXAMPLES } from './examples.ts';

/** URL of the page's files. */
const FILES = `${ROOT}${GRAPHIQL_FILES_PATH.slice(1)}`;

/**
 * Returns the page for a root: a form for the token, then GraphiQL (../browser/graphiql-page.js). It contains no data.
 */
export const graphiqlPage = withRoot(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL · Interviews Data Service</title>
<link rel="icon" href="${FILES}/icon.svg">
<link rel="stylesheet" href="${FILES}/graphiql.css">
<link rel="stylesheet" href="${FILES}/graphiql-page.css">
<script type="application/json" id="settings">${scriptJson({ files: FILES, examples: EXAMPLES })}</script>
<script type="module" src="${FILES}/graphiql-page.js"></script>
<script defer src="${FILES}/graphiql.js"></script>
</head>
<body>
<header>
<h1>Interviews Data Service · GraphQL</h1>
<p id="who" role="status"></p>
<button type="button" id="change" hidden>Change token</button>
<button type="button" id="forget" hidden>Forget token</button>
</header>
<form id="ask" hidden>
<label for="token">Token</label>
<input id="token" type="password" required autocomplete="off" spellcheck="false" aria-describedby="why hint">
<button type="submit">Use token</button>
<button type="button" id="keep" hidden>Cancel</button>
<p id="why" role="alert"></p>
<p id="hint">Queries need a token with the scope <code>read</code>, and <code>personal</code> for names, places, reviews and ratings. ${WHO_GIVES_TOKENS}
This page keeps it until the tab is closed, or until “Forget token”, and sends it to this service alone. GraphiQL: <a href="${ROOT}files/third-party-notices.txt">licenses</a>.</p>
</form>
<noscript>GraphiQL needs JavaScript.</noscript>
<main id="graphiql"></main>
</body>
</html>
`);

/**
 * The page may load only the service's own files and connect only to the service. Monaco, the editor in GraphiQL,
 * writes style elements and style attributes, so inline styles must be allowed; its icons are fonts in data: URLs.
 * Scripts are only our own files, without eval.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers of the page. */
export const GRAPHIQL_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
  vary: 'Accept',
};
