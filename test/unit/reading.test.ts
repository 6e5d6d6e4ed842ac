import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_KEYS, FIELDS, type FieldKey } from '../../src/domain/fields.ts';
import { parseDatePattern } from '../../src/domain/values/date-pattern.ts';
import { DEFAULT_IMPORT } from '../../src/ingest/import/import-extract.ts';
import { UnreadableExtract } from '../../src/ingest/rows/fault.ts';
import { readExtract } from '../../src/ingest/rows/read-extract.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { canonicalRow, inPieces, type ReadResult, read } from '../kit/reading.ts';
import { csvOf, jsonOf, LABELS, rowOf, rowWith } from '../kit/rows.ts';

const row = rowWith({});
const canonical = csvOf([row]);
/** A record without a value. */
const COMMAS = ','.repeat(FIELD_KEYS.length - 1);
const headerWithout = (...keys: readonly FieldKey[]) =>
  `${FIELD_KEYS.filter((key) => !keys.includes(key)).join(',')}\n`;

/** The rows as they came out; fails where one is refused. */
function rowsOf({ rows }: ReadResult) {
  expect(rows.flatMap(({ faults }) => faults)).toEqual([]);
  return rows.map((each) => each.row);
}

/** A file whose third line (after a good row of two lines) has other values than a good row. */
function withCells(cells: Partial<Record<FieldKey, string | null>>): string {
  return csvOf([row, rowWith(cells)]);
}

