/** Names and reviews that expire (docs/retention.md): in what is stored, in imports, and in older backups. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRight } from '../../src/db/derived/comparison.ts';
import { verifyTables } from '../../src/db/derived/verify.ts';
import { erase } from '../../src/db/erasure/erase.ts';
import { retain } from '../../src/db/retention/retain.ts';
import { readPeople } from '../../src/domain/people.ts';
import { readCanonical } from '../kit/canonical.ts';
import { run } from '../kit/command.ts';
import { emptyDatabase, urlOf } from '../kit/database.ts';
import { erasedRows, expiredRows, hashWith } from '../kit/forgotten.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, rowWith, type Values } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const MONTHS = 12;
const [C1, C2] = ['0b9d5d36-5c3f-4f57-8a3a-6a3c1f0e9d11', '00000000-0000-4000-8000-00000000000a'] as const;

let service: Service;
let folder: string;
/** The day from which everything is kept, and one before it. */
let kept: string;
let past: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(path.join(tmpdir(), 'retention-'));
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

const FORGET_DAY = 'UPDATE dataset SET retained_from = NULL, retained_at = NULL';
beforeEach(async () => {
  // Each time: it may be midnight.
  const [days] = await service.rows(
    `SELECT to_char(day, 'YYYY-MM-DD') AS kept, to_char(day - 1, 'YYYY-MM-DD') AS past
     FROM (SELECT ((now() AT TIME ZONE 'UTC')::date - interval '${MONTHS} months')::date AS day) d`,
  );
  [kept, past] = [String(days?.kept), String(days?.past)];
  await service.clear();
  await service.rows(
    `DELETE FROM erasure; DELETE FROM import_record; UPDATE dataset SET imported_at = NULL; ${FORGET_DAY}`,
  );
});

const env = (more: Record<string, string> = {}) => ({
  DATABASE_URL: urlOf(service.connection),
  RETENTION_MONTHS: `${MONTHS}`,
  ...more,
});
const retainNow = () =>
  retain(service.db.streams, {
    months: MONTHS,
    dryRun: false,
    rewrite: false,
    onlyIfDue: false,
    anyClock: false,
    onWait() {},
  });

/** A row of an interview that ended on a day. */
const rowOn = (day: string, values: Values) =>
  rowWith({
    interviewCreateDate: `${day}T00:00:00`,
    interviewStartDate: `${day}T09:00:00`,
    startTime: `${day}T09:00:00`,
    endTime: `${day}T10:30:00`,
    ...values,
  });

const sorted = (csv: string): string[] =>
  readCanonical(csv)
    .map((row) => JSON.stringify(row))
    .sort();

const UNCHANGED = { inserted: 0, updated: 0, removed: 0, moved: 0 };

