/**
 * How spreadsheets, databases and libraries write an extract: each way gives the rows of the canonical file, and the report says in one line
 * what was read otherwise than it is written. Or it is refused, in words.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_KEYS, type FieldKey } from '../../src/domain/fields.ts';
import type { ImportOptions } from '../../src/ingest/import/import-extract.ts';
import type { Finding } from '../../src/ingest/import/report.ts';
import { csvOf, LABELS, rowOf, rowWith, type Values } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const BOM = '\ufeff';
const NO_BREAK = '\u00a0';

/** Two rows whose interviews have one time slot each, so that nothing else is worth a warning. */
const VALUES: readonly Values[] = [
  {
    interviewId: 'i-1',
    interviewStartDate: '2024-03-05T09:00:00',
    interviewDuration: '1.5',
    interviewers: '1',
    timeToProvideFeedback: '22.25',
    interviewLocation: 'Berlin',
    interviewerReview: 'Good.',
    room: 'A',
  },
  {
    interviewId: 'i-2',
    interviewCreateDate: '2024-03-14T08:00:00',
    interviewStartDate: '2024-03-15T13:00:00',
    startTime: '2024-03-15T13:00:00',
    endTime: '2024-03-15T14:30:00',
    interviewCanceled: 'true',
    interviewDuration: '1.5',
    interviewers: '1',
    timeToProvideFeedback: null,
    interviewLocation: null,
    interviewerReview: null,
    room: null,
  },
];
const ROWS = VALUES.map(rowWith);
const CANONICAL = csvOf(ROWS);

/** The canonical rows with other texts for the values of some fields. */
const written = (respelled: Partial<Record<FieldKey, (value: string) => string>>): (string | null)[][] =>
  ROWS.map((row) =>
    row.map((value, at) => {
      const key = FIELD_KEYS[at] as FieldKey;
      return value === null ? null : (respelled[key]?.(value) ?? value);
    }),
  );
const DATES = ['interviewCreateDate', 'interviewUpdateDate', 'interviewStartDate', 'startTime', 'endTime'] as const;
const NUMBERS = ['interviewDuration', 'interviewerRating', 'duration', 'timeToProvideFeedback'] as const;
const all = <K extends FieldKey>(keys: readonly K[], write: (value: string) => string) =>
  Object.fromEntries(keys.map((key) => [key, write])) as Partial<Record<FieldKey, (value: string) => string>>;

