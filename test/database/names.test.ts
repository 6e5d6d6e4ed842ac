/** Jobs and candidates are given names by files of their own, beside extracts or by themselves. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginImport } from '../../src/db/import/import-session.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import { CANDIDATES, JOBS } from '../../src/domain/import/name-lists.ts';
import { DEFAULT_IMPORT, importExtract } from '../../src/ingest/import/import-extract.ts';
import type { ImportReport } from '../../src/ingest/import/report.ts';
import { textRow, workbookOf } from '../kit/archive.ts';
import { toCsv } from '../kit/canonical.ts';
import { run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const J1 = 'dddddddd-0000-4000-8000-000000000001';
const J2 = 'dddddddd-0000-4000-8000-000000000002';
const C1 = 'cccccccc-0000-4000-8000-000000000001';
const C2 = 'cccccccc-0000-4000-8000-000000000002';

const EXTRACT = toCsv([rowOf({ interviewId: 'i', jobId: J1, candidateProfileId: C1 })]);
const EMPTY = toCsv([]);

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());
beforeEach(async () => {
  await service.clear();
  await service.import(EXTRACT);
});

interface Files {
  readonly extract?: string;
  readonly jobs?: string | Uint8Array;
  readonly candidates?: string | Uint8Array;
}

async function take({ extract, jobs, candidates }: Files, options = {}): Promise<ImportReport> {
  const source = (name: string, file: string | Uint8Array) => ({
    name,
    bytes: (async function* () {
      yield typeof file === 'string' ? Buffer.from(file) : file;
    })(),
  });
  return await importExtract(
    extract === undefined ? [] : [source('extract.csv', extract)],
    { ...DEFAULT_IMPORT, ...options },
    () => beginImport(service.db.streams, FROM_COMMAND, () => {}),
    async (_source, csv) => {
      for await (const _ of csv);
    },
    [
      ...(jobs === undefined ? [] : [{ list: JOBS, source: source('jobs.csv', jobs) }]),
      ...(candidates === undefined ? [] : [{ list: CANDIDATES, source: source('candidates.csv', candidates) }]),
    ],
  );
}

const jobs = () => service.rows('SELECT job_id, title, department FROM job ORDER BY 1');
const candidates = () => service.rows('SELECT candidate_profile_id, first_name, last_name FROM candidate ORDER BY 1');
const version = async () => Number((await service.rows('SELECT version FROM dataset'))[0]?.version);

const NOTHING = {
  read: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  duplicates: 0,
  erased: 0,
  expired: 0,
  refused: 0,
  warned: 0,
  refusedRows: [],
  warnings: [],
};

describe('names of jobs and candidates', () => {
  test('are given to those that appointments name, and to others, which are known from then on', async () => {
    const report = await take({
      jobs: `jobId,title,department\n${J1},"Cook, ""senior""",Kitchen\n${J2},,Bar\n`,
      candidates: `candidateProfileId,firstName,lastName\n${C1},Ada,Lovelace\n${C2},Grace,\n`,
    });
    expect(report).toMatchObject({
      saved: true,
      read: 0,
      jobs: { ...NOTHING, read: 2, inserted: 1, updated: 1 },
      candidates: { ...NOTHING, read: 2, inserted: 1, updated: 1 },
    });
    expect(await jobs()).toEqual([
      { job_id: J1, title: 'Cook, "senior"', department: 'Kitchen' },
      { job_id: J2, title: null, department: 'Bar' },
    ]);
    expect(await candidates()).toEqual([
      { candidate_profile_id: C1, first_name: 'Ada', last_name: 'Lovelace' },
      { candidate_profile_id: C2, first_name: 'Grace', last_name: null },
    ]);
  });

  test('are taken from a workbook, too', async () => {
    const file = workbookOf(textRow(['Job ID', 'Title']) + textRow([J1, 'Köchin']));
    expect(await take({ jobs: file })).toMatchObject({ saved: true, jobs: { ...NOTHING, read: 1, updated: 1 } });
    expect(await jobs()).toEqual([{ job_id: J1, title: 'Köchin', department: null }]);
    const wrong = await take({ jobs: workbookOf(textRow(['Title']) + textRow(['x'])) });
    expect(wrong.jobs?.refusedRows[0]?.reason).toMatch(/^the column jobId is missing/);
    const formula = `<row><c t="inlineStr"><is><t>${J1}</t></is></c><c><f>VLOOKUP(A2;B:B;1)</f></c></row>`;
    const empty = await take({ jobs: workbookOf(textRow(['Job ID', 'Title']) + formula) });
    expect(empty.jobs?.refusedRows[0]?.reason).toMatch(/has a formula without a result/);
    expect((await jobs())[0]).toMatchObject({ title: 'Köchin' });
  });

  test('move the version of the data, but only where something changes', async () => {
    const file = `jobId,title\n${J1},Cook\n`;
    const before = await version();
    await take({ jobs: file });
    const after = await version();
    expect(after).toBeGreaterThan(before);
    expect(await take({ jobs: file })).toMatchObject({ saved: true, jobs: { ...NOTHING, read: 1, unchanged: 1 } });
    expect(await version()).toBe(after);
  });

  test('never appear among the 30 columns', async () => {
    await take({
      jobs: `jobId,title,department\n${J1},Cook,Kitchen\n`,
      candidates: `candidateProfileId,firstName,lastName\n${C1},Ada,Lovelace\n${C2},Grace,Hopper\n`,
    });
    expect(await service.export('csv')).toBe(EXTRACT);
  });

  test('survive extracts that come again, change, or replace all', async () => {
    await take({ jobs: `jobId,title\n${J1},Cook\n`, candidates: `candidateProfileId,lastName\n${C1},Lovelace\n` });
    const before = [await jobs(), await candidates()];
    await service.import(EXTRACT);
    await service.import(toCsv([rowOf({ interviewId: 'i', jobId: J2 })]));
    await service.import(EMPTY, { replaceAll: true });
    expect([await jobs(), await candidates()]).toEqual(before);
    await service.import(EXTRACT);
    expect([await jobs(), await candidates()]).toEqual(before);
  });

  test('are cleared by empty cells; what then has no name and no appointment goes', async () => {
    await take({ jobs: `jobId,title,department\n${J1},Cook,Kitchen\n${J2},Waiter,Bar\n` });
    const cleared = `jobId,title,department\n${J1},,""\n${J2}, ,\n`;
    expect(await take({ jobs: cleared })).toMatchObject({ saved: true, jobs: { ...NOTHING, read: 2, updated: 2 } });
    expect(await jobs()).toEqual([{ job_id: J1, title: null, department: null }]);
    expect(await take({ jobs: cleared })).toMatchObject({ saved: true, jobs: { ...NOTHING, read: 2, unchanged: 2 } });
  });

  test('stay where the file has no such column', async () => {
    await take({ jobs: `jobId,title,department\n${J1},Cook,Kitchen\n` });
    await take({ jobs: `title,jobId\nChef,${J1}\n` });
    expect(await jobs()).toEqual([{ job_id: J1, title: 'Chef', department: 'Kitchen' }]);
  });

  test('are read from files as other programs write them, and from gzip', async () => {
    const file = `\uFEFFDEPARTMENT,Recruiter,Job ID,"Title"\r\n"Two\r\nlines",x, ${J1.toUpperCase()} , Größe \r\n\r\n`;
    const report = await take({ jobs: gzipSync(file) });
    expect(report.jobs).toEqual({
      ...NOTHING,
      read: 1,
      updated: 1,
      warnings: [{ line: 1, column: 'Recruiter', value: null, reason: 'unknown column, not imported: "Recruiter"' }],
    });
    expect(await jobs()).toEqual([{ job_id: J1, title: ' Größe ', department: 'Two\r\nlines' }]);
  });

  test('count as the last row states them; a warning names the rows that state others', async () => {
    const report = await take({ jobs: `jobId,title\n${J1},A\n${J1},B\n${J2},C\n${J1},B\n` });
    expect(report.jobs).toEqual({
      ...NOTHING,
      read: 4,
      inserted: 1,
      updated: 1,
      duplicates: 2,
      warned: 1,
      warnings: [
        {
          line: 2,
          column: 'jobId',
          value: J1,
          reason: `"${J1}" appears again further down with different names, which are used`,
        },
      ],
    });
    expect(await jobs()).toMatchObject([{ title: 'B' }, { title: 'C' }]);
  });

  test('come with an extract in one transaction', async () => {
    const extract = toCsv([rowOf({ interviewId: 'j', jobId: J2, candidateProfileId: C2 })]);
    const files = {
      extract,
      jobs: `jobId,title\n${J2},Cook\n`,
      candidates: `candidateProfileId,firstName\n${C1},Ada\n`,
    };
    expect(await take(files, { dryRun: true })).toMatchObject({ saved: false, inserted: 1, jobs: { inserted: 1 } });
    expect(await jobs()).toEqual([{ job_id: J1, title: null, department: null }]);
    expect(await take(files, { replaceAll: true })).toMatchObject({ saved: true, inserted: 1, removed: 1 });
    expect(await jobs()).toEqual([{ job_id: J2, title: 'Cook', department: null }]);
    expect(await candidates()).toMatchObject([
      { candidate_profile_id: C1, first_name: 'Ada' },
      { candidate_profile_id: C2 },
    ]);
  });

  const notSaved = async (files: Files, options = {}) => {
    const before = [await jobs(), await candidates(), await service.export('csv'), await version()];
    const report = await take(files, options);
    expect(report.saved).toBe(false);
    expect([await jobs(), await candidates(), await service.export('csv'), await version()]).toEqual(before);
    return report;
  };

  test('are not given where the extract is refused, nor is an extract saved where a name is', async () => {
    const good = toCsv([rowOf({ interviewId: 'j' })]);
    const bad = toCsv([rowOf({ interviewId: 'j', jobId: 'x' })]);
    const names = `jobId,title\n${J1},Cook\n`;
    expect(await notSaved({ extract: bad, jobs: names })).toMatchObject({ refused: 1, jobs: { updated: 1 } });
    const refused = { extract: good, jobs: names, candidates: 'candidateProfileId,firstName\nx,Ada\n' };
    for (const options of [{}, { skipInvalid: true }])
      expect(await notSaved(refused, options)).toMatchObject({ inserted: 1, refused: 0, candidates: { refused: 1 } });
  });

  const KEYS = 'the first line names the columns: jobId,title,department';
  test.each<
    [
      string,
      string | Uint8Array,
      { line: number; column: string | null; value: string | null; reason: string | RegExp },
    ]
  >([
    [
      'an id that is none',
      `jobId,title\n${J1},ok\nnone,x\n`,
      { line: 3, column: 'jobId', value: 'none', reason: /^"none" is not a UUID; / },
    ],
    [
      'no id',
      'jobId,title\n,x\n',
      { line: 2, column: 'jobId', value: null, reason: 'jobId is empty, but it is required to identify the job' },
    ],
    ['NUL', `jobId,title\n${J1},a\0b\n`, { line: 2, column: 'title', value: 'a\0b', reason: /NUL/ }],
    [
      'a cell too many',
      `jobId,title\n${J1},a,b\n`,
      { line: 2, column: null, value: null, reason: 'the record has 3 cells, the header 2' },
    ],
    [
      'no column of ids',
      'id,title\n',
      { line: 1, column: null, value: null, reason: `the column jobId is missing; ${KEYS}` },
    ],
    ['an empty file', '', { line: 1, column: null, value: null, reason: `the column jobId is missing; ${KEYS}` }],
    [
      'no column of names',
      'jobId\n',
      {
        line: 1,
        column: null,
        value: null,
        reason: 'the columns title and department are missing; at least one of them is required',
      },
    ],
    [
      'a column twice',
      'jobId,title,Title\n',
      { line: 1, column: 'Title', value: null, reason: 'the column title appears twice' },
    ],
    [
      'broken quotes',
      `jobId,title\n${J1},"a\n`,
      {
        line: 2,
        column: 'title',
        value: null,
        reason: 'a quote is opened here and never closed; the file may be truncated',
      },
    ],
    [
      'a workbook of old',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      { line: 1, column: null, value: null, reason: /Excel workbook/ },
    ],
  ])('are refused with line, column, value and reason: %s', async (_name, file, fault) => {
    const { jobs: report } = await notSaved({ jobs: file });
    const reason = typeof fault.reason === 'string' ? fault.reason : expect.stringMatching(fault.reason);
    expect(report?.refusedRows).toEqual([{ ...fault, reason }]);
    expect(report?.refused).toBe((report?.read ?? 0) - (report?.unchanged ?? 0) - (report?.updated ?? 0));
  });
});

describe('npm run import', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'interviews-names-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const command = (args: string[], input = '') =>
    run(['import', ...args], { DATABASE_URL: urlOf(service.connection) }, input, folder);

  test('takes --jobs and --candidates, with an extract and without, and reports on each', async () => {
    await service.clear();
    await writeFile(path.join(folder, 'jobs.csv'), `jobId,title\n${J1},Cook\n`);
    await writeFile(path.join(folder, 'people.csv'), `candidateProfileId,firstName\n${C1},Ada\nx,Bob\n`);
    expect(await command(['--jobs', 'jobs.csv'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'Jobs: 1 row read: 1 new, 0 changed, 0 unchanged.\nSaved.\n',
    });
    expect(await command(['--jobs', 'jobs.csv'])).toMatchObject({
      code: 0,
      stdout: 'Jobs: 1 row read: 0 new, 0 changed, 1 unchanged.\nNothing had changed.\n',
    });
    const refused = await command(['-', '--jobs', 'jobs.csv', '--candidates', 'people.csv'], EXTRACT);
    expect(refused).toMatchObject({ code: 1, stderr: '' });
    expect(refused.stdout).toMatch(
      /^1 row read in .*\n1 interview new, .*\nJobs: 1 row read: .*\nCandidates: 2 rows read: 1 new, 0 changed, 0 unchanged, 1 refused\.\nCandidates, refused:\n {2}line 3, candidateProfileId: "x" is not a UUID; .*\nNothing was saved\.\n$/,
    );
    const { code, stdout } = await command(['-', '--jobs', 'jobs.csv', '--json'], EXTRACT);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ saved: true, inserted: 1, jobs: { ...NOTHING, read: 1, unchanged: 1 } });
  });

  test('says what is missing or can’t be', async () => {
    expect(await command([])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^The file to import is missing/),
    });
    expect(await command(['-', '--jobs', '-'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Standard input/),
    });
  });
});
