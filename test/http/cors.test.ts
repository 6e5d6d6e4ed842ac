/** What a browser is told about pages of other origins, and what such pages can do without a token: nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { AUDIENCE } from '../kit/identity-provider.ts';
import { exchange } from '../kit/raw-http.ts';
import { type Service, startService } from '../kit/service.ts';

const APP = 'https://app.example.org';
const PATH = '/analytics/interviews';

const cors = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

/** What a browser asks before a request that has a token. */
const preflight = (service: Service, path: string, origin = APP): Promise<Response> =>
  fetch(service.url + path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-smarttoken',
    },
  });

const withOrigin = (origin: string, init: RequestInit = {}) => ({ ...init, headers: { origin, ...init.headers } });

const EXPOSED =
  'X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Concurrent-Limit, X-RateLimit-Concurrent-Remaining, X-RateLimit-Points-Limit, X-RateLimit-Points-Remaining, X-RateLimit-Points-Per-Second, X-Request-Id, Link, ETag, Retry-After, Content-Disposition, X-Known-At, X-Metrics-At, X-Metrics-Period, OData-Version, Preference-Applied, Content-Length, WWW-Authenticate, Allow';

let plain: Service;
beforeAll(async () => {
  plain = await startService();
});
afterAll(() => plain?.stop());

