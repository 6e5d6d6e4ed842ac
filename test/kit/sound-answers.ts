/** What no answer of the service may be, whatever was asked. */
import * as zlib from 'node:zlib';
import type { Answer } from './raw-http.ts';

/** By the name of a content coding, what decodes it. Node has zstd from 22.15 on, and its types only then. */
const DECODERS: Readonly<Record<string, ((bytes: Buffer) => Buffer) | undefined>> = {
  gzip: zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  zstd: Reflect.get(zlib, 'zstdDecompressSync'),
};

/** The body without its content coding. */
export const decoded = ({ headers, body }: Answer): string =>
  (DECODERS[headers.get('content-encoding') ?? '']?.(body) ?? body).toString();

/** UTF-16 code units of a message: no refusal repeats all that it was sent. */
const MOST_SAID = 4_000;

/** Throws unless an answer has a request id and no guessed type, no status of a fault, and, where it refuses, the form of docs/contract.md, "Errors". */
export function expectSound(answer: Answer, method: string | undefined): void {
  const { status, headers, body } = answer;
  if (status >= 500 && status !== 503 && status !== 504) throw new Error(`the status ${status}: ${body}`);
  if (!/^[0-9a-f-]{36}$/.test(headers.get('x-request-id') ?? '')) throw new Error('no request id');
  if (headers.get('x-content-type-options') !== 'nosniff') throw new Error('browsers may guess its type');
  if (status < 400) {
    if (method !== 'HEAD' && status === 200 && headers.get('content-type')?.startsWith('application/json'))
      JSON.parse(decoded(answer));
    return;
  }
  if (headers.get('content-type') !== 'application/json; charset=utf-8') throw new Error('an error that is no JSON');
  if (method === 'HEAD') return;
  const longest = expectError(body.toString());
  if (longest > MOST_SAID) throw new Error(`a message of ${longest} characters: ${body.subarray(0, 2000)}`);
}

/**
 * Throws unless a text is an error in the form of docs/contract.md, or in those of GraphQL or OData, that says nothing of the program's
 * inside. Returns the UTF-16 code units of its longest message.
 */
export function expectError(text: string): number {
  const { error, ...others } = JSON.parse(text);
  const { message, errors = [] } = error === undefined ? others : { errors: [error] };
  const messages = errors.map((error: { message: string }) => error.message).join(' ');
  const codes = errors.map(
    (error: { code?: string; extensions?: { code?: string } }) => error.code ?? error.extensions?.code,
  );
  if (!/\S/.test(messages) || (message ?? messages) !== messages || !/^[A-Z_]+( [A-Z_]+)*$/.test(codes.join(' ')))
    throw new Error(`another form of error: ${text.slice(0, 2000)}`);
  if (/\n\s+at |node_modules|\bSELECT\b|\bsyntax error\b|\.[jt]s:\d/.test(messages))
    throw new Error(`it gives away: ${messages}`);
  return Math.max(...errors.map((error: { message: string }) => error.message.length));
}
