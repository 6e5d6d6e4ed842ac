/** What an extract would have, without its rows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { extract } from '../kit/generated.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 300, seed: 5 }));
});
afterAll(() => service?.stop());

const summary = async (query = '') => await (await service.get(`/analytics/interviews/summary${query}`)).json();

test('says how many rows and interviews there are, since when, and whose the token is', async () => {
  const [counted] = await service.rows(
    'SELECT count(*)::int AS rows, count(DISTINCT interview_id)::int AS interviews FROM appointment',
  );
  const [{ version } = { version: '' }] = await service.rows('SELECT version::text FROM dataset');
  expect(await summary()).toEqual({
    rows: counted?.rows,
    dataset: {
      version,
      importedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      knownAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.000Z$/),
      sample: false,
      ...counted,
    },
    token: { name: expect.any(String), scopes: ['admin'] },
  });
});

test.each([
  '?interviewType=VIDEO',
  '?interviewType=VIDEO&interviewType=PHONE&interviewerStatus=ACCEPTED',
  '?interviewCanceled=true',
  '?startsFrom=2026-03-01&startsBefore=2026-06-01',
  '?jobId=00000000-0000-0000-0000-000000000000',
])('counts the rows that the extract gives with %s', async (query) => {
  const { content } = await (await service.get(`/analytics/interviews${query}`)).json();
  expect((await summary(query)).rows).toBe(content.length);
});

test('refuses what is no filter, names it, and says which there are', async () => {
  const response = await service.get('/analytics/interviews/summary?limit=5');
  expect(response.status).toBe(400);
  expect((await response.json()).message).toMatch(
    /^"limit" is not a parameter; accepted: period, timeZone, updatedSince, startsFrom, /,
  );
  const value = await service.get('/analytics/interviews/summary?interviewType=LETTER');
  expect([value.status, (await value.json()).message]).toEqual([400, expect.stringContaining('"LETTER"')]);
});

test('needs a token with the scope read, and tells a token without personal no more than its counts', async () => {
  const path = `${service.url}/analytics/interviews/summary`;
  expect((await fetch(path)).status).toBe(401);
  const writer = await createToken(service.db.prisma, 'writer', ['write']);
  expect((await fetch(path, { headers: { 'x-smarttoken': writer } })).status).toBe(403);
  const reader = await createToken(service.db.prisma, 'reader', ['read']);
  const seen = await (await fetch(path, { headers: { 'x-smarttoken': reader } })).json();
  expect(seen).toEqual({ ...(await summary()), token: { name: 'reader', scopes: ['read'] } });
  expect(JSON.stringify(seen)).not.toContain(ADMIN_TOKEN);
});

test('HEAD has the headers and no body, and is refused as GET is', async () => {
  const head = (query: string) => service.get(`/analytics/interviews/summary${query}`, { method: 'HEAD' });
  const response = await head('?interviewType=VIDEO');
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    200,
    'application/json; charset=utf-8',
    '',
  ]);
  expect((await service.get('/analytics/interviews/summary')).headers.get('content-type')).toBe(
    response.headers.get('content-type'),
  );
  expect((await head('?interviewType=LETTER')).status).toBe(400);
});
