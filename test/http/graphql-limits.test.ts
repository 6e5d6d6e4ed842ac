/** What one GraphQL operation may ask for: each limit refuses just above it and lets pass what is at it. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_LOADED_CHARACTERS } from '../../src/db/connection/errors/result-size.ts';
import { FIELD_INDEX } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import {
  ASSUMED_LIST_SIZE,
  FIELD_COST,
  ITEM_COST,
  LARGE_NESTED_PAGE_COST,
  LIST_COST,
  PAGE_COST,
  RELATION_COST,
} from '../../src/graphql/costs.ts';
import {
  MAX_ALIASES,
  MAX_ANSWER_CHARACTERS,
  MAX_BODY_BYTES,
  MAX_CONDITIONS,
  MAX_COST,
  MAX_DEPTH,
  MAX_DIRECTIVES,
  MAX_DOCUMENT_CHARACTERS,
  MAX_DOCUMENT_LINES,
  MAX_DOCUMENT_TOKENS,
  MAX_ERRORS,
  MAX_FORM_CHARACTERS,
  MAX_JSON_LEVELS,
  MAX_JSON_VALUES,
  MAX_MESSAGE_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_NESTED_LISTS,
  MAX_PAGE_SIZE,
  MAX_REPEATED_FIELDS,
  MAX_ROOT_FIELDS,
  MAX_SORT_KEYS,
  MAX_VALUES,
} from '../../src/graphql/limits.ts';
import { readCanonical } from '../kit/canonical.ts';
import { ask } from '../kit/graphql.ts';
import { csvOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

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
    most: MAX_ALIASES,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ viewer { ${times(amount, (at) => `a${at}: name`)} } }` }),
  },
  {
    name: 'directives',
    most: MAX_DIRECTIVES,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ viewer { ${times(amount, () => 'name @skip(if: false)')} } }` }),
  },
  {
    name: 'fields at the root',
    most: MAX_ROOT_FIELDS,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ ${times(amount, (at) => `a${at}: viewer { name }`)} }` }),
  },
  {
    name: 'fields at the root, in fragments too,',
    most: MAX_ROOT_FIELDS,
    code: 'QUERY_TOO_COMPLEX',
    // Those of a fragment that is spread twice are the same ones.
    ask: (amount) => ({
      query: `{ ...f ... on Query { ...f b: viewer { name } } } fragment f on Query { ... { ${times(amount - 1, (at) => `a${at}: viewer { name }`)} } }`,
    }),
  },
  { name: 'levels', most: MAX_DEPTH, code: 'QUERY_TOO_COMPLEX', ask: (amount) => ({ query: deep(amount) }) },
  {
    name: 'tokens',
    most: MAX_DOCUMENT_TOKENS,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: wordy(amount) }),
  },
  {
    name: 'characters of a document',
    most: MAX_DOCUMENT_CHARACTERS,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: '{ viewer { name } }#'.padEnd(amount, 'x') }),
  },
  {
    name: 'lines of a document',
    most: MAX_DOCUMENT_LINES,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ viewer { name } }${'\n'.repeat(amount - 1)}` }),
  },
  {
    name: 'characters of a name',
    most: MAX_NAME_CHARACTERS,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ ${'a'.repeat(amount)}: viewer { name } }` }),
  },
  {
    name: 'fields beside one of the same name',
    most: MAX_REPEATED_FIELDS,
    code: 'QUERY_TOO_COMPLEX',
    ask: (amount) => ({ query: `{ viewer { name ... { ${times(amount, () => 'name')} } } }` }),
  },
  {
    name: 'keys and elements of the variables',
    // Beside them the query, the variables and the one that is a list.
    most: MAX_JSON_VALUES - 3,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({ query: '{ viewer { name } }', variables: { list: Array(amount).fill('a,{[b') } }),
  },
  {
    name: 'levels of the variables',
    // The body and the variables are two.
    most: MAX_JSON_LEVELS - 2,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: '{ viewer { name } }',
      variables: { deep: Array.from({ length: amount }).reduce<unknown>((inner) => [inner], 1) },
    }),
  },
  {
    name: 'nodes of a page',
    most: MAX_PAGE_SIZE,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({ query: `{ interviews(first: ${amount}) { totalCount } }` }),
  },
  {
    name: 'lists in each other in a filter',
    most: MAX_NESTED_LISTS,
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
    most: MAX_CONDITIONS,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }',
      variables: { where: filter(amount) },
    }),
  },
  {
    name: 'conditions of a filter, where they state nothing,',
    most: MAX_CONDITIONS,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }',
      // The list itself is one.
      variables: { where: { and: Array.from({ length: amount - 1 }, (_, at) => (at % 2 ? {} : { type: null })) } },
    }),
  },
  {
    name: 'ids of nodes',
    most: MAX_PAGE_SIZE,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: Array.from({ length: amount }, (_, at) => btoa(`Interview:${at}`)) },
    }),
  },
  {
    name: 'values of an in',
    most: MAX_VALUES,
    code: 'BAD_USER_INPUT',
    ask: (amount) => ({
      query: 'query ($ids: [String!]) { interviews(where: { interviewId: { in: $ids } }) { totalCount } }',
      variables: { ids: Array.from({ length: amount }, (_, at) => `i${at}`) },
    }),
  },
  {
    name: 'keys of an order',
    most: MAX_SORT_KEYS,
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
    const perInterview = ITEM_COST + FIELD_COST + LIST_COST + ASSUMED_LIST_SIZE * (ITEM_COST + FIELD_COST);
    const perJob = ITEM_COST + LARGE_NESTED_PAGE_COST + 100 * perInterview;
    const once = PAGE_COST + 2 * RELATION_COST;
    const most = Math.floor((MAX_COST - once) / perJob);
    const answer = await ask(service, query(most, 0));
    expect(answer).toMatchObject({ extensions: { cost: { requested: once + most * perJob, limit: MAX_COST } } });
    expect(answer.errors).toBeUndefined();
    expect((await ask(service, query(most + 1, 0))).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
  });

  test('as much below nodes as their ids cost', async () => {
    const query =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Job { interviews(first: 200) { nodes { interviewId } } } } }';
    const below = (jobs: number) =>
      ask(service, query, {
        ids: Array.from({ length: jobs }, (_, at) =>
          btoa(`Job:3f2504e0-4f89-41d3-9a0c-${String(at).padStart(12, '0')}`),
        ),
      });
    const perJob = ITEM_COST + LARGE_NESTED_PAGE_COST + 200 * (ITEM_COST + FIELD_COST);
    const once = PAGE_COST + RELATION_COST;
    const most = Math.floor((MAX_COST - once) / perJob);
    const answer = await below(most);
    expect(answer).toMatchObject({ extensions: { cost: { requested: once + most * perJob } } });
    expect(answer.errors).toBeUndefined();
    expect((await below(most + 1)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
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
      const at = await send(body(MAX_BODY_BYTES), chunked);
      expect(await at.json()).toMatchObject({ data: { viewer: {} } });
      const above = await send(body(MAX_BODY_BYTES + 1), chunked);
      expect([above.status, await above.json()]).toMatchObject([
        413,
        { errors: [{ message: 'The body is larger than 1000000 bytes.', extensions: { code: 'PAYLOAD_TOO_LARGE' } }] },
      ]);
    }
  });

  test('introspection, as editors ask for it, and not much more of it', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const all = {
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    };
    expect((await ask(service, getIntrospectionQuery({ ...all, oneOf: true }))).errors).toBeUndefined();
    const fields = 'fields { name description args { name description type { name kind } } }';
    const several = `{ __schema { types { ${times(MAX_ALIASES, (at) => `a${at}: ${fields}`)} } } }`;
    expect((await ask(service, several)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  test('what a form has room for, which is as much as an address', async () => {
    const form = (characters: number) =>
      service.get('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'query={viewer{name}}&x='.padEnd(characters, 'x'),
      });
    expect(await (await form(MAX_FORM_CHARACTERS)).json()).toMatchObject({ data: { viewer: {} } });
    const above = await form(MAX_FORM_CHARACTERS + 1);
    expect([above.status, await above.json()]).toMatchObject([
      400,
      {
        errors: [
          { message: `A form may have at most ${MAX_FORM_CHARACTERS} characters; send application/json instead.` },
        ],
      },
    ]);
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

/** What a service answers that is never so long, whatever it is asked. */
const LONGEST_REFUSAL = 2 * MAX_ERRORS * MAX_MESSAGE_CHARACTERS;

