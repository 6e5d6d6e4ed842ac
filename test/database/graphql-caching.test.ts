import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Restriction, Viewer } from '../../src/domain/viewer.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { createLog } from '../../src/log.ts';
import { type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';

const PAGE = '{ interviews(first: 3) { nodes { interviewId candidateStatus } } }';

let service: Service;
let jobs: string[];
/** Viewers by their tokens. */
const viewers = new Map<string, Viewer>();
const viewerOf = (name: string, scopes: Viewer['scopes'], restriction: Restriction | null = null): Viewer => ({
  name,
  caller: `token ${name}`,
  scopes,
  restriction,
});
beforeAll(async () => {
  service = await startService({}, createLog('silent'), {}, async (token) => viewers.get(token) ?? null);
  await service.import([...generateExtract({ rows: 200, seed: 6 })].join(''));
  jobs = (await service.rows('SELECT DISTINCT job_id FROM interview WHERE job_id IS NOT NULL ORDER BY 1')).map(
    ({ job_id }) => String(job_id),
  );
  viewers.set('reader', viewerOf('reader', ['read']));
  viewers.set('other', viewerOf('other', ['read']));
  viewers.set('personal', viewerOf('personal', ['read', 'personal']));
  for (const [index, token] of ['first', 'second'].entries())
    viewers.set(token, viewerOf(token, ['read'], { jobIds: [jobs[index] ?? ''], departments: [] }));
});
afterAll(() => service?.stop());

const get = (query: string, token: string, headers: Record<string, string> = {}, variables?: object) =>
  service.get(
    `/graphql?query=${encodeURIComponent(query)}${variables ? `&variables=${encodeURIComponent(JSON.stringify(variables))}` : ''}`,
    { headers: { accept: 'application/json', 'x-smarttoken': token, ...headers } },
  );
const tagOf = async (...parameters: Parameters<typeof get>): Promise<string> => {
  const response = await get(...parameters);
  expect(response.status).toBe(200);
  const tag = response.headers.get('etag');
  expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
  return tag ?? '';
};

describe('GET of an operation', () => {
  test('has an ETag, with which the next one is 304 without reading a row', async () => {
    const tag = await tagOf(PAGE, 'reader');
    const { result: response, statements } = await recordStatements(() =>
      get(PAGE, 'reader', { 'if-none-match': `"x", ${tag}` }),
    );
    expect([response.status, await response.text()]).toEqual([304, '']);
    expect(response.headers.get('etag')).toBe(tag);
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    expect(response.headers.get('vary')).toContain('X-SmartToken');
    expect(statements.map(({ text }) => /^\/\* ([\w.]+)/.exec(text)?.[1])).toEqual(['extract.version']);
  });

  test('has another ETag for other variables, other scopes, another media type and another operation, and the same for another token', async () => {
    const query = 'query Page($first: Int) { interviews(first: $first) { nodes { interviewId } } }';
    const tags = [
      await tagOf(query, 'reader', {}, { first: 2 }),
      await tagOf(query, 'reader', {}, { first: 3 }),
      await tagOf(query, 'personal', {}, { first: 2 }),
      await tagOf(query, 'reader', { accept: 'application/graphql-response+json' }, { first: 2 }),
      await tagOf(`${query} `, 'reader', {}, { first: 2 }),
    ];
    expect(new Set(tags).size).toBe(tags.length);
    expect(await tagOf(query, 'other', {}, { first: 2 })).toBe(tags[0]);
  });

  test('by two restricted tokens is told apart, each by its own rows', async () => {
    const [first, second] = [await tagOf(PAGE, 'first'), await tagOf(PAGE, 'second')];
    expect(first).not.toBe(second);
    expect((await get(PAGE, 'first', { 'if-none-match': first })).status).toBe(304);
    const crossed = await get(PAGE, 'first', { 'if-none-match': second });
    expect(crossed.status).toBe(200);
    expect(await crossed.json()).toEqual(await (await get(PAGE, 'first')).json());
  });

  test('has another ETag after an import that changes something, and not after one that changes nothing', async () => {
    const before = await tagOf(PAGE, 'reader');
    await service.import([...generateExtract({ rows: 200, seed: 6 })].join(''));
    expect(await tagOf(PAGE, 'reader', { 'if-none-match': '"none"' })).toBe(before);
    await service.import([...generateExtract({ rows: 210, seed: 6 })].join(''));
    const after = await get(PAGE, 'reader', { 'if-none-match': before });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(before);
  });

  test.each([
    ['the token', '{ viewer { name } interviews(first: 1) { totalCount } }'],
    ['the time of the import', '{ dataset { importedAt } }'],
    ['the time that the rows are known at', '{ dataset { knownAt } }'],
    ['nothing but the schema', '{ __typename }'],
    ['a fragment with the token', 'query { ...Mine } fragment Mine on Query { viewer { scopes } }'],
  ])('has no ETag and must not be stored if it asks for %s', async (_what, query) => {
    const response = await get(query, 'reader', { 'if-none-match': '*' });
    expect(response.status).toBe(200);
    expect([response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([null, 'no-store']);
  });

  test('has no ETag and must not be stored if anything fails', async () => {
    const refusals: [string, string][] = [
      ['{ interviews(first: 501) { totalCount } }', 'reader'],
      ['{ nodes(ids: ["x"]) { id } }', 'reader'],
      ['{ candidates(first: 1) { nodes { firstName } } }', 'reader'],
      ['{ nothing }', 'reader'],
    ];
    for (const [query, token] of refusals) {
      const response = await get(query, token, { 'if-none-match': '"none"' });
      expect((await response.json()).errors).toBeDefined();
      expect([response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([null, 'no-store']);
    }
    // An ETag does not let in who may not see.
    const tag = await tagOf('{ candidates(first: 1) { nodes { firstName } } }', 'personal');
    const refused = await get('{ candidates(first: 1) { nodes { firstName } } }', 'reader', { 'if-none-match': tag });
    expect((await refused.json()).errors[0].extensions.code).toBe('FORBIDDEN');
  });
});

test('GET of a persisted operation by its id has an ETag, too', async () => {
  const text = 'query Kept { jobs(first: 1) { nodes { jobId } } }';
  const id = `sha256:${hash('sha256', text)}`;
  await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-smarttoken': 'reader' },
    body: JSON.stringify({ query: text, extensions: { persistedQuery: { version: 1, sha256Hash: id.slice(7) } } }),
  });
  const ask = (headers: Record<string, string> = {}) =>
    service.get(`/graphql?documentId=${id}`, {
      headers: { accept: 'application/json', 'x-smarttoken': 'reader', ...headers },
    });
  const first = await ask();
  expect(first.status).toBe(200);
  expect((await ask({ 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
});

test('POST has no ETag', async () => {
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-smarttoken': 'reader' },
    body: JSON.stringify({ query: PAGE }),
  });
  expect([response.status, response.headers.get('etag')]).toEqual([200, null]);
});
