/** Workbooks that a spreadsheet opens and saves again, in languages with other numbers, dates and letters. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_INDEX, FIELDS } from '../../src/domain/fields.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';
import { hasSpreadsheet, resaved } from '../kit/spreadsheet.ts';
import { sheetsOf } from '../kit/workbook.ts';

const LOCALES = ['en-US', 'de-DE', 'tr-TR'];

/** Texts that spreadsheets are tempted by. */
const TEXTS = [
  ...['=1+1', '+49 30 1234', '-5', '@SUM(1,1)', "'quoted", '00123', '1E5', 'TRUE', '3/4', '1.234,5', '2026-03-29'],
  ...[
    '=HYPERLINK("http://example.org","x")',
    'Größe, Straße; “déjà vu” 面接 🙂 İstanbul ığdır',
    'two\nlines, "quoted"',
  ],
  ...['  blanks  around ', 'a\ttab', '_x0041_', '<b>&amp;</b>'],
];

const PATH = '/analytics/interviews?format=xlsx';

describe.skipIf(!hasSpreadsheet())('A workbook, opened and saved by a spreadsheet,', () => {
  let service: Service;
  let folder: string;
  let stored: string;

  beforeAll(async () => {
    service = await startService();
    folder = await mkdtemp(path.join(tmpdir(), 'interviews-spreadsheet-'));
    const rows = readCanonical(extract({ rows: 120, seed: 32 })).map((row, at) => {
      const cells = [...row];
      cells[FIELD_INDEX.room] = TEXTS[at % TEXTS.length] ?? null;
      cells[FIELD_INDEX.interviewerReview] = TEXTS[(at + 3) % TEXTS.length] ?? null;
      if (at % 10 === 0) cells[FIELD_INDEX.interviewCreateDate] = '1899-12-31T23:59:59';
      if (at % 10 === 1) cells[FIELD_INDEX.timeToProvideFeedback] = '12345678901234.567891';
      if (at % 10 === 2) cells[FIELD_INDEX.timeToProvideFeedback] = '0.123456789012345';
      return cells;
    });
    await service.import(toCsv(rows));
    stored = await service.export('csv');
    const response = await service.get(PATH);
    await writeFile(path.join(folder, 'rows.xlsx'), Buffer.from(await response.arrayBuffer()));
  });
  afterAll(async () => {
    await service?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  test.each(LOCALES)('changes nothing but empty texts, which become null: %s', async (locale) => {
    await service.import(stored);
    const workbook = await resaved(folder, 'rows.xlsx', 'xlsx', locale);
    const [sheet, about] = sheetsOf(workbook);
    expect([sheet?.name, about?.name]).toEqual(['Interviews', 'About']);
    const report = await service.import(workbook);
    expect(report).toMatchObject({ saved: true, inserted: 0, removed: 0, refused: 0 });
    const expected = readCanonical(stored).map((row) => row.map((cell) => (cell === '' ? null : cell)));
    expect(readCanonical(await service.export('csv'))).toEqual(expected);
  }, 120_000);

  test('has no formula but its booleans, and its numbers and dates are numbers', async () => {
    const [sheet] = sheetsOf(await resaved(folder, 'rows.xlsx', 'xlsx', 'en-US'));
    const formulas = Array.from(sheet?.xml.matchAll(/<f\b[^>]*>([^<]*)<\/f>/g) ?? [], ([, formula]) => formula);
    expect(new Set(formulas)).toEqual(new Set(['TRUE()', 'FALSE()']));
    for (const cells of (sheet?.rows ?? []).slice(1))
      for (const { key, kind } of FIELDS) {
        const cell = cells[FIELD_INDEX[key]];
        const isNumeric = ['utc', 'local', 'number', 'integer'].includes(kind);
        if (cell && !isNumeric && kind !== 'boolean') expect([key, cell.type]).toEqual([key, 's']);
        if (cell && key === 'startTime') expect(cell.type).toBe('n');
      }
  }, 120_000);
});
