/** Operations that clients name by an id, out of a file or sent before: how, which are refused, and that all rules hold for them, too. */
import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { MAX_DOCUMENT_CHARACTERS } from '../../src/graphql/limits.ts';
import { run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import type { Json } from '../kit/graphql.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

/** As the client preset of GraphQL Code Generator writes them, by the SHA-1 or SHA-256 of the text; Relay by its MD5. */
const HASH = '7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e';
/** As GraphQL over HTTP has ids that are hashes. */
const PREFIXED = 'f3b1b5a1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9';
const OPERATIONS = {
  [HASH]: 'query Viewer { viewer { name } }',
  [`sha256:${PREFIXED}`]: '{ viewer { name } }',
  page: 'query Page($first: Int!) { interviews(first: $first) { nodes { interviewId } } }',
  names: '{ interviewers { nodes { name } } }',
  two: 'query One { viewer { name } } query Two { viewer { scopes } }',
  costly: '{ interviews(first: 500) { nodes { appointments(first: 500) { nodes { id } } } } }',
};

let folder: string;
let open: Service;
let closed: Service;
let reader: string;

const file = async (name: string, content: string): Promise<string> => {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-operations-'));
  const settings = { PERSISTED_OPERATIONS: await file('operations.json', JSON.stringify(OPERATIONS)) };
  open = await startService(settings);
  closed = await open.another({ ...settings, PERSISTED_OPERATIONS_ONLY: 'on' });
  await closed.import([...generateExtract({ rows: 5, seed: 1 })].join(''));
  reader = await createToken(closed.db.prisma, 'reader', ['read']);
});
afterAll(async () => {
  await closed?.stop();
  await open?.stop();
  await rm(folder, { recursive: true });
});

async function post(
  service: Service,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; answer: Json }> {
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

const apollo = (hash: string) => ({ persistedQuery: { version: 1, sha256Hash: hash } });
const NOT_FOUND = { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } };
const ONLY_KNOWN = {
  message: 'Only persisted operations are accepted: send a documentId instead of a query.',
  extensions: { code: 'PERSISTED_QUERY_ONLY' },
};
const NAME = { data: { viewer: { name: 'ADMIN_TOKEN' } } };

