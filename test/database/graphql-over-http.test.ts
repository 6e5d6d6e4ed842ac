/** What a GraphQL client is told by the status, the media type and the form of an answer. */
import { type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { exchange, readAnswers } from '../kit/raw-http.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const RESPONSE = 'application/graphql-response+json';

let service: Service;
let reader: string;
beforeAll(async () => {
  service = await startService({ RATE_LIMIT_PER_SECOND: '0', RATE_LIMIT_CONCURRENT: '0' });
  await service.import([...generateExtract({ rows: 60, seed: 9 })].join(''));
  reader = await createToken(service.db.prisma, 'reader', ['read']);
});
afterAll(() => service?.stop());

const post = (query: string, accept: string, headers: Record<string, string> = {}) =>
  service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query }),
  });

const AUDITS = serverAudits({
  url: () => `${service.url}/graphql`,
  fetchFn: (url: string, { headers, ...init }: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(headers as Record<string, string>), 'x-smarttoken': ADMIN_TOKEN } }),
});

/** The audits that the service deliberately doesn’t pass, by their ids, each with the reason of that. */
const DEVIATIONS: Readonly<Record<string, string>> = {};

/** What an audit says, with the answer that it is about where it isn’t content. */
async function verdict(result: AuditResult): Promise<string> {
  if (result.status === 'ok') return 'ok';
  const { status, reason, response } = result;
  const body = response.bodyUsed ? '' : await response.text();
  return `${status}: ${reason}\n${response.status} ${response.headers.get('content-type')}\n${body}`;
}

describe('the audits of GraphQL over HTTP', () => {
  test('are all there, and so are those that deviations are of', () => {
    const ids = AUDITS.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(DEVIATIONS)));
  });

  test.each(AUDITS.map(({ id, name, fn }) => [id, name, fn] as const))('%s %s', async (id, _name, audit) => {
    const told = await verdict(await audit());
    const reason = DEVIATIONS[id];
    if (reason === undefined) expect(told).toBe('ok');
    else expect(told, `it passes now, so DEVIATIONS must not have it (${reason})`).not.toBe('ok');
  });
});