/** Writes cells between separators, with the quotes that these need. */
const separated = (
  separator: string,
  rows: readonly (readonly (string | null)[])[],
  header: readonly string[] = FIELD_KEYS,
  lineEnd = '\r\n',
): string =>
  [header, ...rows]
    .map((cells) =>
      cells
        .map((cell) =>
          cell === null
            ? ''
            : /["\r\n]/.test(cell) || cell.includes(separator) || cell === ''
              ? `"${cell.replaceAll('"', '""')}"`
              : cell,
        )
        .join(separator),
    )
    .map((line) => line + lineEnd)
    .join('');

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const lines = (csv: string): string[] => csv.split('\n').slice(0, -1);
const [HEADER_LINE = '', FIRST = '', SECOND = ''] = lines(CANONICAL);
const joined = (...all: string[]): string => all.map((line) => `${line}\n`).join('');
const german = (date: string): string => date.replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+:\d+)$/, '$3.$2.$1 $4');
const american = (date: string): string => date.replace(/^(\d+)-(\d+)-(\d+)T(.*)$/, '$2/$3/$1 $4');
const british = (date: string): string => date.replace(/^(\d+)-(\d+)-(\d+)T(.*)$/, '$3/$2/$1 $4');
const comma = (number: string): string => number.replace('.', ',');

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const WAYS: readonly [
  way: string,
  file: string | Uint8Array,
  says: readonly string[],
  options?: Partial<ImportOptions>,
][] = [
  ['the canonical form', CANONICAL, []],
  ['CRLF and a byte order mark', BOM + CANONICAL.replaceAll('\n', '\r\n'), []],
  ['semicolons', separated(';', ROWS), ['read as written: its cells are separated by semicolons']],
  ['tabs', separated('\t', ROWS), ['read as written: its cells are separated by tabs']],
  ['vertical bars', separated('|', ROWS), ['read as written: its cells are separated by vertical bars']],
  ['a first line sep=,', `sep=,\r\n${CANONICAL}`, ['read as written: its first line names the separator']],
  [
    'a first line sep=;',
    `sep=;\r\n${separated(';', ROWS)}`,
    ['read as written: its cells are separated by semicolons, its first line names the separator'],
  ],
  [
    'a first line "sep=;" in quotes',
    `"sep=;"\n${separated(';', ROWS)}`,
    ['read as written: its cells are separated by semicolons, its first line names the separator'],
  ],
  [
    'UTF-16 with tabs, as Excel writes Unicode text',
    Buffer.from(BOM + separated('\t', ROWS), 'utf16le'),
    ['read as written: the file is in UTF-16, its cells are separated by tabs'],
  ],
  [
    'UTF-16 with the other order of bytes',
    Buffer.from(BOM + CANONICAL, 'utf16le').swap16(),
    ['read as written: the file is in UTF-16'],
  ],
  [
    'a header in snake_case',
    csvOf(ROWS, FIELD_KEYS.map(snake)),
    [
      '27 column names read by the letters and digits alone: "interview_id", "application_id", "application_stage", "application_step", "candidate_profile_id", "candidate_status", "job_id", "interview_type", "interview_location", "interview_create_date", "interview_update_date", "interview_start_date", "interview_time_zone", "interview_duration", "interview_canceled", "creator_employee_id", "creator_first_name", "creator_last_name", "interviewer_employee_id", "interviewer_first_name" and 7 more',
    ],
  ],
  [
    'a no-break space, two blanks and a hyphen in labels',
    csvOf(
      ROWS,
      LABELS.map((label, at) =>
        at === 0
          ? label.replace(' ', NO_BREAK)
          : at === 1
            ? label.replace(' ', '  ')
            : at === 2
              ? label.replace(' ', '-')
              : label,
      ),
    ),
    [
      `3 column names read by the letters and digits alone: "Interview${NO_BREAK}ID", "Application  ID", "Application-Stage"`,
    ],
  ],
  [
    'the header again in the middle',
    joined(HEADER_LINE, FIRST, HEADER_LINE, SECOND),
    ['the header comes again 1 time, as in joined files; skipped'],
  ],
  [
    'rows of separators before the header',
    joined(','.repeat(29), HEADER_LINE, FIRST, SECOND),
    ['1 row without any content skipped'],
  ],
  [
    'rows of blanks, no-break spaces, quotes and separators',
    joined(HEADER_LINE, FIRST, `  ,${' ,'.repeat(28)} `, '   ', NO_BREAK, SECOND, '"",'.repeat(29), ','.repeat(29)),
    ['5 rows without any content skipped'],
  ],
  [
    'empty cells beyond the header',
    joined(HEADER_LINE, `${FIRST},`, `${SECOND},,""`),
    ['2 rows with empty cells beyond the header, which are dropped'],
  ],
  [
    'an empty last column left out',
    joined(HEADER_LINE, FIRST, SECOND.replace(/,$/, '')),
    ['1 row with fewer cells than the header; the missing cells at the end are empty'],
  ],
  [
    'dates with UTC after them',
    csvOf(written(all(['interviewCreateDate', 'interviewUpdateDate'], (date) => `${date.replace('T', ' ')} UTC`))),
    ['2 dates with UTC or GMT read as an instant in UTC'],
  ],
  [
    'an offset after a blank',
    csvOf(written(all(['startTime', 'endTime'], (date) => `${date.replace('T', ' ')} +01:00`))),
    [
      '4 dates with a blank before the offset read without it',
      '4 dates with Z or an offset converted to the wall clock of the interview’s time zone',
    ],
  ],
  [
    'fractions of a second',
    csvOf(written(all(['startTime'], (date) => `${date}.125`))),
    ['2 dates with a fraction of a second, which is dropped'],
  ],
  ['dates with dots', csvOf(written(all(DATES, german))), ['8 dates read as day, month, year']],
  [
    'American dates, of which one says so',
    csvOf(written(all(DATES, american))),
    [
      '5 dates read as month, day, year',
      '3 dates that could also begin with the day read as month, day, year, as another of the file can only be',
    ],
  ],
  [
    'British dates, of which one says so',
    csvOf(written(all(DATES, british))),
    [
      '5 dates read as day, month, year',
      '3 dates that could also begin with the month read as day, month, year, as another of the file can only be',
    ],
  ],
  [
    'dates of 12 hours',
    csvOf(
      written(
        all(['startTime', 'endTime'], (date) =>
          date.replace(
            /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)$/,
            (_, y, m, d, h, min, s) => `${m}/${d}/${y} ${h % 12 || 12}:${min}:${s} ${h < 12 ? 'AM' : 'PM'}`,
          ),
        ),
      ),
    ),
    [
      '2 dates that could also begin with the day read as month, day, year, as another of the file can only be',
      '2 dates read as month, day, year',
    ],
  ],
  [
    'dates with slashes and the year first',
    csvOf(written(all(['startTime'], (date) => date.replaceAll('-', '/').replace('T', ' ')))),
    ['2 dates read as year, month, day'],
  ],
  [
    'decimal commas between semicolons',
    separated(';', written(all(NUMBERS, comma))),
    ['read as written: its cells are separated by semicolons', '7 numbers with a comma as the decimal sign'],
  ],
  [
    'decimal points between semicolons',
    separated(';', ROWS),
    ['read as written: its cells are separated by semicolons'],
  ],
  ...[
    't/f',
    '1/0',
    'yes/no',
    'Y/N',
    '1.0/0.0',
    'WAHR/FALSCH',
    'VRAI/FAUX',
    'VERDADERO/FALSO',
    'VERDADEIRO/FALSO',
    'VERO/FALSO',
    'WAAR/ONWAAR',
    'PRAWDA/FAŁSZ',
  ].map((words): (typeof WAYS)[number] => {
    const [yes = '', no = ''] = words.split('/');
    return [
      `${words} for true and false`,
      csvOf(written({ interviewCanceled: (value) => (value === 'true' ? yes : no) })),
      ['2 words or numbers read as true or false'],
    ];
  }),
  [
    'zones of Windows',
    csvOf(written({ interviewTimeZone: () => 'W. Europe Standard Time' })),
    ['2 time zones with a name of Windows or Rails read as the zone of the IANA database'],
  ],
  [
    'zones of Rails',
    csvOf(written({ interviewTimeZone: () => 'Berlin' })),
    ['2 time zones with a name of Windows or Rails read as the zone of the IANA database'],
  ],
  ...['NULL', '\\N', 'N/A', 'NaN', 'null', '#N/A', 'NaT', 'None'].map((word): (typeof WAYS)[number] => [
    `${word} for a missing value`,
    csvOf(
      ROWS.map((row) =>
        row.map(
          (value, at) =>
            value ??
            (['timeToProvideFeedback', 'interviewUpdateDate', 'candidateProfileId', 'interviewerStatus'].includes(
              FIELD_KEYS[at] ?? '',
            )
              ? word
              : null),
        ),
      ),
    ),
    [`5 cells with a word for a missing value, such as NULL, read as null`],
  ]),
  [
    'a word of one’s own for a missing value',
    csvOf(ROWS.map((row) => row.map((value) => value ?? '-'))),
    ['8 cells with a text that the option null names, read as null'],
    { nulls: new Set(['-']) },
  ],
];

