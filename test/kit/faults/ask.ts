import { once } from 'node:events';
import http from 'node:http';
import { gunzipSync } from 'node:zlib';
import { rest } from '../download.ts';
import { ADMIN_TOKEN } from '../service.ts';
import { expectError } from '../sound-answers.ts';
import type { Work } from './works.ts';

/** Milliseconds after which whoever has no whole answer counts as forgotten: longer than every timeout that docs/operations.md names. */
const FORGOTTEN_MS = 100_000;

/** What came of a request. */
export type Answer =
  /** A whole answer of success, and the id of the request. */
  | { readonly kind: 'whole'; readonly text: string; readonly id: string }
  /** One that visibly did not come to its end. */
  | { readonly kind: 'cut' }
  /** An error in the form of the service, by its code. */
  | { readonly kind: 'refused'; readonly code: string }
  /** No answer at all: the service is away. */
  | { readonly kind: 'away' };

/** Sends a request on a connection of its own. Fails where nothing comes for long, and where an error is not as docs/contract.md says. */
export async function ask(url: string, { method, path, headers, body }: Work): Promise<Answer> {
  const request = http.request(`${url}${path}`, {
    method,
    agent: false,
    headers: { 'x-smarttoken': ADMIN_TOKEN, ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) },
  });
  request.on('error', () => {});
  const late = setTimeout(() => request.destroy(new Error('forgotten')), FORGOTTEN_MS);
  try {
    // A refusal may come before the body is sent, after which the connection is closed.
    const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
    request.end(body);
    const response = await answered.then(
      ([first]) => first,
      (error: Error) => {
        if (error.message === 'forgotten')
          throw new Error(`${method} ${path} had no answer for ${FORGOTTEN_MS / 1000} s`);
        return null;
      },
    );
    if (response === null) return { kind: 'away' };
    const { bytes, whole } = await rest(response);
    if (!whole && request.errored?.message === 'forgotten') throw new Error(`${method} ${path} had no end`);
    if (!whole) return { kind: 'cut' };
    const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
    return answerOf(response, text);
  } finally {
    clearTimeout(late);
  }
}

function answerOf({ statusCode = 0, headers }: http.IncomingMessage, text: string): Answer {
  const isGraphql = headers['content-type']?.startsWith('application/graphql-response+json') ?? false;
  if (statusCode === 200 && !(isGraphql && 'errors' in JSON.parse(text)))
    return { kind: 'whole', text, id: String(headers['x-request-id']) };
  expectError(text);
  const { error, errors = [error] } = JSON.parse(text);
  const code: string = errors[0].code ?? errors[0].extensions.code;
  const said = `${statusCode} ${code}: ${text.slice(0, 500)}`;
  if (![200, 409, 503, 504].includes(statusCode)) throw new Error(`a fault of the database is told as ${said}`);
  if (statusCode === 503 && headers['retry-after'] === undefined) throw new Error(`without Retry-After: ${said}`);
  return { kind: 'refused', code };
}
