/** The history of imports: what every import did, or why it saved nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELD_KEYS } from '../../src/domain/fields.ts';
import { run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const rows = (...ids: string[]) =>
  csvOf(ids.map((interviewId) => rowWith({ interviewId, interviewers: '1', interviewDuration: null })));

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.stop());

const FIELDS =
  'origin outcome read inserted updated removed moved refused namesChanged upstream code message asOf begunAt endedAt';

async function imports(first: number | null = null, token?: string) {
  const query = `{ dataset { imports${first === null ? '' : `(first: ${first})`} { ${FIELDS} } } }`;
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { 'x-smarttoken': token }) },
    body: JSON.stringify({ query }),
  });
  return await response.json();
}

const last = async (first: number) => (await imports(first)).data.dataset.imports;

const post = (body: string, query = '', path = '/analytics/interviews') =>
  service.get(`${path}${query}`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body });

test('every import that is saved is in the history, by the way that it came', async () => {
  await post(rows('a', 'b'), '?asOf=2026-01-02T03:04:05Z');
  await service.import(rows('a', 'b'));
  await post('jobId,title\n7d444840-9dc0-11d1-b245-5ffdce74fad2,Cook\n', '', '/analytics/interviews/jobs');
  const none = { read: 2, inserted: 0, updated: 0, removed: 0, moved: 0, refused: 0, namesChanged: 0 };
  const saved = { upstream: null, code: null, message: null };
  expect(await last(3)).toEqual([
    expect.objectContaining({
      ...none,
      ...saved,
      origin: 'HTTP',
      outcome: 'CHANGED',
      read: 0,
      namesChanged: 1,
      asOf: null,
    }),
    expect.objectContaining({ ...none, ...saved, origin: 'COMMAND', outcome: 'UNCHANGED' }),
    expect.objectContaining({
      ...none,
      ...saved,
      origin: 'HTTP',
      outcome: 'CHANGED',
      inserted: 2,
      asOf: '2026-01-02T03:04:05Z',
    }),
  ]);
  for (const { begunAt, endedAt } of await last(3))
    expect(Date.parse(begunAt)).toBeLessThanOrEqual(Date.parse(endedAt));
});

test('an import that is refused says why, without values of its rows', async () => {
  await post(csvOf([rowWith({ interviewId: 'c', interviewerRating: 'secret words' })]));
  await post('<html>secret words</html>');
  await post(csvOf([]), '?replaceAll=true');
  await post('jobId,title\nsecret words,Cook\n', '', '/analytics/interviews/jobs');
  const refused = { outcome: 'REFUSED', inserted: 0, asOf: null };
  const found = await last(4);
  expect(found).toEqual([
    expect.objectContaining({ ...refused, code: 'INVALID_EXTRACT', message: expect.stringContaining('line 2') }),
    expect.objectContaining({
      ...refused,
      code: 'REMOVALS_REFUSED',
      message: expect.stringContaining('2 of 2 stored rows'),
    }),
    expect.objectContaining({ ...refused, code: 'INVALID_EXTRACT', message: expect.stringContaining('can’t be read') }),
    expect.objectContaining({
      ...refused,
      code: 'INVALID_EXTRACT',
      read: 1,
      refused: 1,
      message: expect.stringContaining('line 2, interviewerRating'),
    }),
  ]);
  expect(JSON.stringify(found)).not.toContain('secret');
});

test('an import whose client leaves is in the history as interrupted', async () => {
  const controller = new AbortController();
  const body = new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode(`${FIELD_KEYS.join(',')}\n`)),
  });
  const sent = service.get('/analytics/interviews', {
    method: 'POST',
    body,
    signal: controller.signal,
    duplex: 'half',
  } as RequestInit);
  await expect.poll(() => service.rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).not.toEqual([]);
  controller.abort();
  await sent.catch(() => {});
  await expect.poll(async () => (await last(1))[0]).toMatchObject({ outcome: 'FAILED', code: 'INTERRUPTED' });
});

test('a dry run, and an import that never began, are not in the history', async () => {
  const before = await last(1);
  await post(rows('z'), '?dryRun=true');
  await post(rows('z'), '?dryRun=perhaps');
  expect(await last(1)).toEqual(before);
});

test('the history needs the scope admin', async () => {
  const token = await createToken(service.db.prisma, 'reader', ['read', 'personal', 'write']);
  expect(await imports(1, token)).toEqual({
    errors: [expect.objectContaining({ message: expect.stringContaining('requires the scope admin') })],
  });
});

test('a number of imports that is not accepted is named', async () => {
  expect((await imports(501)).errors[0].message).toContain('first: 501 is not accepted');
  expect((await imports(-1)).errors[0].message).toContain('first: -1 is not accepted');
});

test('the history keeps 1,000 imports, and the last one that was saved', async () => {
  await service.import(rows('a', 'b', 'c'));
  await service.rows(`INSERT INTO import_record (begun_at, ended_at, origin, outcome, rows_read, inserted, updated, removed, moved, refused, names_changed, code)
    SELECT now(), now(), 'HTTP', 'FAILED', 0, 0, 0, 0, 0, 0, 0, 'UPSTREAM_FAILED' FROM generate_series(1, 2500)`);
  await post('<html>');
  const [kept] = await service.rows(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE outcome = 'CHANGED')::int AS saved FROM import_record`,
  );
  expect(kept).toEqual({ all: 1001, saved: 1 });
});

test('npm run sync -- --status says that there was no sync', async () => {
  const { code, stdout } = await run(['sync', '--status'], { DATABASE_URL: urlOf(service.connection) });
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^There was no sync yet\.\nThe rows are known at .+Z\.\n$/),
  ]);
});
