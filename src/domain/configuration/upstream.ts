/** The service that rows are fetched from, and how often. */
export interface SyncConfig {
  readonly base: URL;
  readonly token: string;
  /** Milliseconds from the end of one sync to the next. */
  readonly everyMs: number;
}

const MAX_URL_LENGTH = 2_000;

/** Reads the base URL of an upstream. Throws an Error that says what would be right. */
export function readUpstreamUrl(text: string): URL {
  const url = text.length <= MAX_URL_LENGTH && URL.canParse(text) ? new URL(text) : null;
  const local = url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (!url || !(url.protocol === 'https:' || local) || url.username || url.password || url.search || url.hash)
    throw new Error('must look like https://interviews.example.org/prefix (http only for localhost)');
  return url;
}

/** Maximum number of characters of a token. */
const MAX_TOKEN_LENGTH = 8_192;

/** Reads the token of an upstream. Throws an Error that says what would be right, without the token. */
export function readUpstreamToken(text: string): string {
  if (text.length > MAX_TOKEN_LENGTH || !/^[\x21-\x7e]+$/.test(text))
    throw new Error(`must be one token of printable ASCII characters without spaces, at most ${MAX_TOKEN_LENGTH}`);
  return text;
}
