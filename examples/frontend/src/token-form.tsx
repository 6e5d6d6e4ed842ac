interface TokenFormProps {
  /** Why the service refused the last one. */
  refusal: string | null;
  onToken(token: string): void;
}

export function TokenForm({ refusal, onToken }: TokenFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const token = new FormData(event.currentTarget).get('token');
        if (typeof token === 'string' && token.trim() !== '') onToken(token.trim());
      }}
    >
      <label htmlFor="token">Token of the service</label>
      <input id="token" name="token" type="password" autoComplete="off" required />
      <button type="submit">Go on</button>
      {refusal && <p role="alert">{refusal}</p>}
    </form>
  );
}
