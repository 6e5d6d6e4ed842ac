/** The CSV for Excel as a spreadsheet understands it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_INDEX, FIELDS } from '../../src/domain/fields.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';
import { type Cell, cellsOf, hasSpreadsheet } from '../kit/spreadsheet.ts';

/** Texts that spreadsheets are tempted by. */
const TEXTS = [
  '=1+1',
  '+49 30 1234',
  '-5',
  '@SUM(1,1)',
  '=HYPERLINK("http://example.org","x")',
  'Größe, Straße; “déjà vu” 面接 🙂',
  'two\nlines, "quoted"',
];

/** A number with the 15 digits that spreadsheets keep. */
const digits = (text: string): string => Number(text).toPrecision(15);

describe.skipIf(!hasSpreadsheet())('The CSV for Excel, opened in a spreadsheet and saved as a workbook,', () => {
  let service: Service;
  let folder: string;
  let header: Cell[];
  let rows: Cell[][];
  let stated: readonly (readonly (string | null)[])[];
  beforeAll(async () => {
    service = await startService();
    folder = await mkdtemp(path.join(tmpdir(), 'interviews-spreadsheet-'));
    const generated = readCanonical(extract({ rows: 40, seed: 31 })).map((row, at) => {
      const cells = [...row];
      cells[FIELD_INDEX.room] = TEXTS[at % TEXTS.length] ?? null;
      cells[FIELD_INDEX.interviewerReview] = TEXTS[(at + 3) % TEXTS.length] ?? null;
      return cells;
    });
    await service.import(toCsv(generated));
    stated = readCanonical(await service.export('csv'));
    const response = await service.get('/analytics/interviews?format=csv&excel=true');
    await writeFile(path.join(folder, 'rows.csv'), Buffer.from(await response.arrayBuffer()));
    [header = [], ...rows] = await cellsOf(folder);
  });
  afterAll(async () => {
    await service?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  test('has all rows and columns, and its first cell has no byte order mark', () => {
    expect(header.slice(0, FIELDS.length).map(({ value }) => value)).toEqual(FIELDS.map(({ key }) => key));
    expect(rows).toHaveLength(stated.length);
  });

  test('runs no formula', () => {
    // Booleans are formulas there, as =TRUE().
    expect(rows.flat().filter(({ type, formula }) => formula && type !== 'boolean')).toEqual([]);
  });

  test.each(FIELDS.filter(({ kind }) => kind !== 'boolean'))('has what was stated: $key', ({ key, kind }) => {
    const place = FIELD_INDEX[key];
    const types = { utc: 'date', local: 'date', number: 'float', integer: 'float' } as Record<string, string>;
    for (const [at, row] of stated.entries()) {
      const text = row[place];
      const { type, value } = rows[at]?.[place] ?? { type: null, value: '' };
      if (text === null || text === undefined || text === '') expect([type, value]).toEqual([null, '']);
      else if (types[kind] === 'float') expect([type, digits(value)]).toEqual(['float', digits(text)]);
      else if (types[kind] === 'date') expect([type, value.slice(0, 19)]).toEqual(['date', text]);
      // What would begin like a formula has an apostrophe before it.
      else expect([type, value]).toEqual(['string', /^[=+\-@\t\r]/.test(text) ? `'${text}` : text]);
    }
  });
});

test.skipIf(!hasSpreadsheet())(
  'The CSV for Excel in German has numbers there, and sums of hours are right',
  async () => {
    const service = await startService();
    const folder = await mkdtemp(path.join(tmpdir(), 'interviews-spreadsheet-'));
    try {
      await service.import(extract({ rows: 200, seed: 17 }));
      const fields = ['interviewId', 'duration', 'interviewerRating', 'timeToProvideFeedback', 'startTime'] as const;
      const response = await service.get(
        `/analytics/interviews?format=csv&excel=true&delimiter=semicolon&decimal=comma&fields=${fields.join(',')}`,
      );
      await writeFile(path.join(folder, 'rows.csv'), Buffer.from(await response.arrayBuffer()));
      const [, ...rows] = await cellsOf(folder, 'de-DE');
      const stored = readCanonical(await service.export('csv'));
      expect(rows).toHaveLength(stored.length);
      for (const [at, key] of fields.entries()) {
        const written = stored.map((row) => row[FIELD_INDEX[key]] ?? null);
        const read = rows.map((row) => (row[at]?.type === null ? null : row[at]));
        if (key === 'startTime') expect(read.map((cell) => cell?.value.slice(0, 19) ?? null)).toEqual(written);
        else if (key !== 'interviewId') {
          expect(new Set(read.map((cell) => cell?.type ?? 'float'))).toEqual(new Set(['float']));
          const sum = (values: (string | null)[]) =>
            values.reduce((total, value) => total + Number(value), 0).toFixed(6);
          expect([key, sum(read.map((cell) => cell?.value ?? null))]).toEqual([key, sum(written)]);
        }
      }
    } finally {
      await service.stop();
      await rm(folder, { recursive: true });
    }
  },
);