describe('what is wrong is told in few words, however much of it there is', () => {
  const filtered = 'query ($where: InterviewWhere) { interviews(where: $where) { totalCount } }';
  const keys = (count: number, of: (at: number) => string) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [of(at), 1]));
  const long = 'x'.repeat(150_000);

  test.each<[string, string, object]>([
    ['unknown keys', filtered, { where: keys(4_000, (at) => `unknown${at}`) }],
    ['long unknown keys', filtered, { where: keys(5, (at) => `${long}${at}`) }],
    ['wrong UUIDs', filtered, { where: { jobId: { in: Array(4_000).fill('wrong') } } }],
    ['long wrong UUIDs', filtered, { where: { jobId: { in: Array(5).fill(long) } } }],
    ['wrong values of an enumeration', filtered, { where: { type: { in: Array(4_000).fill('WRONG') } } }],
    ['long wrong values of an enumeration', filtered, { where: { type: { in: Array(5).fill(long) } } }],
    ['wrong dates', filtered, { where: { startsAt: { in: Array(4_000).fill('2026-02-30T00:00:00Z') } } }],
    ['wrong kinds', filtered, { where: { and: Array(4_000).fill([]) } }],
    ['wrong numbers', filtered, { where: { appointments: { atLeast: { count: 1e300 } } } }],
    [
      'wrong values in the document',
      `{ interviews(where: { type: { in: [${times(1_000, () => 'WRONG')}] } }) { totalCount } }`,
      {},
    ],
    ['unknown fields', `{ viewer { ${times(1_000, (at) => `f${at}`)} } }`, {}],
    ['a long unknown value', `{ interviews(where: { type: { eq: ${'X'.repeat(90_000)} } }) { totalCount } }`, {}],
    [
      'fragments that lead to each other',
      `{ ...f0 } ${times(150, (at) => `fragment f${at} on Query { ...f${(at + 1) % 150} }`)}`,
      {},
    ],
    [
      'wrong ids',
      `query ($ids: [ID!]!) { ${times(20, (at) => `a${at}: nodes(ids: $ids) { id }`)} }`,
      { ids: Array(500).fill('wrong') },
    ],
  ])('%s', async (_what, query, variables) => {
    const { errors = [] } = await ask(service, query, variables);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(MAX_ERRORS);
    for (const { message } of errors) expect(message.length).toBeLessThanOrEqual(MAX_MESSAGE_CHARACTERS);
    expect(JSON.stringify(errors).length).toBeLessThan(LONGEST_REFUSAL);
  });

  test('and where, with the last of them saying that there are more', async () => {
    const { errors = [] } = await ask(service, filtered, { where: { type: { in: Array(100).fill('VIDEOS') } } });
    expect(errors).toHaveLength(MAX_ERRORS);
    expect(errors[0]).toMatchObject({
      message:
        'Variable "$where" got invalid value "VIDEOS" at "where.type.in[0]"; Value "VIDEOS" does not exist in "InterviewType" enum. Did you mean the enum value "VIDEO"?',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(errors.at(-1)?.message).toBe('There are more errors in the variables, which are not listed.');
  });

  test('and where there are as many as are told, with no word of more', async () => {
    const wrong = async (count: number) =>
      (await ask(service, filtered, { where: { type: { in: Array(count).fill('VIDEOS') } } })).errors ?? [];
    const all = await wrong(MAX_ERRORS - 1);
    expect(all).toHaveLength(MAX_ERRORS - 1);
    for (const { message } of all) expect(message).toMatch(/^Variable "\$where" got invalid value "VIDEOS"/);
    expect((await wrong(MAX_ERRORS)).at(-1)?.message).toMatch(/^There are more errors/);
  });

  test('of 500 ids those that are none are null, and the others are given', async () => {
    const id = btoa('Job:3f2504e0-4f89-41d3-9a0c-0305e82c3301');
    const ids = Array.from({ length: 500 }, (_, at) => (at % 2 ? 'wrong' : id));
    const { data, errors = [] } = await ask(service, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(data.nodes).toHaveLength(500);
    expect(errors).toHaveLength(MAX_ERRORS);
    expect(errors.map(({ path }) => path?.[1])).toEqual(Array.from({ length: MAX_ERRORS }, (_, at) => 2 * at + 1));
    expect(errors.at(-1)?.message).toMatch(/^ids\[39\], and 230 more: "wrong" is not an ID of this API;/);
  });
});

test('an answer with more text than is allowed is refused, and says so', async () => {
  const room = 'r'.repeat(1_000_000);
  const large = await startService();
  try {
    const [first = [], ...others] = readCanonical([...generateExtract({ rows: 30, seed: 2 })].join(''));
    await large.import(csvOf([first.with(FIELD_INDEX.room, room), ...others]));
    const rooms = (aliases: number) =>
      ask(large, `{ interviews { nodes { timeSlots { ${times(aliases, (at) => `a${at}: room`)} } } } }`);
    const few = await rooms(2);
    expect(few.errors).toBeUndefined();
    expect(JSON.stringify(few.data)).toContain(room);
    expect(await rooms(Math.ceil(MAX_ANSWER_CHARACTERS / room.length))).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(/^The response exceeds the maximum of 16,000,000 characters\./),
          extensions: { code: 'QUERY_TOO_COMPLEX' },
        },
      ],
    });
  } finally {
    await large.stop();
  }
});

