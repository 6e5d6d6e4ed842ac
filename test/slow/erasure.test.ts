/** People who are forgotten (docs/erasure.md): in what is stored, in later imports, and in older backups. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRight } from '../../src/db/derived/comparison.ts';
import { verifyTables } from '../../src/db/derived/verify.ts';
import { erase } from '../../src/db/erasure/erase.ts';
import { readPeople } from '../../src/domain/people.ts';
import { readCanonical } from '../kit/canonical.ts';
import { run } from '../kit/command.ts';
import { emptyDatabase, urlOf } from '../kit/database.ts';
import { erasedRows, hashWith } from '../kit/forgotten.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, rowWith, type Values } from '../kit/rows.ts';
import { withClient } from '../kit/server.ts';
import { type Service, startService } from '../kit/service.ts';

const CANDIDATES = [
  '0b9d5d36-5c3f-4f57-8a3a-6a3c1f0e9d11',
  '00000000-0000-4000-8000-00000000000a',
  '00000000-0000-4000-8000-00000000000b',
];
const EMPLOYEES = ['e-1', 'e-2', 'Ada Ü'];
const CANARY = 'Canary';

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(path.join(tmpdir(), 'erasure-'));
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await service.clear();
  await service.rows('DELETE FROM erasure');
});

const env = (more: Record<string, string> = {}) => ({ DATABASE_URL: urlOf(service.connection), ...more });
const eraseBy = (args: readonly string[], more?: Record<string, string>) => run(['erase', ...args], env(more));

const KEPT_NOWHERE = { dryRun: false, rewrite: false, onWait() {}, async keepList() {} };

/** All that is stored, as text. */
async function allStored(): Promise<string> {
  const tables = await service.rows(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'`,
  );
  const rows = await Promise.all(tables.map(({ name }) => service.rows(`SELECT t::text AS row FROM "${name}" t`)));
  const statistics = await service.rows(`SELECT s::text AS row FROM pg_stats s WHERE schemaname = 'public'`);
  return JSON.stringify([rows, statistics]);
}

const sorted = (csv: string): string[] =>
  readCanonical(csv)
    .map((row) => JSON.stringify(row))
    .sort();