describe('An extract written with', () => {
  test.each(WAYS)('%s is read as the canonical one', async (_, file, says, options = {}) => {
    await service.clear();
    const report = await service.import(file, { replaceAll: true, ...options });
    expect(report.refusedRows).toEqual([]);
    expect(report).toMatchObject({ saved: true, read: 2, inserted: 2 });
    expect(report.warnings.map(({ reason }) => reason)).toEqual(says);
    expect(await service.export('csv')).toBe(CANONICAL);
  });
});

/** What an import says, as `line column: reason`. */
const said = (findings: readonly Finding[]): string[] =>
  findings.map(({ line, column, reason }) => `${line} ${column ?? '-'}: ${reason}`);

const with1 = (values: Values): string => csvOf([rowWith({ ...VALUES[0], ...values })]);

const REFUSED: readonly [what: string, file: string | Uint8Array, says: RegExp][] = [
  [
    'a record with content beyond the header',
    joined(HEADER_LINE, `${FIRST},x`),
    /^2 -: the record has 31 cells, the header 30$/,
  ],
  [
    'a record of one cell, such as a sum below the rows',
    joined(HEADER_LINE, FIRST, 'Total: 1'),
    /^3 -: the record has 1 cell, the header 30$/,
  ],
  [
    'a record that a line break tore in two',
    joined(HEADER_LINE, FIRST.replace(/,Berlin.*$/, ',Ber'), `lin${FIRST.replace(/^.*,Berlin/, '')}`),
    /^2 -: the record has 9 cells, the header 30, and the record after it is refused: a line break within a value may have torn it in two$/,
  ],
  [
    'a last record without its cells and without a line end',
    joined(HEADER_LINE, FIRST) + SECOND.replace(/,$/, ''),
    /^3 -: the file is truncated in this record: it has 29 of 30 cells and no line break$/,
  ],
  [
    'dates with slashes that no value decides',
    with1({
      interviewCreateDate: '01/02/2024',
      startTime: '03/05/2024 09:00:00',
      endTime: null,
      interviewStartDate: null,
    }),
    /^2 interviewCreateDate: "01\/02\/2024" may begin with the day or with the month, and no date up to 5,000 rows on shows which; --date-format PATTERN says it$/,
  ],
  [
    'dates with slashes in two orders',
    csvOf([
      rowWith({ startTime: '13/05/2024 09:00:00' }),
      rowWith({ interviewId: 'i-2', startTime: '05/13/2024 09:00:00' }),
    ]),
    /^4 -: "05\/13\/2024 09:00:00" has the month first, but "13\/05\/2024 09:00:00" in line 2 the day first: the dates of the file are in two orders, so none of them can be trusted$/,
  ],
  [
    'a year of two digits',
    with1({ startTime: '05/13/24 09:00' }),
    /^2 startTime: "05\/13\/24 09:00" is a date with a year of 2 digits; --date-format PATTERN says how to read it$/,
  ],
  [
    'what may be thousands',
    separated(';', [
      rowWith({ duration: '1.234', interviewDuration: null, interviewerRating: null, timeToProvideFeedback: null }),
    ]),
    /^2 duration: "1\.234" may have a fraction or thousands, and no number of the file says whether the decimal sign is a comma or a point; --decimal comma or point says it$/,
  ],
  [
    'thousands in a file of decimal commas',
    separated(';', [
      rowWith({ duration: '1.234', interviewDuration: '1,5', interviewerRating: null, timeToProvideFeedback: null }),
    ]),
    /^2 duration: "1\.234" seems to have a point between its thousands, as the decimal sign of the file is a comma; write it without$/,
  ],
  [
    'thousands and a decimal comma',
    separated(';', [
      rowWith({ duration: '1.234,5', interviewDuration: null, interviewerRating: null, timeToProvideFeedback: null }),
    ]),
    /^2 duration: "1\.234,5" has signs between its thousands; write it without them$/,
  ],
  [
    'two decimal signs',
    separated(';', [
      rowWith({ duration: '1.5', interviewDuration: '1,5', interviewerRating: null, timeToProvideFeedback: null }),
    ]),
    /^2 -: "1\.5" has a decimal point, but "1,5" in line 2 a decimal comma: with two decimal signs in a file, none of its numbers can be trusted$/,
  ],
  [
    'a decimal comma between commas',
    with1({ duration: '1,5' }),
    /^2 duration: "1,5" is not a number; a number has digits and a decimal point, as in 0\.5$/,
  ],
  [
    'an id that a spreadsheet took for a number',
    BOM + with1({ interviewId: '5.81E+023' }),
    /^2 interviewId: "5\.81E\+023" is what a spreadsheet makes of a long id that it takes for a number, and the id can’t be recovered; import the original file, or a workbook whose column has the format Text; --keep-ids takes it as it is$/,
  ],
  [
    'an id that a spreadsheet spoilt in a file that looks canonical but for its booleans',
    with1({ creatorEmployeeId: '5.81E+23', interviewCanceled: 'FALSE' }),
    /^2 creatorEmployeeId: "5\.81E\+23" is what a spreadsheet makes of a long id/,
  ],
  [
    'a header of which no name is known',
    'a:b:c\n1:2:3\n',
    /^1 -: this is not the header of an extract: it has no known column/,
  ],
  [
    'sep= with another character',
    `sep=:\n${CANONICAL}`,
    /^1 -: sep=: names a separator that is not accepted; accepted are commas, semicolons, tabs, vertical bars$/,
  ],
  [
    'half a code unit of UTF-16',
    Buffer.from(BOM + CANONICAL, 'utf16le').subarray(0, -1),
    /^3 -: the bytes from here on are not UTF-16, as the byte order mark says; save the file as UTF-8$/,
  ],
];

