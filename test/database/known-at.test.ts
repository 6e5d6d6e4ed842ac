/** The time that the stored rows are known at: what imports state, what moves it, and where it is read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadSample } from '../../src/cli/service/sample.ts';
import { beginImport } from '../../src/db/import/import-session.ts';
import { migrate } from '../../src/db/migrations/migrate.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import { run as runCommand } from '../kit/command.ts';
import { emptyDatabase, urlOf } from '../kit/database.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { MIGRATIONS } from '../kit/server.ts';
import { type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';
const extract = (...ids: string[]) => csvOf(ids.map((interviewId) => rowWith({ interviewId })));

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());
beforeEach(async () => {
  await service.clear();
  await service.rows('UPDATE dataset SET sample = false, imported_at = NULL, known_at = NULL, version = 0');
});

const post = (query: string, body: string, path = PATH) =>
  service.get(path + query, { method: 'POST', headers: { 'content-type': 'text/csv' }, body });

/** Imports an extract over HTTP; returns the report. */
async function take(asOf: string | null, body = extract('a'), more = ''): Promise<Record<string, unknown>> {
  const response = await post(
    `?allowRemovals=true${asOf === null ? '' : `&asOf=${encodeURIComponent(asOf)}`}${more}`,
    body,
  );
  const report = await response.json();
  expect([response.status, report.message]).toEqual([200, undefined]);
  return report;
}

/** What GraphQL says, without the milliseconds that it has not. */
async function knownAt(): Promise<string | null> {
  const body = JSON.stringify({ query: '{ dataset { knownAt } }' });
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return (await response.json()).data.dataset.knownAt;
}

const summary = async () => (await (await service.get(`${PATH}/summary`)).json()).dataset;
const now = () => Math.floor(Date.now() / 1000) * 1000;

/** Runs a command on the database of the service. */
const run = (args: string[], input = '') => runCommand(args, { DATABASE_URL: urlOf(service.connection) }, input);