const anyRows = fc
  .array(
    fc.record({
      interviewId: fc.constantFrom('i1', 'i2', 'i3', 'i4'),
      startTime: fc.constantFrom('2024-03-05T09:00:00', '2024-03-05T11:00:00', null),
      candidateProfileId: fc.option(fc.constantFrom(...CANDIDATES)),
      interviewerEmployeeId: fc.option(fc.constantFrom(...EMPLOYEES)),
      interviewerFirstName: fc.option(fc.constantFrom('Ada', 'Grace', '')),
      creatorEmployeeId: fc.option(fc.constantFrom(...EMPLOYEES)),
      interviewLocation: fc.option(fc.constantFrom('Here', '')),
      room: fc.option(fc.constantFrom('Kant', 'Hegel', '')),
      interviewerReview: fc.option(fc.constantFrom('Good.', 'Bad.', '')),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((values) => rowWith(values as Values)));

describe('people who are erased', () => {
  test('are forgotten as a plain computation says, in what is stored and in every import of the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRows,
        fc.subarray(CANDIDATES),
        fc.subarray(EMPLOYEES),
        async (rows, candidates, employees) => {
          fc.pre(candidates.length + employees.length > 0);
          await service.clear();
          await service.rows('DELETE FROM erasure');
          const file = csvOf(rows);
          await service.import(file);
          await erase(
            service.db.streams,
            readPeople({
              CANDIDATE: { name: 'candidates', ids: candidates },
              EMPLOYEE: { name: 'employees', ids: employees },
            }),
            KEPT_NOWHERE,
          );
          const expected = csvOf(erasedRows(await hashWith(service), rows, candidates, employees));
          const stored = await service.export('csv');
          expect(new Set(sorted(stored))).toEqual(new Set(sorted(expected)));
          const { tables } = await verifyTables(service.db, new AbortController().signal);
          expect(tables.filter((table) => !isRight(table))).toEqual([]);

          const again = await service.import(file);
          expect(again).toMatchObject({ inserted: 0, updated: 0, removed: 0, moved: 0 });
          expect(await service.export('csv')).toBe(stored);
          const own = await service.import(stored);
          expect(own).toMatchObject({ inserted: 0, updated: 0, removed: 0, moved: 0, erased: 0 });

          // The same rows in a database that forgets them as they come.
          await service.clear();
          await service.import(file);
          expect(await service.export('csv')).toBe(stored);
        },
      ),
      { numRuns: propertyRuns(5) },
    );
  }, 120_000);

  test('are nowhere in what is stored, in no answer, and not in the report of an import', async () => {
    const canary = (values: Values) =>
      rowWith({
        interviewerFirstName: `${CANARY} first`,
        interviewerLastName: `${CANARY} last`,
        creatorFirstName: `${CANARY} creator`,
        interviewerReview: `${CANARY} review`,
        interviewLocation: `${CANARY} location`,
        room: `${CANARY} room`,
        ...values,
      });
    const [candidate = ''] = CANDIDATES;
    const rows = Array.from({ length: 20 }, (_, at) =>
      canary({
        interviewId: `c${at}`,
        candidateProfileId: candidate,
        interviewerEmployeeId: 'canary-1',
        creatorEmployeeId: 'canary-2',
      }),
    );
    const others = Array.from({ length: 50 }, (_, at) => rowWith({ interviewId: `o${at}` }));
    const names = `candidateProfileId,firstName,lastName\n${candidate},${CANARY} candidate,${CANARY} family\n`;
    const file = csvOf([...rows, ...others]);
    await service.import(file);
    const namesFile = path.join(folder, 'candidates.csv');
    await writeFile(namesFile, names);
    expect(await run(['import', '--candidates', namesFile], env())).toMatchObject({ code: 0 });
    await service.rows('ANALYZE');
    expect(await allStored()).toContain(CANARY);

    const args = ['--candidate', candidate.toUpperCase(), '--employee', 'canary-1', '--employee', 'canary-2'];
    expect(await eraseBy([...args, '--dry-run'])).toMatchObject({
      code: 0,
      stdout: 'Nothing was changed (--dry-run): 20 rows name them; 1 candidate has a name beside the rows.\n',
    });
    expect(await service.export('csv')).toContain(CANARY);
    expect(await eraseBy([...args, '--json'])).toEqual({
      code: 0,
      stdout: '{"saved":true,"people":3,"rows":20,"names":1,"unknown":[],"vacuumed":true}\n',
      stderr: '',
    });
    for (const id of [candidate, 'canary-1', 'canary-2', CANARY]) expect(await allStored()).not.toContain(id);

    const again = await service.import(file);
    expect(again).toMatchObject({ unchanged: 70, updated: 0, erased: 20 });
    expect(JSON.stringify(again)).not.toContain(CANARY);
    expect(await run(['import', '--candidates', namesFile, '--json'], env())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/"erased":1/),
    });
    for (const id of [candidate, 'canary-1', 'canary-2', CANARY]) expect(await allStored()).not.toContain(id);
    expect(await eraseBy(args)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^3 people are forgotten: in 0 rows, and 0 names .*\nNothing that is stored names "\S+", "canary-1", "canary-2"\./,
      ),
    });
  });

  test('are forgotten in an older backup by the list, without which the restore says what it brings back', async () => {
    const [candidate = ''] = CANDIDATES;
    await service.import(
      csvOf([
        rowWith({ interviewId: 'a', candidateProfileId: candidate, interviewerReview: CANARY }),
        rowWith({ interviewId: 'b' }),
        rowWith({ interviewId: 'c', candidateProfileId: CANDIDATES[1] ?? null }),
      ]),
    );
    const [backup, list] = [path.join(folder, 'old.backup'), path.join(folder, 'erasures.ndjson')];
    expect(await run(['backup', backup], env())).toMatchObject({ code: 0 });
    expect(await eraseBy(['--candidate', candidate], { ERASURES_FILE: list })).toMatchObject({ code: 0 });
    expect((await readFile(list, 'utf8')).trim().split('\n')).toHaveLength(1);
    const now = await service.export('csv');

    for (const [args, contains, said] of [
      [[backup, '--erasures', list], false, /^Forgotten again, by the list of erasures: 1 rows and names\.$/m],
      [[backup], true, /^Whoever was erased after this backup was made is named again/m],
    ] as const) {
      const target = await emptyDatabase();
      try {
        const restored = await run(['restore', ...args], { DATABASE_URL: target.url });
        expect(restored).toMatchObject({ code: 0, stdout: expect.stringMatching(said), stderr: '' });
        const exported = await run(['export'], { DATABASE_URL: target.url });
        expect(exported.stdout.includes(CANARY)).toBe(contains);
        if (!contains) expect(exported.stdout).toBe(now);
        // The planner's statistics have examples of values.
        const statistics = await withClient(target.connection, (client) =>
          client.query('SELECT s::text FROM pg_stats s'),
        );
        expect(JSON.stringify(statistics.rows).includes(candidate)).toBe(contains);
      } finally {
        await target.drop();
      }
    }
  }, 60_000);

  test('keep their counts: slots, feedback and ratings are as before', async () => {
    await service.import(
      csvOf([
        rowWith({ interviewId: 'a', candidateProfileId: CANDIDATES[0] ?? null, interviewerRating: null, room: 'Kant' }),
      ]),
    );
    const metrics = async () =>
      (
        await service.get(
          '/analytics/interviews/metrics?metrics=slots,heldSlots,appointments,interviews,feedbackRate&at=2024-04-01&format=csv',
        )
      ).text();
    const before = await metrics();
    await eraseBy(['--candidate', CANDIDATES[0] ?? '', '--employee', 'e-2']);
    expect(await metrics()).toBe(before);
  });
});

describe('what erase refuses', () => {
  test.each([
    [[], 'Whom to forget is missing: --candidate or --employee.\n'],
    [['--candidate', 'nobody'], '--candidate: "nobody" is not a UUID; '],
    [['--employee', ' '], '--employee: it is empty.\n'],
    [['--employee', 'x'.repeat(256)], ' has 256 characters; an identifier has at most 255.\n'],
  ])('%j', async (args, message) => {
    expect(await eraseBy(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  test('a list that is none, or of another database; then nobody is erased', async () => {
    const [none, foreign] = [path.join(folder, 'none'), path.join(folder, 'foreign')];
    await writeFile(none, 'interviewId\n');
    await writeFile(
      foreign,
      `${JSON.stringify({ kind: 'EMPLOYEE', hash: CANDIDATES[0], erasedAt: '2026-01-01T00:00:00.000Z', database: CANDIDATES[1] })}\n`,
    );
    expect(await eraseBy(['--employee', 'e-2'], { ERASURES_FILE: none })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is no list of erasures: line 1 /),
    });
    // As where a container has made a folder of a file that was to be mounted.
    expect(await eraseBy(['--employee', 'e-2'], { ERASURES_FILE: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^ERASURES_FILE: .* can’t be read \(EISDIR\)\.\n$/),
    });
    expect(await eraseBy(['--employee', 'e-2'], { ERASURES_FILE: foreign })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/has the erasures of another database/),
    });
    expect(await service.rows('SELECT * FROM erasure')).toEqual([]);
  });
});
