/** `format=xlsx`, from the bytes of a COPY to the cells of a workbook, as another reader reads them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CanonicalRow, FIELD_INDEX, FIELDS, type Field, isDate } from '../../src/domain/fields.ts';
import type { ExportDetails, OutputOptions } from '../../src/extract/output-options.ts';
import { xlsx } from '../../src/extract/xlsx/xlsx.ts';
import { canonicalRows } from '../kit/canonical.ts';
import { copyRows } from '../kit/copy-rows.ts';
import { DETAILS } from '../kit/export-details.ts';
import { rowOf } from '../kit/rows.ts';
import { partsOf, type StoredCell, sheetsOf, wallClockOf } from '../kit/workbook.ts';

type Output = OutputOptions & { readonly fields: readonly Field[] };

const OUTPUT: Output = {
  fields: FIELDS,
  labels: true,
  dates: null,
  excel: false,
  delimiter: ',',
  decimalComma: false,
  nulls: 'include',
  personal: true,
};

/** Chunks of these sizes, over and over. */
async function* chunksOf(rows: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < rows.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? 1);
    yield rows.subarray(at, end);
    at = end;
  }
}

async function workbook(
  rows: readonly CanonicalRow[],
  { sizes = [1 << 16], output = OUTPUT, details = DETAILS }: Partial<Parts> = {},
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const source = chunksOf(copyRows(rows, output.fields), sizes);
  for await (const piece of xlsx.encode(output, source, details)) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface Parts {
  readonly sizes: readonly number[];
  readonly output: Output;
  readonly details: ExportDetails;
}

/** What a spreadsheet makes of a cell. */
function meaning(cell: StoredCell | null | undefined, isDateCell: boolean): string | null {
  if (!cell) return null;
  if (cell.type === 'b') return cell.value === '1' ? 'true' : 'false';
  return cell.type === 'n' && isDateCell ? wallClockOf(cell.value) : cell.value;
}

const significantDigits = (text: string): number => text.replace(/^-?[0.]*/, '').replace('.', '').length;

test('every value comes out as it is stored, wherever the network cuts the rows', async () => {
  await fc.assert(
    fc.asyncProperty(
      canonicalRows,
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
      async (rows, sizes) => {
        const [sheet] = sheetsOf(await workbook(rows, { sizes }));
        const [header, ...found] = sheet?.rows ?? [];
        expect(header?.map((cell) => cell?.value)).toEqual(FIELDS.map(({ label }) => label));
        const read = found.map((cells) => FIELDS.map((field, at) => meaning(cells[at], isDate(field))));
        expect(read).toEqual(rows);
        for (const [at, row] of rows.entries())
          for (const [place, field] of FIELDS.entries())
            expect([field.key, row[place], found[at]?.[place]?.type ?? null]).toEqual([
              field.key,
              row[place],
              expectedType(field.kind, row[place] ?? null),
            ]);
      },
    ),
    { numRuns: 200 },
  );
});

function expectedType(kind: string, value: string | null): string | null {
  if (value === null) return null;
  if (kind === 'boolean') return 'b';
  if (kind === 'number' || kind === 'integer') return significantDigits(value) <= 15 ? 'n' : 'inlineStr';
  if (kind === 'utc' || kind === 'local') return value >= '1900-03-01' ? 'n' : 'inlineStr';
  return 'inlineStr';
}

describe('texts that a spreadsheet or XML is tempted by stay as they are', () => {
  const cells = [
    ...[
      '=1+1',
      '+49 30 1234',
      '-5',
      '@SUM(1,1)',
      "'=1",
      '00123',
      '1E5',
      'TRUE',
      '3/4',
      ' \t two blanks  ',
      '\r',
      '\r\n',
    ],
    ...[
      '_x0041_',
      '_x005F_x0041_',
      '__x000d_',
      '_X0041_',
      '_x004_',
      '_xGGGG_',
      '\uFFFE\uFFFF\uFFFD',
      '\u0001\u001f\u007f',
    ],
    ...['<a href="x">&amp;</a>', ']]>', '🙂 面接 ﷽', 'two\nlines', '\\N', '\\.', ''],
  ];
  test.each(cells)('%j', async (room) => {
    const [sheet] = sheetsOf(await workbook([rowOf({ interviewId: 'i-1', room })]));
    expect(sheet?.rows[1]?.[FIELD_INDEX.room]).toEqual({ type: 'inlineStr', value: room, style: 3 });
  });

  test('however long they get by being escaped', async () => {
    const interviewerReview = '\u0001&_x0041_'.repeat(200_000);
    const [sheet] = sheetsOf(await workbook([rowOf({ interviewId: 'i-1', interviewerReview })]));
    expect(sheet?.rows[1]?.[FIELD_INDEX.interviewerReview]?.value).toBe(interviewerReview);
  });
});

describe('dates are numbers in the 1900 date system', () => {
  test.each([
    ['1900-03-01T00:00:00', '61'],
    ['1970-01-01T00:00:00', '25569'],
    ['2000-02-29T12:00:00', '36585.5'],
    ['2026-03-29T02:30:00', '46110.104166666667'],
    ['9999-12-31T23:59:59', '2958465.999988425926'],
  ])('%s is %s', async (startTime, serial) => {
    const [sheet] = sheetsOf(await workbook([rowOf({ interviewId: 'i-1', startTime })]));
    expect(sheet?.rows[1]?.[FIELD_INDEX.startTime]).toEqual({ type: 'n', value: serial, style: 1 });
  });

  test.each([
    '0001-01-01T00:00:00',
    '1899-12-31T23:59:59',
    '1900-02-28T10:00:00',
  ])('%s is text, because programs disagree about its number', async (startTime) => {
    const [sheet] = sheetsOf(await workbook([rowOf({ interviewId: 'i-1', startTime })]));
    expect(sheet?.rows[1]?.[FIELD_INDEX.startTime]).toEqual({ type: 'inlineStr', value: startTime, style: 3 });
  });

  test('every second of a day is exact', async () => {
    const clocks = Array.from({ length: 86_400 }, (_, at) => new Date(Date.UTC(2026, 2, 29) + at * 1000));
    const rows = clocks.map((clock) => rowOf({ interviewId: 'i-1', startTime: clock.toISOString().slice(0, 19) }));
    const starts = rows.map((row) => [row[FIELD_INDEX.startTime] ?? null]);
    const output = { ...OUTPUT, fields: FIELDS.filter(({ key }) => key === 'startTime') };
    const [sheet] = sheetsOf(await workbook(starts, { output }));
    const found = (sheet?.rows ?? []).slice(1).map(([cell]) => Number(cell?.value));
    expect(found.map((serial) => wallClockOf(String(serial)))).toEqual(starts.map(([start]) => start));
    // What a spreadsheet computes from the same clock.
    for (const [at, serial] of found.entries()) expect(Math.abs(serial - (46_110 + at / 86_400))).toBeLessThan(8e-12);
  });
});

test('the sheet has a heading that stays, filters, and a second sheet that says what it is', async () => {
  const details: ExportDetails = {
    ...DETAILS,
    filters: [{ label: 'Interview Type', values: ['VIDEO', 'PHONE'] }],
    limit: 2,
    hasMore: true,
  };
  const output = { ...OUTPUT, personal: false, fields: FIELDS.slice(0, 28) };
  const rows = ['i-1', 'i-2'].map((interviewId) => rowOf({ interviewId }).slice(0, 28));
  const [sheet, about] = sheetsOf(await workbook(rows, { details, output }));
  expect([sheet?.name, about?.name]).toEqual(['Interviews', 'About']);
  expect(sheet?.xml).toMatch(/<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/);
  expect(sheet?.xml).toContain('<autoFilter ref="A1:AB3"/>');
  expect(about?.rows.map((cells) => cells.map((cell) => cell?.value))).toEqual([
    ['Source', 'Interviews Data Service 1.2.3'],
    ['Exported at (UTC)', '2026-03-29 14:30:00'],
    ['Data version', '17'],
    ['Rows', '2'],
    ['Filter: Interview Type', 'VIDEO or PHONE'],
    ['Rows left out', 'those after the first 2'],
    ['Columns left out', 'Interviewers, Time to provide feedback'],
    [
      'Personal columns',
      'empty, because the token lacks the scope personal: Interview Location, Creator First Name, Creator Last Name, Interviewer First Name, Interviewer Last Name, Interviewer Review, Interviewer Rating, Room',
    ],
    ['Dates in UTC', 'Interview Create Date, Interview Update Date'],
    ['Dates in Interview Time Zone', 'Interview Start Date, Start Time, End Time'],
  ]);
});

test('an extract without rows is a sheet with a heading', async () => {
  const [sheet, about] = sheetsOf(await workbook([]));
  expect(sheet?.rows).toHaveLength(1);
  expect(sheet?.xml).toContain('<autoFilter ref="A1:AD1"/>');
  expect(about?.rows[3]?.map((cell) => cell?.value)).toEqual(['Rows', '0']);
});

describe('the workbook is written as its rows arrive', () => {
  const row = copyRows([rowOf({ interviewId: 'i-1', room: 'x'.repeat(1000) })]);
  const chunk = Buffer.concat(Array.from({ length: 100 }, () => row));

  test('reading little ahead of whoever reads it', async () => {
    let taken = 0;
    async function* source() {
      for (; taken < 1000; taken++) yield chunk;
    }
    const document = xlsx.encode(OUTPUT, source(), DETAILS);
    let bytes = 0;
    while (bytes < 20_000) bytes += (await document.next()).value?.length ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(taken).toBeLessThan(200);
    await document.return(undefined);
  });

  test('and leaves its source when its reader leaves', async () => {
    let left = false;
    async function* source() {
      try {
        for (;;) yield chunk;
      } finally {
        left = true;
      }
    }
    const document = xlsx.encode(OUTPUT, source(), DETAILS);
    let bytes = 0;
    while (bytes < 20_000) bytes += (await document.next()).value?.length ?? 0;
    await document.return(undefined);
    await expect.poll(() => left).toBe(true);
  });

  test('and has no end if its source fails', async () => {
    async function* source() {
      yield chunk;
      throw new Error('the database is gone');
    }
    const read = async () => {
      for await (const _ of xlsx.encode(OUTPUT, source(), DETAILS));
    };
    await expect(read()).rejects.toThrow('the database is gone');
  });
});

test('a small workbook needs no ZIP64, one that may be large says so before its first row', async () => {
  const versionOf = async (rows: number) => {
    const extent = { rows, textBytes: rows * 100 };
    const archive = await workbook([rowOf({ interviewId: 'i-1' })], { details: { ...DETAILS, extent } });
    expect([...partsOf(archive).keys()]).toContain('xl/worksheets/sheet1.xml');
    const local = archive.indexOf('xl/worksheets/sheet1.xml') - 30;
    return archive.readUInt16LE(local + 4);
  };
  expect([await versionOf(100_000), await versionOf(1_000_000)]).toEqual([20, 45]);
});
