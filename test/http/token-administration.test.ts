/** The administration of tokens over HTTP: what it gives, what it tells, and to whom. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import type { Scope } from '../../src/domain/viewer.ts';
import type { Json } from '../kit/graphql.ts';
import { importNames } from '../kit/import-names.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const TOKENS = '/admin/tokens';
const ROTATE = `${TOKENS}/rotate`;
const REVOKE = `${TOKENS}/revoke`;
const JOB = '7d444840-9dc0-11d1-b245-5ffdce74fad2';

const log = memoryLog();
let service: Service;
beforeAll(async () => {
  service = await startService({ TOKEN_MAX_LIFETIME: '365d' }, log.log);
});
afterAll(() => service?.stop());

async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await service.get(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
}

const statusOf = async (token: string) =>
  (await service.get('/analytics/interviews/summary', { headers: { 'x-smarttoken': token } })).status;

test('a token is created, used, listed without its secret, rotated and revoked', async () => {
  const created = await send(TOKENS, {
    ...{ name: 'board', scopes: ['read'], expires: '30d', rate: '600/min' },
    ...{ departments: ['Sales', 'Design'], jobs: [JOB] },
  });
  expect([created.status, created.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const terms = {
    ...{ name: 'board', scopes: ['read'], departments: ['Design', 'Sales'], jobs: [JOB], rate: '600/min' },
    ...{ replacedAt: null, revokedAt: null, usedAt: null },
  };
  expect(created.body).toMatchObject({ ...terms, token: expect.stringMatching(/^[A-Za-z0-9]{32}$/) });
  // Perhaps they are misspelled: no job is stored yet.
  expect(created.body.unknown.sort()).toEqual([JOB, 'Design', 'Sales'].sort());
  expect(created.body.state).toBe(`in use, until ${created.body.expiresAt}`);
  expect(await statusOf(created.body.token)).toBe(200);

  const rotated = await send(ROTATE, { name: 'board', overlap: '1h' });
  expect([rotated.status, rotated.body]).toMatchObject([201, { ...terms, token: expect.any(String) }]);
  expect([await statusOf(created.body.token), await statusOf(rotated.body.token)]).toEqual([200, 200]);

  const listed = await service.get(TOKENS);
  const text = await listed.text();
  for (const secret of [created.body.token, rotated.body.token]) expect(text).not.toContain(secret);
  const states = (JSON.parse(text) as Json).tokens
    .filter(({ name }: Json) => name === 'board')
    .map(({ state }: Json) => state);
  expect(states).toEqual([`replaced, until ${rotated.body.formerEndsAt}`, `in use, until ${rotated.body.expiresAt}`]);

  expect(await send(REVOKE, { name: 'board' })).toMatchObject({ status: 200, body: { name: 'board', revoked: true } });
  for (const { body } of [created, rotated])
    await expect.poll(() => statusOf(body.token), { timeout: 5_000 }).toBe(401);
  expect(await send(REVOKE, { name: 'board' })).toMatchObject({
    status: 404,
    body: { errors: [{ code: 'NOT_FOUND' }] },
  });
});

test('the log says who changed which token, and never what it is', async () => {
  const { body } = await send(TOKENS, { name: 'logged' });
  await send(REVOKE, { name: 'logged' });
  expect(log.lines()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ msg: 'a token was created', token: 'logged', by: 'ADMIN_TOKEN' }),
      expect.objectContaining({ msg: 'a token was revoked', token: 'logged', by: 'ADMIN_TOKEN' }),
    ]),
  );
  expect(log.text()).not.toContain(body.token);
});

test('departments and jobs that are stored are not told as unknown, and a token without any has none', async () => {
  await service.import(csvOf([rowOf({ interviewId: 'i-1', jobId: JOB })]));
  await importNames(service, { jobs: `jobId,title,department\n${JOB},Designer,Design\n` });
  const scoped = { name: 'scoped', scopes: ['read'], departments: ['Design', 'design'], jobs: [JOB] };
  expect((await send(TOKENS, scoped)).body.unknown).toEqual(['design']);
  expect((await send(TOKENS, { name: 'of all rows' })).body.unknown).toEqual([]);
});

test('a name may be anything that can be printed', async () => {
  const name = 'a/b c?#%2F ü';
  expect((await send(TOKENS, { name })).body.name).toBe(name);
  expect(await send(TOKENS, { name })).toMatchObject({ status: 409, body: { errors: [{ code: 'CONFLICT' }] } });
  expect((await send(REVOKE, { name })).status).toBe(200);
});

test('a token without an end gets the longest lifetime of the configuration', async () => {
  const { createdAt, expiresAt } = (await send(TOKENS, { name: 'bounded' })).body;
  const days = (Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000;
  expect(Math.round(days)).toBe(365);
});

describe('whoever has no scope admin', () => {
  test.each<{ scopes: readonly Scope[] }>([
    { scopes: ['read', 'personal', 'write'] },
    { scopes: ['read'] },
  ])('but $scopes, is refused before anything is read', async ({ scopes }) => {
    const token = await createToken(service.db.prisma, `no admin: ${scopes}`, scopes);
    for (const type of ['application/json', 'text/plain'])
      for (const path of [TOKENS, ROTATE, REVOKE])
        expect(await send(path, '{', { 'x-smarttoken': token, 'content-type': type })).toMatchObject({
          status: 403,
          body: { errors: [{ code: 'FORBIDDEN' }] },
        });
    expect((await service.get(TOKENS, { headers: { 'x-smarttoken': token } })).status).toBe(403);
  });

  test('and no token, gets 401, and no password is taken', async () => {
    for (const path of [TOKENS, ROTATE, REVOKE])
      expect((await send(path, {}, { 'x-smarttoken': '' })).status).toBe(401);
    const basic = `Basic ${Buffer.from(`a:${ADMIN_TOKEN}`).toString('base64')}`;
    expect((await service.get(TOKENS, { headers: { 'x-smarttoken': '', authorization: basic } })).status).toBe(401);
  });
});

describe('a body is refused that', () => {
  test.each<[what: string, path: string, body: unknown, status: number, message: string]>([
    ['is no JSON', TOKENS, '{', 400, 'The body is not a JSON object with the members name, scopes, expires, '],
    ['is a list', ROTATE, [], 400, 'The body is not a JSON object with the members name, expires, overlap.'],
    ['is empty', REVOKE, '', 400, 'The body is not a JSON object with the members name.'],
    [
      'has an unknown member',
      TOKENS,
      { name: 'x', scope: 'read' },
      400,
      '"scope" is not accepted; accepted are name, scopes,',
    ],
    ['has a number for a text', TOKENS, { name: 7 }, 400, 'name: "7" is not accepted; it is a text.'],
    ['has a text for a list', TOKENS, { name: 'x', scopes: 'read' }, 400, 'it is a list of texts.'],
    ['has no name', TOKENS, {}, 400, 'name: "" is not accepted; a name has 1 to 100 printable characters.'],
    ['has an unknown scope', TOKENS, { name: 'x', scopes: ['all'] }, 400, 'scopes: "all" is not a scope;'],
    ['has no job', TOKENS, { name: 'x', jobs: ['1'] }, 400, 'jobs: "1" is not accepted; it is the UUID of a job.'],
    [
      'restricts an administrator',
      TOKENS,
      { name: 'x', scopes: ['admin'], departments: ['A'] },
      400,
      'can’t have the scope admin',
    ],
    ['lives too long', TOKENS, { name: 'x', expires: '400d' }, 400, 'the latest that TOKEN_MAX_LIFETIME allows'],
    ['overlaps too long', ROTATE, { name: 'x', overlap: '1y' }, 400, 'overlap: "1y" is not accepted;'],
    ['has half a character', TOKENS, { name: 'x', departments: ['\ud800'] }, 400, 'it is a name of 1 to 200 printable'],
    ['names nobody', ROTATE, { name: 'nobody' }, 404, 'No token named "nobody" is in use'],
    ['is too large', TOKENS, `"${'x'.repeat(70_000)}"`, 413, 'The body is larger than 65536 bytes.'],
  ])('%s', async (_what, path, body, status, message) => {
    const answer = await send(path, body);
    expect([answer.status, answer.body.message]).toEqual([status, expect.stringContaining(message)]);
  });

  test('is not sent as JSON', async () => {
    const answer = await send(TOKENS, '{"name": "x"}', { 'content-type': 'text/plain' });
    expect([answer.status, answer.body.message]).toEqual([
      415,
      'Content-Type: "text/plain" is not accepted; send application/json.',
    ]);
  });

  test('comes with a parameter', async () => {
    expect((await send(`${REVOKE}?name=x`, { name: 'x' })).status).toBe(400);
  });
});

describe('at the same moment', () => {
  const manyTimes = (count: number, path: string, body: unknown) =>
    Promise.all(Array.from({ length: count }, async () => (await send(path, body)).status));
  const statesOf = async (name: string): Promise<string[]> =>
    ((await (await service.get(TOKENS)).json()) as Json).tokens
      .filter((entry: Json) => entry.name === name)
      .map(({ state }: Json) => state.split(/[ ,]/)[0]);

  test('only one of several tokens of a name is created', async () => {
    for (let time = 0; time < 5; time++) {
      const name = `sought after ${time}`;
      const statuses = await manyTimes(6, TOKENS, { name, scopes: ['read'] });
      expect(statuses.sort()).toEqual([201, 409, 409, 409, 409, 409]);
      expect(await statesOf(name)).toEqual(['in']);
    }
  });

  test('a token that is rotated while it is revoked leaves none that is accepted', async () => {
    for (let time = 0; time < 10; time++) {
      const name = `rotated and revoked ${time}`;
      await send(TOKENS, { name, scopes: ['read'] });
      const [, { status }] = await Promise.all([send(ROTATE, { name }), send(REVOKE, { name })]);
      expect(status).toBe(200);
      expect(new Set(await statesOf(name))).toEqual(new Set(['revoked']));
    }
  });
});