const REFUSED: readonly [what: string, query: string, status: number, code: string][] = [
  ['a variable that is missing', 'query ($id: UUID!) { job(jobId: $id) { id } }', 400, 'BAD_USER_INPUT'],
  [
    'what costs too much',
    '{ interviews(first: 500) { nodes { appointments(first: 500) { nodes { id } } } } }',
    400,
    'QUERY_TOO_COMPLEX',
  ],
  ['what doesn’t fit the schema', '{ nothing }', 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['a mutation', 'mutation { nothing }', 400, 'BAD_USER_INPUT'],
  ['what the token may not see', '{ interviews { nodes { location } } }', 403, 'FORBIDDEN'],
];

describe.each(REFUSED)('%s', (_what, query, status, code) => {
  test.each([
    [RESPONSE, status],
    ['application/json', 200],
  ])('is answered as %s with %i', async (type, expected) => {
    const response = await post(query, type, { 'x-smarttoken': reader });
    const { errors, data } = (await response.json()) as { errors: { extensions: object }[]; data?: unknown };
    expect([response.status, response.headers.get('content-type'), errors[0]?.extensions, data]).toEqual([
      expected,
      `${type}; charset=utf-8`,
      expect.objectContaining({ code }),
      undefined,
    ]);
  });
});

test('an error of a field comes with 200 and the data around it', async () => {
  const response = await post('{ viewer { name } node(id: "x") { id } }', RESPONSE);
  expect([response.status, await response.json()]).toMatchObject([
    200,
    { data: { node: null }, errors: [{ path: ['node'], extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
});

test.each(['variables', 'extensions'])('%s in an address that are no JSON are refused', async (name) => {
  const response = await service.get(`/graphql?${new URLSearchParams({ query: '{ viewer { name } }', [name]: '{a' })}`);
  expect([response.status, await response.json()]).toMatchObject([
    400,
    {
      errors: [
        {
          message: expect.stringMatching(/^variables and extensions must be JSON objects: /),
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    },
  ]);
});

test.each([
  'constructor',
  '__proto__',
  'text/plain',
  'multipart/form-data; boundary=x',
])('a body of the type %s is refused', async (type) => {
  const response = await post('{ viewer { name } }', RESPONSE, { 'content-type': type });
  expect(response.status).toBe(415);
});

test.each([
  'application/graphql',
  'Application/JSON; charset=utf-8',
  'application/x-www-form-urlencoded',
])('a body of the type %s is taken', async (type) => {
  const query = '{ viewer { name } }';
  const body =
    { 'application/graphql': query, 'application/x-www-form-urlencoded': `query=${encodeURIComponent(query)}` }[type] ??
    JSON.stringify({ query });
  const response = await service.get('/graphql', { method: 'POST', headers: { 'content-type': type }, body });
  expect(await response.json()).toMatchObject({ data: { viewer: { name: 'ADMIN_TOKEN' } } });
});

describe('a body that doesn’t come', () => {
  let impatient: Service;
  beforeAll(async () => {
    impatient = await service.another({ RATE_LIMIT_CONCURRENT: '1', UPLOAD_TIMEOUT: '1' });
  });
  afterAll(() => impatient?.stop());

  // Each takes six seconds, in which it waits. Requests are counted by token.
  test.concurrent.each([
    ['at all', 'Content-Length: 100', ''],
    ['to its end', 'Content-Length: 100', '{"query":'],
    ['to its end in chunks', 'Transfer-Encoding: chunked', '2\r\n{"\r\n'],
  ])('%s is given up, and others have the place of its request', async (what, length, part) => {
    const token = await createToken(service.db.prisma, what, ['read']);
    const head = ['POST /graphql HTTP/1.1', 'Host: x', `X-SmartToken: ${token}`, length];
    const sent = Buffer.from([...head, 'Content-Type: application/json', '', part].join('\r\n'));
    const { bytes } = await exchange(Number(new URL(impatient.url).port), [sent], { kind: 'waits' });
    const [answer, ...others] = readAnswers(bytes).answers;
    const message = 'No data arrived for 1 s; nothing was saved.';
    const code = 'REQUEST_TIMEOUT';
    expect([answer?.status, JSON.parse(String(answer?.body)), others]).toEqual([
      408,
      { message, errors: [{ code, message, extensions: { code } }] },
      [],
    ]);
    const next = await impatient.get('/graphql?query={viewer{name}}', { headers: { 'x-smarttoken': token } });
    expect(next.status).toBe(200);
  });
});

test('refusals before the operation have their code where GraphQL clients look for it', async () => {
  const wrong = await post('{ viewer { name } }', RESPONSE, { 'x-smarttoken': 'a-token-that-nobody-has' });
  const text = await post('{ viewer { name } }', RESPONSE, { 'content-type': 'text/plain' });
  const xml = await post('{ viewer { name } }', 'application/xml');
  for (const [response, status, code, message] of [
    [wrong, 401, 'NOT_AUTHENTICATED', 'The token is unknown or was revoked.'],
    [text, 415, 'UNSUPPORTED_MEDIA_TYPE', 'The request has the Content-Type text/plain; send application/json.'],
    [xml, 406, 'NOT_ACCEPTABLE', `Accept allows neither ${RESPONSE} nor application/json.`],
  ] as const)
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      status,
      'application/json; charset=utf-8',
      { message, errors: [{ code, message, extensions: { code } }] },
    ]);
});

test('fields come in the order in which they were asked for', async () => {
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-smarttoken': ADMIN_TOKEN },
    body: JSON.stringify({
      query: `{
        interviews(first: 1) { totalCount pageInfo { endCursor hasPreviousPage hasNextPage } nodes { job { id } id } }
        viewer { name }
        jobs(first: 0) { totalCount }
        dataset { jobs }
        again: interviews(first: 1) { nodes { id candidate { id } startsAt } totalCount }
      }`,
    }),
  });
  const names = [...(await response.text()).matchAll(/"(\w+)":/g)].map(([, name]) => name);
  expect(names.slice(0, names.indexOf('extensions')).join(' ')).toBe(
    'data interviews totalCount pageInfo endCursor hasPreviousPage hasNextPage nodes job id id viewer name jobs totalCount ' +
      'dataset jobs again nodes id candidate id startsAt totalCount',
  );
});
