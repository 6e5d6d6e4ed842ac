/** Bytes that are no request, or one that servers have disagreed about. */
import fc from 'fast-check';
import { CLOSE, latin1, PATH, type Sent, type Tokens } from './sent.ts';

/** A right request in which some bytes are others, are missing, or are too many; it can't import, nor be a HEAD. */
export const mutated = (tokens: Tokens): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.constantFrom(
        `GET ${PATH}?format=csv&limit=2 HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${tokens.reader}\r\nAccept: text/csv\r\n${CLOSE}\r\n`,
        `POST ${PATH} HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${tokens.reader}\r\nContent-Type: text/csv\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
        `POST ${PATH}?dryRun=true HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${tokens.reader}\r\nContent-Type: text/csv\r\n${CLOSE}Content-Length: 5\r\n\r\nhello`,
      ),
      fc.array(
        fc.tuple(
          fc.nat(10_000),
          fc.constantFrom('put', 'drop', 'add', 'cut'),
          fc.nat(255),
          fc.integer({ min: 1, max: 12 }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      fc.boolean(),
    )
    .map(([text, changes, half]) => {
      const bytes = [...latin1(text)];
      for (const [where, how, byte, count] of changes) {
        const at = where % Math.max(1, bytes.length);
        if (how === 'put') bytes[at] = byte;
        else if (how === 'add') bytes.splice(at, 0, ...Array<number>(count).fill(byte));
        else if (how === 'drop') bytes.splice(at, count);
        else bytes.length = at;
      }
      return {
        kind: 'mutated',
        pieces: [Buffer.from(bytes)],
        ending: half ? { kind: 'half-closes' } : { kind: 'leaves when quiet', after: 50 },
      };
    });

/** What intermediaries and servers have disagreed about, and what is too much. */
export const framing = (tokens: Tokens): fc.Arbitrary<Sent> => {
  const token = `X-SmartToken: ${tokens.reader}\r\n`;
  const get = (version: string, headers: string) => `GET ${PATH}?limit=1 HTTP/${version}\r\n${headers}${token}\r\n`;
  const post = (headers: string, text: string) => `POST ${PATH} HTTP/1.1\r\nHost: x\r\n${token}${headers}\r\n${text}`;
  return fc
    .constantFrom(
      get('1.0', ''),
      get('1.0', 'Connection: keep-alive\r\n'),
      get('1.0', 'Transfer-Encoding: chunked\r\n'),
      get('1.1', CLOSE),
      get('1.1', `Host: a\r\nHost: b\r\n${CLOSE}`),
      get('1.1', `Host: ${'x'.repeat(3000)}\r\n${CLOSE}`),
      get('1.1', `Host:\r\n${CLOSE}`),
      get('1.1', `Host: x\r\n folded\r\n${CLOSE}`),
      get('1.1', `Host: x\r\nX-A : b\r\n${CLOSE}`),
      get('1.1', `Host: x\r\nX-A: a\rb\r\n${CLOSE}`),
      get('1.1', `Host: x\r\n${'X-A: b\r\n'.repeat(1500)}${CLOSE}`),
      get('1.1', `Host: x\r\nX-A: ${'b'.repeat(20_000)}\r\n${CLOSE}`),
      get('1.1', `Host: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n`),
      get('2.0', ''),
      get('0.9', ''),
      `GET ${PATH}\r\n`,
      `GET ${PATH}?${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n${token}\r\n`,
      `GET ${PATH} HTTP/1.1\nHost: x\n${CLOSE.trim()}\n${token.trim()}\n\n`,
      `\r\n\r\n\r\nGET ${PATH}?limit=1 HTTP/1.1\r\nHost: x\r\n${token}${CLOSE}\r\n`,
      `CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      '\0'.repeat(1000),
      post('Content-Length: 1\r\nContent-Length: 1\r\n', 'a'),
      post('Content-Length: 1\r\nContent-Length: 2\r\n', 'ab'),
      post('Content-Length: 1, 1\r\n', 'a'),
      post('Content-Length: -1\r\n', 'a'),
      post('Content-Length: 1e3\r\n', 'a'),
      post('Content-Length: 99999999999999999999999\r\n', 'a'),
      post('Content-Length: 0x1\r\n', 'a'),
      post('Content-Length: 1\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked\r\n', `${'f'.repeat(20)}\r\nab`),
      post('Transfer-Encoding: chunked\r\n', `1;${'x'.repeat(30_000)}\r\na\r\n0\r\n\r\n`),
      post('Transfer-Encoding: chunked\r\n', `0\r\n${'X-A: b\r\n'.repeat(3000)}\r\n`),
      post(`Transfer-Encoding: chunked\r\n${CLOSE}`, '1\r\na\r\n0\r\nX-Trailer: b\r\n\r\n'),
      post(`Expect: 100-continue\r\nContent-Length: 5\r\n${CLOSE}`, 'hello'),
    )
    .chain((text) => fc.tuple(fc.constant(text), fc.boolean(), fc.array(fc.nat(text.length), { maxLength: 2 })))
    .map(([text, half, cuts]) => ({
      kind: 'framing',
      pieces: [0, ...cuts.sort((a, b) => a - b)].map((from, at, all) => latin1(text.slice(from, all[at + 1]))),
      ending: half ? { kind: 'half-closes' } : { kind: 'leaves when quiet', after: 50 },
    }));
};