/** Rows whose times are around the day, or missing. They are made once the day is known. */
const anyRows = () => {
  const time = fc.option(
    fc.constantFrom(`${past}T09:00:00`, `${past}T23:59:59`, `${kept}T00:00:00`, `${kept}T09:00:00`),
  );
  return fc
    .array(
      fc.record({
        interviewId: fc.constantFrom('i1', 'i2', 'i3', 'i4'),
        interviewCreateDate: time,
        interviewUpdateDate: time,
        interviewStartDate: time,
        startTime: time,
        endTime: time,
        candidateProfileId: fc.option(fc.constantFrom(C1, C2)),
        interviewerEmployeeId: fc.option(fc.constantFrom('e-1', 'e-2')),
        interviewerFirstName: fc.option(fc.constantFrom('Ada', 'Grace "H."', '')),
        interviewerLastName: fc.option(fc.constantFrom('Hopper', `expired-${'0a'.repeat(16)}`, '')),
        creatorEmployeeId: fc.option(fc.constantFrom('e-1', 'e-2')),
        interviewLocation: fc.option(fc.constantFrom('Here', '')),
        room: fc.option(fc.constantFrom('Kant', 'Hegel', '')),
        interviewerReview: fc.option(fc.constantFrom('Good.', 'Bad.', '')),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((all) => all.map((values) => rowWith(values as Values)));
};

describe('names and reviews that expire', () => {
  test('are emptied as a plain computation says, in what is stored and in every import of the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows(), fc.subarray(['e-1', C1]), async (rows, erased) => {
        await service.clear();
        await service.rows(`DELETE FROM erasure; ${FORGET_DAY}`);
        const file = csvOf(rows);
        await service.import(file);
        await retainNow();
        const [candidates, employees] = [erased.filter((id) => id === C1), erased.filter((id) => id === 'e-1')];
        if (erased.length > 0)
          await erase(
            service.db.streams,
            readPeople({
              CANDIDATE: { name: 'candidates', ids: candidates },
              EMPLOYEE: { name: 'employees', ids: employees },
            }),
            { dryRun: false, rewrite: false, onWait() {}, async keepList() {} },
          );
        const hash = await hashWith(service);
        const expected = csvOf(expiredRows(hash, erasedRows(hash, rows, candidates, employees), kept));
        const stored = await service.export('csv');
        expect(new Set(sorted(stored))).toEqual(new Set(sorted(expected)));
        const { tables } = await verifyTables(service.db, new AbortController().signal);
        expect(tables.filter((table) => !isRight(table))).toEqual([]);

        expect(await service.import(file)).toMatchObject(UNCHANGED);
        expect(await retainNow()).toMatchObject({ rows: 0, interviews: 0, names: 0 });
        expect(await service.import(stored)).toMatchObject({ ...UNCHANGED, expired: 0 });
        expect(await service.export('csv')).toBe(stored);

        // The same rows in a database in which they expire as they come.
        await service.clear();
        await service.import(file);
        expect(await service.export('csv')).toBe(stored);
      }),
      { numRuns: propertyRuns(5) },
    );
  }, 120_000);

  test('are counted by a dry run, are then in no table and no statistics, and leave those of later interviews', async () => {
    const canary: Values = {
      interviewerFirstName: 'Canary first',
      interviewerLastName: 'Canary last',
      creatorFirstName: 'Canary creator',
      interviewerReview: 'Canary review',
      interviewLocation: 'Canary location',
      room: 'Canary room',
    };
    const rows = [
      ...Array.from({ length: 20 }, (_, at) =>
        rowOn(past, {
          ...canary,
          interviewId: `c${at}`,
          candidateProfileId: C1,
          ...(at % 2 === 0 && { interviewerEmployeeId: null }),
        }),
      ),
      rowOn(kept, { interviewId: 'later', candidateProfileId: C2, interviewerReview: 'Later review' }),
    ];
    const names = path.join(folder, 'candidates.csv');
    await writeFile(names, `candidateProfileId,firstName,lastName\n${C1},Canary,Family\n${C2},Later,Family\n`);
    await service.import(csvOf(rows));
    expect(await run(['import', '--candidates', names], env())).toMatchObject({ code: 0 });
    await service.rows('ANALYZE');

    expect(await run(['retain', '--dry-run'], env())).toEqual({
      code: 0,
      stdout: `Nothing was changed (--dry-run): of interviews before ${kept}, names or reviews would be emptied in 20 rows of 20 interviews, and 1 candidate named beside them.\n`,
      stderr: '',
    });
    expect(await service.export('csv')).toContain('Canary review');
    expect(await run(['retain', '--json'], env())).toEqual({
      code: 0,
      stdout: `${JSON.stringify({ saved: true, before: kept, rows: 20, interviews: 20, names: 1, vacuumed: true })}\n`,
      stderr: '',
    });
    const tables = await service.rows(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'`,
    );
    const stored = await Promise.all([
      ...tables.map(({ name }) => service.rows(`SELECT t::text AS row FROM "${name}" t`)),
      service.rows(`SELECT s::text AS row FROM pg_stats s WHERE schemaname = 'public'`),
    ]);
    expect(JSON.stringify(stored)).not.toContain('Canary');
    expect(JSON.stringify(stored)).toContain('Later review');
    expect(await service.rows('SELECT candidate_profile_id AS id, first_name FROM candidate ORDER BY 1')).toEqual([
      { id: C2, first_name: 'Later' },
      { id: C1, first_name: null },
    ]);

    const again = await service.import(csvOf(rows));
    expect(again).toMatchObject({ unchanged: 21, expired: 20 });
    const named = await run(['import', '--candidates', names, '--json'], env());
    expect(JSON.parse(named.stdout)).toMatchObject({
      candidates: { unchanged: 1, expired: 1, inserted: 0, updated: 0 },
    });
  }, 60_000);

  test('keep their counts: slots, feedback and ratings are as before', async () => {
    await service.import(
      csvOf([
        rowOn(past, { interviewId: 'a', interviewerRating: null, room: 'Kant' }),
        rowOn(past, { interviewId: 'a', interviewerEmployeeId: null, interviewerStatus: 'ACCEPTED' }),
        rowOn(past, { interviewId: 'b', interviewerEmployeeId: null, interviewerReview: null }),
      ]),
    );
    const metrics = async () =>
      (
        await service.get(
          '/analytics/interviews/metrics?metrics=slots,heldSlots,appointments,interviews,feedbackRate&format=csv',
        )
      ).text();
    const before = await metrics();
    expect(await retainNow()).toMatchObject({ rows: 3, interviews: 2 });
    expect(await metrics()).toBe(before);
  });

  test('in an older backup expire again when it is restored', async () => {
    await service.import(csvOf([rowOn(past, { interviewId: 'a', interviewerReview: 'Canary' })]));
    const backup = path.join(folder, 'old.backup');
    expect(await run(['backup', backup], env())).toMatchObject({ code: 0 });
    const target = await emptyDatabase();
    try {
      const restored = await run(['restore', backup], { ...env(), DATABASE_URL: target.url });
      expect(restored).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Expired since, by RETENTION_MONTHS: 1 rows and names\.$/m),
        stderr: '',
      });
      expect((await run(['export'], { DATABASE_URL: target.url })).stdout).not.toContain('Canary');
    } finally {
      await target.drop();
    }
  });
});

