import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Documents } from '../../src/graphql/operation/document.ts';
import { readUsual } from '../../src/graphql/over-http/fast-path.ts';
import { schema } from '../../src/graphql/schema.ts';
import { type Service, startService } from '../kit/service.ts';

const PAGE = `query Page($first: Int, $after: String, $where: InterviewWhere) {
  __typename
  interviews(first: $first, after: $after, where: $where) { nodes { __typename id interviewId startsAt } pageInfo { endCursor } }
}`;

/** Requests as the clients send them by default: their headers and the keys of their bodies, recorded. */
const CLIENTS: Readonly<
  Record<string, { headers: Record<string, string>; body: (query: string, variables: object) => object }>
> = {
  'Apollo Client 4': {
    headers: { accept: 'application/graphql-response+json,application/json;q=0.9', 'content-type': 'application/json' },
    body: (query, variables) => ({
      operationName: 'Page',
      variables,
      extensions: { clientLibrary: { name: '@apollo/client', version: '4.3.8' } },
      query,
    }),
  },
  'urql 5': {
    headers: {
      accept:
        'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
      'content-type': 'application/json',
    },
    body: (query, variables) => ({ operationName: 'Page', query, variables }),
  },
  'Relay’s documented fetch function': {
    headers: { accept: '*/*', 'content-type': 'application/json' },
    body: (query, variables) => ({ query, variables }),
  },
  'graphql-request 7': {
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
    },
    body: (query, variables) => ({ query, variables, operationName: 'Page' }),
  },
  curl: {
    headers: { accept: '*/*', 'content-type': 'application/json' },
    body: (query) => ({ query }),
  },
};

/** Operations that succeed, and operations that fail in every way that one can. */
const OPERATIONS: Readonly<Record<string, { query: string; variables?: object }>> = {
  'a page': { query: PAGE, variables: { first: 3 } },
  'the next page': { query: PAGE, variables: { first: 3, after: 'WyJ4Il0' } },
  'a wrong argument': { query: PAGE, variables: { first: 501 } },
  'a wrong type of a variable': { query: PAGE, variables: { first: 'three' } },
  'a wrong enumeration': { query: PAGE, variables: { where: { type: { eq: 'PHONE' } } } },
  'a scope that the token lacks': { query: 'query Page { candidates(first: 1) { nodes { firstName } } }' },
  'a scope that the token lacks in a variable': {
    query: PAGE,
    variables: { where: { location: { eq: 'Room 1' } } },
  },
  'an operation that costs too much': {
    query: 'query Page { interviews(first: 500) { nodes { appointments(first: 500) { nodes { id } } } } }',
  },
  'an error beside data': { query: 'query Page { viewer { name } nodes(ids: ["x", "y"]) { id } }' },
  'nothing by an id': { query: 'query Page { interview(interviewId: "nobody") { id } }' },
  'data of no table': { query: 'query Page { viewer { scopes } dataset { interviews } }' },
  'the schema': { query: 'query Page { __schema { queryType { name } } }' },
  'an operation with fragments and directives': {
    query: `query Page($with: Boolean = false) { interviews(first: 2) { ...Part } }
      fragment Part on InterviewConnection { totalCount nodes { ... on Node { id } job @include(if: $with) { jobId } canceled @skip(if: true) } }`,
  },
};

interface Response {
  readonly status: number;
  readonly headers: object;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true });

/** Sends a request with these headers only. */
const post = (service: Service, headers: Record<string, string>, body: string): Promise<Response> =>
  new Promise((resolve, reject) => {
    const sent = request(`${service.url}/graphql`, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => {
        const { date, 'x-request-id': id, ...others } = response.headers;
        expect([date, id]).not.toContain(undefined);
        resolve({ status: response.statusCode ?? 0, headers: others, body: text });
      });
    });
    sent.on('error', reject).end(body);
  });

let fast: Service;
let general: Service;
let token: string;
beforeAll(async () => {
  fast = await startService();
  general = await fast.another({ GRAPHQL_FAST_PATH: 'off' });
  await fast.import([...generateExtract({ rows: 200, seed: 4 })].join(''));
  token = await createToken(fast.db.prisma, 'frontend', ['read']);
});
afterAll(async () => {
  agent.destroy();
  await general?.stop();
  await fast?.stop();
});

describe.each(Object.entries(CLIENTS))('a request of %s', (_client, { headers, body }) => {
  test.each(Object.entries(OPERATIONS))('gets the same response on both ways: %s', async (_name, {
    query,
    variables = {},
  }) => {
    const text = JSON.stringify(body(query, variables));
    const ask = (service: Service) => post(service, { ...headers, 'x-smarttoken': token }, text);
    const expected = await ask(general);
    // The first time, the operation is not known yet.
    expect(await ask(fast)).toEqual(expected);
    expect(await ask(fast)).toEqual(expected);
  });

  test('takes the fast path', () => {
    const documents = new Documents(schema);
    expect(documents.faultOf(PAGE)).toBeNull();
    expect(readUsual(headers, JSON.stringify(body(PAGE, { first: 3 })), documents)).toMatchObject({
      operation: { query: PAGE },
    });
  });
});

const USUAL = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: PAGE }) };

test.each<[string, Partial<{ headers: Record<string, string>; body: string }>]>([
  ['an unknown operation', { body: JSON.stringify({ query: '{ viewer { name } }' }) }],
  ['no query', { body: '{}' }],
  ['an unknown key', { body: JSON.stringify({ query: PAGE, id: 1 }) }],
  ['a persisted operation', { body: JSON.stringify({ query: PAGE, extensions: { persistedQuery: { version: 1 } } }) }],
  ['variables that are no object', { body: JSON.stringify({ query: PAGE, variables: [1] }) }],
  ['a list of operations', { body: JSON.stringify([{ query: PAGE }]) }],
  ['no JSON', { body: '{' }],
  ['another type of body', { headers: { 'content-type': 'application/graphql' } }],
  ['another encoding', { headers: { 'content-type': 'application/json; charset=utf-16' } }],
  ['a response type that is refused', { headers: { ...USUAL.headers, accept: 'application/json;q=0' } }],
  ['a response type that is unknown', { headers: { ...USUAL.headers, accept: 'text/html' } }],
])('a request with %s does not take the fast path', (_what, part) => {
  const documents = new Documents(schema);
  documents.check(PAGE);
  const { headers, body } = { ...USUAL, ...part };
  expect(readUsual(headers, body, documents)).toBeNull();
  expect(readUsual(USUAL.headers, USUAL.body, documents)).not.toBeNull();
});