describe('What the rows are known at', () => {
  test('is nothing while nothing was imported', async () => {
    expect([await knownAt(), (await summary()).knownAt]).toEqual([null, null]);
  });

  test('is what an import states, in GraphQL, in the summary and in its report', async () => {
    const report = await take('2024-03-01T07:30:15.999+01:00');
    expect(report).toMatchObject({ asOf: '2024-03-01T06:30:15Z', knownAt: '2024-03-01T06:30:15Z' });
    expect(await knownAt()).toBe('2024-03-01T06:30:15Z');
    expect((await summary()).knownAt).toBe('2024-03-01T06:30:15.000Z');
  });

  test('is otherwise the beginning of the import, in whole seconds that are cut off', async () => {
    const clock = async () => (await service.rows('SELECT clock_timestamp() AS now'))[0]?.now as Date;
    const [before, report, after] = [await clock(), await take(null), await clock()];
    const stated = Date.parse(String(report.knownAt));
    expect(report).toMatchObject({ asOf: report.knownAt, knownAt: await knownAt() });
    expect(stated).toBeGreaterThanOrEqual(before.setMilliseconds(0));
    expect(stated).toBeLessThanOrEqual(after.getTime());
    // A beginning at 0.9 seconds is of that second, not of the next.
    const [began] = await service.rows('SELECT known_at <= imported_at AS before FROM dataset');
    expect(began).toEqual({ before: true });
  });

  test.each([
    ['2024-11-28T06:00:00Z', '2024-11-28T06:00:00Z'],
    ['2024-11-28t06:00:00z', '2024-11-28T06:00:00Z'],
    [' 2024-11-28 06:00Z ', '2024-11-28T06:00:00Z'],
    ['2024-11-28 06:00:00.123456789 +00:00', '2024-11-28T06:00:00Z'],
    ['2024-11-28 06:00:00 UTC', '2024-11-28T06:00:00Z'],
    ['2024-11-28T06:00:00 GMT', '2024-11-28T06:00:00Z'],
    ['2024-11-28T06:00:00+0530', '2024-11-28T00:30:00Z'],
    ['2024-11-27T20:00:00-10', '2024-11-28T06:00:00Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
  ])('is taken from %s', async (asOf, expected) => {
    expect(await take(asOf)).toMatchObject({ saved: true, knownAt: expected });
    expect(await knownAt()).toBe(expected);
  });

  test('is taken from an address in which the plus sign of the offset was not encoded', async () => {
    expect(await (await post('?asOf=2024-03-01T07:30:00+01:00', extract('a'))).json()).toMatchObject({
      knownAt: '2024-03-01T06:30:00Z',
    });
  });

  test.each([
    [
      '',
      /^asOf: "" is not a point in time; accepted is a date and time with Z or an offset, such as 2026-11-28T06:00:00Z or /,
    ],
    ['2024-11-28', /^asOf: "2024-11-28" does not say its time zone; accepted is a date and time with Z or an offset/],
    ['2024-11-28T06:00:00', /"2024-11-28T06:00:00" does not say its time zone/],
    ['2024-11-28T06:00:00 Europe/Berlin', /is not a point in time/],
    ['28.11.2026 06:00 UTC', /is not a point in time/],
    ['yesterday', /^asOf: "yesterday" is not a point in time/],
    ['1774000000', /is not a point in time/],
    ['2026-02-30T06:00:00Z', /^asOf: .*is not a valid date/],
    ['2026-02-03T24:00:00Z', /is not a time of day/],
    ['2026-02-03T06:00:00+19:00', /has an invalid offset/],
    ['1969-12-31T23:59:59Z', /^asOf: "1969-12-31T23:59:59Z" is before 1970; accepted are times until now, 20\d\d-/],
    ['0026-11-28T06:00:00Z', /is before 1970/],
    ['9026-11-28T06:00:00Z', /^asOf: "9026-11-28T06:00:00Z" is in the future; accepted are times until now, 20\d\d-/],
    [`2024-11-28T06:00:00.${'0'.repeat(5000)}Z`, /^asOf: "2024-11-28T06:00:00\.0{59}…" is too long; accepted is /],
  ])('is not taken from %.40s, which is refused before the file is read', async (asOf, message) => {
    const response = await post(`?asOf=${encodeURIComponent(asOf)}`, 'not read');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      message: expect.stringMatching(message),
      errors: [{ code: 'BAD_USER_INPUT' }],
    });
    expect([await knownAt(), await summary()]).toMatchObject([null, { rows: 0, importedAt: null }]);
  });

  test('may be a little in the future, for clocks that differ, but not more than a minute', async () => {
    const stated = new Date(now() + 30_000).toISOString();
    expect(await take(stated)).toMatchObject({ knownAt: `${stated.slice(0, 19)}Z` });
    const later = await post(`?asOf=${new Date(now() + 120_000).toISOString()}`, extract('a'));
    expect([later.status, (await later.json()).message]).toEqual([400, expect.stringContaining('is in the future')]);
  });

  test('may occur once, and not with names', async () => {
    const twice = await post('?asOf=2024-03-01T00:00Z&asOf=2024-03-02T00:00Z', extract('a'));
    expect([twice.status, (await twice.json()).message]).toEqual([400, 'asOf occurs 2 times; it may occur only once.']);
    for (const path of [`${PATH}/jobs`, `${PATH}/candidates`]) {
      const named = await post('?asOf=2024-03-01T00:00Z', 'jobId,title\n', path);
      expect([named.status, (await named.json()).message]).toEqual([
        400,
        '"asOf" is not a parameter; accepted: dryRun, excel, null.',
      ]);
    }
  });
});