describe('the day before which everything has expired', () => {
  const day = async () =>
    (await service.rows(`SELECT to_char(retained_from, 'YYYY-MM-DD') AS day FROM dataset`))[0]?.day;

  test('stays with more months or none, and moves ahead with fewer', async () => {
    const file = csvOf([rowOn(past, { interviewId: 'a', interviewerReview: 'Canary' })]);
    for (const [months, expected] of [
      ['12', kept],
      ['13', kept],
      ['11', expect.stringMatching(/^\d{4}-/)],
      ['12', expect.not.stringMatching(`^${kept}$`)],
    ] as const) {
      expect(await run(['retain'], env({ RETENTION_MONTHS: months }))).toMatchObject({ code: 0 });
      expect(await day()).toEqual(expected);
    }
    expect((await service.import(file)).expired).toBe(1);
    expect(await service.export('csv')).not.toContain('Canary');
    expect(await run(['retain'], env({ RETENTION_MONTHS: '' }))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^RETENTION_MONTHS is not set: /),
    });
  });

  test.each([
    [
      'long after anything else happened',
      `now() - interval '41 days 1 minute'`,
      /nothing was imported or expired for 41 days/,
    ],
    ['before retention was applied', `now() + interval '2 days'`, /retention was applied at .* already/],
  ])('doesn’t follow a clock that says %s, unless it is confirmed', async (_, at, said) => {
    const early = '1990-01-01';
    await service.rows(`UPDATE dataset SET retained_from = '${early}', retained_at = ${at}`);
    await service.import(csvOf([rowOn(past, { interviewId: 'a', interviewerReview: 'Canary' })]));
    for (const args of [['retain'], ['retain', '--dry-run']])
      expect(await run(args, env())).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
    expect(await day()).toBe(early);
    expect(await service.export('csv')).toContain('Canary');
    expect(await run(['retain', '--any-clock'], env())).toMatchObject({ code: 0 });
    expect(await day()).toBe(kept);
    expect(await service.export('csv')).not.toContain('Canary');
  });

  /** A little more than one, as stored times are rounded. */
  const A_DAY = `interval '1 day 1 second'`;

  /** Leaves a history of saved imports so many days ago, and of no others. */
  const importedDaysAgo = (days: readonly number[]) =>
    service.rows(`DELETE FROM import_record;
      INSERT INTO import_record (begun_at, ended_at, origin, outcome, rows_read, inserted, updated, removed, moved, refused, names_changed)
      SELECT at, at, 'SYNC', 'UNCHANGED', 0, 0, 0, 0, 0, 0, 0
      FROM unnest('{${days}}'::int[]) day, LATERAL (SELECT now() - day * ${A_DAY}) AS moment (at);
      UPDATE dataset SET imported_at = now() - ${Math.min(...days)} * ${A_DAY}`);

  test.each([
    ['and an import by it', [1600, 1590, 0], /for 1590 days, from \d{4}-\d\d-\d\d \d\d:\d\d to \d{4}/],
    ['and many imports by it, also some weeks long', [1600, 100, 80, 60, 40, 20, 0], /for 1500 days, from /],
    ['and nothing since', [1600, 1590], /for 1590 days, since \d{4}/],
  ])('doesn’t follow a clock that was set ahead before it was ever applied, %s', async (_, days, said) => {
    await service.import(csvOf([rowOn(past, { interviewId: 'a', interviewerReview: 'Canary' })]));
    await importedDaysAgo(days);
    for (const args of [['retain'], ['retain', '--dry-run']]) {
      const refused = await run(args, env());
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(said) });
      expect(refused.stderr).toMatch(/^The clock of the database says .* `npm run retain -- --any-clock` once\.\n$/);
    }
    expect(await day()).toBeNull();
    expect(await service.export('csv')).toContain('Canary');
    expect(await run(['retain', '--any-clock'], env())).toMatchObject({ code: 0 });
    expect(await day()).toBe(kept);
    expect(await run(['retain'], env())).toMatchObject({ code: 0 });
  });

  test('follows a clock that is right again after imports by one that was ahead, and one by which imports are not rare', async () => {
    for (const days of [
      [-1600, -1590, 2, 1],
      [120, 80, 40, 0],
    ]) {
      await service.rows(FORGET_DAY);
      await importedDaysAgo(days);
      expect(await run(['retain'], env())).toMatchObject({ code: 0, stderr: '' });
      expect(await day()).toBe(kept);
    }
  });

  test('doesn’t follow a clock that was set ahead, however many imports there were by it', async () => {
    await importedDaysAgo([1600, 1590, 0]);
    await service.rows(`INSERT INTO import_record (begun_at, ended_at, origin, outcome, rows_read, inserted, updated, removed, moved, refused, names_changed)
      SELECT now(), now(), 'SYNC', 'UNCHANGED', 0, 0, 0, 0, 0, 0, 0 FROM generate_series(1, 1500)`);
    await service.import(csvOf([rowOn(past, { interviewId: 'a' })]));
    expect(await service.rows('SELECT count(*)::int AS kept FROM import_record')).toEqual([{ kept: 1001 }]);
    expect(await run(['retain'], env())).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/for 1590 days, from /),
    });
  });

  test('goes back if it was applied by a clock that was ahead, and the files bring back what had expired', async () => {
    await service.rows(
      `UPDATE dataset SET retained_from = '${kept}'::date + 365, retained_at = now() + interval '1 year'`,
    );
    const file = csvOf([rowOn(kept, { interviewId: 'a', interviewerReview: 'Canary' })]);
    expect(await service.import(file)).toMatchObject({ expired: 1 });
    expect(await run(['retain', '--any-clock'], env())).toMatchObject({ code: 0 });
    expect(await day()).toBe(kept);
    expect(await service.import(file)).toMatchObject({ updated: 1, expired: 0 });
    expect(await service.export('csv')).toBe(file);
  });
});
