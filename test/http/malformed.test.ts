/** Requests that no HTTP library would send: what Node's parser refuses before Fastify sees it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addLargeRows } from '../kit/download.ts';
import { hasProgram } from '../kit/has-program.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';
const TOKEN = `X-SmartToken: ${ADMIN_TOKEN}\r\n`;
const EXTRACT = csvOf([rowOf({ interviewId: 'a' })]);

let service: Service;

beforeAll(async () => {
  service = await startService();
  await service.import(EXTRACT);
});
afterAll(() => service?.stop());

async function open(): Promise<Socket> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes and gives all that comes until the service closes the connection; fails where it doesn't. */
async function answerTo(...pieces: string[]): Promise<string> {
  const socket = await open();
  socket.setEncoding('latin1');
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  for (const piece of pieces) socket.write(piece, 'latin1');
  await once(socket, 'close');
  return answer;
}

function expectRefused(answer: string, status: string, code: string, message: string): void {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [statusLine, ...headers] = head.toLowerCase().split('\r\n');
  expect(statusLine).toBe(`http/1.1 ${status}`.toLowerCase());
  expect(headers).toContain('connection: close');
  expect(headers).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(headers).toContain('content-type: application/json; charset=utf-8');
  expect(headers).toContainEqual(expect.stringMatching(/^x-request-id: [0-9a-f-]{36}$/));
  expect(JSON.parse(body)).toEqual({ message, errors: [{ code, message }] });
}

test('of requests one behind the other, one that expects to be told to continue, but has no body, is answered whole', async () => {
  const page = await (await fetch(service.url)).text();
  const answer = await answerTo(
    `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
  );
  expect(Buffer.from(answer, 'latin1').toString().endsWith(`\r\n\r\n${page}`)).toBe(true);
});

test('a request that expects to be told to continue is told so where it has a body', async () => {
  const answer = await answerTo(
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\n${TOKEN}Content-Type: text/csv\r\nContent-Length: ${EXTRACT.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
    EXTRACT,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
});

describe('what is no request is refused as every error is, and the connection ends', () => {
  const NO_REQUEST = 'This is not a well-formed HTTP request.';
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['another protocol', `GET ${PATH} HTTP/9.9\r\nHost: x\r\n\r\n`],
    ['a control character in a header', `GET ${PATH} HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n`],
    ['two lengths', `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
    [
      'a length beside chunks',
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a chunk without a length, in a body that is waited for',
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\n${TOKEN}Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ],
  ])('%s', async (_what, request) => {
    expectRefused(await answerTo(request), '400 Bad Request', 'BAD_USER_INPUT', NO_REQUEST);
  });

  test('headers that are too large, also while they are still sent', async () => {
    expectRefused(
      await answerTo(`GET ${PATH} HTTP/1.1\r\nHost: x\r\n`, ...Array(200).fill(`X-A: ${'a'.repeat(10_000)}\r\n`)),
      '431 Request Header Fields Too Large',
      'HEADERS_TOO_LARGE',
      'The request line and the headers exceed 16 KiB in total.',
    );
  });

  test('bytes after an answer that is under way are not answered in the middle of it', async () => {
    const answer = await answerTo(`GET ${PATH}?format=csv HTTP/1.1\r\nHost: x\r\n${TOKEN}\r\nhello\r\n\r\n`);
    expect(answer).toBe('');
  });
});

test.concurrent('a body that nobody reads and that never ends doesn’t keep the connection', async () => {
  const answer = await answerTo(`GET ${PATH}?limit=0 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n${TOKEN}\r\na`);
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
});

