/**
 * What pages of other sites can make a browser send by itself, without asking beforehand: forms, images and the like, with all cookies and
 * logins that it has. There is no token in any of it, so nothing is read or done.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toCsv } from '../kit/canonical.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';

const OPERATION = '{ viewer { name } }';
const EXTRACT = toCsv([]);

let service: Service;
beforeAll(async () => {
  // Also where any page may read answers.
  service = await startService({ CORS_ORIGINS: '*' });
});
afterAll(() => service?.stop());

/** What a browser adds. The cookies are those that a service with cookies would take for a login. */
const BROWSER = {
  origin: 'https://evil.example.org',
  referer: 'https://evil.example.org/',
  cookie: `token=${ADMIN_TOKEN}; X-SmartToken=${ADMIN_TOKEN}; session=${ADMIN_TOKEN}`,
  'sec-fetch-site': 'cross-site',
};

const form = (fields: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

const post = (body: BodyInit, type?: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...BROWSER, accept: 'text/html,*/*', ...(type !== undefined && { 'content-type': type }) },
});
const get = (accept: string): RequestInit => ({ headers: { ...BROWSER, accept } });

/** With a password that the browser keeps for the service. */
const withLogin = (accept: string, headers: Record<string, string>): RequestInit => ({
  headers: { ...headers, accept, authorization: `Basic ${btoa(`token:${ADMIN_TOKEN}`)}` },
});

const requests: [what: string, path: string, init: RequestInit][] = [
  ['a form with a query', '/graphql', post(new URLSearchParams({ query: OPERATION }))],
  [
    'a form with a token in it',
    '/graphql',
    post(new URLSearchParams({ query: OPERATION, 'X-SmartToken': ADMIN_TOKEN, access_token: ADMIN_TOKEN })),
  ],
  ['a form of plain text that is JSON', '/graphql', post(JSON.stringify({ query: OPERATION }), 'text/plain')],
  ['a form with files', '/graphql', post(form({ operations: JSON.stringify({ query: OPERATION }), map: '{}' }))],
  ['a beacon without a type', '/graphql', post(new Blob([JSON.stringify({ query: OPERATION })]))],
  ['an image', `/graphql?query=${encodeURIComponent(OPERATION)}`, get('image/avif,image/*,*/*;q=0.8')],
  ['a script', `/graphql?query=${encodeURIComponent(OPERATION)}`, get('*/*')],
  ['a frame', `/graphql?query=${encodeURIComponent(OPERATION)}`, get('text/html,*/*;q=0.8')],
  [
    'an image with a token in its address',
    `/graphql?query=${encodeURIComponent(OPERATION)}&access_token=${ADMIN_TOKEN}&X-SmartToken=${ADMIN_TOKEN}`,
    get('image/*'),
  ],
  [
    'a frame with a login',
    `/graphql?query=${encodeURIComponent(OPERATION)}`,
    withLogin('text/html,*/*;q=0.8', BROWSER),
  ],
  ['a frame of the extract', '/analytics/interviews?format=csv', get('text/html,*/*;q=0.8')],
  ...[
    '/analytics/interviews?format=csv',
    '/analytics/interviews/summary',
    '/analytics/interviews/metrics?metrics=slots',
    '/analytics/interviews/metrics/definitions',
    '/odata/v4/Appointments',
  ].flatMap((path): typeof requests => [
    [`a frame with a login, of ${path}`, path, withLogin('text/html,*/*;q=0.8', BROWSER)],
    [`an image with a login, of ${path}`, path, withLogin('image/*', BROWSER)],
    [`a page of a neighbour with a login, of ${path}`, path, withLogin('*/*', { 'sec-fetch-site': 'same-site' })],
    // Over HTTP without TLS browsers say no more.
    [`a script with a login, of ${path}`, path, withLogin('*/*', { origin: BROWSER.origin })],
  ]),
  ['a form with an extract of plain text', '/analytics/interviews?replaceAll=true', post(EXTRACT, 'text/plain')],
  ['a form with an extract as a file', '/analytics/interviews?replaceAll=true', post(form({ file: EXTRACT }))],
  ['a form of an extract', '/analytics/interviews?replaceAll=true', post(new URLSearchParams({ extract: EXTRACT }))],
];

describe('is refused with 401, and nothing is asked of the database:', () => {
  test.each(requests)('%s', async (_what, path, init) => {
    const { result, statements } = await recordStatements(async () => {
      const response = await fetch(service.url + path, init);
      return { status: response.status, body: await response.json() };
    });
    expect(result.status).toBe(401);
    // OData has an error of its own form.
    expect((result.body.errors?.[0] ?? result.body.error).code).toBe('NOT_AUTHENTICATED');
    expect(statements).toEqual([]);
  });
});

describe('with a token there is nothing but queries', () => {
  test.each(['mutation { erase }', 'subscription { changes }'])('%s is refused, by GET and by POST', async (query) => {
    for (const [path, init] of [
      [`/graphql?query=${encodeURIComponent(query)}`, {}],
      [
        '/graphql',
        { method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json' } },
      ],
      ['/graphql', { method: 'POST', body: new URLSearchParams({ query }) }],
    ] as [string, RequestInit][]) {
      const { result, statements } = await recordStatements(async () => {
        const response = await service.get(path, init);
        return { status: response.status, body: await response.json() };
      });
      expect(result.status).toBeOneOf([200, 400, 405]);
      expect(result.body.data ?? null).toBeNull();
      expect(result.body.errors).toHaveLength(1);
      expect(statements).toEqual([]);
    }
  });
});
