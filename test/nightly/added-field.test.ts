/**
 * A field that is added to the 30 in a copy of the program, as a developer adds one: a line in FIELDS, a column in schema.prisma, and the
 * migration between. Rows that were imported before stay as they are, and so does what others get of them.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CanonicalRow, FIELD_INDEX, FIELD_KEYS } from '../../src/domain/fields.ts';
import { readCanonical } from '../kit/canonical.ts';
import { Command, run } from '../kit/command.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';
import { extract } from '../kit/generated.ts';
import { copySources } from '../kit/program-copy.ts';
import { csvOf, jsonOf, rowOf } from '../kit/rows.ts';
import { withClient } from '../kit/server.ts';
import { ADMIN_TOKEN } from '../kit/service.ts';

/** Rows of which 40 agree on all that orders them in an export but their content hash, and on all that their row ids are made of. */
const ROWS = [
  ...readCanonical(extract({ rows: 2_000, seed: 12 })),
  ...Array.from({ length: 40 }, (_, at) =>
    rowOf({ interviewId: 'tie', interviewerEmployeeId: 'e', interviewerReview: `${at}\t\\\n` }),
  ),
];
/** The rows as whatever doesn't know the field writes them. */
const FILES = [
  ['CSV', csvOf(ROWS)],
  ['JSON', `[${ROWS.map((row) => jsonOf(row, 'omit')).join(',')}]`],
] as const;
const FORMATS = ['csv', 'json', 'ndjson'] as const;

let folder: string;
let program: string;
let database: TestDatabase;
let env: Record<string, string>;
/** The exports of the program without the field, by their formats, and its rows as the database has them. */
let before: { exports: string[]; rows: unknown[] };

/** Puts a line after another one in a file of the copy. */
async function addLine(name: string, after: RegExp, line: string): Promise<void> {
  const file = path.join(program, name);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(after);
  await writeFile(
    file,
    text.replace(after, (found) => `${found}${line}\n`),
  );
}

/** Runs a script of the copy, with the server of the tests where it needs one. */
async function runScript(...args: string[]): Promise<void> {
  const { PATH, TEST_DATABASE_URL } = process.env;
  await promisify(execFile)(process.execPath, args, {
    cwd: program,
    env: { PATH, ...(TEST_DATABASE_URL && { TEST_DATABASE_URL }) },
  });
}

const runCopy = (args: string[], input = '') => run(args, env, input, folder, program);

async function expectConsistent(): Promise<void> {
  const verified = await runCopy(['verify']);
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nEverything is consistent\.\n$/) });
}

/** What the database has of each row, with what differs once a row is written anew. */
const storedRows = () =>
  withClient(database.connection, async (client) => {
    const columns = 'ctid::text, xmin::text, interview_id, row_id, content_hash';
    return (await client.query(`SELECT ${columns} FROM appointment ORDER BY interview_id, row_id`)).rows;
  });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'added-field-'));
  program = path.join(folder, 'program');
  database = await freshDatabase();
  env = { DATABASE_URL: database.url, SAMPLE: 'off' };
  expect(await run(['import', '-'], env, csvOf(ROWS))).toMatchObject({ code: 0 });
  const exports = [];
  for (const format of FORMATS) exports.push((await run(['export', '--format', format], env)).stdout);
  before = { exports, rows: await storedRows() };

  await copySources(program);
  const field = "  field('interviewRound', 'Interview Round', 'text', 'interview'),";
  await addLine('src/domain/fields.ts', /^ {2}field\('timeToProvideFeedback'.*\n/m, field);
  const column = '  interviewRound String? @map("interview_round")';
  await addLine('prisma/schema.prisma', /^ {2}timeToProvideFeedback .*\n/m, column);
  await runScript('src/run.mjs');
  await runScript('prisma/new-migration.mjs', 'interview_round');
}, 600_000);
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

test('leaves stored rows and exports of the 30 fields as they were, byte for byte', async () => {
  const service = new Command(['start'], { ...env, ADMIN_TOKEN, PORT: '0', HOME: folder }, folder, program);
  try {
    const [, url] = await service.prints(/(http:\/\/[\d.:]+)/);
    expect(await storedRows()).toEqual(before.rows);
    for (const [at, format] of FORMATS.entries()) {
      const address = `${url}/analytics/interviews?format=${format}&fields=${FIELD_KEYS.join(',')}`;
      const response = await fetch(address, { headers: { 'x-smarttoken': ADMIN_TOKEN } });
      expect((await response.text()) === before.exports[at], format).toBe(true);
    }
  } finally {
    await service.kill('SIGTERM');
  }
  await expectConsistent();
});

test.each(FILES)('makes no row of the same file an updated one, without a warning: %s', async (_, file) => {
  const { code, stdout } = await runCopy(['import', '-', '--json'], file);
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    { saved: true, read: ROWS.length, unchanged: ROWS.length, updated: 0, inserted: 0, removed: 0 },
  ]);
  expect(stdout).not.toContain('interviewRound');
  expect(await storedRows()).toEqual(before.rows);
});

test('updates only the rows that have a value in it', async () => {
  const exported = await runCopy(['export', '--format', 'csv']);
  const rows = readCanonical(exported.stdout);
  expect(rows[0]).toHaveLength(FIELD_KEYS.length + 1);
  // Empty text, and what the hash is put together with, are values, too.
  const values = ['first', null, '', null, null, '\tinterviewRound\t\\N\n'];
  // Rows that share an id but its ordinal are numbered by their hashes in the end, so that one of them with a value would move others.
  const isTie = (row: CanonicalRow) => row[FIELD_INDEX.interviewId] === 'tie';
  const changed = rows.map((row, at) => row.with(-1, isTie(row) ? null : (values[at % values.length] ?? null)));
  const header = [...FIELD_KEYS, 'interviewRound'];
  const updated = changed.filter((row) => row.at(-1) !== null).length;
  const update = async () => JSON.parse((await runCopy(['import', '-', '--json'], csvOf(changed, header))).stdout);
  expect(await update()).toMatchObject({
    saved: true,
    updated,
    unchanged: rows.length - updated,
    inserted: 0,
    removed: 0,
  });
  expect(await update()).toMatchObject({ updated: 0, unchanged: rows.length });

  const sorted = (csv: string) =>
    readCanonical(csv)
      .map((row) => JSON.stringify(row))
      .sort();
  expect(sorted((await runCopy(['export', '--format', 'csv'])).stdout)).toEqual(
    changed.map((row) => JSON.stringify(row)).sort(),
  );
  await expectConsistent();
});

test.each(FILES)('keeps its values from a file that lacks it: %s', async (_, file) => {
  const { code, stdout } = await runCopy(['import', '-', '--json'], file);
  expect([code, JSON.parse(stdout)]).toMatchObject([1, { saved: false, errors: [{ code: 'INVALID_EXTRACT' }] }]);
  expect(stdout).toContain('interviewRound is empty in every row: ');
});
