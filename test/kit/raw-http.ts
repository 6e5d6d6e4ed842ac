/** A client that sends any bytes, and reads answers as strictly as RFC 9112 has them. */
import { connect, type Socket } from 'node:net';

/** An answer that came to its end. */
export interface Answer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** What a client does once it has sent everything. */
export type Ending =
  /** It waits until the service closes the connection. */
  | { readonly kind: 'waits' }
  /** It says that it sends no more, and then waits. */
  | { readonly kind: 'half-closes' }
  /** It leaves when nothing has come for so many milliseconds. */
  | { readonly kind: 'leaves when quiet'; readonly after: number }
  /** It leaves after so many milliseconds, whatever comes. */
  | { readonly kind: 'leaves'; readonly after: number };

/** Milliseconds after which a connection that the service should have closed counts as forgotten. */
const PATIENCE = 20_000;

/**
 * Sends pieces of bytes; gives all that came, and how the connection ended: `ended` by the service, which had said all. Of a client that half-closes
 * that isn't known: where a reset comes together with the last bytes, libuv says that the connection ended (uv__stream_io, src/unix/stream.c).
 * Fails where the service forgets to close it.
 */
export async function exchange(
  port: number,
  pieces: readonly Buffer[],
  ending: Ending,
): Promise<{ bytes: Buffer; reset: boolean; ended: boolean }> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  const chunks: Buffer[] = [];
  let reset = false;
  let ended = false;
  let quiet: NodeJS.Timeout | undefined;
  const leave = () => socket.destroy();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {
    reset = true;
  });
  socket.on('end', () => {
    ended = ending.kind !== 'half-closes';
  });
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    quiet?.refresh();
  });
  for (const piece of pieces) await written(socket, piece);
  if (ending.kind === 'half-closes') socket.end();
  const timer =
    ending.kind === 'leaves'
      ? setTimeout(leave, ending.after)
      : setTimeout(() => socket.destroy(new Error('forgotten')), PATIENCE);
  if (ending.kind === 'leaves when quiet') quiet = setTimeout(leave, ending.after);
  const begun = Date.now();
  await closed;
  clearTimeout(timer);
  clearTimeout(quiet);
  if (ending.kind !== 'leaves' && Date.now() - begun >= PATIENCE)
    throw new Error(
      `the service did not close the connection; it had said ${Buffer.concat(chunks).toString('latin1')}`,
    );
  return { bytes: Buffer.concat(chunks), reset, ended };
}

/** Each piece arrives by itself, more or less; a service that has gone doesn't hold up the client. */
function written(socket: Socket, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.write(piece, () => setImmediate(resolve));
  });
}

/**
 * The answers to requests of these methods, GET where there are more. `ended`: whether the service ended the connection, which alone tells
 * the end of a body without a length. `cut` says that the last one did not come to its end. Throws where they aren't well-formed, and where
 * more comes than answers.
 */
export function readAnswers(
  bytes: Buffer,
  methods: readonly string[] = [],
  ended = true,
): { answers: Answer[]; cut: boolean } {
  const answers: Answer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const endOfHead = rest.indexOf('\r\n\r\n');
    if (endOfHead < 0) return { answers, cut: true };
    const { status, headers, version } = readHead(rest.subarray(0, endOfHead).toString('latin1'));
    rest = rest.subarray(endOfHead + 4);
    if (status < 200) continue;
    const empty = methods[answers.length] === 'HEAD' || status === 204 || status === 304;
    const read = empty ? { body: Buffer.alloc(0), length: 0 } : readBody(rest, headers, version, ended);
    if (read === null) return { answers, cut: true };
    rest = rest.subarray(read.length);
    answers.push({ status, headers, body: read.body });
  }
  return { answers, cut: false };
}

/** Only a list may come in several lines (RFC 9110, 5.3); of headers that are lists, only challenges do. */
function readHead(head: string) {
  const [first = '', ...lines] = head.split('\r\n');
  const [, version, status] = /^HTTP\/(1\.[01]) ([1-5]\d\d) [\t\x20-\x7e]*$/.exec(first) ?? [];
  if (version === undefined) throw new Error(`no status line: ${JSON.stringify(first)}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no header: ${JSON.stringify(line)}`);
    const key = name.toLowerCase();
    const earlier = headers.get(key);
    if (earlier !== undefined && key !== 'www-authenticate') throw new Error(`a header twice: ${JSON.stringify(line)}`);
    headers.set(key, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return { version, status: Number(status), headers };
}

/** Null where it isn't whole yet. */
function readBody(bytes: Buffer, headers: ReadonlyMap<string, string>, version: string, ended: boolean) {
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if (length !== undefined && coding !== undefined) throw new Error('Content-Length and Transfer-Encoding');
  if (coding !== undefined) {
    if (coding !== 'chunked') throw new Error(`Transfer-Encoding: ${coding}`);
    return readChunks(bytes);
  }
  if (length === undefined) {
    if (headers.get('connection') !== 'close') throw new Error(`a body without a length over HTTP/${version}`);
    return ended ? { body: bytes, length: bytes.length } : null;
  }
  const size = Number(length);
  return bytes.length < size ? null : { body: bytes.subarray(0, size), length: size };
}

function readChunks(bytes: Buffer) {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const endOfLine = bytes.indexOf('\r\n', at);
    if (endOfLine < 0) return null;
    const size = bytes.subarray(at, endOfLine).toString('latin1');
    if (!/^[0-9a-f]+$/i.test(size)) throw new Error(`no chunk: ${JSON.stringify(size.slice(0, 80))}`);
    const begin = endOfLine + 2;
    const end = begin + Number.parseInt(size, 16);
    if (bytes.length < end + 2) return null;
    if (bytes.subarray(end, end + 2).toString('latin1') !== '\r\n') throw new Error('a chunk without its end');
    if (end === begin) return { body: Buffer.concat(chunks), length: end + 2 };
    chunks.push(bytes.subarray(begin, end));
    at = end + 2;
  }
}
