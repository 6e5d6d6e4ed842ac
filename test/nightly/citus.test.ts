/**
 * A database that is distributed over the nodes of a Citus cluster (CITUS_URL, test/kit/citus.ts) reports, keeps and exports the same as one
 * Postgres, after everything that changes rows.
 */
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../src/db/migrations/migrate.ts';
import { CITUS_URL, citusDatabase, emptyCitusDatabase } from '../kit/citus.ts';
import { run } from '../kit/command.ts';
import { emptyDatabase, freshDatabase, type TestDatabase } from '../kit/database.ts';
import { extract, type Row, rowsIn } from '../kit/generated.ts';
import { MIGRATIONS, withClient } from '../kit/server.ts';

const ROWS = extract({ rows: 2_000, seed: 19 });
const READ = rowsIn(ROWS);
const CANDIDATES = [...new Set(READ.flatMap(({ candidateProfileId }) => candidateProfileId ?? []))];
const JOBS = [...new Set(READ.flatMap(({ jobId }) => jobId ?? []))];
const EMPLOYEES = [...new Set(READ.flatMap(({ interviewerEmployeeId }) => interviewerEmployeeId ?? []))];

/** The rows a month later: some are gone, new, moved, renamed, or there twice. */
const CHANGED = READ.flatMap((row, at): Row[] => {
  const changed = (values: Partial<Row>): Row[] => [{ ...row, ...values }];
  switch (at % 40) {
    case 0:
      return [];
    case 1:
      return changed({ interviewerReview: `Seen again: ${at}` });
    case 2:
      return changed({ interviewerFirstName: `Zoë ${at}`, interviewerLastName: 'Only here' });
    case 3:
      return changed({ interviewId: `moved-${at}` });
    case 4:
      return changed({ jobId: JOBS[at % JOBS.length] ?? null, interviewTimeZone: 'CET' });
    case 5:
      return changed({ interviewerEmployeeId: null });
    case 6:
      return [row, { ...row, room: 'The same at once elsewhere' }];
    case 7:
      return changed({ candidateProfileId: CANDIDATES[at % CANDIDATES.length] ?? null, endTime: null });
    default:
      return [row];
  }
});

/** All that is stored, in one order. The tables that are written by every database at another time are left out. */
const STORED: Readonly<Record<string, string>> = {
  appointment: 'interview_id, row_id',
  interview: 'interview_id',
  time_slot: 'interview_id, slot_id',
  employee: 'employee_id',
  candidate: 'candidate_profile_id',
  job: 'job_id',
  application: 'application_id',
  spelling: 'kind COLLATE "C", text COLLATE "C"',
};

/** Breaks what follows from the rows, in every table. */
const BREAK = [
  `UPDATE appointment SET content_hash = '00000000-0000-0000-0000-000000000000' WHERE interview_id ~ '^[0-9a-f]+0$'`,
  `UPDATE appointment SET starts_at = NULL, has_feedback = NOT has_feedback WHERE interview_id ~ '1$'`,
  `UPDATE appointment SET row_id = md5(row_id::text)::uuid WHERE interview_id ~ '2$'`,
  `DELETE FROM interview WHERE interview_id ~ '3$'`,
  `UPDATE interview SET job_id = NULL WHERE interview_id ~ '4$'`,
  `DELETE FROM time_slot WHERE interview_id ~ '5$'`,
  `UPDATE employee SET first_name = 'Wrong' WHERE employee_id ~ '6$'`,
  `INSERT INTO job (job_id) VALUES ('00000000-0000-0000-0000-000000000007')`,
  `DELETE FROM application WHERE application_id::text ~ '8$'`,
  `DELETE FROM spelling WHERE text ~ '^A'`,
];

/** What is of the moment, or of the machine. */
const asReported = (text: string): string =>
  text
    .replace(/"(asOf|knownAt)":"[^"]*"/g, '"$1":"…"')
    .replace(/"seconds":[\d.]+/g, '"seconds":0')
    .replace(/\b[\d.]+ (m?s)\b/g, '0 $1');

