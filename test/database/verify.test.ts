import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TableComparison } from '../../src/db/derived/comparison.ts';
import { DERIVED } from '../../src/db/derived/derive.ts';
import { rebuild, type Verification, verifyTables } from '../../src/db/derived/verify.ts';
import { type CanonicalRow, FIELD_INDEX, FIELD_KEYS, FIELDS, fieldOf } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { anyValue, canonicalRows, readCanonical, toCsv } from '../kit/canonical.ts';
import { run } from '../kit/command.ts';
import { IS_DISTRIBUTED, urlOf } from '../kit/database.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { rowOf, type Values } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

/** Every column of it states something in some row. */
const SAMPLE = [...generateExtract({ rows: 150, seed: 1 })].join('');

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const never = new AbortController().signal;
const look = () => verifyTables(service.db, never);
const mend = () => rebuild(service.db, never, () => {});

const RIGHT = { missing: 0, surplus: 0, different: 0, examples: [] };
const TABLES = ['appointment', ...DERIVED.map(({ table }) => table), 'spelling'];
const wrong = (tables: readonly TableComparison[]) =>
  tables.filter(({ missing, surplus, different }) => missing + surplus + different > 0);

/** The rows of all tables. */
const dump = (): Promise<unknown> =>
  service.rows(
    TABLES.map((table) => `SELECT '${table}' AS table, to_jsonb(t) AS row FROM ${table} t`).join(' UNION ALL ') +
      ' ORDER BY 1, 2',
  );

const version = async () => (await service.rows('SELECT version, imported_at FROM dataset'))[0];

/** Changes one row, in which the column states something. */
const change = (table: string, column: string, value: string) =>
  `UPDATE ${table} SET ${column} = ${value}
   WHERE ctid = (SELECT ctid FROM ${table} WHERE ${column} IS NOT NULL ORDER BY ctid LIMIT 1)`;

const UUID = "'00000000-0000-4000-8000-000000000000'";

interface Corruption {
  readonly table: string;
  readonly fault: 'missing' | 'surplus' | 'different';
  readonly column?: string;
  readonly sql: string;
}

/** Every way in which a row of `appointment` can be wrong by itself. */
const OF_ROWS: readonly Corruption[] = [
  ['row_id', UUID],
  ['content_hash', UUID],
  ['slot_id', UUID],
  ['starts_at', 'NULL'],
  ['ends_at', "ends_at + interval '1 hour'"],
].map(([column = '', value = '']) => ({
  table: 'appointment',
  fault: 'different',
  column,
  sql: change('appointment', column, value),
}));

/** A key that no row names, and no name, which would be kept. */
const OF_NOBODY = {
  interview_id: 'of nobody',
  employee_id: 'of nobody',
  ...Object.fromEntries(
    ['slot_id', 'application_id', 'candidate_profile_id', 'job_id'].map((name) => [name, UUID.replaceAll("'", '')]),
  ),
  ...Object.fromEntries(['first_name', 'last_name', 'title', 'department'].map((name) => [name, null])),
};

/** Wrong values of columns that are never null. */
const NEVER_NULL: Readonly<Record<string, string>> = {
  covering_rows: 'covering_rows + 1',
  all_declined: 'NOT all_declined',
  rows_agree: 'NOT rows_agree',
  spread: '(spread + 1) % 3',
};

/** Every way in which each derived table can be wrong, each on one row. */
const OF_DERIVED: readonly Corruption[][] = DERIVED.map(({ table, columns }) => [
  ...columns.map(
    (column): Corruption => ({
      table,
      fault: 'different',
      column,
      sql: change(table, column, NEVER_NULL[column] ?? 'NULL'),
    }),
  ),
  {
    table,
    fault: 'missing',
    sql: `DELETE FROM ${table} WHERE ctid = (SELECT min(ctid) FROM ${table})`,
  },
  {
    table,
    fault: 'surplus',
    sql: `INSERT INTO ${table} SELECT (jsonb_populate_record(t, '${JSON.stringify(OF_NOBODY)}')).* FROM ${table} t LIMIT 1`,
  },
]);