test.concurrent('a refusal reaches a client that asks for a close and sends its body only then', async () => {
  const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 200000\r\nConnection: close\r\n\r\n`;
  const socket = await open();
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  socket.on('error', () => {});
  // A client that is busy writing reads later.
  socket.pause();
  for (const piece of [head, 'a'.repeat(100_000), 'a'.repeat(100_000)]) {
    socket.write(piece);
    await sleep(100);
  }
  const closed = once(socket, 'close');
  socket.resume();
  await closed;
  expect(answer).toMatch(/^HTTP\/1.1 401 [\s\S]*NOT_AUTHENTICATED/);
});

describe('the Host header', () => {
  test.each([
    ['none', ''],
    ['two', 'Host: a\r\nHost: b\r\n'],
  ])('%s of them is refused', async (_what, hosts) => {
    expectRefused(
      await answerTo(`GET ${PATH} HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`),
      '400 Bad Request',
      'BAD_USER_INPUT',
      'A request must have exactly one Host header.',
    );
  });

  const paths = ['/graphql?query={viewer{name}}', `${PATH}?limit=1`, '/healthz', '/'];
  const answers = (host: string) =>
    Promise.all(
      paths.map((path) => answerTo(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${TOKEN}Connection: close\r\n\r\n`)),
    );

  test.each([
    'a b',
    'http://x',
    'a/b',
    'a@b',
    'a#b',
    'a?b',
    'x:y',
    'x:1:2',
    '::1',
    '[::1',
    'a|b',
    '%zz',
    '\xff',
  ])('%j names no host and is refused, at every path', async (host) => {
    for (const answer of await answers(host)) {
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      const { message, errors } = JSON.parse(Buffer.from(answer.split('\r\n\r\n')[1] ?? '', 'latin1').toString());
      expect(message).toBe(
        `The Host header is ${JSON.stringify(host)}; it must name a host, such as example.org:4000.`,
      );
      expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    }
  });

  // The last ones are no hosts of any address.
  test.each([
    '',
    'x',
    'x:',
    '[::1]:4000',
    'a_b.example:80',
    '1.2.3.4',
    'x'.repeat(3_000),
    'x:99999999',
    '1.2.3.999',
    'xn--',
    '%20',
    '[x]',
  ])('%.20j is of no matter', async (host) => {
    for (const answer of await answers(host)) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('is of no matter either where the whole address is in the first line, or a proxy names another', async () => {
    for (const request of [
      `GET http://example.org:4000/graphql?query={viewer{name}} HTTP/1.1\r\nHost: x\r\n`,
      `GET /graphql?query={viewer{name}} HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: a b\r\nX-Forwarded-Proto: :\r\nForwarded: host="\r\n`,
      `GET /graphql?query={viewer{name}} HTTP/1.0\r\n`,
    ])
      expect(await answerTo(`${request}${TOKEN}Connection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 200 [\s\S]*"viewer":{"name":"ADMIN_TOKEN"}/,
      );
  });

  test('isn’t needed by HTTP/1.0', async () => {
    expect(await answerTo(`GET ${PATH}?format=csv HTTP/1.0\r\n${TOKEN}\r\n`)).toMatch(
      /^HTTP\/1.1 200 [\s\S]*\r\n\r\ninterviewId,/,
    );
  });
});

/** Node’s own client takes a reset that finds it not reading for an end in order (libuv, `uv__read`), so this one is the client here. */
describe.skipIf(!hasProgram('curl', 'the tests of transfers that break'))('a transfer that breaks', () => {
  let large: Service;
  beforeAll(async () => {
    large = await startService();
    await addLargeRows(large);
  });
  afterAll(() => large?.stop());

  test.each([
    ['1.0', 56, 'Connection reset by peer'],
    ['1.1', 18, 'transfer closed with outstanding read data remaining'],
  ])('looks broken over HTTP/%s', async (version, code, words) => {
    const options = [`--http${version}`, '--limit-rate', '4M', '--silent', '--show-error', '--no-buffer'];
    const curl = spawn('curl', [...options, '-H', TOKEN.trim(), large.url + PATH]);
    // From now on: it may end while the answer to the statement below is still under way.
    const [closed, told] = [once(curl, 'close'), text(curl.stderr)];
    await once(curl.stdout, 'data');
    await large.rows(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY (/* extract%'",
    );
    expect(await closed).toEqual([code, null]);
    expect(await told).toContain(words);
  });

  test.skipIf(!hasProgram('perl', 'the test of a client that sends no more'))(
    'looks broken over HTTP/1.0 to a client that says in its midst that it sends no more',
    async () => {
      const { hostname, port } = new URL(large.url);
      const perl = spawn('perl', ['-e', HALF_CLOSING, `${hostname}:${port}`, `GET ${PATH} HTTP/1.0\r\n${TOKEN}\r\n`]);
      expect(await text(perl.stdout)).toBe('Connection reset by peer');
    },
  );
});

/** Sends a request, says once the answer begins that nothing more will be sent, and prints how the connection ended. */
const HALF_CLOSING = `use IO::Socket::INET; $| = 1;
my $socket = IO::Socket::INET->new($ARGV[0]); $socket->autoflush; print $socket $ARGV[1];
my $begun = 0;
while (my $read = sysread($socket, my $bytes, 65536)) { $socket->shutdown(1) unless $begun++; $! = 0; }
print $! || "the end";`;

test('an expectation that nobody knows is passed over', async () => {
  const request = `GET ${PATH}?format=csv HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n${TOKEN}\r\n`;
  expect(await answerTo(request)).toMatch(/^HTTP\/1.1 200 /);
});