describe.runIf(CITUS_URL)('a distributed database', () => {
  let folder: string;
  let citus: TestDatabase;
  let plain: TestDatabase;
  const files: Record<string, string> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'citus-'));
    const contents = {
      'rows.csv': ROWS,
      'changed.json': JSON.stringify(CHANGED),
      'jobs.csv': ['jobId,title,department', ...JOBS.slice(0, 9).map((id, at) => `${id},Job ${at},Ours`)].join('\n'),
      'candidates.csv': [
        'candidateProfileId,firstName,lastName',
        ...CANDIDATES.slice(0, 99).map((id, at) => `${id},Ann ${at},Lee`),
      ].join('\n'),
    };
    for (const [name, content] of Object.entries(contents)) {
      files[name] = join(folder, name);
      await writeFile(join(folder, name), content);
    }
    citus = await citusDatabase();
    plain = await freshDatabase();
    // Ids that are made with a secret are the same then.
    for (const { connection } of [citus, plain])
      await withClient(connection, (client) => client.query(`UPDATE dataset SET id_secret = sha256('secret')`));
  }, 120_000);
  afterAll(async () => {
    await citus?.drop();
    await plain?.drop();
    await rm(folder, { recursive: true });
  });

  /** Runs a command on a database. */
  const on = async ({ url }: TestDatabase, args: readonly string[], env: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await run(args, { DATABASE_URL: url, ...env });
    return { code, stdout: asReported(stdout), stderr: code === 70 ? stderr : '' };
  };

  /** Runs a command on both, which report the same. Returns the report. */
  async function both(args: readonly string[], env?: Record<string, string>) {
    const expected = await on(plain, args, env);
    expect(await on(citus, args, env)).toEqual(expected);
    return expected;
  }

  const contentsOf = ({ connection }: TestDatabase) =>
    withClient(connection, async (client) => {
      const contents: Record<string, unknown[]> = {};
      for (const [table, order] of Object.entries(STORED))
        contents[table] = (await client.query(`SELECT * FROM ${table} ORDER BY ${order}`)).rows;
      return contents;
    });

  /** Both have the same rows, and export the same bytes. */
  async function expectTheSame() {
    const [stored, expected] = [await contentsOf(citus), await contentsOf(plain)];
    for (const table of Object.keys(STORED)) expect([table, stored[table]]).toEqual([table, expected[table]]);
    expect((await run(['export'], { DATABASE_URL: citus.url })).stdout).toBe(
      (await run(['export'], { DATABASE_URL: plain.url })).stdout,
    );
  }

  const importing = (name: string, ...options: string[]) => ['import', files[name] ?? name, ...options, '--json'];

  test('a first import', async () => {
    expect(await both(importing('rows.csv'))).toMatchObject({ code: 0 });
    await expectTheSame();
  });

  test('names of jobs and candidates', async () => {
    const names = ['--jobs', files['jobs.csv'] ?? '', '--candidates', files['candidates.csv'] ?? ''];
    expect(await both(['import', ...names, '--json'])).toMatchObject({ code: 0 });
    await expectTheSame();
  });

  test('a dry run of an import of changes, then the import', async () => {
    await both(importing('changed.json', '--allow-removals', '--dry-run'));
    expect(await both(importing('changed.json', '--allow-removals'))).toMatchObject({ code: 0 });
    await expectTheSame();
  });

  test('everything is replaced, there and back', async () => {
    expect(await both(importing('rows.csv', '--replace-all', '--allow-removals'))).toMatchObject({ code: 0 });
    await expectTheSame();
    expect(await both(importing('changed.json', '--replace-all', '--allow-removals'))).toMatchObject({ code: 0 });
    await expectTheSame();
  });

  test('a spreadsheet has less precise values, of which the stored ones stay', async () => {
    const sheet = join(folder, 'sheet.xlsx');
    await run(['export', '--format', 'xlsx', '--output', sheet], { DATABASE_URL: plain.url });
    expect(await both(importing(sheet))).toMatchObject({ code: 0 });
    await expectTheSame();
  });

  test('verify finds what is wrong in every table, and a rebuild corrects it', async () => {
    expect(await both(['verify'])).toMatchObject({ code: 0 });
    for (const { connection } of [citus, plain])
      await withClient(connection, async (client) => {
        for (const statement of BREAK) await client.query(statement);
      });
    expect(await both(['verify'])).toMatchObject({ code: 1 });
    expect(await both(['verify', '--rebuild'])).toMatchObject({ code: 0 });
    await expectTheSame();
  });

  test('people are erased from the stored rows, and from what comes later', async () => {
    const people = ['--candidate', CANDIDATES[3] ?? '', '--employee', EMPLOYEES[5] ?? ''];
    await both(['erase', ...people, '--dry-run', '--json']);
    expect(await both(['erase', ...people, '--json'])).toMatchObject({ code: 0 });
    await expectTheSame();
    expect(await both(importing('rows.csv', '--replace-all', '--allow-removals'))).toMatchObject({ code: 0 });
    await both(['import', '--candidates', files['candidates.csv'] ?? '', '--json']);
    await expectTheSame();
  });

  test('names and reviews expire', async () => {
    const env = { RETENTION_MONTHS: '1' };
    await both(['retain', '--dry-run', '--json'], env);
    expect(await both(['retain', '--json'], env)).toMatchObject({ code: 0 });
    await expectTheSame();
    await both(importing('changed.json', '--allow-removals'), env);
    await both(['import', '--candidates', files['candidates.csv'] ?? '', '--json'], env);
    await expectTheSame();
    expect(await both(['verify'])).toMatchObject({ code: 0 });
  });

  test('a backup goes from either to the other', async () => {
    for (const [from, to] of [
      [citus, await emptyDatabase()],
      [plain, await citusDatabase()],
    ] as const)
      try {
        const backup = join(folder, `${from === citus ? 'citus' : 'plain'}.backup`);
        expect(await on(from, ['backup', backup])).toMatchObject({ code: 0 });
        expect(await on(to, ['restore', backup])).toMatchObject({ code: 0, stderr: '' });
        expect(await contentsOf(to)).toEqual(await contentsOf(from));
      } finally {
        await to.drop();
      }
  });

  test('a filled database is distributed, also in a second go, and brought back', async () => {
    const filled = await emptyCitusDatabase();
    try {
      expect(await on(filled, importing('rows.csv'))).toMatchObject({ code: 0 });
      const before = await contentsOf(filled);
      const exported = await on(filled, ['export']);
      const report = async (...options: string[]) =>
        JSON.parse((await on(filled, ['distribute', ...options, '--json'])).stdout);
      expect(await report('--dry-run')).toMatchObject({
        saved: false,
        tables: ['appointment', 'interview', 'time_slot'],
      });
      await withClient(filled.connection, (client) =>
        client.query(`SELECT create_distributed_table('appointment', 'interview_id')`),
      );
      expect(await report()).toMatchObject({
        saved: true,
        tables: ['interview', 'time_slot'],
        unchanged: ['appointment'],
      });
      expect(await report()).toMatchObject({ saved: false, tables: [] });
      expect(await contentsOf(filled)).toEqual(before);
      expect(await on(filled, ['export'])).toEqual(exported);
      expect(await report('--undo')).toMatchObject({ saved: true, undo: true, unchanged: [] });
      expect(await contentsOf(filled)).toEqual(before);
      expect(await on(filled, ['verify'])).toMatchObject({ code: 0 });
    } finally {
      await filled.drop();
    }
  });

  test('the last migrations run on a distributed database', async () => {
    const older = join(folder, 'migrations');
    await cp(MIGRATIONS, older, { recursive: true });
    const names = (await readdir(older)).filter((name) => /^\d/.test(name)).sort();
    const last = names.slice(-2);
    for (const name of last) await rm(join(older, name), { recursive: true });
    const database = await emptyCitusDatabase();
    try {
      await withClient(database.connection, async (client) => {
        await migrate(client, older);
        for (const table of ['appointment', 'interview', 'time_slot'])
          await client.query(`SELECT create_distributed_table($1, 'interview_id')`, [table]);
      });
      const { code, stderr } = await run(['migrate'], { DATABASE_URL: database.url });
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(last.join(', ')) });
      expect(await on(database, importing('rows.csv'))).toMatchObject({ code: 0 });
      expect(await on(database, ['verify'])).toMatchObject({ code: 0 });
    } finally {
      await database.drop();
    }
  });
});
