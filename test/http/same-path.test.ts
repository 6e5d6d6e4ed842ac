/** Addresses that mean the same path: repeated and trailing slashes, encodings that aren't needed, a scheme and a host in front. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { propertyRuns } from '../kit/property-runs.ts';
import { type Answer, exchange, readAnswers } from '../kit/raw-http.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const EXTRACT = '/analytics/interviews';
const APP = 'https://app.example.org';

let service: Service;
beforeAll(async () => {
  service = await startService({ CORS_ORIGINS: APP, RATE_LIMIT_PER_SECOND: '100000' });
  await service.import(csvOf([rowOf({ interviewId: 'i-1' })]));
});
afterAll(() => service?.stop());

/** Sends a request target as it stands, which no HTTP library does. */
async function send(target: string, method = 'GET', headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  const all = {
    Host: 'x',
    'X-SmartToken': ADMIN_TOKEN,
    Connection: 'close',
    ...(body && { 'Content-Length': Buffer.byteLength(body) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const bytes = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`, 'latin1');
  const { answers } = readAnswers(
    (await exchange(Number(new URL(service.url).port), [bytes], { kind: 'waits' })).bytes,
    [method],
  );
  const [answer] = answers;
  if (!answer) throw new Error(`no answer to ${target}`);
  return answer;
}

/** What a client sees of an answer, but what is of its moment. */
function seen({ status, headers, body }: Answer) {
  const text = body.toString();
  // When an import began and the seconds that it took are of the moment, and so is the length of their number.
  const timeless = text.replace(/"seconds":[\d.]+/, '').replace(/"(asOf|knownAt)":"[^"]*"/g, '');
  const ofTheMoment = new Set(['date', 'x-request-id', 'x-ratelimit-remaining']);
  if (timeless !== text) ofTheMoment.add('content-length');
  return { status, headers: [...headers].filter(([name]) => !ofTheMoment.has(name)), body: timeless };
}

/** Other ways to write the path of an address. */
const otherwise = (address: string): fc.Arbitrary<string> => {
  const [path = '', query] = address.split('?');
  const segments = path.split('/').slice(1);
  const slashes = fc.integer({ min: 1, max: 3 }).map((count) => '/'.repeat(count));
  return fc
    .record({
      front: fc.constantFrom('', 'http://host', 'HTTPS://host:8443'),
      slashes: fc.array(slashes, { minLength: segments.length, maxLength: segments.length }),
      encoded: fc.nat(),
      end: fc.constantFrom('', '/', '//'),
      fragment: fc.constantFrom('', '#here'),
    })
    .map(({ front, slashes, encoded, end, fragment }) => {
      const written = segments.map((segment, at) => {
        const letter = encoded % (segment.length + 1);
        const hex = segment.charCodeAt(letter).toString(16);
        return `${slashes[at]}${segment.slice(0, letter)}${letter < segment.length ? `%${hex}` : ''}${segment.slice(letter + 1)}`;
      });
      return `${front}${written.join('')}${end}${query === undefined ? '' : `?${query}`}${fragment}`;
    });
};

const graphql = { 'Content-Type': 'application/json', Accept: 'application/json' };
const preflight = { Origin: APP, 'Access-Control-Request-Method': 'GET' };
const cases: [what: string, target: string, method?: string, headers?: Record<string, string>, body?: string][] = [
  ['the rows', EXTRACT],
  ['the rows, with a query', `${EXTRACT}?format=csv&fields=room,interviewId&interviewId=i-1`],
  ['the headers of the rows', EXTRACT, 'HEAD'],
  ['rows that are known', EXTRACT, 'GET', { 'If-None-Match': '*' }],
  ['a page of rows', `${EXTRACT}?limit=1`],
  [
    'an import',
    `${EXTRACT}?dryRun=true&allowMissingColumns=true`,
    'POST',
    { 'Content-Type': 'text/csv' },
    'interviewId',
  ],
  ['a parameter that isn’t there', `${EXTRACT}?colour=red`],
  ['the rows without a token', EXTRACT, 'GET', { 'X-SmartToken': '' }],
  ['a method that isn’t taken', EXTRACT, 'DELETE'],
  ['what a browser asks beforehand', EXTRACT, 'OPTIONS', preflight],
  ['the summary', `${EXTRACT}/summary`],
  ['an operation', '/graphql', 'POST', graphql, '{"query":"{ viewer { name } }"}'],
  ['an operation in the address', '/graphql?query=%7B%20viewer%20%7B%20name%20%7D%20%7D', 'GET', graphql],
  ['an operation without a token', '/graphql', 'POST', { ...graphql, 'X-SmartToken': '' }, '{}'],
  ['a method that GraphQL doesn’t take', '/graphql', 'PUT'],
  ['whether it is alive', '/healthz'],
  ['whether it is ready', '/readyz', 'HEAD'],
  ['a file', '/files/page.css'],
  ['a file of GraphiQL', '/graphql/files/graphiql-page.css'],
  ['a file that isn’t there', '/files/nothing.css'],
  ['nothing', '/analytics/jobs'],
];

describe.each(cases)('%s', (_what, target, method, headers, body) => {
  test('is the same at every way to write its address', async () => {
    const plain = seen(await send(target, method, headers, body));
    await fc.assert(
      fc.asyncProperty(otherwise(target), async (other) => {
        expect(seen(await send(other, method, headers, body))).toEqual(plain);
      }),
      { numRuns: propertyRuns(4), examples: [[target.replace(/^\//, '//')], [target.replace(/\?|$/, '/$&')]] },
    );
  });
});

test('an encoded slash is none, and dots are no folders', async () => {
  for (const target of ['/analytics%2Finterviews', '/analytics/./interviews', '/x/../healthz', '/%2e%2e/healthz'])
    expect([target, (await send(target)).status]).toEqual([target, 404]);
});

test.each(['/%FC', '/%', '/analytics/interviews%', '/%C3%28'])('%s is no path, and is refused', async (target) => {
  const { status, body } = await send(target);
  expect(status).toBe(400);
  expect(JSON.parse(body.toString()).message).toBe(`The path ${JSON.stringify(target)} is not percent-encoded UTF-8.`);
});

test('OPTIONS * is answered, with a refusal', async () => {
  expect([404, 405]).toContain((await send('*', 'OPTIONS')).status);
});

describe('pages', () => {
  /** The service at `/hr` of another one. */
  const proxy = createServer((incoming, outgoing) => {
    const { port } = new URL(service.url);
    const target = /^\/hr(\/.*)$/.exec(incoming.url ?? '')?.[1];
    if (target === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    const asked = request({ port, path: target, method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(asked);
  });
  let root: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    root = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/hr`;
  });
  afterAll(() => proxy.close());

  const html = { headers: { accept: 'text/html' } };
  const addresses = ['/', '/docs', '/analytics-applications/tableau/interviews', '/graphql'].flatMap((path) => [
    path,
    `/${path}`,
    `${path}/`,
    `${path.replaceAll('/', '//')}///`,
  ]);
  test.each(addresses)('at %s lead to what they lead to at their own address, also behind a prefix', async (path) => {
    for (const base of [service.url, root]) {
      const response = await fetch(base + path, html);
      expect([path, response.status]).toEqual([path, 200]);
      const page = await response.text();
      const links = Array.from(
        page.matchAll(/(?:src|href)="(\.[^"]*)"/g),
        ([, link = '']) => new URL(link, base + path),
      );
      expect(links.length).toBeGreaterThan(3);
      for (const { href } of links) {
        expect(href.startsWith(`${base}/`)).toBe(true);
        expect([href, (await fetch(href, html)).status]).toEqual([href, 200]);
      }
      const settings = /id="settings">([^<]*)</.exec(page)?.[1] ?? '{}';
      const { root: given, files } = JSON.parse(settings) as { root?: string; files?: string };
      expect(new URL(given ?? files ?? '', base + path).pathname.replace(/\/{2,}/g, '/')).toMatch(
        given ? new RegExp(`^${new URL(`${base}/`).pathname}$`) : /\/graphql\/files$/,
      );
    }
  });

  test('have a tag of their own at each address, and 304 where it is known', async () => {
    const tags = new Set<string | null>();
    for (const path of ['/docs', '/docs/', '/docs//']) {
      const etag = (await fetch(service.url + path)).headers.get('etag') ?? '';
      tags.add(etag);
      expect((await fetch(service.url + path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    }
    expect(tags.size).toBe(3);
  });

  test('and the description for programs says where the service is, seen from its address', async () => {
    for (const base of [service.url, root])
      for (const path of ['/openapi.json', '//openapi.json/']) {
        const { servers } = await (await fetch(base + path)).json();
        const at = new URL(`${servers[0].url}/healthz`, base + path);
        expect(at.pathname.replace(/\/{2,}/g, '/')).toBe(new URL(`${base}/healthz`).pathname);
        expect((await fetch(at)).status).toBe(200);
      }
  });
});