describe('a value that can not be taken refuses its row', () => {
  const text81 = 'x'.repeat(81);
  const dates =
    'accepted are yyyy-MM-dd, yyyy-MM-ddTHH:mm and yyyy-MM-ddTHH:mm:ss, each time with or without an offset; --date-format PATTERN accepts another form';
  const pairs = 'it has 32 hexadecimal digits in the form 3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const table: [FieldKey, string, string][] = [
    ['interviewType', 'PHNE', '"PHNE" is not an interview type; accepted are ONSITE, PHONE, VIDEO, OTHER'],
    [
      'applicationStage',
      'IN REVIEW',
      '"IN REVIEW" is not an application stage; accepted are NEW, IN_REVIEW, INTERVIEW, HIRED, REJECTED, WITHDRAWN, OFFER, LEAD, TRANSFERRED',
    ],
    ['candidateStatus', 'yes', '"yes" is not a candidate status; accepted are PENDING, TENTATIVE, ACCEPTED, DECLINED'],
    ['interviewerStatus', '1', '"1" is not an interviewer status; accepted are PENDING, TENTATIVE, ACCEPTED, DECLINED'],
    ['jobId', '7d444840-9dc0-11d1-b245-5ffdce74fad', `"7d444840-9dc0-11d1-b245-5ffdce74fad" is not a UUID; ${pairs}`],
    ['jobId', '7d4448409dc011d1b2455ffdce74fad2', `"7d4448409dc011d1b2455ffdce74fad2" is not a UUID; ${pairs}`],
    ['interviewCanceled', 'maybe', '"maybe" is not true or false'],
    ['interviewers', '2.5', '"2.5" is not a whole number'],
    ['interviewers', '2147483648', '"2147483648" is out of range; a whole number goes from -2147483648 to 2147483647'],
    ['interviewers', 'two', '"two" is not a number; a number has digits and a decimal point, as in 0.5'],
    ['duration', '0,5', '"0,5" is not a number; a number has digits and a decimal point, as in 0.5'],
    ['duration', '1:30', '"1:30" is not a number; a number has digits and a decimal point, as in 0.5'],
    [
      'interviewerRating',
      '1e15',
      '"1e15" has too many digits; at most 15 before the decimal point and 40 after it can be stored',
    ],
    [
      'interviewerRating',
      '1e-41',
      '"1e-41" has too many digits; at most 15 before the decimal point and 40 after it can be stored',
    ],
    [
      'interviewTimeZone',
      'Mars/Base\tOne',
      '"Mars/Base\\tOne" is not a time zone; accepted are the names of the IANA database, such as America/Los_Angeles',
    ],
    ['startTime', '5. März 2024', `"5. März 2024" is not a date; ${dates}`],
    ['startTime', '12024-03-05', `"12024-03-05" is not a date; ${dates}`],
    ['startTime', '2024-03-05T09', `"2024-03-05T09" is not a date; ${dates}`],
    ['startTime', '2024-03-05Z', `"2024-03-05Z" is not a date; ${dates}`],
    ['startTime', '2023-02-29', '"2023-02-29" is not a valid date in the years 0001 to 9999'],
    ['startTime', '1900-02-29T10:00:00', '"1900-02-29T10:00:00" is not a valid date in the years 0001 to 9999'],
    ['startTime', '2024-04-31', '"2024-04-31" is not a valid date in the years 0001 to 9999'],
    ['startTime', '0000-01-01', '"0000-01-01" is not a valid date in the years 0001 to 9999'],
    [
      'startTime',
      '2024-03-05T24:00:00',
      '"2024-03-05T24:00:00" is not a time of day; accepted are 00:00:00 to 23:59:59',
    ],
    ['endTime', '2024-03-05 09:00:60', '"2024-03-05 09:00:60" is not a time of day; accepted are 00:00:00 to 23:59:59'],
    [
      'endTime',
      '2024-03-05T09:00+18:01',
      '"2024-03-05T09:00+18:01" has an invalid offset; accepted are -18:00 to +18:00',
    ],
    [
      'endTime',
      '2024-03-05T09:00+05:60',
      '"2024-03-05T09:00+05:60" has an invalid offset; accepted are -18:00 to +18:00',
    ],
    ['interviewCreateDate', '0001-01-01T00:00+01', '"0001-01-01T00:00+01" is outside the years 0001 to 9999'],
    ['interviewUpdateDate', '9999-12-31T23:59:59-0100', '"9999-12-31T23:59:59-0100" is outside the years 0001 to 9999'],
    ['interviewStartDate', '9999-12-31T23:30:00Z', '"9999-12-31T23:30:00Z" is outside the years 0001 to 9999'],
    ['room', 'a\0b', 'the text contains a NUL character, which the database can’t store'],
    ['creatorEmployeeId', 'a\0b', 'the text contains a NUL character, which the database can’t store'],
    [
      'interviewerEmployeeId',
      'é'.repeat(256),
      `"${'é'.repeat(79)}…" has 256 characters; an identifier has at most 255`,
    ],
    ['jobId', text81, `"${'x'.repeat(79)}…" is not a UUID; ${pairs}`],
  ];

  test.each(table)('%s %j', async (column, stated, reason) => {
    const { rows, warnings, columns } = await read(withCells({ [column]: stated }));
    const value = stated.length > 80 ? `${stated.slice(0, 79)}…` : stated;
    const cells = rowWith({ [column]: stated });
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(rows[0]).toEqual({ line: 2, row, interviewId: row[0], faults: [], cells: null });
    expect(rows[1]).toEqual({
      line: 4,
      row: null,
      interviewId: row[0],
      faults: [{ line: 4, column, value, reason }],
      cells,
    });
    expect(warnings).toEqual([]);
    expect(columns).toEqual(FIELD_KEYS);
  });

  test('an instant without a zone to turn it into', async () => {
    const { rows } = await read(withCells({ startTime: '2024-03-05T09:00:00Z', interviewTimeZone: ' ' }));
    const reason =
      '"2024-03-05T09:00:00Z" is an instant, but the row has no interviewTimeZone to convert it to; use the local time, without an offset';
    expect(rows[1]?.faults).toEqual([{ line: 4, column: 'startTime', value: '2024-03-05T09:00:00Z', reason }]);
  });

  test('an instant in a zone that only the database knows', async () => {
    const cells = { startTime: '2024-03-05T09:00:00Z', interviewTimeZone: 'Posixrules' };
    const { rows } = await read(withCells(cells), {
      zones: new Map([
        ['posixrules', 'posixrules'],
        ['europe/berlin', 'Europe/Berlin'],
      ]),
    });
    const reason =
      '"2024-03-05T09:00:00Z" is an instant, but posixrules isn’t a known time zone; use the local time, without an offset';
    expect(rows[1]?.faults).toEqual([{ line: 4, column: 'startTime', value: '2024-03-05T09:00:00Z', reason }]);
  });

  test('an instant beside a zone that is refused is not refused as well', async () => {
    const { rows } = await read(withCells({ startTime: '2024-03-05T09:00:00Z', interviewTimeZone: 'Mars' }));
    expect(rows[1]?.faults.map(({ column }) => column)).toEqual(['interviewTimeZone']);
  });

  test('all that is wrong with a row is said', async () => {
    const { rows } = await read(withCells({ interviewId: ' ', jobId: 'x', duration: 'long', startTime: 'soon' }));
    expect(rows[1]?.faults.map(({ column }) => column)).toEqual(['interviewId', 'jobId', 'startTime', 'duration']);
    expect(rows[1]?.faults[0]).toEqual({
      line: 4,
      column: 'interviewId',
      value: null,
      reason: 'interviewId is empty, but it is required',
    });
    expect(rows[1]?.interviewId).toBeNull();
  });

  test('a record with another number of cells, with the id it seems to have', async () => {
    const { rows } = await read(`interviewId,room\n1,a\n2\n3,b,c\n\n4,d\n`, { allowMissingColumns: true });
    const fault = (line: number, reason: string) => [{ line, column: null, value: null, reason }];
    expect(rows.map(({ line, interviewId, cells, faults }) => ({ line, interviewId, cells, faults }))).toEqual([
      { line: 2, interviewId: '1', cells: null, faults: [] },
      { line: 3, interviewId: '2', cells: ['2'], faults: fault(3, 'the record has 1 cell, the header 2') },
      { line: 4, interviewId: '3', cells: ['3', 'b', 'c'], faults: fault(4, 'the record has 3 cells, the header 2') },
      { line: 6, interviewId: '4', cells: null, faults: [] },
    ]);
  });
});

