/** What one GraphQL operation may ask for: each limit refuses just above it and lets pass what is at it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../src/generate/generate-extract.ts';
import {
  LIST_SIZE,
  MOST_ALIASES,
  MOST_BYTES,
  MOST_CONDITIONS,
  MOST_COST,
  MOST_DEPTH,
  MOST_DIRECTIVES,
  MOST_LISTS,
  MOST_NODES,
  MOST_ORDER_KEYS,
  MOST_ROOT_FIELDS,
  MOST_TOKENS,
  MOST_VALUES,
  PAGE_COST,
} from '../src/graphql/limits.ts';
import { ask } from './kit/graphql.ts';
import { type Service, startService } from './kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import([...generateExtract({ rows: 30, seed: 2 })].join(''));
});
afterAll(() => service?.stop());

const times = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');

/** So many levels of fields in each other: interviews, their appointments, the time slots of those, and the interview again. */
function deep(levels: number): string {
  const steps = ['appointments(first: 1)', 'nodes', 'timeSlot', 'interview'];
  // Two levels lead to the first interview, and the innermost field is one.
  const path = Array.from({ length: levels - 3 }, (_, at) => steps[at % steps.length] ?? '');
  const innermost = path.length % steps.length === 1 ? 'totalCount' : 'id';
  return `{ interviews(first: 1) { nodes { ${path.map((step) => `${step} { `).join('')}${innermost}${' }'.repeat(path.length)} } } }`;
}

/** So many tokens: 12 around spreads of two each, and one more where that is odd. */
const wordy = (tokens: number): string =>
  `{ viewer { ${tokens % 2 ? 'name ' : ''}${times(Math.floor((tokens - 12) / 2), () => '...f')} } } fragment f on Viewer { name }`;

/** A filter of so many conditions: a list and each of its members count, and what is compared in those. */
const filter = (conditions: number): object => ({
  ...(conditions % 2 === 0 && { not: {} }),
  or: Array.from({ length: Math.floor((conditions - 1) / 2) }, () => ({ canceled: { eq: true } })),
});

interface Limit {
  readonly name: string;
  readonly most: number;
  readonly code: string;
  ask(amount: number): { readonly query: string; readonly variables?: object };
}

const limits: Limit[] = [
  {
    name: 'aliases',
    most: MOST_ALIASES,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ viewer { ${times(amount, (at) => `a${at}: name`)} } }` }),
  },
  {
    name: 'directives',
    most: MOST_DIRECTIVES,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ viewer { ${times(amount, () => 'name @skip(if: false)')} } }` }),
  },
  {
    name: 'fields at the root',
    most: MOST_ROOT_FIELDS,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ ${times(amount, (at) => `a${at}: viewer { name }`)} }` }),
  },
  { name: 'levels', most: MOST_DEPTH, code: 'QUERY_TOO_COMPLEX', ask: (amount) => ({ query: deep(amount) }) },
  {
    name: 'tokens',
    most: MOST_TOKENS,
    code: 'GRAPHQL_PARSE_FAILED',
    ask: (amount) => ({ query: wordy(amount) }),
  },
  {
    name: 'nodes of a page',
    most: MOST_NODES,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({ query: `{ interviews(first: ${amount}) { totalCount } }` }),
  },
  {
    name: 'lists in each other in a filter',
    most: MOST_LISTS,
    code: 'BAD_USER_INPUT',
    ask: (lists) => ({
      query: 'query ($where: InterviewWhere) { interviews(first: 1, where: $where) { nodes { id } } }',
      variables: {
        where: Array.from({ length: lists }).reduce<object>(
          (inner, _, at) =>
            at === 0 ? { appointments: { every: {} } } : { appointments: { every: { interview: inner } } },
          {},
        ),
      },
    }),
  },
  {
    name: 'conditions of a filter',
    most: MOST_CONDITIONS,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }',
      variables: { where: filter(amount) },
    }),
  },
  {
    name: 'conditions of a filter, where they state nothing,',
    most: MOST_CONDITIONS,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }',
      // The list itself is one.
      variables: { where: { and: Array.from({ length: amount - 1 }, (_, at) => (at % 2 ? {} : { type: null })) } },
    }),
  },
  {
    name: 'ids of nodes',
    most: MOST_NODES,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: Array.from({ length: amount }, (_, at) => btoa(`Interview:${at}`)) },
    }),
  },
  {
    name: 'values of an in',
    most: MOST_VALUES,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($ids: [String!]) { interviews(where: { interviewId: { in: $ids } }) { totalCount } }',
      variables: { ids: Array.from({ length: amount }, (_, at) => `i${at}`) },
    }),
  },
  {
    name: 'keys of an order',
    most: MOST_ORDER_KEYS,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: `{ interviews(orderBy: [${['STARTS_AT', 'CREATED_AT', 'UPDATED_AT', 'INTERVIEW_ID']
        .slice(0, amount)
        .map((field) => `{ field: ${field} }`)
        .join(', ')}]) { totalCount } }`,
    }),
  },
];

describe('one operation may have', () => {
  test.each(limits)('$most $name and no more', async ({ most, code, ask: operation }) => {
    const at = operation(most);
    expect((await ask(service, at.query, at.variables)).errors).toBeUndefined();
    const above = operation(most + 1);
    expect((await ask(service, above.query, above.variables)).errors?.map(({ extensions }) => extensions.code)).toEqual(
      [code],
    );
  });

  test('a cost up to the limit, which its answer tells', async () => {
    const query = (jobs: number, extra: number) =>
      `{ jobs(first: ${jobs}) { nodes { interviews(first: 100) { nodes { interviewId timeSlots { startTime } } } } } ${extra ? `viewer { ${times(extra - 1, () => 'name')} }` : ''} }`;
    const perJob = PAGE_COST + 100 * (1 + 1 + LIST_SIZE);
    const most = Math.floor((MOST_COST - PAGE_COST) / perJob);
    const answer = await ask(service, query(most, 0));
    expect(answer).toMatchObject({ extensions: { cost: { requested: PAGE_COST + most * perJob, limit: MOST_COST } } });
    expect(answer.errors).toBeUndefined();
    expect((await ask(service, query(most + 1, 0))).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
  });

  test('as much below nodes as their ids cost', async () => {
    const query =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Job { interviews(first: 100) { nodes { interviewId } } } } }';
    const below = (jobs: number) =>
      ask(service, query, {
        ids: Array.from({ length: jobs }, (_, at) =>
          btoa(`Job:3f2504e0-4f89-41d3-9a0c-${String(at).padStart(12, '0')}`),
        ),
      });
    const most = Math.floor((MOST_COST - 1) / (PAGE_COST + 100));
    const answer = await below(most);
    expect(answer).toMatchObject({ extensions: { cost: { requested: 1 + most * (PAGE_COST + 100) } } });
    expect(answer.errors).toBeUndefined();
    expect((await below(most + 1)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  test('no variable that is nested without end', async () => {
    const levels = 100_000;
    const response = await service.get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":"query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }","variables":{"where":${'{"not":'.repeat(levels)}{}${'}'.repeat(levels)}}}`,
    });
    expect(await response.json()).toMatchObject({
      errors: [
        { message: 'The variables are nested in more than 1000 levels.', extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
  });

  test('a body up to the limit, however it comes', async () => {
    const body = (bytes: number) => '{"query":"{ viewer { name } }"}'.padEnd(bytes);
    const send = (text: string, chunked: boolean) =>
      service.get('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...(chunked ? { body: new Blob([text]).stream(), duplex: 'half' } : { body: text }),
      } as RequestInit);
    for (const chunked of [false, true]) {
      const at = await send(body(MOST_BYTES), chunked);
      expect(await at.json()).toMatchObject({ data: { viewer: {} } });
      const above = await send(body(MOST_BYTES + 1), chunked);
      expect([above.status, await above.json()]).toMatchObject([
        413,
        { errors: [{ message: 'The body is larger than 1000000 bytes.', extensions: { code: 'PAYLOAD_TOO_LARGE' } }] },
      ]);
    }
  });

  test('introspection, as editors ask for it', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    expect((await ask(service, getIntrospectionQuery())).errors).toBeUndefined();
  });

  test('one operation in a request: batches are refused', async () => {
    const response = await service.get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '[{"query":"{ viewer { name } }"},{"query":"{ viewer { name } }"}]',
    });
    expect(response.status).toBe(400);
  });
});