describe('Nothing is guessed:', () => {
  test.each(REFUSED)('%s is refused in words, and nothing is saved', async (_, file, says) => {
    await service.clear();
    const report = await service.import(file);
    expect(report.saved).toBe(false);
    expect(said(report.refusedRows)[0]).toMatch(says);
    expect(await service.export('csv')).toBe(`${HEADER_LINE}\n`);
  });

  test('what decides may come later: the rows before it wait, and keep their order', async () => {
    const early = Array.from({ length: 1200 }, (_, at) =>
      rowWith({
        interviewId: `i-${at}`,
        interviewCreateDate: null,
        startTime: '03/05/2024 09:00:00',
        endTime: null,
        duration: null,
        interviewDuration: null,
        interviewers: '1',
        interviewStartDate: null,
      }),
    );
    const last = rowWith({
      interviewId: 'last',
      interviewCreateDate: '31/12/2023',
      interviewStartDate: null,
      startTime: null,
      endTime: null,
      interviewDuration: null,
      interviewers: '1',
    });
    await service.clear();
    const report = await service.import(csvOf([...early, last]));
    expect(report).toMatchObject({ saved: true, inserted: 1201, refusedRows: [] });
    expect(
      report.warnings.map(({ line, column, value, reason, count }) => ({ line, column, value, reason, count })),
    ).toEqual([
      {
        line: 2,
        column: 'startTime',
        value: '03/05/2024 09:00:00',
        reason:
          '1,200 dates that could also begin with the month read as day, month, year, as another of the file can only be',
        count: 1200,
      },
      {
        line: 2402,
        column: 'interviewCreateDate',
        value: '31/12/2023',
        reason: '1 date read as day, month, year',
        count: 1,
      },
      {
        line: 2402,
        column: 'interviewCreateDate',
        value: '31/12/2023',
        reason: '1 date without a time of day read as midnight',
        count: 1,
      },
    ]);
    expect(
      await service.rows("SELECT DISTINCT start_time::text FROM appointment WHERE interview_id LIKE 'i-%'"),
    ).toEqual([{ start_time: '2024-05-03 09:00:00' }]);
  });

  test('the file of refused rows can be imported again once what is wrong is mended, whatever the first file was like', async () => {
    await service.clear();
    const rows = written({ ...all(NUMBERS, comma), ...all(DATES, british) }).map((cells, at) =>
      cells.map((cell, index) => (at === 0 && FIELD_KEYS[index] === 'applicationId' ? 'x' : cell)),
    );
    const { refusedFile } = await service.import(`\ufeff${separated(';', rows)}`, { skipInvalid: true });
    expect(refusedFile).toContain('applicationId: ""x"" is not a UUID');
    const right = rowWith(VALUES[0] as Values)[FIELD_KEYS.indexOf('applicationId')] ?? '';
    const mended = await service.import(refusedFile.replace(',x,', `,${right},`));
    expect(mended).toMatchObject({ saved: true, refused: 0, inserted: 1 });
    expect(await service.export('csv')).toBe(CANONICAL);
  });

  test('an impossible date does not decide the order of the others', async () => {
    const rows = ['45/03/2024', '13/13/2024'].map((interviewCreateDate, at) => ({
      interviewId: `x-${at}`,
      interviewCreateDate,
    }));
    await service.clear();
    const report = await service.import(
      csvOf([...rows, { interviewId: 'y', interviewCreateDate: '01/02/2024' }].map(rowOf)),
      { skipInvalid: true },
    );
    expect(report).toMatchObject({ saved: false, refused: 3 });
    expect(said(report.refusedRows)).toEqual([
      '2 interviewCreateDate: "45/03/2024" is not a valid date',
      '3 interviewCreateDate: "13/13/2024" is not a valid date',
      expect.stringMatching(/^4 interviewCreateDate: "01\/02\/2024" may begin with the day or with the month/),
    ]);
  });

  test('the decimal sign that an option gives is that of texts, not of numbers in JSON', async () => {
    await service.clear();
    await service.import(CANONICAL);
    const json = await service.export('json', 'include');
    const options = { decimal: 'comma' } as const;
    expect(await service.import(json, options)).toMatchObject({ saved: true, unchanged: 2 });
    const quoted = csvOf(written(all(NUMBERS, comma)));
    expect(await service.import(quoted, options)).toMatchObject({ saved: true, unchanged: 2 });
    expect((await service.import(CANONICAL, options)).refusedRows[0]?.reason).toMatch(/two decimal signs/);
  });

  test('with the option an id in the form of a number is kept, as in JSON and in a canonical file, and the report says so', async () => {
    const spoilt = with1({ interviewId: '5.81E+023' });
    for (const [file, options] of [
      [BOM + spoilt, { keepIds: true }],
      [spoilt, {}],
    ] as const) {
      await service.clear();
      const report = await service.import(file, options);
      expect(report).toMatchObject({ saved: true, inserted: 1 });
      expect(report.warnings.map(({ reason }) => reason)).toEqual([
        '1 id in the form that spreadsheets give to numbers, kept',
      ]);
      expect(await service.export('csv')).toBe(spoilt);
    }
    const json = await service.export('json', 'include');
    await service.clear();
    expect(await service.import(json)).toMatchObject({ saved: true, inserted: 1, warnings: [] });
  });

  test('texts that mean nothing to others are kept, with a line of the report', async () => {
    const file = with1({ interviewerLastName: 'NULL', room: 'N/A', interviewLocation: 'Null' });
    await service.clear();
    const report = await service.import(file);
    expect(report.warnings.map(({ reason }) => reason)).toEqual([
      '3 texts that may mean a missing value, such as NULL, kept as text; the option null reads them as null',
    ]);
    expect(await service.export('csv')).toBe(file);
  });
});