test('an operation that loads more than is allowed is refused while it does, and the next one is answered', async () => {
  const large = await startService();
  try {
    await large.import([...generateExtract({ rows: 10, seed: 2 })].join(''));
    const characters = 1 << 20;
    await large.rows(`UPDATE appointment SET interviewer_review = repeat('r', ${characters})`);
    const pages = (count: number) =>
      ask(large, `{ ${times(count, (at) => `a${at}: appointments(first: 10) { nodes { review } }`)} }`);
    const most = Math.floor(MAX_LOADED_CHARACTERS / (10 * characters));
    const refused = (message: string) => ({
      errors: [{ message, extensions: { code: 'QUERY_TOO_COMPLEX' } }],
      extensions: expect.anything(),
    });
    expect(await pages(most + 1)).toEqual(
      refused('The operation loads more than the maximum of 64,000,000 characters. Request fewer nodes.'),
    );
    expect((await pages(1)).errors).toBeUndefined();
    // What an operation loads doesn't count for the next ones.
    expect(await pages(most)).toEqual(
      refused('The response exceeds the maximum of 16,000,000 characters. Request fewer nodes or fields.'),
    );
  } finally {
    await large.stop();
  }
}, 120_000);

test.each([
  ['a connection', 'InterviewConnection', '{ interviews { ...f0 } }', '{ __typename }'],
  ['the items of an empty page', 'Interview', '{ interviews(first: 0) { nodes { ...f0 } } }', '{ id }'],
  [
    'the items of a page, through fields',
    'Interview',
    '{ interviews(first: 1) { nodes { ...f0 } } }',
    '{ job { id } job { jobId } }',
  ],
])('fragments on %s that spread each other twice, 40 levels deep, are answered or refused at once', async (_what, type, query, last) => {
  const fragments = Array.from({ length: 40 }, (_, at) => `fragment f${at} on ${type} { ...f${at + 1} ...f${at + 1} }`);
  const answer = await ask(service, `${query} ${fragments.join(' ')} fragment f40 on ${type} ${last}`);
  expect(answer.errors?.map(({ extensions }) => extensions.code) ?? ['QUERY_TOO_COMPLEX']).toEqual([
    'QUERY_TOO_COMPLEX',
  ]);
});

test('a document with more relations than can be planned is too complex, though its pages are empty', async () => {
  const names = ['job', 'candidate', 'application', 'creator'];
  const level = (at: number) =>
    `fragment l${at} on Interview { ${names.map((name) => `${name} { interviews: ${name === 'creator' ? 'createdInterviews' : 'interviews'}(first: 0) { nodes { ...l${at + 1} } } }`).join(' ')} }`;
  const fragments = [0, 1, 2, 3].map(level).join(' ');
  const answer = await ask(
    service,
    `{ interviews(first: 0) { nodes { ...l0 } } } ${fragments} fragment l4 on Interview { id }`,
  );
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['QUERY_TOO_COMPLEX']);
});