describe('a value in another form comes out canonical', () => {
  const table: [FieldKey, string, string | null][] = [
    ['interviewId', ' 42\t', '42'],
    ['creatorEmployeeId', '  ', null],
    ['interviewerEmployeeId', '😀'.repeat(255), '😀'.repeat(255)],
    ['applicationId', ' 3F2504E0-4F89-41D3-9A0C-0305E82C3301 ', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['applicationStage', ' in_review ', 'IN_REVIEW'],
    ['interviewType', 'Video', 'VIDEO'],
    ['candidateStatus', '', null],
    ['interviewCanceled', 'TRUE', 'true'],
    ['interviewCanceled', ' False', 'false'],
    ['room', ' ', ' '],
    ['room', '', ''],
    ['interviewerReview', ' \r\nfine\ufeff ', ' \r\nfine\ufeff '],
    ['interviewTimeZone', 'america/los angeles', 'America/Los_Angeles'],
    ['interviewTimeZone', ' utc ', 'UTC'],
    ['interviewers', '2.0', '2'],
    ['interviewers', '+07', '7'],
    ['interviewers', '-2147483648', '-2147483648'],
    ['interviewers', '1e3', '1000'],
    ['duration', '0', '0'],
    ['duration', '-0', '0'],
    ['duration', '-0.00e7', '0'],
    ['duration', '00.50', '0.5'],
    ['duration', '.5', '0.5'],
    ['duration', '5.', '5'],
    ['duration', '+1.250e1', '12.5'],
    ['duration', '125E-4', '0.0125'],
    ['duration', '-12345.678e-2', '-123.45678'],
    ['duration', '1e14', '100000000000000'],
    ['duration', '1e-40', `0.${'0'.repeat(39)}1`],
    ['duration', '0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['duration', '\t', null],
    ['startTime', '2024-03-05', '2024-03-05T00:00:00'],
    ['startTime', '2024-03-05T09:30', '2024-03-05T09:30:00'],
    ['startTime', ' 2024-03-05 09:30:15 ', '2024-03-05T09:30:15'],
    ['startTime', '2024-03-05t08:30:15z', '2024-03-05T09:30:15'],
    ['startTime', '2024-07-05T08:30:15+00:00', '2024-07-05T10:30:15'],
    ['startTime', '2024-03-05T23:30-0500', '2024-03-06T05:30:00'],
    ['startTime', '2024-03-31T00:59:59Z', '2024-03-31T01:59:59'],
    ['startTime', '2024-03-31T01:00:00Z', '2024-03-31T03:00:00'],
    ['startTime', '2024-10-27T00:30:00Z', '2024-10-27T02:30:00'],
    ['startTime', '2024-10-27T01:30:00Z', '2024-10-27T02:30:00'],
    ['interviewStartDate', '0099-12-31T23:00:00Z', '0099-12-31T23:53:28'],
    ['interviewCreateDate', '2024-03-05T09:30:00+05:30', '2024-03-05T04:00:00'],
    ['interviewCreateDate', '2024-03-01T00:00-01', '2024-03-01T01:00:00'],
    ['interviewUpdateDate', '0001-01-01T01:00+01', '0001-01-01T00:00:00'],
    ['interviewUpdateDate', '9999-12-31', '9999-12-31T00:00:00'],
  ];

  test.each(table)('%s %j', async (column, stated, value) => {
    const result = await read(withCells({ [column]: stated }));
    expect(rowsOf(result)).toEqual([row, rowWith({ [column]: value })]);
    expect(result.warnings.filter(({ count }) => count === undefined)).toEqual([]);
  });

  test('an empty cell is null whatever the column, and only text can be empty text', async () => {
    const emptyTexts = FIELD_KEYS.map((key) => (key === 'interviewId' ? '1' : ''));
    const { rows } = await read(csvOf([emptyTexts, rowOf({ interviewId: '2' })]));
    expect(rows[0]?.row).toEqual(
      FIELDS.map(({ key, kind }) => (key === 'interviewId' ? '1' : kind === 'text' ? '' : null)),
    );
    expect(rows[1]?.row).toEqual(rowOf({ interviewId: '2' }));
  });

  test('a fraction of a second is cut, with one warning a file', async () => {
    const cells = { startTime: '2024-03-05T09:00:00.999999999', endTime: '2024-03-05 10:30:00,5+01:00' };
    const result = await read(csvOf([row, rowWith(cells), rowWith(cells)]));
    expect(rowsOf(result)).toEqual([row, row, row]);
    const reason = '4 dates with a fraction of a second, which is dropped';
    expect(result.warnings[0]).toEqual({
      line: 4,
      column: 'startTime',
      value: '2024-03-05T09:00:00.999999999',
      reason,
      count: 4,
    });
  });

  test('with a date pattern all dates have its form', async () => {
    const dateFormat = parseDatePattern('dd.MM.yyyy H:mm');
    const dates = { interviewCreateDate: '29.02.2024 7:05', interviewUpdateDate: '2024-03-05T09:00:00' };
    const cells = { ...dates, interviewStartDate: '5.3.2024 19:00', startTime: ' ', endTime: '30.02.2024 10:00' };
    const { rows } = await read(csvOf([rowWith(cells)]), { dateFormat });
    expect(rows[0]?.faults).toEqual([
      {
        line: 2,
        column: 'endTime',
        value: '30.02.2024 10:00',
        reason: '"30.02.2024 10:00" is not a date of the form dd.MM.yyyy H:mm',
      },
    ]);
    const good = { ...cells, interviewUpdateDate: '05.03.2024 09:00', endTime: null };
    expect(rowsOf(await read(csvOf([rowWith(good)]), { dateFormat }))).toEqual([
      rowWith({
        interviewCreateDate: '2024-02-29T07:05:00',
        interviewUpdateDate: '2024-03-05T09:00:00',
        interviewStartDate: '2024-03-05T19:00:00',
        startTime: null,
        endTime: null,
      }),
    ]);
  });
});

describe('columns', () => {
  test('keys and labels, in any order and letter case, name the same columns', async () => {
    const turn = (place: number) => (place * 7) % FIELD_KEYS.length;
    const shuffled = [...FIELD_KEYS.keys()].sort((a, b) => turn(a) - turn(b));
    const names = shuffled.map((place) => (place % 2 ? ` ${FIELD_KEYS[place]?.toUpperCase()} ` : `${LABELS[place]}`));
    const result = await read(
      csvOf(
        [shuffled.map((place) => row[place] ?? null)],
        names.map((name, i) => (i % 3 ? name : name.toLowerCase())),
      ),
    );
    expect(rowsOf(result)).toEqual([row]);
  });

  test('columns that no field has are warned of once and left out; refused rows keep their cells', async () => {
    const header = ['Notes', ...FIELD_KEYS, 'interview', ''];
    const { rows, warnings, columns } = await read(
      csvOf(
        [
          ['n', ...row, null, ''],
          ['m', ...rowWith({ jobId: 'x' }), 'i', null],
        ],
        header,
      ),
    );
    expect(warnings).toEqual([
      { line: 1, column: null, value: null, reason: 'unknown columns, not imported: "Notes", "interview", ""' },
    ]);
    expect(columns).toEqual(header);
    expect(rows[0]?.row).toEqual(row);
    expect(rows[1]?.cells).toEqual(['m', ...rowWith({ jobId: 'x' }), 'i', null]);
  });

  test('the reasons in a file of refused rows are left out quietly', async () => {
    const { rows, warnings, columns } = await read(
      csvOf(
        [
          ['jobId: …', ...row],
          ['jobId: …', ...rowWith({ jobId: 'x' })],
        ],
        ['reason', ...FIELD_KEYS],
      ),
    );
    expect(warnings).toEqual([]);
    expect(columns).toEqual(FIELD_KEYS);
    expect(rows[0]?.row).toEqual(row);
    expect(rows[1]?.cells).toEqual(rowWith({ jobId: 'x' }));
  });

  test('missing columns are empty where that is allowed', async () => {
    const { rows } = await read('startTime,INTERVIEW ID\n2024-01-01,7\n', { allowMissingColumns: true });
    expect(rows[0]?.row).toEqual(rowOf({ interviewId: '7', startTime: '2024-01-01T00:00:00' }));
  });
});

describe('a file of which nothing more can be read', () => {
  const keys = FIELD_KEYS.join(',');
  const utf16 = Buffer.from(`\ufeff${canonical}`, 'utf16le');
  const table: [string, string | Uint8Array, { line: number; column?: string; reason: string }][] = [
    ['nothing', '', { line: 1, reason: 'the file is empty; it must begin with a header' }],
    ['a byte order mark', '\ufeff', { line: 1, reason: 'the file is empty; it must begin with a header' }],
    ['blanks', ' \n\n \n', { line: 1, reason: 'the file is empty; it must begin with a header' }],
    [
      'no header',
      canonical.slice(canonical.indexOf('\n') + 1),
      {
        line: 1,
        reason:
          'this is not the header of an extract: it has no known column; the first line must name the columns: interviewId, applicationId, …',
      },
    ],
    [
      'a column twice',
      `${keys},Interview id\n`,
      {
        line: 1,
        column: 'Interview id',
        reason: 'the column interviewId appears twice, as "interviewId" and as "Interview id"',
      },
    ],
    [
      'a missing column',
      headerWithout('timeToProvideFeedback'),
      {
        line: 1,
        reason: 'the column timeToProvideFeedback is missing; --allow-missing-columns treats missing columns as empty',
      },
    ],
    [
      'missing columns',
      headerWithout('interviewers', 'timeToProvideFeedback'),
      {
        line: 1,
        reason:
          'the columns interviewers, timeToProvideFeedback are missing; --allow-missing-columns treats missing columns as empty',
      },
    ],
    [
      'no interview id',
      headerWithout('interviewId'),
      { line: 1, reason: 'the column interviewId is missing, but it is required' },
    ],
    [
      'a quote never closed',
      `${canonical}1,2,"3\n\n`,
      {
        line: 4,
        column: 'applicationStage',
        reason: 'a quote is opened here and never closed; the file may be truncated',
      },
    ],
    [
      'a quote too many',
      `${canonical}1,2,"3"4,\n`,
      {
        line: 4,
        column: 'applicationStage',
        reason:
          'a closing quote is followed by "4" instead of a comma or the end of the line; quotes inside a cell must be doubled',
      },
    ],
    [
      'Latin-1',
      Buffer.from(`${canonical}Zo\u00eb`, 'latin1'),
      { line: 2, reason: 'the byte 0xFC is not UTF-8; save the file as UTF-8' },
    ],
    [
      'a cut character',
      Buffer.from(`${canonical}\n\nü`).subarray(0, -1),
      { line: 6, reason: 'the byte 0xC3 is not UTF-8; save the file as UTF-8' },
    ],
    [
      'UTF-16 without a mark',
      utf16.subarray(2),
      { line: 1, reason: 'the text is UTF-16 without a byte order mark; save the file as UTF-8' },
    ],
    [
      'an old Excel workbook',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      {
        line: 1,
        reason:
          'this is an Excel workbook in the old format (.xls) or with a password; save it as .xlsx without a password, or the sheet as "CSV UTF-8"',
      },
    ],
    ['a gzip that is cut off', gzipSync(canonical).subarray(0, -9), { line: 4, reason: 'the gzip data is truncated' }],
    [
      'a gzip of which only the start is there',
      gzipSync(canonical).subarray(0, 10),
      { line: 1, reason: 'the gzip data is truncated' },
    ],
    [
      'a record that is cut off',
      `${canonical}1,2,3`,
      {
        line: 4,
        reason: `the file is truncated in this record: it has 3 of ${FIELD_KEYS.length} cells and no line break`,
      },
    ],
    [
      'a record that is cut off after a comma',
      `${canonical}1${COMMAS.slice(1)}`,
      {
        line: 4,
        reason: `the file is truncated in this record: it has ${COMMAS.length} of ${FIELD_KEYS.length} cells and no line break`,
      },
    ],
    ['invalid JSON', '[{]', { line: 1, reason: 'invalid JSON: expected a key or "}", found "]"' }],
    [
      'JSON that is cut off',
      `[${jsonOf(row)},{"room":"B`,
      { line: 2, reason: 'invalid JSON: a string is never closed; the file may be truncated' },
    ],
    [
      'JSON without its end',
      `[${jsonOf(row)}`,
      { line: 1, reason: 'the JSON ends too early; the file may be truncated' },
    ],
    [
      'JSON with something after it',
      `{"content":[${jsonOf(row)}]}\n{}`,
      { line: 1, reason: 'invalid JSON: there is more text after its end' },
    ],
    [
      'an answer that is no extract',
      '{"message":"Unauthorized","errors":[]}',
      { line: 1, reason: 'this is not an extract; it must be {"content":[…]}, an array of rows, or one row per line' },
    ],
    [
      'JSON that is not UTF-8',
      Buffer.from(`[${jsonOf(row)},{"room":"\xff"}]`, 'latin1'),
      { line: 1, reason: 'the byte 0xFC is not UTF-8; save the file as UTF-8' },
    ],
  ];

  test.each(table)('%s', async (_, file, { line, column = null, reason }) => {
    for (const pieceSize of [undefined, 1]) {
      const error = await read(file, {}, pieceSize).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(UnreadableExtract);
      const unreadable = error as UnreadableExtract;
      expect(unreadable.fault).toEqual({ line, column, value: null, reason });
      expect(unreadable.code).toBe('INVALID_EXTRACT');
      expect(unreadable.message).toMatch(/^extract, (line|element) \d+(, column [A-Za-z ]+)?: /);
      expect(unreadable.message.endsWith(`: ${reason}`)).toBe(true);
    }
  });

  test('a record without a line end that has all its cells is read, with one warning', async () => {
    const reason = 'the file doesn’t end with a line break; if it was truncated, the last value may be incomplete';
    for (const pieceSize of [undefined, 1]) {
      const cut = await read(`${canonical}1${COMMAS}`, {}, pieceSize);
      expect(rowsOf(cut)).toHaveLength(2);
      expect(cut.warnings).toEqual([{ line: 4, column: null, value: null, reason }]);
      for (const end of ['\n', '\r\n', '\r', '\n\n'])
        expect((await read(`${canonical}1${COMMAS}${end}`, {}, pieceSize)).warnings).toEqual([]);
    }
  });

  test('a corrupt gzip, with the line that was read last before it', async () => {
    const corrupt = Buffer.concat([gzipSync(canonical).subarray(0, -8), Buffer.alloc(8)]);
    await expect(read(corrupt)).rejects.toThrow('extract, line 1: the gzip data is corrupt');
    await expect(read(corrupt, {}, 1)).rejects.toThrow('extract, line 4: the gzip data is corrupt');
  });

  test('the rows before the fault are read', async () => {
    const { rows } = await readExtract(
      { name: 'extract', bytes: inPieces(`interviewId\n1\n2\n"3`) },
      { ...DEFAULT_IMPORT, zones: new Map(), allowMissingColumns: true },
    );
    const ids: (string | null)[] = [];
    await expect(
      (async () => {
        for await (const batch of rows) ids.push(...batch.map(({ interviewId }) => interviewId));
      })(),
    ).rejects.toThrow(
      'extract, line 4, column interviewId: a quote is opened here and never closed; the file may be truncated',
    );
    expect(ids).toEqual(['1', '2']);
  });

  test('what the source throws is thrown as it is', async () => {
    const broken = new Error('connection lost');
    for (const start of [canonical.slice(0, 100), canonical, gzipSync(canonical).subarray(0, 50)]) {
      const bytes = (async function* () {
        yield* inPieces(start);
        throw broken;
      })();
      const reading = (async () => {
        const { rows } = await readExtract({ name: 'x', bytes }, { ...DEFAULT_IMPORT, zones: new Map() });
        for await (const _ of rows);
      })();
      await expect(reading).rejects.toBe(broken);
    }
  });

  test('the source is closed when the reading ends early', async () => {
    for (const file of [canonical.repeat(100), gzipSync(canonical.repeat(100)), `[${jsonOf(row)}`, 'no header\n']) {
      let closed = false;
      const bytes = (async function* () {
        try {
          yield* inPieces(file);
          for (;;) yield Buffer.alloc(100_000, ' ');
        } finally {
          closed = true;
        }
      })();
      const options = { ...DEFAULT_IMPORT, zones: new Map([['europe/berlin', 'Europe/Berlin']]) };
      const extract = await readExtract({ name: 'x', bytes }, options).catch(() => null);
      if (extract !== null) for await (const _ of extract.rows) break;
      await expect.poll(() => closed).toBe(true);
    }
  });
});

describe('whatever the form, the rows are the same', () => {
  test('canonical rows come back from CSV, JSON and NDJSON, plain or gzip, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(canonicalRow, { maxLength: 4 }),
        fc.integer({ min: 1, max: 999 }),
        async (rows, size) => {
          const csv = csvOf(rows);
          const objects = rows.map((row) => jsonOf(row));
          const files = [
            csv,
            `\ufeff${csvOf(rows, LABELS, '\r\n')}`,
            `{"content":[${objects.join(',')}]}`,
            `\ufeff[${objects.join(' ,\n')}]\n`,
            gzipSync(csv),
            Buffer.concat([gzipSync(csv.slice(0, 100)), gzipSync(Buffer.from(csv).subarray(100))]),
          ];
          if (rows.length > 0) files.push(objects.join('\n'), objects.join(''));
          for (const file of files) {
            expect(rowsOf(await read(file))).toEqual(rows);
            expect(rowsOf(await read(file, {}, size))).toEqual(rows);
          }
        },
      ),
      { numRuns: propertyRuns(40) },
    );
  });

  test('a character that stands across the blocks of a long file is one', async () => {
    for (const character of ['é', '€', '😀']) {
      for (let shift = 0; shift < Buffer.byteLength(character); shift += 1) {
        const rows = [rowWith({ room: 'x'.repeat(shift), interviewerReview: character.repeat(200_000) }), row];
        expect(rowsOf(await read(csvOf(rows)))).toEqual(rows);
        expect(rowsOf(await read(`[${rows.map((row) => jsonOf(row))}]`, {}, 10_001))).toEqual(rows);
      }
    }
  });

  test('a file with any bytes changed is read or refused, never a surprise', async () => {
    const files = [canonical, `{"content":[${jsonOf(row)}]}`, gzipSync(canonical), csvOf([row, row], LABELS, '\r\n')];
    const edits = fc.array(fc.tuple(fc.nat(2000), fc.uint8Array({ maxLength: 3 }), fc.nat(3)), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), edits, async (file, changes) => {
        let bytes = Buffer.from(file);
        for (const [at, inserted, removed] of changes) {
          const place = at % bytes.length;
          bytes = Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + removed), Buffer.of(10)]);
        }
        const outcome = await read(bytes).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnreadableExtract);
      }),
      { numRuns: 1000 },
    );
  });
});