describe('What a spreadsheet has made less precise', () => {
  const precise = csvOf([
    rowWith({
      ...VALUES[0],
      interviewCreateDate: '2024-02-29T23:59:59',
      startTime: '2024-03-05T09:00:30',
      interviewStartDate: '2024-03-05T09:00:30',
      endTime: '2024-03-05T10:30:30',
      timeToProvideFeedback: '26.466666666666665',
    }),
    rowWith({ ...VALUES[1], timeToProvideFeedback: '0.1234567890123401' }),
  ]);
  const minutes = (csv: string) => csv.replace(/(\d)T(\d\d:\d\d):\d\d/g, '$1 $2');

  test('is kept as it is stored: seconds, and digits after the fifteenth', async () => {
    await service.clear();
    await service.import(precise);
    const saved =
      BOM +
      minutes(precise)
        .replace('26.466666666666665', '26.4666666666667')
        .replace('0.1234567890123401', '0.12345678901234');
    const report = await service.import(saved);
    expect(report).toMatchObject({ saved: true, unchanged: 2, updated: 0, inserted: 0, removed: 0, moved: 0 });
    expect(report.warnings.map(({ reason }) => reason)).toEqual([
      '4 dates without seconds: the stored time of the same minute is kept',
      '2 numbers with 8 to 15 digits: the stored number that rounds to them is kept',
    ]);
    expect(await service.export('csv')).toBe(precise);
  });

  test('is taken where it says something else', async () => {
    await service.clear();
    await service.import(precise);
    const report = await service.import(
      BOM +
        minutes(precise)
          .replace('2024-02-29 23:59', '2024-02-29 23:58')
          .replace('26.466666666666665', '26.46666666666'),
    );
    expect(report).toMatchObject({ saved: true, updated: 1, unchanged: 1 });
    expect(
      await service.rows(
        "SELECT interview_create_date::text, start_time::text, time_to_provide_feedback::text FROM appointment WHERE interview_id = 'i-1'",
      ),
    ).toEqual([
      {
        interview_create_date: '2024-02-29 23:58:00',
        start_time: '2024-03-05 09:00:30',
        time_to_provide_feedback: '26.46666666666',
      },
    ]);
  });
});
