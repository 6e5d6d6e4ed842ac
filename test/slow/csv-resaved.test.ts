/** The CSV for Excel, which a spreadsheet of another language opens with typed columns and saves again. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELDS } from '../../src/domain/fields.ts';
import { readCanonical } from '../kit/canonical.ts';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';
import { hasSpreadsheet, resaved } from '../kit/spreadsheet.ts';

/** Languages with their number in the options of CSV, and the parameters of a CSV that they read. */
const LANGUAGES = [
  ['en-US', 0x409, 44, ''],
  ['de-DE', 0x407, 59, '&delimiter=semicolon&decimal=comma'],
  ['tr-TR', 0x41f, 59, '&delimiter=semicolon&decimal=comma'],
] as const;

/** How a person types the columns when the file is opened: year-month-day, text, or as it looks. */
const COLUMN_TYPES = FIELDS.map(({ kind }, at) => {
  const isDate = kind === 'utc' || kind === 'local';
  return `${at + 1}/${isDate ? 5 : ['number', 'integer', 'boolean'].includes(kind) ? 1 : 2}`;
}).join('/');

describe.skipIf(!hasSpreadsheet())('The CSV for Excel, opened and saved by a spreadsheet,', () => {
  let service: Service;
  let folder: string;
  let stored: string;

  beforeAll(async () => {
    service = await startService();
    folder = await mkdtemp(path.join(tmpdir(), 'interviews-spreadsheet-'));
    await service.import(extract({ rows: 120, seed: 33 }));
    stored = await service.export('csv');
  });
  afterAll(async () => {
    await service?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  describe.each(LANGUAGES)('%s,', (locale, language, separator, parameters) => {
    const open = `CSV:${separator},34,76,1,${COLUMN_TYPES},${language},false,true`;
    test.each([
      ['as a workbook', 'xlsx'],
      ['as CSV', `csv:Text - txt - csv (StarCalc):${separator},34,76,1,,${language},false,true,false`],
    ])(
      '%s, changes nothing but empty texts, which become null',
      async (_, format) => {
        await service.import(stored);
        const response = await service.get(`/analytics/interviews?format=csv&excel=true${parameters}`);
        await writeFile(path.join(folder, 'rows.csv'), Buffer.from(await response.arrayBuffer()));
        const file = await resaved(folder, 'rows.csv', format, locale, [`--infilter=${open}`]);
        const report = await service.import(file, { excel: true });
        expect(report).toMatchObject({ saved: true, inserted: 0, removed: 0, refused: 0 });
        const expected = readCanonical(stored).map((row) => row.map((cell) => (cell === '' ? null : cell)));
        expect(readCanonical(await service.export('csv'))).toEqual(expected);
      },
      120_000,
    );
  });
});
