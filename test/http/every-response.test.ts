/** What every response has, whatever was asked and whoever answers: a route, Fastify, Node's parser, or the server of the metrics. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { untilBlocked, whileLocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { exchange, readAnswers } from '../kit/raw-http.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { metricsAddress } from '../kit/scrape.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'] as const;
const SUMMARY = '/analytics/interviews/summary';

const log = memoryLog();
let service: Service;
let paths: string[];
beforeAll(async () => {
  service = await startService({ METRICS_PORT: '0', CORS_ORIGINS: 'https://app.example.org' }, log.log);
  await service.import(csvOf([rowOf({ interviewId: 'i-1' })]));
  const document = await (await fetch(`${service.url}/openapi.json`)).json();
  paths = Object.keys(document.paths).map((path) => path.replace('{resource}', 'Interviews'));
  paths.push('/files/service.js', '/graphql/files/graphiql-page.js', '/nothing', '/odata/v4/nothing', '/%zz');
});
afterAll(() => service?.stop());

/** What is missing in the headers of a response, and what should be. */
function faultsOf(headers: { get(name: string): string | null | undefined }): string[] {
  return [
    headers.get('x-content-type-options') === 'nosniff' ? [] : 'nosniff is missing',
    headers.get('cross-origin-resource-policy') === 'same-origin' ? [] : 'Cross-Origin-Resource-Policy is missing',
    headers.get('server') || headers.get('x-powered-by') ? 'the program is named' : [],
  ].flat();
}

test('no browser guesses the type of a response, and no page of another site loads one: every route, method and refusal', async () => {
  const requests: [what: string, headers: Record<string, string>][] = [
    ['with a token', {}],
    ['without a token', { 'x-smarttoken': '' }],
    ['of what is known', { 'if-none-match': '*' }],
    ['from a page', { accept: 'text/html', 'sec-fetch-site': 'same-origin' }],
    ['from another origin', { origin: 'https://evil.example.org', 'access-control-request-method': 'POST' }],
    ['from an allowed origin', { origin: 'https://app.example.org', 'access-control-request-method': 'POST' }],
  ];
  const faults: unknown[] = [];
  const statuses = new Set<number>();
  const send = async (path: string, method: string, [what, headers]: (typeof requests)[number]) => {
    const response = await service.get(path, { method, headers });
    await response.arrayBuffer();
    statuses.add(response.status);
    const found = faultsOf(response.headers);
    if (found.length > 0) faults.push([method, path, what, response.status, found]);
  };
  for (const path of paths)
    await Promise.all(METHODS.flatMap((method) => requests.map((request) => send(path, method, request))));
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 204, 304, 400, 401, 404, 405, 415]));
}, 120_000);

test('nothing that a token reads is kept where others could get it', async () => {
  for (const path of paths) {
    const [asked, anonymous] = [await service.get(path), await fetch(service.url + path)];
    await Promise.all([asked.arrayBuffer(), anonymous.arrayBuffer()]);
    // What everybody may read.
    if (anonymous.status !== 401 || asked.status === 404) continue;
    expect([path, asked.headers.get('cache-control') ?? '']).toEqual([
      path,
      expect.stringMatching(/no-store|private, no-cache/),
    ]);
  }
});

test('a fault of the program is answered with these headers, too', async () => {
  const broken = await startService({}, undefined, {}, async () => {
    throw new Error('broken for the test');
  });
  try {
    const response = await broken.get(SUMMARY);
    expect([response.status, faultsOf(response.headers)]).toEqual([500, []]);
  } finally {
    await broken.stop();
  }
});

test.each([
  ['what is no request', 'hello\r\n\r\n', 400],
  ['a head that is too large', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ['a request without Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['an unknown expectation', 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n', 200],
  ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n', 200],
])('so is %s', async (_what, request, status) => {
  const { bytes } = await exchange(Number(new URL(service.url).port), [Buffer.from(request)], { kind: 'waits' });
  const [answer] = readAnswers(bytes).answers;
  expect([answer?.status, answer && faultsOf(answer.headers)]).toEqual([status, []]);
});

test('so is what still comes on an open connection while the service stops', async () => {
  const stopping = await service.another();
  const { hostname, port } = new URL(stopping.url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const closed = once(socket, 'close');
  let stopped: Promise<void> | undefined;
  await whileLocked(service, 'dataset', async () => {
    socket.write(`GET ${SUMMARY} HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${ADMIN_TOKEN}\r\n\r\n`);
    await untilBlocked(service, 1);
    stopped = stopping.stop();
    await sleep(200);
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await sleep(200);
  });
  await Promise.all([closed, stopped]);
  const { answers } = readAnswers(Buffer.concat(chunks));
  expect(answers.map(({ status, headers }) => [status, faultsOf(headers)])).toEqual([
    [200, []],
    [503, []],
  ]);
});

test('so is the server of the metrics', async () => {
  const address = new URL(metricsAddress(log));
  for (const [path, init, status] of [
    [address.pathname, {}, 200],
    [address.pathname, { method: 'POST' }, 405],
    ['/', {}, 404],
  ] as const) {
    const response = await fetch(new URL(path, address), init);
    await response.text();
    expect([path, response.status, faultsOf(response.headers)]).toEqual([path, status, []]);
  }
});
