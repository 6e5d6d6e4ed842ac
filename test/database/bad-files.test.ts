/** Files with one fault each, imported into a database that has rows: what is reported, what is saved, and how the refused rows are mended. */
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FIELD_INDEX, FIELD_KEYS, type FieldKey } from '../../src/domain/fields.ts';
import { csvCell, csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

/** What is stored before each import: an interview that the bad file has too, and one that it hasn't. */
const STORED = csvOf([rowWith({ interviewId: 'bad', room: 'before' }), rowWith({ interviewId: 'stays' })]);

beforeEach(() => service.reset(STORED));

/** Line 2 begins an interview that is fine, line 4 the good row of the bad one, line 6 its bad row. Each row has two lines. */
const fileWith = (cells: Partial<Record<FieldKey, string | null>>): string =>
  csvOf([
    rowWith({ interviewId: 'fine' }),
    rowWith({ interviewId: 'bad', startTime: '2024-03-05T08:00:00' }),
    rowWith({ interviewId: 'bad', ...cells }),
  ]);

describe('a row with a fault', () => {
  const faults: [FieldKey, string, string][] = [
    [
      'applicationId',
      'x',
      '"x" is not a UUID; it has 32 hexadecimal digits in the form 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    ],
    ['interviewType', 'PHNE', '"PHNE" is not an interview type; accepted are ONSITE, PHONE, VIDEO, OTHER'],
    ['interviewCanceled', 'maybe', '"maybe" is not true or false'],
    ['interviewDuration', '1,5', '"1,5" is not a number; a number has digits and a decimal point, as in 0.5'],
    ['interviewers', '1.5', '"1.5" is not a whole number'],
    [
      'interviewTimeZone',
      'Mars',
      '"Mars" is not a time zone; accepted are the names of the IANA database, such as America/Los_Angeles',
    ],
    ['endTime', '2023-02-29', '"2023-02-29" is not a valid date in the years 0001 to 9999'],
    [
      'interviewCreateDate',
      '10000-01-01',
      '"10000-01-01" is not a date; accepted are yyyy-MM-dd, yyyy-MM-ddTHH:mm and yyyy-MM-ddTHH:mm:ss, each time with or without an offset; --date-format PATTERN accepts another form',
    ],
    ['interviewerReview', 'a\0b', 'the text contains a NUL character, which the database can’t store'],
  ];

  test.each(
    faults,
  )('%s %j is reported with its line, column and value, and nothing is saved', async (column, value, reason) => {
    const report = await service.import(fileWith({ [column]: value }));
    expect(report).toMatchObject({
      saved: false,
      read: 3,
      refused: 2,
      inserted: 1,
      refusedRows: [{ line: 6, column, value, reason }],
    });
    expect(report.refusedRows).toHaveLength(1);
    expect(await service.export('csv')).toBe(STORED);
  });

  test.each(
    faults,
  )('%s %j with skipInvalid lets the others in, and the mended file of refused rows completes the set', async (column, value) => {
    const report = await service.import(fileWith({ [column]: value }), { skipInvalid: true });
    expect(report).toMatchObject({
      saved: true,
      read: 3,
      inserted: 1,
      refused: 2,
      removed: 0,
      interviews: { inserted: 1, refused: 1 },
    });
    expect(await service.export('csv')).toContain('before');
    expect(report.refusedFile.split('\n')[0]).toBe(['reason', ...FIELD_KEYS].join(','));
    expect(await service.import(mended(report.refusedFile, column))).toMatchObject({ saved: true, refused: 0 });
    const rows = await service.rows('SELECT interview_id FROM appointment ORDER BY 1');
    expect(rows.map((row) => row.interview_id)).toEqual(['bad', 'bad', 'fine', 'stays']);
  });
});

/** The file of refused rows as a person mends it: the one value put right. */
function mended(refusedFile: string, column: FieldKey): string {
  const [header = [], ...records] = parse(refusedFile) as string[][];
  const at = header.indexOf(column);
  for (const record of records) record[at] = rowWith({})[FIELD_INDEX[column]] ?? '';
  return [header, ...records].map((cells) => `${cells.map((cell) => csvCell(cell || null)).join(',')}\n`).join('');
}

describe('a record with the wrong number of cells', () => {
  test('refuses the interview whose id it seems to have: what is stored of that stays', async () => {
    const three = csvOf(
      ['a', 'b', 'c'].map((room) =>
        rowWith({ interviewId: 'x', room, startTime: `2024-03-05T0${'abc'.indexOf(room)}:00:00` }),
      ),
    );
    await service.import(three);
    const broken = `${three.slice(0, -1)},x\n`;
    const report = await service.import(broken, { skipInvalid: true, replaceAll: true });
    expect(report).toMatchObject({ saved: false, refused: 3, removed: 2 });
    const other = await service.import(`${broken}${csvOf([rowWith({ interviewId: 'fine' })], []).slice(1)}`, {
      skipInvalid: true,
    });
    expect(other).toMatchObject({ saved: true, refused: 3, inserted: 1, removed: 0 });
    expect(other.refusedFile.match(/^another/gm)).toHaveLength(2);
    expect(await service.rows("SELECT room FROM appointment WHERE interview_id = 'x' ORDER BY 1")).toHaveLength(3);
  });

  test('is reported like any other', async () => {
    const report = await service.import(`${csvOf([rowWith({ interviewId: 'fine' })])}bad\n`);
    expect(report).toMatchObject({
      saved: false,
      read: 2,
      refused: 1,
      inserted: 1,
      refusedRows: [{ line: 4, column: null, value: null, reason: expect.stringContaining('1 cell,') }],
    });
    expect(await service.export('csv')).toBe(STORED);
  });
});

describe('a row without an interview id', () => {
  test('may belong to any interview, so that nothing stored goes because it is refused', async () => {
    const file = csvOf([
      rowWith({ interviewId: 'bad', startTime: '2024-03-05T07:00:00' }),
      rowWith({ interviewId: null }),
    ]);
    const report = await service.import(file, { skipInvalid: true, replaceAll: true });
    expect(report).toMatchObject({ saved: true, inserted: 1, refused: 1, removed: 0 });
    expect(await service.rows('SELECT interview_id FROM appointment ORDER BY 1')).toHaveLength(3);
  });
});

describe('a file that can’t be read to its end', () => {
  const good = csvOf([rowWith({ interviewId: 'fine' })]);
  test.each([
    ['empty', ''],
    ['without a header', 'a,b,c\n'],
    ['that lacks a column', good.replace(',room', ',chamber')],
    ['with a column twice', good.replace(',room,', ',duration,')],
    ['with a quote that is never closed', `${good}fine,"`],
    ['with text after a closing quote', `${good}fine,"a"b\n`],
    ['that is not UTF-8', Buffer.concat([Buffer.from(good), Buffer.from([0xe9, 0x0a])])],
    ['in UTF-16 without a byte order mark', Buffer.from(good, 'utf16le')],
    ['of which the gzip is cut off', gzipSync(good).subarray(0, -9)],
    ['that is a spreadsheet', Buffer.from('PK\u0003\u0004xxxxxxxxxxxx')],
    ['that is cut off in a record', `${good}bad,,,`],
    ['of JSON that breaks off', '{"content":[{"interviewId":"fine"'],
  ])('%s is refused as a whole, with --skip-invalid too', async (_what, file) => {
    for (const skipInvalid of [false, true]) {
      const report = await service.import(file, { skipInvalid, allowMissingColumns: false });
      expect(report).toMatchObject({ saved: false, inserted: 0, updated: 0, removed: 0, refused: report.read });
      expect(report.refusedRows[0]).toEqual({
        line: expect.any(Number),
        column: report.refusedRows[0]?.column,
        value: null,
        reason: expect.stringMatching(/^\S.{10,}/),
      });
      expect(report.refusedFile).toBe('');
      expect(report).toMatchObject({ unreadable: true, errors: [{ code: 'INVALID_EXTRACT' }] });
      expect(report.errors?.[0]?.message).toContain(report.refusedRows[0]?.reason);
      expect(await service.export('csv')).toBe(STORED);
    }
  });
});