/** Every way in which a spelling can be wrong. */
const OF_SPELLINGS: readonly Corruption[] = [
  { table: 'spelling', fault: 'different', column: 'folded', sql: change('spelling', 'folded', "folded || 'x'") },
  { table: 'spelling', fault: 'different', column: 'sort_key', sql: change('spelling', 'sort_key', "''") },
  { table: 'spelling', fault: 'missing', sql: 'DELETE FROM spelling WHERE ctid = (SELECT min(ctid) FROM spelling)' },
  { table: 'spelling', fault: 'surplus', sql: "INSERT INTO spelling VALUES ('person', 'of nobody', '', '')" },
];

const CORRUPTIONS = [...OF_ROWS, ...OF_DERIVED.flat(), ...OF_SPELLINGS];

/**
 * What is wrong at once and looked for together: one row of `appointment`, from which the other tables follow, or one of each of these. A cluster
 * refuses these statements; test/nightly/citus.test.ts has others.
 */
const ROUNDS: readonly Corruption[][] = IS_DISTRIBUTED
  ? []
  : [
      ...[...OF_ROWS, ...OF_SPELLINGS].map((corruption) => [corruption]),
      ...Array.from({ length: Math.max(...OF_DERIVED.map(({ length }) => length)) }, (_, at) =>
        OF_DERIVED.flatMap((corruptions) => corruptions[at] ?? []),
      ),
    ];

describe('what is derived from the rows', () => {
  let right: unknown;
  beforeAll(async () => {
    await service.import(SAMPLE);
    right = await dump();
  });
  // What a test leaves wrong is mended for the next.
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await mend();
  });

  test('is right after an import, table by table', async () => {
    const counts = await Promise.all(TABLES.map((table) => service.rows(`SELECT count(*)::int AS rows FROM ${table}`)));
    const { tables, rebuilt } = await look();
    expect(tables).toEqual(TABLES.map((table, at) => ({ table, rows: counts[at]?.[0]?.rows, ...RIGHT })));
    expect(rebuilt).toBe(0);
  });

  describe.each(ROUNDS.map((round) => [round]))('after one row was changed, or one of each derived table', (round) => {
    let found: Verification;
    beforeAll(async () => {
      for (const { sql } of round) expect((await service.db.pool.query(sql)).rowCount).toBe(1);
      found = await look();
    });

    test.each(round)('$table: a row that is $fault ($column) is found and named', ({ table, fault, column }) => {
      const comparison = found.tables.find((one) => one.table === table);
      expect(comparison).toMatchObject({
        ...RIGHT,
        [fault]: 1,
        examples: [{ fault, columns: column ? [column] : [] }],
      });
      expect(comparison?.examples[0]?.key.every((value) => typeof value === 'string')).toBe(true);
    });

    test('everything is mended', async () => {
      const { tables, rebuilt } = await mend();
      expect(wrong(tables)).toEqual([]);
      expect(rebuilt).toBeGreaterThanOrEqual(round.length);
      expect(await dump()).toEqual(right);
    });
  });

  test('is mended all at once, and the version moves, once', { skip: IS_DISTRIBUTED }, async () => {
    const before = [await dump(), await version()] as const;
    for (const { sql } of CORRUPTIONS) await service.db.pool.query(sql);
    expect(wrong((await look()).tables).map(({ table }) => table)).toEqual(TABLES);
    expect(wrong((await mend()).tables)).toEqual([]);
    expect(await dump()).toEqual(before[0]);
    const moved = await version();
    expect(Number(moved?.version)).toBeGreaterThan(Number(before[1]?.version));
    expect(moved?.imported_at).toEqual(before[1]?.imported_at);
    expect(await mend()).toMatchObject({ rebuilt: 0 });
    expect(await version()).toEqual(moved);
  });

  test('names at most ten rows of a table, in the order of their keys', async () => {
    await service.db.pool.query('DELETE FROM interview');
    const { missing, examples } = (await look()).tables.find(({ table }) => table === 'interview') as TableComparison;
    expect(missing).toBeGreaterThan(10);
    const keys = await service.rows('SELECT DISTINCT interview_id FROM appointment ORDER BY 1 LIMIT 10');
    expect(examples.map(({ key }) => key)).toEqual(keys.map((row) => [row.interview_id]));
    await mend();
  });

  test('keeps the names that people gave to candidates and jobs', async () => {
    await service.db.pool.query(`UPDATE job SET title = 'Cook'; UPDATE candidate SET last_name = 'Lovelace';
      INSERT INTO job (job_id, department) VALUES (${UUID}, 'Kitchen');
      INSERT INTO candidate (candidate_profile_id, first_name) VALUES (${UUID}, 'Ada')`);
    expect(wrong((await look()).tables)).toMatchObject([
      {
        table: 'spelling',
        missing: 4,
        examples: [
          { key: ['candidate', 'Ada'] },
          { key: ['candidate', 'Lovelace'] },
          { key: ['job', 'Cook'] },
          { key: ['job', 'Kitchen'] },
        ],
      },
    ]);
    expect(await mend()).toMatchObject({ rebuilt: 4 });
    const before = await dump();
    expect(wrong((await look()).tables)).toEqual([]);
    expect(await mend()).toMatchObject({ rebuilt: 0 });
    expect(await dump()).toEqual(before);
    await service.db.pool.query('UPDATE job SET title = NULL, department = NULL');
    await service.db.pool.query('UPDATE candidate SET first_name = NULL, last_name = NULL');
    expect(wrong((await look()).tables).map(({ table, surplus }) => [table, surplus])).toEqual([
      ['candidate', 1],
      ['job', 1],
      ['spelling', 4],
    ]);
  });
});