describe.each([
  ['beside others', () => open],
  ['and no others', () => closed],
])('with the operations of a file, %s,', (_how, service) => {
  test.each([
    ['documentId', { documentId: HASH }],
    ['documentId with the name of the hash', { documentId: `sha256:${HASH}` }],
    ['Apollo’s extension', { extensions: apollo(HASH) }],
    ['the bare hash of an id with its name', { documentId: PREFIXED }],
    ['an id with the name of its hash', { documentId: `sha256:${PREFIXED}` }],
    ['Apollo’s extension with the bare hash of such an id', { extensions: apollo(PREFIXED) }],
    ['an id and the name of one of its operations', { documentId: 'two', operationName: 'One' }],
  ])('one is executed by %s', async (_by, body) => {
    expect(await post(service(), body)).toMatchObject({ status: 200, answer: NAME });
    const query = new URLSearchParams(
      Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    );
    const response = await service().get(`/graphql?${query}`, { headers: { accept: 'application/json' } });
    expect([response.status, await response.json()]).toMatchObject([200, NAME]);
  });

  test('it takes variables', async () => {
    const { answer } = await post(service(), { documentId: 'page', variables: { first: 0 } });
    expect(answer.data).toEqual({ interviews: { nodes: [] } });
    const wrong = await post(service(), { documentId: 'page', variables: { first: 'x' } });
    expect(wrong.answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test.each([
    'unknown',
    'constructor',
    '__proto__',
    '',
    'x'.repeat(100_000),
  ])('the id %.20s is refused where nothing has it', async (id) => {
    for (const body of [{ documentId: id }, { extensions: apollo(id) }]) {
      const { answer } = await post(service(), body);
      // Apollo’s clients look for this code, urql’s for this message; where the query wouldn’t be taken they aren’t to send it.
      expect(answer).toEqual({ errors: [service() === closed ? ONLY_KNOWN : NOT_FOUND] });
    }
    const strict = await post(service(), { documentId: id }, { accept: 'application/graphql-response+json' });
    expect(strict.status).toBe(400);
  });

  test.each([
    ['null', null],
    ['a list', []],
    ['nothing', {}],
    ['an id that is a number', { documentId: 1 }],
    ['a hash that is none', { extensions: { persistedQuery: { version: 1, sha256Hash: 1 } } }],
    ['extensions that are a text', { extensions: 'x' }],
    ['an unknown parameter', { documentId: HASH, colour: 'red' }],
  ])('%s names none, and is refused as bad input', async (_what, body) => {
    const { status, answer } = await post(service(), body, { accept: 'application/graphql-response+json' });
    expect([status, answer.errors]).toMatchObject([400, [{ extensions: { code: 'BAD_USER_INPUT' } }]]);
  });

  test('the token, its scopes and all limits count as they always do', async () => {
    expect((await post(service(), { documentId: HASH }, { 'x-smarttoken': '' })).status).toBe(401);
    const { answer } = await post(service(), { documentId: 'costly' });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    if (service() === closed) {
      const personal = await post(closed, { documentId: 'names' }, { 'x-smarttoken': reader });
      expect(personal.answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const [{ text }] = [{ text: '{"documentId":"names"}'.padEnd(1_000_001) }];
    const response = await service().get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    expect(response.status).toBe(413);
  });
});

describe('where only those are taken', () => {
  test.each([
    ['a query', { query: '{ viewer { name } }' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['the text of one that is known', { query: OPERATIONS[HASH] }],
    ['a query with an id beside it', { query: '{ dataset { version } }', documentId: HASH }],
    [
      'a query with its hash, as Apollo’s clients send it once more',
      { query: '{ dataset { version } }', extensions: apollo('new') },
    ],
  ])('%s is refused', async (_what, body) => {
    const { answer } = await post(closed, body);
    expect(answer).toEqual({ errors: [ONLY_KNOWN] });
    const address = await closed.get(`/graphql?query=${encodeURIComponent(body.query)}`, {
      headers: { accept: 'application/json' },
    });
    expect(await address.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }] });
  });
});

describe('where others are taken, too', () => {
  test('a query is executed, also beside an id that is no hash', async () => {
    expect((await post(open, { query: '{ viewer { name } }' })).answer).toMatchObject(NAME);
    expect((await post(open, { query: '{ viewer { name } }', documentId: 'page' })).answer).toMatchObject(NAME);
  });

  test('GraphQL over HTTP holds as before', async () => {
    const audits = serverAudits({
      url: `${open.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), 'x-smarttoken': ADMIN_TOKEN } }),
    });
    const results = await Promise.all(audits.map(({ fn }) => fn()));
    const failed = results.filter(({ status }) => status !== 'ok');
    expect(failed.map((one) => `${one.id} ${one.name}: ${'reason' in one ? one.reason : ''}`)).toEqual([]);
  });
});

describe('an operation that was sent with its hash', () => {
  let plain: Service;
  const tokens: string[] = [];
  beforeAll(async () => {
    plain = await open.another();
    for (const name of ['one', 'other']) tokens.push(await createToken(plain.db.prisma, name, ['read']));
  });
  afterAll(() => plain?.stop());

  const sha256 = (text: string): string => hash('sha256', text);
  const as = (who: number) => ({ 'x-smarttoken': tokens[who] ?? '' });
  /** As long as an operation may be; each another one. */
  const long = (what: string) => `{ viewer { name } }#${what}`.padEnd(MAX_DOCUMENT_CHARACTERS, '.');
  const send = (query: string, who = 0) => post(plain, { query, extensions: apollo(sha256(query)) }, as(who));
  const isKnown = async (query: string) =>
    (await post(plain, { extensions: apollo(sha256(query)) })).answer.errors === undefined;

  test('is executed, and from then on by its hash, however that is sent, whoever asks', async () => {
    const query = 'query Sent($first: Int!) { viewer { name } jobs(first: $first) { totalCount } }';
    const id = sha256(query);
    const variables = { first: 1 };
    expect((await post(plain, { extensions: apollo(id), variables })).answer).toEqual({ errors: [NOT_FOUND] });
    const sent = await post(plain, { query, extensions: apollo(id), variables });
    expect(sent.answer).toMatchObject(NAME);
    for (const body of [{ extensions: apollo(id) }, { documentId: id }, { documentId: `sha256:${id}` }]) {
      expect((await post(plain, { ...body, variables })).answer).toEqual(sent.answer);
      expect((await post(plain, { ...body, variables }, as(1))).answer.data.viewer.name).toBe('other');
      const address = new URLSearchParams(
        Object.entries({ ...body, variables }).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      );
      const response = await plain.get(`/graphql?${address}`, { headers: { accept: 'application/json' } });
      expect(await response.json()).toEqual(sent.answer);
    }
  });

  test('by GET, or with sha256: before its hash, is kept as well', async () => {
    const [one, other] = ['query ByGet { viewer { name } }', 'query ByDocumentId { viewer { name } }'] as const;
    const address = new URLSearchParams({ query: one, extensions: JSON.stringify(apollo(sha256(one))) });
    await plain.get(`/graphql?${address}`);
    await post(plain, { query: other, documentId: `sha256:${sha256(other)}` });
    expect([await isKnown(one), await isKnown(other)]).toEqual([true, true]);
  });

  test('is refused where the hash isn’t its own, and kept under neither', async () => {
    const [query, wrong] = ['query Wrong { viewer { name } }', sha256('another')] as const;
    for (const body of [
      { query, extensions: apollo(wrong) },
      { query, extensions: apollo(sha256(query).toUpperCase()) },
      { query, extensions: apollo('') },
      { query, documentId: `sha256:${wrong}` },
    ]) {
      const { status, answer } = await post(plain, body);
      expect([status, answer]).toEqual([
        400,
        { errors: [{ message: 'provided sha does not match query', extensions: { code: 'BAD_USER_INPUT' } }] },
      ]);
    }
    expect(await isKnown(query)).toBe(false);
  });

  test.each([
    ['can’t be parsed', '{ viewer {'],
    ['doesn’t fit the schema', '{ viewer { colour } }'],
    ['has too much in it', `{ viewer { ${'name '.repeat(3_000)} } }`],
    ['is a mutation', 'mutation { erase }'],
  ])('isn’t kept where it %s', async (_what, query) => {
    expect((await send(query)).answer.errors).toHaveLength(1);
    expect(await isKnown(query)).toBe(false);
  });

  test('is looked at as every other: its token, its scopes and its cost', async () => {
    const personal = '{ interviewers { nodes { firstName } } }';
    const costly = OPERATIONS.costly;
    expect((await send(personal)).answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const answer = async (query: string) => (await post(plain, { extensions: apollo(sha256(query)) }, as(1))).answer;
    expect((await answer(personal)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await send(costly);
    expect((await answer(costly)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  });

  test('goes when its sender sends too many, those first that were asked for longest ago; what others sent stays', async () => {
    const theirs = long('theirs');
    await send(theirs, 1);
    const mine = Array.from({ length: 12 }, (_, at) => long(`mine ${at}`));
    for (const query of mine) {
      await send(query, 0);
      // Asked for again and again.
      expect(await isKnown(mine[0] ?? '')).toBe(true);
    }
    expect(await Promise.all(mine.map(isKnown))).toEqual(mine.map((_, at) => at === 0 || at > 3));
    expect(await isKnown(theirs)).toBe(true);
  });
});

describe('the service doesn’t start with', () => {
  test.each<[string, string | null, RegExp]>([
    ['a file that is missing', null, /can’t be read: ENOENT/],
    ['a file that is no JSON', '{"a": ', /is not JSON: /],
    ['a list', '["{ viewer { name } }"]', /must be one JSON object: \{"<id>": "<operation>", …\}\./],
    [
      'operations that don’t fit the schema, each by its id',
      JSON.stringify({
        good: '{ viewer { name } }',
        unknown: '{ viewer { colour } }',
        broken: '{ viewer {',
        number: 1,
        long: `{ viewer { ${'name '.repeat(3_000)} } }`,
        mutation: 'mutation { erase }',
        fragment: 'fragment F on Viewer { name }',
        one: '{ viewer { name } }',
        'sha256:one': '{ viewer { name scopes } }',
        two: '{ viewer { name } }',
        'sha256:two': '{ viewer { name } }',
      }),
      /has operations that can’t be executed:\n {2}"unknown": Cannot query field "colour" on type "Viewer"\.\n {2}"broken": Syntax Error: .*\n {2}"number": It is not a string\.\n {2}"long": The document exceeds the maximum of 2000 tokens\. .*\n {2}"mutation": This API has no mutations\.\n {2}"fragment": The document contains no operation\.\n {2}"sha256:one": It appears with and without sha256:\.\n$/,
    ],
  ])('%s, and says why', async (_what, content, message) => {
    const name = content === null ? path.join(folder, 'missing.json') : await file('bad.json', content);
    const { code, stderr, stdout } = await run(['start'], {
      DATABASE_URL: urlOf(open.connection),
      PORT: '0',
      PERSISTED_OPERATIONS: name,
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^PERSISTED_OPERATIONS: ${name} ${message.source}`));
  });

  test('GRAPHIQL=on beside PERSISTED_OPERATIONS_ONLY=on, which leaves it nothing to show', () => {
    const both = { PERSISTED_OPERATIONS: 'operations.json', PERSISTED_OPERATIONS_ONLY: 'on' };
    expect(() => readConfig({ ...both, GRAPHIQL: 'on' })).toThrow('GRAPHIQL: on can’t be combined with');
    expect(readConfig(both).graphiql).toBe(false);
  });

  test('PERSISTED_OPERATIONS_ONLY alone', () => {
    expect(() => readConfig({ PERSISTED_OPERATIONS_ONLY: 'on' })).toThrow(
      'PERSISTED_OPERATIONS: is missing, but PERSISTED_OPERATIONS_ONLY requires it',
    );
  });
});