describe('with CORS_ORIGINS', () => {
  let service: Service;
  let writer: string;
  beforeAll(async () => {
    service = await plain.another({
      CORS_ORIGINS: `${APP}, http://localhost:5173`,
      RATE_LIMIT_PER_SECOND: '1000',
      // Nobody is there: its tokens can’t be checked.
      JWT_ISSUER: 'http://127.0.0.1:1',
      JWT_AUDIENCE: AUDIENCE,
    });
    writer = await createToken(service.db.prisma, 'writer', ['write']);
  });
  afterAll(() => service?.stop());

  test.each([
    '/graphql',
    PATH,
    `${PATH}?format=csv`,
    '/healthz',
  ])('a browser may ask beforehand at %s, without a token', async (path) => {
    for (const origin of [APP, 'http://localhost:5173']) {
      const response = await preflight(service, path, origin);
      expect(response.status).toBe(204);
      expect(cors(response)).toEqual({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-allow-headers':
          'X-SmartToken, Authorization, Accept, Content-Type, Content-Encoding, If-None-Match, Apollo-Require-Preflight, Apollographql-Client-Name, Apollographql-Client-Version, X-Apollo-Operation-Name, Traceparent, Tracestate, Baggage, Isolation, OData-Isolation, OData-MaxVersion, OData-Version, Prefer',
        'access-control-expose-headers': EXPOSED,
        'access-control-max-age': '7200',
      });
      expect(response.headers.get('vary')).toBe('Origin');
      // It isn't counted, so nothing is said of what is left.
      expect(response.headers.get('x-ratelimit-limit')).toBeNull();
    }
  });

  const graphql = (body: string, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const answers: [status: number, what: string, path: string, init: () => RequestInit][] = [
    [200, 'an extract', PATH, () => ({})],
    [200, 'the headers of one', PATH, () => ({ method: 'HEAD' })],
    [304, 'one that is known', PATH, () => ({ headers: { 'if-none-match': '*' } })],
    [200, 'an operation', '/graphql', () => graphql('{"query":"{ viewer { name } }"}')],
    [400, 'an operation that is no JSON', '/graphql', () => graphql('{')],
    [400, 'a parameter that doesn’t exist', `${PATH}?colour=red`, () => ({})],
    [401, 'no token', PATH, () => ({ headers: { 'x-smarttoken': '' } })],
    [401, 'no token at GraphQL', '/graphql', () => graphql('{"query":"{ viewer { name } }"}', { 'x-smarttoken': '' })],
    [403, 'a token that may not', PATH, () => ({ headers: { 'x-smarttoken': writer } })],
    [404, 'a path that doesn’t exist', '/nothing', () => ({})],
    [405, 'a method that isn’t taken', PATH, () => ({ method: 'DELETE' })],
    [200, 'GraphiQL', '/graphql', () => ({ headers: { accept: 'text/html' } })],
    [200, 'a file of it', '/graphql/files/graphiql.js', () => ({})],
    [406, 'a format that can’t be had', PATH, () => ({ headers: { accept: 'text/html' } })],
    [415, 'the body of a form', PATH, () => ({ method: 'POST', body: new FormData() })],
    [415, 'an operation of another kind', '/graphql', () => graphql('x', { 'content-type': 'text/plain' })],
    [
      503,
      'an identity provider that is away',
      PATH,
      () => ({ headers: { 'x-smarttoken': 'eyJhbGciOiJSUzI1NiJ9.e30.x' } }),
    ],
  ];
  test.each(answers)('%i: the page may read the answer to %s', async (status, _what, path, init) => {
    const response = await service.get(path, withOrigin(APP, init()));
    await response.text();
    expect(response.status).toBe(status);
    expect(cors(response)).toEqual({
      'access-control-allow-origin': APP,
      'access-control-expose-headers': EXPOSED,
    });
    expect(response.headers.get('vary')?.split(', ')).toContain('Origin');
  });

  test('an extract varies by all that it varied by before', async () => {
    const response = await service.get(PATH, withOrigin(APP));
    expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding, Authorization, X-SmartToken, Origin');
  });

  test.each([
    'https://app.example.org.evil.org',
    'http://app.example.org',
    'https://app.example.org:8443',
    'null',
    '',
  ])('pages of %j may not', async (origin) => {
    for (const response of [
      await preflight(service, '/graphql', origin),
      await service.get(PATH, withOrigin(origin)),
      await service.get(PATH, withOrigin(origin, { headers: { 'x-smarttoken': '' } })),
    ]) {
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('vary')).toContain('Origin');
    }
  });

  test('OPTIONS for other reasons is refused as it always was', async () => {
    const plain = await service.get(PATH, { method: 'OPTIONS' });
    expect([plain.status, plain.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    const named = await service.get('/graphql', withOrigin(APP, { method: 'OPTIONS' }));
    expect([named.status, named.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect((await preflight(service, '/nothing')).status).toBe(404);
    expect((await service.get('/nothing', { method: 'PUT' })).status).toBe(404);
  });
});

test('refusals for too many requests and for too long an address can be read, and asking beforehand is none of them', async () => {
  const service = await plain.another({ CORS_ORIGINS: APP, RATE_LIMIT_PER_SECOND: '1' });
  try {
    await expect
      .poll(async () => {
        const asked = await Promise.all(Array.from({ length: 5 }, () => preflight(service, PATH)));
        const sent = await Promise.all(Array.from({ length: 2 }, () => service.get(PATH, withOrigin(APP))));
        const limited = sent.find(({ status }) => status === 429);
        return [
          ...asked.map(({ status }) => status),
          limited?.headers.get('access-control-allow-origin'),
          sent.some(({ status }) => status === 200),
        ];
      })
      .toEqual([204, 204, 204, 204, 204, APP, true]);
    const long = Buffer.from(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\nOrigin: ${APP}\r\n\r\n`);
    const { bytes } = await exchange(Number(new URL(service.url).port), [long], { kind: 'waits' });
    expect(bytes.toString()).toMatch(/^HTTP\/1\.1 431 /);
    expect(bytes.toString()).toContain(`\r\naccess-control-allow-origin: ${APP}\r\n`);
  } finally {
    await service.stop();
  }
});

test('* lets any page read, whatever its origin', async () => {
  const service = await plain.another({ CORS_ORIGINS: '*' });
  try {
    for (const origin of [APP, 'null']) {
      expect((await preflight(service, '/graphql', origin)).headers.get('access-control-allow-origin')).toBe('*');
      const response = await service.get(PATH, withOrigin(origin));
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  } finally {
    await service.stop();
  }
});

test('without CORS_ORIGINS nothing is said of origins, and OPTIONS is refused', async () => {
  for (const path of ['/graphql', PATH]) {
    const asked = await preflight(plain, path);
    expect([asked.status, cors(asked)]).toEqual([405, {}]);
    const sent = await plain.get(path, withOrigin(APP));
    expect(cors(sent)).toEqual({});
    expect(sent.headers.get('vary') ?? '').not.toContain('Origin');
  }
});

test.each([
  ['https://app.example.org/', 'has "https://app.example.org/" in it, which has more than a host and a port'],
  ['https://app.example.org/path', 'has "https://app.example.org/path" in it, which has more than a host and a port'],
  ['https://app.example.org?x', 'has "https://app.example.org?x" in it, which has more than a host and a port'],
  ['app.example.org', 'has "app.example.org" in it, which doesn’t begin with https:// or http://'],
  ['ftp://app.example.org', 'has "ftp://app.example.org" in it, which doesn’t begin with https:// or http://'],
  ['https://*.example.org:x', 'has "https://*.example.org:x" in it, which is not a URL'],
  [`${APP},,`, 'has "" in it, which is empty'],
  [`${APP},null`, 'has "null" in it, which doesn’t begin with https:// or http://'],
  [`*,${APP}`, 'has * among other origins; * means any origin and must be the only one'],
])('CORS_ORIGINS=%s is a fault that says what is wrong', (value, why) => {
  expect(() => readConfig({ CORS_ORIGINS: value })).toThrow(`CORS_ORIGINS: ${JSON.stringify(value)} ${why}`);
});

test('a login in CORS_ORIGINS is a fault that doesn’t show it', () => {
  expect(() => readConfig({ CORS_ORIGINS: `${APP},https://me:secret@app.example.org` })).toThrow(
    'CORS_ORIGINS: the value given has "https://…@app.example.org" in it, which has a user',
  );
});

test('origins are taken as browsers write them', () => {
  expect(readConfig({ CORS_ORIGINS: 'HTTPS://App.Example.org:443, http://[::1]:8080' }).corsOrigins).toEqual([
    APP,
    'http://[::1]:8080',
  ]);
});
