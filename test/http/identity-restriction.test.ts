/** Tokens of an identity provider that see the rows of departments or jobs only. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../kit/graphql.ts';
import { type Provider, startProvider } from '../kit/identity-provider.ts';
import { importNames } from '../kit/import-names.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const SETTINGS = { JWT_DEPARTMENTS_CLAIM: 'https://id.example.org/departments', JWT_JOBS_CLAIM: 'jobs' };
const { JWT_DEPARTMENTS_CLAIM: DEPARTMENTS } = SETTINGS;

let provider: Provider;
let service: Service;
/** Four jobs, each with a number of rows of its own, the last in no department. */
const JOBS = [1, 2, 4, 8].map((rows, at) => ({ id: `7d444840-9dc0-11d1-b245-5ffdce74fad${at}`, rows }));
const jobs = JOBS.map(({ id }) => id);
const all = 15;
beforeAll(async () => {
  provider = await startProvider();
  service = await startService({ ...provider.settings, ...SETTINGS });
  const rows = JOBS.flatMap(({ id, rows: count }) =>
    Array.from({ length: count }, (_, at) => rowOf({ interviewId: `${id} ${at}`, jobId: id })),
  );
  await service.import(csvOf(rows));
  const departments = ['Design', 'Sales', 'Sales'];
  const lines = departments.map((department, at) => `${jobs[at]},Job ${at},${department}\n`).join('');
  await importNames(service, { jobs: `jobId,title,department\n${lines}` });
});
afterAll(async () => {
  await service?.stop();
  await provider?.stop();
});

/** What a token with these claims counts, or what it is told. */
async function seen(claims: object, to = service): Promise<number | [number, string]> {
  const token = await provider.token({ scope: 'interviews:read interviews:admin', ...claims });
  const response = await to.get('/analytics/interviews/summary', {
    headers: { 'x-smarttoken': '', authorization: `Bearer ${token}` },
  });
  const body = (await response.json()) as Json;
  return response.status === 200 ? body.dataset.rows : [response.status, body.message];
}

const sum = (...at: number[]) => at.reduce((total, one) => total + (JOBS[one]?.rows ?? 0), 0);

describe('a token of the identity provider', () => {
  test('sees the rows of the departments and jobs in its claims', async () => {
    expect(await seen({ [DEPARTMENTS]: 'Design' })).toBe(sum(0));
    expect(await seen({ [DEPARTMENTS]: ['Design', 'Sales'] })).toBe(sum(0, 1, 2));
    expect(await seen({ jobs: [jobs[3]] })).toBe(sum(3));
    expect(await seen({ jobs: jobs[3]?.toUpperCase(), [DEPARTMENTS]: ['Sales'] })).toBe(sum(1, 2, 3));
  });

  test('sees nothing with an empty list, or with what no row has', async () => {
    expect(await seen({ jobs: [] })).toBe(0);
    expect(await seen({ [DEPARTMENTS]: ['sales'] })).toBe(0);
    expect(await seen({ [DEPARTMENTS]: ['*', 'Design'] })).toBe(sum(0));
  });

  test('sees all rows if a claim says so', async () => {
    expect(await seen({ [DEPARTMENTS]: '*' })).toBe(all);
    expect(await seen({ jobs: ['*'], [DEPARTMENTS]: ['Design'] })).toBe(all);
  });

  test('is refused if it says nothing', async () => {
    expect(await seen({})).toEqual([
      403,
      'The token doesn’t say which rows it may see: it has no claim https://id.example.org/departments and no jobs.',
    ]);
  });

  test.each([
    [{ jobs: 7 }, 'jobs'],
    [{ jobs: ['7'] }, 'jobs'],
    [{ jobs: null }, 'jobs'],
    [{ jobs: { '*': true } }, 'jobs'],
    [{ jobs: [['*']] }, 'jobs'],
    [{ [DEPARTMENTS]: '' }, DEPARTMENTS],
    [{ [DEPARTMENTS]: ['a'.repeat(201)] }, DEPARTMENTS],
    [{ [DEPARTMENTS]: Array(101).fill('a') }, DEPARTMENTS],
    [{ [DEPARTMENTS]: ['Design', 7] }, DEPARTMENTS],
  ])('is refused with %j', async (claims, claim) => {
    expect(await seen(claims)).toEqual([401, `The token’s ${claim} claim is invalid.`]);
  });

  test('that is restricted can’t administer or import, whatever its scopes are', async () => {
    const token = await provider.token({ scope: 'interviews:read interviews:admin interviews:write', jobs: [jobs[0]] });
    const headers = { 'x-smarttoken': token };
    expect((await service.get('/admin/tokens', { headers })).status).toBe(403);
    const sent = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: 'interviewId\n' };
    expect((await service.get('/analytics/interviews', sent)).status).toBe(403);
  });

  test('sees all rows where no claim is configured', async () => {
    const open = await service.another(provider.settings);
    try {
      expect(await seen({ jobs: [jobs[0]] }, open)).toBe(all);
    } finally {
      await open.stop();
    }
  });
});