describe('row ids and content hashes', () => {
  /** Rows of one interview and start; of one interviewer as well, unless said otherwise. */
  const appointments = (...rows: readonly Values[]): string =>
    toCsv(
      rows.map((values) =>
        rowOf({ interviewId: 'i', startTime: '2026-03-02T09:00:00', interviewerEmployeeId: 'e', ...values }),
      ),
    );
  const replace = (csv: string) => service.import(csv, { replaceAll: true, allowMissingColumns: true });
  const wrongRows = async () => (await look()).tables.flatMap(({ examples }) => examples.map(({ columns }) => columns));

  test('of a row whose values were changed by hand are found and made to fit them', async () => {
    await replace(appointments({ room: 'a' }, { interviewerEmployeeId: 'f' }));
    await service.db.pool.query("UPDATE appointment SET interviewer_rating = 4.50 WHERE interviewer_employee_id = 'f'");
    expect(await wrongRows()).toEqual([['content_hash', 'has_feedback']]);
    await service.db.pool.query("UPDATE appointment SET interviewer_employee_id = 'g' WHERE room = 'a'");
    expect(await wrongRows()).toContainEqual(['row_id', 'content_hash']);
    expect(wrong((await mend()).tables)).toEqual([]);
    const again = appointments({ room: 'a', interviewerEmployeeId: 'g' }, { interviewerEmployeeId: 'f' });
    expect(await replace(again)).toMatchObject({ unchanged: 1, updated: 1, inserted: 0, removed: 0 });
  });

  test.each([
    ['with an employee id', {}],
    ['without one', { interviewerEmployeeId: undefined, interviewerLastName: '"Ångström"\\\u0007\n' }],
  ])('of rows that share interview, start and interviewer %s are right, and mended where they were swapped', async (_, who) => {
    const rooms = ['a', 'b', 'c', 'd'];
    const csv = appointments(...rooms.map((room) => ({ ...who, room })), { interviewerEmployeeId: 'x' });
    await replace(csv);
    expect(await wrongRows()).toEqual([]);
    const right = await dump();
    // A ring of ids, within one appointment hash and beyond it, and one of its ids that nobody has any more.
    const ids = await service.rows('SELECT row_id FROM appointment ORDER BY room');
    const to = (from: number, id: unknown) => `WHEN '${ids[from]?.row_id}' THEN '${id}'::uuid`;
    await service.db.pool.query(`BEGIN; CREATE TEMP TABLE moved AS SELECT * FROM appointment; TRUNCATE appointment;
      UPDATE moved SET row_id = CASE row_id ${to(1, ids[4]?.row_id)} ${to(2, UUID.slice(1, -1))} ${to(4, ids[2]?.row_id)} ELSE row_id END;
      INSERT INTO appointment SELECT * FROM moved; DROP TABLE moved; COMMIT`);
    expect((await wrongRows()).filter((columns) => columns.includes('row_id'))).toEqual(Array(3).fill(['row_id']));
    expect(wrong((await mend()).tables)).toEqual([]);
    expect(await dump()).toEqual(right);
    expect(await replace(csv)).toMatchObject({ unchanged: 5 });
  });

  test('of such rows leave no gap where a row is gone', async () => {
    await replace(appointments({ room: 'a' }, { room: 'b' }, { room: 'c' }));
    await service.db.pool.query("DELETE FROM appointment WHERE room = 'a'");
    expect((await wrongRows()).filter((columns) => columns.includes('row_id'))).toEqual([['row_id']]);
    expect(wrong((await mend()).tables)).toEqual([]);
  });

  test('of such rows are right where an import can’t tell whose row it refused and removes none', async () => {
    await replace(appointments({ room: 'a' }, { room: 'b' }));
    const [, unknown] = toCsv([rowOf({ room: 'x' })]).split('\n');
    for (const room of ['b', 'c']) {
      const report = await service.import(`${appointments({ room })}${unknown}\n`, { skipInvalid: true });
      expect(report).toMatchObject({ saved: true, refused: 1, removed: 0 });
      expect(await service.rows('SELECT room FROM appointment ORDER BY 1')).toHaveLength(2);
      expect(await wrongRows()).toEqual([]);
    }
  });
});

