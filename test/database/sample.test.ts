import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
