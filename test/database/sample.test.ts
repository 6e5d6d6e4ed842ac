import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSample } from '../../src/cli/service/sample.ts';
import { nonEmptyTables } from '../../src/db/backup/non-empty-tables.ts';
import { storedTables } from '../../src/db/backup/stored-tables.ts';
import { importNames } from '../kit/import-names.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const SAMPLE = csvOf([rowWith({ interviewId: 'sample 1' }), rowWith({ interviewId: 'sample 2' })]);
const REAL = csvOf([rowWith({ interviewId: 'real' })]);

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const stored = async () =>
  (await service.rows('SELECT interview_id FROM interview ORDER BY 1')).map((row) => row.interview_id);

describe('the sample extract', () => {
  test('goes with the first real import, which says so; the second takes nothing away', async () => {
    await service.import(SAMPLE, { sample: true });
    expect(await stored()).toEqual(['sample 1', 'sample 2']);
    expect(await service.import(REAL)).toMatchObject({ saved: true, inserted: 1, removed: 2, sampleRemoved: true });
    expect(await service.import(csvOf([rowWith({ interviewId: 'more' })]))).toMatchObject({
      removed: 0,
      sampleRemoved: false,
    });
    expect(await stored()).toEqual(['more', 'real']);
  });

  test('is not loaded where an import came first', async () => {
    await service.import(REAL);
    await service.import(SAMPLE, { sample: true });
    expect(await stored()).toEqual(['real']);
    expect(await service.import(csvOf([rowWith({ interviewId: 'more' })]))).toMatchObject({ removed: 0 });
  });

  test('goes as a whole, also where a row of one of its interviews is refused', async () => {
    await service.import(SAMPLE, { sample: true });
    const file = csvOf([rowWith({ interviewId: 'sample 1', interviewType: 'PHNE' }), rowWith({ interviewId: 'real' })]);
    expect(await service.import(file, { skipInvalid: true })).toMatchObject({ saved: true, sampleRemoved: true });
    expect(await stored()).toEqual(['real']);
  });

  test('stays the sample where it is imported itself, as downloaded', async () => {
    await service.import(SAMPLE, { sample: true });
    expect(await service.import(await service.export('csv'))).toMatchObject({
      saved: true,
      unchanged: 2,
      sampleRemoved: false,
    });
    expect(await service.import(REAL)).toMatchObject({ removed: 2, sampleRemoved: true });
  });

  test('stays where the import saves nothing', async () => {
    await service.import(SAMPLE, { sample: true });
    expect(await service.import(REAL, { dryRun: true })).toMatchObject({
      saved: false,
      removed: 2,
      sampleRemoved: true,
    });
    expect(await stored()).toEqual(['sample 1', 'sample 2']);
  });
});

describe('the names of the sample', () => {
  const count = async (condition: string) =>
    (
      await service.rows(`SELECT (SELECT count(*)::int FROM job WHERE ${condition.replaceAll('NAME', 'title')}) AS jobs,
      (SELECT count(*)::int FROM candidate WHERE ${condition.replaceAll('NAME', 'last_name')}) AS candidates`)
    )[0];
  const [job, candidate] = [
    async () => (await service.rows('SELECT job_id AS id, title AS name FROM job ORDER BY 1 LIMIT 1'))[0],
    async () =>
      (await service.rows('SELECT candidate_profile_id AS id, last_name AS name FROM candidate ORDER BY 1 LIMIT 1'))[0],
  ];
  beforeEach(() => loadSample(service.db, () => {}));

  test('are those of all its jobs and candidates', async () => {
    expect(await count('NAME IS NULL')).toEqual({ jobs: 0, candidates: 0 });
    expect((await count('true'))?.jobs).toBeGreaterThan(5);
    expect((await count('true'))?.candidates).toBeGreaterThan(100);
  });

  test('go with it', async () => {
    expect(await service.import(REAL)).toMatchObject({ saved: true, sampleRemoved: true });
    expect(await count('NAME IS NOT NULL')).toEqual({ jobs: 0, candidates: 0 });
    expect(await service.rows('SELECT text FROM spelling ORDER BY 1')).toEqual([
      { text: '' },
      { text: 'Ada' },
      { text: 'Grace' },
      { text: 'Hopper' },
    ]);
  });

  test('stay with a dry run, and where only names are imported', async () => {
    const before = await count('NAME IS NOT NULL');
    await service.import(REAL, { dryRun: true });
    await importNames(service, { jobs: `jobId,title\n${(await job())?.id},Cook\n` });
    expect(await count('NAME IS NOT NULL')).toEqual(before);
  });

  test('leave those that somebody gave, also if they are the same', async () => {
    const [named, same] = [await job(), await candidate()];
    await importNames(service, {
      jobs: `jobId,title\n${named?.id},Cook\n`,
      candidates: `candidateProfileId,lastName\n${same?.id},"${same?.name}"\n`,
    });
    await service.import(REAL);
    expect(await count('NAME IS NOT NULL')).toEqual({ jobs: 1, candidates: 1 });
    expect(await service.rows('SELECT title FROM job WHERE title IS NOT NULL')).toEqual([{ title: 'Cook' }]);
  });

  test('leave those that come with the real rows', async () => {
    const named = await job();
    const rows = csvOf([rowWith({ interviewId: 'real', jobId: String(named?.id) })]);
    await service.import(rows);
    expect(await service.rows('SELECT job_id, title FROM job')).toEqual([{ job_id: named?.id, title: null }]);
    await importNames(service, { jobs: `jobId,title\n${named?.id},Cook\n` });
    await service.import(REAL, { replaceAll: true });
    expect(await service.rows('SELECT title FROM job WHERE title IS NOT NULL')).toEqual([{ title: 'Cook' }]);
  });

  test('are not loaded where an import came first', async () => {
    await service.clear();
    await service.rows('UPDATE dataset SET sample = false');
    await loadSample(service.db, () => {});
    expect(await count('true')).toEqual({ jobs: 0, candidates: 0 });
  });

  test('need no backup: a restore into a database with them is as into an empty one', async () => {
    const client = await service.db.pool.connect();
    const tables = await storedTables(client);
    expect(await nonEmptyTables(client, tables)).toEqual([]);
    await importNames(service, { jobs: `jobId,title\n${(await job())?.id},Cook\n` });
    expect(await nonEmptyTables(client, tables)).toEqual([{ table: 'job', rows: 1 }]);
    client.release();
  });
});