describe('It moves', () => {
  beforeEach(async () => {
    await take('2024-03-02T00:00:00Z', extract('a', 'b'));
  });

  test('forward with an import that changes no row, with which the data version stays and so does a copy of the rows', async () => {
    const before = await summary();
    const etag = (await service.get(PATH)).headers.get('etag') ?? '';
    expect(await take('2024-03-03T00:00:00Z', extract('a', 'b'))).toMatchObject({
      ...{ unchanged: 2, inserted: 0, updated: 0, removed: 0 },
      knownAt: '2024-03-03T00:00:00Z',
    });
    expect(await knownAt()).toBe('2024-03-03T00:00:00Z');
    expect(await summary()).toMatchObject({ version: before.version, knownAt: '2024-03-03T00:00:00.000Z' });
    expect((await service.get(PATH, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('not back with older rows, which are stored nevertheless; the report has both times', async () => {
    expect(await take('2024-03-01T23:59:59Z', extract('a', 'c'))).toMatchObject({
      ...{ saved: true, inserted: 1, asOf: '2024-03-01T23:59:59Z', knownAt: '2024-03-02T00:00:00Z' },
    });
    expect([await knownAt(), (await summary()).rows]).toEqual(['2024-03-02T00:00:00Z', 3]);
  });

  test('not back where older rows replace all others', async () => {
    await take('2024-03-01T00:00:00Z', extract('c'), '&replaceAll=true');
    expect([await knownAt(), (await summary()).rows]).toEqual(['2024-03-02T00:00:00Z', 1]);
  });

  test('not with a dry run, which says where it would move', async () => {
    expect(await take('2024-03-04T00:00:00Z', extract('d'), '&dryRun=true')).toMatchObject({
      ...{ saved: false, asOf: '2024-03-04T00:00:00Z', knownAt: '2024-03-04T00:00:00Z' },
    });
    expect(await knownAt()).toBe('2024-03-02T00:00:00Z');
  });

  test('not with an import that is refused, whose report has no time if the file can’t be read', async () => {
    const query = '?asOf=2024-03-04T00:00:00Z';
    const refused = await post(query, csvOf([rowWith({ interviewId: 'd', interviewType: 'LETTER' })]));
    expect([refused.status, await refused.json()]).toMatchObject([422, { asOf: '2024-03-04T00:00:00Z' }]);
    const removing = await post(`${query}&replaceAll=true`, extract('d'));
    expect([removing.status, await removing.json()]).toMatchObject([422, { errors: [{ code: 'REMOVALS_REFUSED' }] }]);
    const unreadable = await post(query, 'a,b\n');
    const report = await unreadable.json();
    expect([unreadable.status, 'asOf' in report, 'knownAt' in report]).toEqual([422, false, false]);
    expect(await knownAt()).toBe('2024-03-02T00:00:00Z');
  });

  test('with an import of which some interviews are refused and the others saved', async () => {
    const body = csvOf([rowWith({ interviewId: 'd' }), rowWith({ interviewId: 'e', interviewType: 'LETTER' })]);
    expect(await take('2024-03-04T00:00:00Z', body, '&skipInvalid=true')).toMatchObject({ saved: true, refused: 1 });
    expect(await knownAt()).toBe('2024-03-04T00:00:00Z');
  });

  test('not with names, whether they change something or not', async () => {
    const jobs = 'jobId,title\n00000000-0000-4000-8000-000000000001,Cook\n';
    for (const changed of [1, 0]) {
      const report = await (await post('', jobs, `${PATH}/jobs`)).json();
      expect(report.saved).toBe(true);
      expect([report.jobs.inserted + report.jobs.updated, 'asOf' in report, 'knownAt' in report]).toEqual([
        ...[changed, false, false],
      ]);
      expect(await knownAt()).toBe('2024-03-02T00:00:00Z');
    }
  });

  test('not with --rebuild of npm run verify', async () => {
    await service.rows('DELETE FROM time_slot');
    expect(await run(['verify', '--rebuild'])).toMatchObject({ code: 0 });
    expect(await knownAt()).toBe('2024-03-02T00:00:00Z');
  });

  test('to the later of two times, whichever of two imports ends last', async () => {
    const first = await beginImport(service.db.streams, FROM_COMMAND, () => {});
    onTestFinished(() => first.rollback());
    first.add({ source: 0, line: 2 }, rowWith({ interviewId: 'first' }));
    await first.flush();
    let waits = () => {};
    const waiting = new Promise<void>((resolve) => {
      waits = resolve;
    });
    const began = beginImport(service.db.streams, FROM_COMMAND, () => waits());
    await waiting;
    const options = { replaceAll: false, sample: false, maxListed: 1 };
    await first.plan({ ...options, asOf: Date.parse('2024-03-06T00:00:00Z') });
    await first.commit();
    const second = await began;
    onTestFinished(() => second.rollback());
    second.add({ source: 0, line: 2 }, rowWith({ interviewId: 'second' }));
    expect(await second.plan({ ...options, asOf: Date.parse('2024-03-05T00:00:00Z') })).toMatchObject({
      ...{ asOf: Date.parse('2024-03-05T00:00:00Z'), knownAt: Date.parse('2024-03-06T00:00:00Z') },
    });
    await second.commit();
    expect([await knownAt(), (await summary()).rows]).toEqual(['2024-03-06T00:00:00Z', 4]);
  });
});

test('It is the latest time that any import of rows stated, in every order of imports', async () => {
  const instants = fc.integer({ min: 0, max: 1_700_000_000 });
  await fc.assert(
    fc.asyncProperty(fc.array(instants, { minLength: 1, maxLength: 5 }), async (seconds) => {
      await service.rows('UPDATE dataset SET known_at = NULL');
      for (const second of seconds) await take(new Date(second * 1000).toISOString());
      expect(await knownAt()).toBe(`${new Date(Math.max(...seconds) * 1000).toISOString().slice(0, 19)}Z`);
    }),
    { numRuns: 10 },
  );
});

describe('The sample', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is of the time at which it is loaded, and gives way to older rows of your own', async () => {
    await loadSample(service.db, () => {});
    expect(
      await service.rows(
        "SELECT known_at BETWEEN imported_at - interval '1 hour' AND imported_at AS near FROM dataset",
      ),
    ).toEqual([{ near: true }]);
    expect(await take('2024-03-01T00:00:00Z')).toMatchObject({ sampleRemoved: true, knownAt: '2024-03-01T00:00:00Z' });
    expect(await knownAt()).toBe('2024-03-01T00:00:00Z');
    expect(await take('2024-02-01T00:00:00Z')).toMatchObject({ knownAt: '2024-03-01T00:00:00Z' });
  });

  test('is of its end where it is loaded later than that, so that nothing seems to be missing since', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2028-05-01T12:00:00Z') });
    await loadSample(service.db, () => {});
    vi.useRealTimers();
    expect(await knownAt()).toBe('2027-01-01T00:00:00Z');
    const [last] = await service.rows(
      'SELECT max(interview_update_date) < known_at AS past FROM appointment, dataset GROUP BY known_at',
    );
    expect(last).toEqual({ past: true });
  });

  test('keeps the later time where it is imported again as it was downloaded', async () => {
    await service.import(extract('a'), { sample: true, asOf: Date.parse('2024-03-02T00:00:00Z') });
    expect(await take('2024-03-01T00:00:00Z')).toMatchObject({ sampleRemoved: false, knownAt: '2024-03-02T00:00:00Z' });
  });
});

describe('On the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'known-at-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('--as-of states it, and a line says that older rows leave it', async () => {
    const first = await run(['import', '-', '--as-of', '2024-03-02T01:00:00+01:00'], extract('a'));
    expect(first).toMatchObject({ code: 0, stdout: expect.not.stringContaining('as of') });
    expect(await knownAt()).toBe('2024-03-02T00:00:00Z');
    const older = await run(['import', '-', '--as-of', '2024-03-01T00:00:00Z'], extract('b'));
    expect(older.stdout.split('\n')).toContain(
      'These rows are as of 2024-03-01T00:00:00Z; the stored rows are known as of 2024-03-02T00:00:00Z already, which stays.',
    );
    const json = await run(['import', '-', '--json'], extract('b'));
    expect(JSON.parse(json.stdout)).toMatchObject({ unchanged: 1, asOf: expect.stringMatching(/^20.*Z$/) });
    expect(JSON.parse(json.stdout).knownAt).toBe(await knownAt());
  });

  test('it is refused without a zone, and without an extract', async () => {
    const zoneless = await run(['import', '-', '--as-of', '2024-03-02 01:00'], extract('a'));
    expect(zoneless).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--as-of: "2024-03-02 01:00" does not say its time zone'),
    });
    const jobs = join(folder, 'jobs.csv');
    await writeFile(jobs, 'jobId,title\n');
    const nameless = await run(['import', '--jobs', jobs, '--as-of', '2024-03-02T01:00:00Z']);
    expect(nameless).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--as-of is for the rows of an extract; names have no such time.'),
    });
    expect(await knownAt()).toBeNull();
  });

  test('a backup keeps it, and a restore brings it back', async () => {
    await take('2024-03-02T00:00:00Z');
    const file = join(folder, 'saved.backup');
    expect(await run(['backup', file])).toMatchObject({ code: 0 });
    const database = await emptyDatabase();
    expect(await runCommand(['restore', file], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
    const older = ['import', '-', '--json', '--as-of', '2024-03-01T00:00:00Z'];
    const { stdout } = await runCommand(older, { DATABASE_URL: database.url }, extract('b'));
    expect(JSON.parse(stdout)).toMatchObject({ saved: true, knownAt: '2024-03-02T00:00:00Z' });
    await database.drop();
  });
});

describe('A database from before', () => {
  /** Takes the migration back and applies it again. */
  async function upgrade(): Promise<void> {
    await service.rows(`ALTER TABLE dataset DROP COLUMN known_at;
      DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_known_at'`);
    const connected = await service.db.pool.connect();
    await migrate(connected, MIGRATIONS);
    connected.release();
  }

  test('begins with the end of its last import, cut off to seconds', async () => {
    await take(null);
    await service.rows("UPDATE dataset SET imported_at = '2024-03-02T10:00:00.987Z'");
    await upgrade();
    expect(await knownAt()).toBe('2024-03-02T10:00:00Z');
    expect(await take('2024-03-02T09:00:00Z')).toMatchObject({ knownAt: '2024-03-02T10:00:00Z' });
  });

  test('has none where nothing was imported', async () => {
    await upgrade();
    expect(await knownAt()).toBeNull();
    expect(await take('2024-03-02T09:00:00Z')).toMatchObject({ knownAt: '2024-03-02T09:00:00Z' });
  });
});