describe('any sequence of imports', () => {
  test('takes the names of the interviewer where one row names an employee twice', async () => {
    const names = {
      creatorEmployeeId: 'e',
      creatorLastName: 'Z',
      interviewerEmployeeId: 'e',
      interviewerLastName: 'Y',
    };
    await service.import(toCsv([rowOf({ interviewId: 'i', ...names })]), { replaceAll: true });
    expect(await service.rows("SELECT last_name FROM employee WHERE employee_id = 'e'")).toEqual([{ last_name: 'Y' }]);
  });

  /** One import: what it has of the rows before, in what way they changed, and how it is done. */
  const step = fc.record({
    fresh: canonicalRows,
    kept: fc.array(fc.constantFrom('gone', 'same', 'changed', 'twice'), { minLength: 12, maxLength: 12 }),
    fields: fc.array(fc.integer({ min: 1, max: FIELDS.length - 1 }), { minLength: 1, maxLength: 4 }),
    mode: fc.constantFrom('plain', 'plain', 'replaceAll', 'skipInvalid', 'refused', 'dryRun'),
  });

  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  function fileOf({ fresh, kept, fields, mode }: Step, before: readonly CanonicalRow[]): CanonicalRow[] {
    const changed = (row: CanonicalRow, at: number) =>
      row.map((cell, place) => (fields.includes(place) ? (fresh[at % fresh.length]?.[place] ?? null) : cell));
    const old = before.flatMap((row, at) => {
      const fate = kept[at % kept.length];
      return fate === 'gone' ? [] : fate === 'twice' ? [row, row] : [fate === 'changed' ? changed(row, at) : row];
    });
    const rows = [...old, ...fresh];
    const spoilt = rows[0] ?? [];
    const bad = spoilt.map((cell, place) => (place === FIELD_INDEX.applicationId ? 'no UUID' : cell));
    return mode === 'skipInvalid' || mode === 'refused' ? [...rows, bad] : rows;
  }

  test('leaves everything as the rows say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        await service.clear();
        let rows: CanonicalRow[] = [];
        for (const next of steps) {
          const file = fileOf(next, rows);
          const { mode } = next;
          const report = await service.import(toCsv(file), {
            replaceAll: mode === 'replaceAll',
            skipInvalid: mode === 'skipInvalid',
            dryRun: mode === 'dryRun',
          });
          if (report.saved) rows = file.filter((row) => !row.includes('no UUID'));
          expect(wrong((await look()).tables)).toEqual([]);
        }
      }),
      { numRuns: propertyRuns(4) },
    );
  }, 120_000);

  describe('of which each states something else in one cell', () => {
    const rows = readCanonical([...generateExtract({ rows: 60, seed: 11 })].join('')).map((row) => [...row]);
    beforeAll(() => service.import(toCsv(rows), { replaceAll: true }));

    test.each(FIELD_KEYS)('leaves everything as the rows say: %s', async (key) => {
      const place = FIELD_INDEX[key];
      // The newest row decides what its interview, employees and application are like, if it names them.
      const naming = rows.filter((row) =>
        [FIELD_INDEX.creatorEmployeeId, FIELD_INDEX.interviewerEmployeeId, FIELD_INDEX.applicationId].every(
          (id) => row[id],
        ),
      );
      const age = (row: CanonicalRow) => `${row[FIELD_INDEX.interviewUpdateDate]} ${row[FIELD_INDEX.startTime]}`;
      const newest = naming.reduce((a, b) => (age(b) > age(a) ? b : a));
      // What another row has there, so that it is a value of this field; where all have the same, null, or any value where they have none.
      const other = rows.find((cells) => cells[place] !== newest[place]);
      const [some = null] = newest[place] === null ? fc.sample(anyValue(fieldOf(key)), 1) : [];
      newest[place] = other ? (other[place] ?? null) : some;
      const report = await service.import(toCsv(rows), { replaceAll: true });
      expect(report.inserted + report.updated + report.removed).toBeGreaterThan(0);
      expect(wrong((await look()).tables)).toEqual([]);
    });
  });
});

describe('npm run verify', () => {
  const verify = (...options: string[]) => run(['verify', ...options], { DATABASE_URL: urlOf(service.connection) });

  test('prints what is wrong and exits with 1; with --rebuild it mends and exits with 0', async () => {
    await service.import(toCsv([rowOf({ interviewId: 'a "quoted" id' })]), { replaceAll: true });
    expect(await verify()).toEqual({
      code: 0,
      stderr: '',
      stdout: `table                rows      missing      surplus    different
appointment             1            0            0            0
interview               1            0            0            0
time_slot               1            0            0            0
employee                0            0            0            0
application             0            0            0            0
candidate               0            0            0            0
job                     0            0            0            0
spelling                0            0            0            0
Everything is consistent.
`,
    });
    await service.rows("UPDATE interview SET canceled = true, location = 'x'");
    const found = await verify();
    expect(found).toMatchObject({ code: 1, stderr: '' });
    expect(found.stdout).toContain(`interview               1            0            0            1
  different: "a \\"quoted\\" id" (location, canceled)
time_slot `);
    expect(found.stdout).toMatch(/\nNot everything is consistent\. --rebuild corrects it\.\n$/);
    const mended = await verify('--rebuild');
    expect(mended).toMatchObject({ code: 0, stderr: '' });
    expect(mended.stdout).toMatch(/\nCorrected: 1 row\.\nEverything is consistent\.\n$/);
    expect(await verify('x')).toMatchObject({ code: 2 });
  });

  test('names values from before there was a limit, with which nothing is wrong; they are exported, and refused when they come back', {
    skip: IS_DISTRIBUTED,
  }, async () => {
    await service.import(SAMPLE, { replaceAll: true });
    await service.rows(`UPDATE appointment SET interviewer_review = repeat('é', 530000)
        WHERE ctid IN (SELECT ctid FROM appointment ORDER BY interview_id, row_id LIMIT 11);
      UPDATE appointment SET interviewer_review = repeat('x', 5000000)
        WHERE ctid = (SELECT ctid FROM appointment ORDER BY interview_id, row_id LIMIT 1);
      INSERT INTO job (job_id, title) VALUES (${UUID}, repeat('x', 1048576));
      INSERT INTO candidate (candidate_profile_id, last_name) VALUES (${UUID}, repeat('x', 1048577))`);
    const { code, stdout } = await verify('--rebuild');
    expect([code, stdout.split('\n').slice(-15)]).toEqual([
      0,
      [
        'Larger than an import accepts (1 MiB a value, 4 MiB a row); they are kept and exported:',
        '  candidateProfileId "00000000-0000-4000-8000-000000000000", lastName: 1,048,577 bytes',
        expect.stringMatching(/^ {2}interviewId "\w+", interviewerReview: 5,000,000 bytes$/),
        expect.stringMatching(/^ {2}interviewId "\w+", a row: 5,000,\d\d\d bytes$/),
        ...Array(7).fill(expect.stringMatching(/^ {2}interviewId "\w+", interviewerReview: 1,060,000 bytes$/)),
        '  … and 3 more',
        'Corrected: 11 rows.',
        'Everything is consistent.',
        '',
      ],
    ]);
    const exported = await service.export('csv');
    expect(exported).toContain('é'.repeat(530_000));
    expect(await service.import(exported)).toMatchObject({
      saved: false,
      refusedRows: expect.arrayContaining([expect.objectContaining({ reason: expect.stringContaining('has 5,000,') })]),
    });
  });
});
