/** Every parameter of the route and every combination of them, over generated rows; the expected rows come from a plain filter here. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CanonicalRow, FIELD_INDEX, FIELDS, type FieldKey } from '../../src/domain/fields.ts';
import { parseDatePattern } from '../../src/domain/values/date-pattern.ts';
import { patternTokens } from '../../src/domain/values/date-pattern-tokens.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { readCanonical, toCsv, toJson } from '../kit/canonical.ts';
import { nextOf } from '../kit/download.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvCell, HEADER, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';

let service: Service;
/** The rows in the export's order. */
let rows: CanonicalRow[];
/** The slot's start as an instant, by row, in milliseconds since 1970; null where it has none. */
let startsAt: (number | null)[];

beforeAll(async () => {
  service = await startService();
  const extract = [...generateExtract({ rows: 400, seed: 11 })].join('');
  expect(await service.import(extract)).toMatchObject({ saved: true });
  const csv = await service.export('csv');
  expect(csv).toBe(extract);
  rows = readCanonical(csv);
  const instants = await service.rows(
    'SELECT extract(epoch FROM starts_at) * 1000 AS at FROM appointment a ORDER BY interview_create_date, interview_id, start_time, end_time, room, interviewer_employee_id, row_id',
  );
  startsAt = instants.map(({ at }) => (at === null ? null : Number(at)));
});
afterAll(() => service?.stop());

const cell = (row: CanonicalRow, key: FieldKey): string | null => row[FIELD_INDEX[key]] ?? null;

const EQUAL: readonly FieldKey[] = [
  'interviewId',
  'applicationId',
  'jobId',
  'candidateProfileId',
  'interviewerEmployeeId',
  'applicationStage',
  'candidateStatus',
  'interviewType',
  'interviewerStatus',
  'interviewCanceled',
];

/** A filter: its parameters, and what it means. */
interface Filter {
  readonly parameters: readonly (readonly [string, string])[];
  /** Of a time, what it is compared with. */
  readonly moment?: string | number;
  keeps(row: CanonicalRow, at: number): boolean;
}

const equal: fc.Arbitrary<Filter> = fc
  .record({
    key: fc.constantFrom(...EQUAL),
    picks: fc.array(fc.nat(399), { minLength: 1, maxLength: 3 }),
    upper: fc.boolean(),
  })
  .map(({ key, picks, upper }) => {
    const values = picks.map((pick) => cell(rows[pick] ?? [], key)).filter((value) => value !== null);
    const untidy = (value: string) =>
      upper && key !== 'interviewId' && key !== 'interviewerEmployeeId' ? ` ${value.toUpperCase()}` : value;
    return {
      parameters: values.map((value) => [key, untidy(value)] as const),
      keeps: (row) => values.length === 0 || values.includes(cell(row, key) ?? '\0'),
    };
  });

const clock = fc
  .date({ min: new Date('2025-12-01T00:00:00Z'), max: new Date('2027-02-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19));

const times: fc.Arbitrary<Filter> = fc
  .record({
    name: fc.constantFrom('updatedSince', 'startsFrom', 'startsBefore'),
    clock,
    zone: fc.constantFrom('', 'Z', '+05:30', '-08:00'),
  })
  .map(({ name, clock, zone }) => {
    const instant = Date.parse(`${clock}${zone || 'Z'}`);
    const utc = new Date(instant).toISOString().slice(0, 19);
    return {
      parameters: [[name, `${clock}${zone}`]],
      moment: zone === '' ? clock : instant,
      keeps(row, at) {
        if (name === 'updatedSince') return (cell(row, 'interviewUpdateDate') ?? '') >= utc;
        const local = cell(row, 'startTime');
        const mine = zone === '' ? local : (startsAt[at] ?? null);
        const theirs = zone === '' ? clock : instant;
        if (mine === null) return false;
        return name === 'startsFrom' ? mine >= theirs : mine < theirs;
      },
    };
  });

const anyFilters = fc.array(fc.oneof(equal, times), { maxLength: 3 }).map((several) => {
  // A name given twice means either value, so that two filters of one name would be one.
  const named = several.filter(
    (filter, at) => several.findIndex((other) => other.parameters[0]?.[0] === filter.parameters[0]?.[0]) === at,
  );
  const momentOf = (wanted: string) => named.find(({ parameters }) => parameters[0]?.[0] === wanted)?.moment;
  const [from, before] = [momentOf('startsFrom'), momentOf('startsBefore')];
  return {
    /** A period of two wall clocks, or of two instants, that ends before it begins. */
    isReversed: from !== undefined && before !== undefined && typeof from === typeof before && from >= before,
    query: named.flatMap(({ parameters }) => parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)),
    expected: () => rows.filter((row, at) => named.every((filter) => filter.keeps(row, at))),
  };
});

const filters = anyFilters.filter(({ isReversed }) => !isReversed);

const read = async (query: readonly string[]): Promise<string> => {
  const response = await service.get(`${PATH}?${query.join('&')}`);
  expect(response.status, query.join('&')).toBe(200);
  return await response.text();
};

describe('filters', () => {
  test('give the rows that a plain filter gives, in every format', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom('csv', 'json', 'ndjson'), async ({ query, expected }, format) => {
        const body = await read([...query, `format=${format}`]);
        if (format === 'csv') expect(body).toBe(toCsv(expected()));
        else if (format === 'json') expect(body).toBe(toJson(expected()));
        else expect(`{"content":[${body.trimEnd().split('\n').join(',')}]}`).toBe(toJson(expected(), 'include'));
      }),
      { numRuns: propertyRuns(25) },
    );
  });
});

describe('a period that ends before it begins', () => {
  test('is refused, of whatever filters it is one', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilters, async ({ query, isReversed }) => {
        for (const path of [PATH, `${PATH}/summary`]) {
          const response = await service.get(`${path}?${query.join('&')}`);
          await response.arrayBuffer();
          expect([query, response.status]).toEqual([query, isReversed ? 400 : 200]);
        }
      }),
      { numRuns: propertyRuns(15) },
    );
  });

  test.each([
    ['startsFrom=2026-05-01&startsBefore=2026-04-01', '"2026-05-01" is not before startsBefore, "2026-04-01"'],
    ['startsBefore=2026-04-01&startsFrom=2026-04-01', '"2026-04-01" is not before startsBefore, "2026-04-01"'],
    [
      'startsFrom=2026-04-01T12:00%2B02:00&startsBefore=2026-04-01T09:30Z',
      '"2026-04-01T12:00+02:00" is not before startsBefore, "2026-04-01T09:30Z"',
    ],
    [
      'startsFrom=2026-05-01&startsFrom=2026-06-01&startsBefore=2026-04-01',
      '"2026-05-01" is not before startsBefore, "2026-04-01"',
    ],
  ])('%s', async (query, message) => {
    for (const path of [PATH, `${PATH}/summary`]) {
      const response = await service.get(`${path}?${query}`);
      expect([response.status, (await response.json()).message]).toEqual([
        400,
        `startsFrom: ${message}; a period must end after it begins.`,
      ]);
    }
  });

  test.each([
    // Either value: one of them makes a period.
    'startsFrom=2026-05-01&startsFrom=2026-03-01&startsBefore=2026-04-01',
    // A wall clock and an instant: which of them is earlier differs from row to row.
    'startsFrom=2026-04-01T12:00&startsBefore=2026-04-01T11:00Z',
    'updatedSince=2026-05-01&startsBefore=2026-04-01',
  ])('is not what %s asks for', async (query) => {
    expect((await service.get(`${PATH}?${query}`)).status).toBe(200);
  });
});

describe('what is no percent-encoding of UTF-8 is refused, with the name of the parameter', () => {
  const reason = 'is not percent-encoded UTF-8 (write "ü" as %C3%BC and "%" as %25).';
  test.each([
    ['interviewId=M%FCller', `interviewId: "M%FCller" ${reason}`],
    ['interviewId=%ZZ', `interviewId: "%ZZ" ${reason}`],
    ['interviewId=100%', `interviewId: "100%" ${reason}`],
    ['interviewId=a&interviewId=%', `interviewId: "%" ${reason}`],
    ['applicationStage=%C3%28', `applicationStage: "%C3%28" ${reason}`],
    ['interviewId=%ED%A0%80', `interviewId: "%ED%A0%80" ${reason}`],
    ['interviewId=%C0%AF', `interviewId: "%C0%AF" ${reason}`],
    [`${'a'.repeat(5000)}=%FC`, `"${'a'.repeat(79)}…": "%FC" ${reason}`],
    ['%FC=1', `The name of the parameter "%FC" ${reason}`],
    ['a%ZZb', `The name of the parameter "a%ZZb" ${reason}`],
    ['a%20b=%ZZ', `"a b": "%ZZ" ${reason}`],
  ])('%s', async (query, message) => {
    const sent: [path: string, init?: RequestInit][] = [
      [PATH],
      [`${PATH}/summary`],
      [PATH, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'interviewId\n' }],
      ['/graphql'],
      ['/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
    ];
    for (const [path, init] of sent) {
      const response = await service.get(`${path}?${query}`, init);
      const { errors, ...rest } = await response.json();
      expect([path, response.status, rest.message, errors[0].code]).toEqual([path, 400, message, 'BAD_USER_INPUT']);
    }
  });

  test.each([
    'query',
    'variables',
    'operationName',
    'extensions',
  ])('%s of an operation in the address', async (name) => {
    for (const text of ['%FC', '%7B%', '{%ZZ}']) {
      const response = await service.get(`/graphql?query={__typename}&${name}=${text}`);
      expect([response.status, await response.json()]).toEqual([
        400,
        expect.objectContaining({ message: `${name}: ${JSON.stringify(text)} ${reason}` }),
      ]);
    }
  });

  test('what is one is taken as it stands, and a blank as "+", too', async () => {
    const id = 'Müller & "Söhne" 100% +\u{feff}\u{1f600}';
    await service.import(toCsv([(rows[0] ?? []).map((value, place) => (place === 0 ? id : value))]));
    try {
      const [encoded, plus] = [encodeURIComponent(id), encodeURIComponent(id).replaceAll('%20', '+')];
      for (const query of [`interviewId=${encoded}`, `interviewId=${plus}`, `&&interviewId=${encoded}&`]) {
        const { content } = JSON.parse(await read([query]));
        expect(content.map((row: { interviewId: string }) => row.interviewId)).toEqual([id]);
      }
    } finally {
      await service.import(toCsv(rows), { replaceAll: true });
    }
  });
});

describe('pages', () => {
  test('of any size, with any filter, give every row once', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 150 }), async ({ query, expected }, limit) => {
        const wanted = expected();
        const size = Math.max(limit, Math.ceil(wanted.length / 12));
        let link: string | null = `${PATH}?${[...query, 'format=csv', `limit=${size}`].join('&')}`;
        let found = '';
        let pages = 0;
        while (link) {
          const response: Response = await service.get(link);
          expect(response.status).toBe(200);
          const body = await response.text();
          found += pages === 0 ? body : body.slice(body.indexOf('\n') + 1);
          pages++;
          link = nextOf(response);
        }
        expect(found).toBe(toCsv(wanted));
        expect(pages).toBe(Math.max(1, Math.ceil(wanted.length / size)));
      }),
      { numRuns: propertyRuns(15) },
    );
  });
});

describe('fields and header', () => {
  const subset = fc.shuffledSubarray([...FIELDS], { minLength: 1 });

  test('give the columns asked for, in that order, as keys or labels', async () => {
    await fc.assert(
      fc.asyncProperty(subset, fc.constantFrom('keys', 'labels'), async (fields, header) => {
        const body = await read(['format=csv', `fields=${fields.map(({ key }) => key).join(',')}`, `header=${header}`]);
        const names = fields.map(({ key, label }) => csvCell(header === 'keys' ? key : label));
        const lines = rows.map((row) => fields.map(({ key }) => csvCell(cell(row, key))).join(','));
        expect(body).toBe([names.join(','), ...lines, ''].join('\n'));
      }),
      { numRuns: propertyRuns(10) },
    );
  });

  test('give only these keys in JSON', async () => {
    const body = JSON.parse(await read(['format=json', 'fields=room,interviewId', 'nulls=include', 'limit=1']));
    expect(body.content.map((row: object) => Object.keys(row))).toEqual([['room', 'interviewId']]);
  });
});

describe('nulls', () => {
  const subset = fc.shuffledSubarray([...FIELDS], { minLength: 1 });

  test('says whether rows have the keys of nothing, in JSON and NDJSON, of whatever fields', async () => {
    await fc.assert(
      fc.asyncProperty(
        subset,
        fc.constantFrom('json', 'ndjson'),
        fc.constantFrom('include', 'omit', null),
        async (fields, format, nulls) => {
          const body = await read([
            `format=${format}`,
            `fields=${fields.map(({ key }) => key).join(',')}`,
            ...(nulls ? [`nulls=${nulls}`] : []),
          ]);
          const whole: Record<string, unknown>[] = JSON.parse(toJson(rows, 'include')).content;
          const omits = nulls === 'omit' || (nulls === null && format === 'json');
          const expected = whole.map((row) =>
            Object.fromEntries(
              fields.map(({ key }) => [key, row[key]]).filter(([, value]) => !omits || value !== null),
            ),
          );
          expect(body).toBe(
            format === 'json'
              ? JSON.stringify({ content: expected })
              : expected.map((row) => `${JSON.stringify(row)}\n`).join(''),
          );
        },
      ),
      { numRuns: propertyRuns(10) },
    );
  });

  test('an empty text is a value, and stays', async () => {
    const row = rowOf({ interviewId: 'empty', room: '' });
    await service.import(toCsv([row]));
    try {
      expect(await read(['interviewId=empty'])).toBe('{"content":[{"interviewId":"empty","room":""}]}');
      expect(await read(['interviewId=empty', 'fields=room,startTime'])).toBe('{"content":[{"room":""}]}');
      expect(await read(['interviewId=empty', 'fields=startTime'])).toBe('{"content":[{}]}');
    } finally {
      await service.import(toCsv(rows), { replaceAll: true });
    }
  });
});

describe('dateFormat', () => {
  test.each([
    'dd.MM.yyyy HH:mm:ss',
    "yyyy/MM/dd'T'hh:mm:ss a",
    'EEEE, d. MMMM yyyy H:m:s',
    "EEE MMM dd ''yy HH''mm\"ss\\",
    'yyyy-MM-dd HH:mm:ss.SSS',
    'M/d/yyyy h:mm a',
    'ddd.MMyyyyy',
    'y',
  ])('%s gives dates of that form in every date column', async (pattern) => {
    const body = await read(['format=csv', `dateFormat=${encodeURIComponent(pattern)}`]);
    const writer = writerOf(pattern);
    const lines = rows.map((row) =>
      row.map((value, place) => {
        const kind = FIELDS[place]?.kind;
        return csvCell(value !== null && (kind === 'utc' || kind === 'local') ? writer(value) : value);
      }),
    );
    expect(body).toBe(HEADER + lines.map((cells) => `${cells.join(',')}\n`).join(''));
  });
});

/** The writer of the import side, which is another implementation than to_char; a complete date is put before, where the pattern lacks one. */
function writerOf(pattern: string): (value: string) => string {
  expect(patternTokens(pattern).length).toBeGreaterThan(0);
  const marked = parseDatePattern(`yyyy-MM-dd'|'HH:mm:ss'|'${pattern}`);
  return (value) => marked.write(value).slice('yyyy-MM-dd|HH:mm:ss|'.length);
}

describe('excel', () => {
  test('gives a byte order mark, dates that spreadsheets know, and no formula; numbers stay numbers', async () => {
    const [first = []] = rows;
    const changed = first.map((value, place) => {
      const { key, kind } = FIELDS[place] ?? {};
      if (kind === 'text')
        return (
          { room: '=1+1', interviewLocation: '+49 30', applicationStep: "''-x", interviewerReview: '\ttab' }[
            key as string
          ] ?? '@a'
        );
      return key === 'interviewId' ? 'excel' : key === 'timeToProvideFeedback' ? '-0.5' : value;
    });
    await service.import(toCsv([changed]));
    const body = Buffer.from(
      await (await service.get(`${PATH}?format=csv&excel=true&interviewId=excel`)).arrayBuffer(),
    ).toString();
    const expected = changed.map((value, place) => {
      const { kind } = FIELDS[place] ?? {};
      if (value === null) return '';
      if (kind === 'text') return csvCell(`'${value}`);
      return kind === 'utc' || kind === 'local' ? value.replace('T', ' ') : csvCell(value);
    });
    expect(body).toBe(`\uFEFF${HEADER}${expected.join(',')}\n`);
    await service.import(toCsv(rows), { replaceAll: true });
  });
});

describe('all parameters together', () => {
  const asked = fc.record({
    filters,
    fields: fc.option(fc.shuffledSubarray([...FIELDS], { minLength: 1 }), { nil: [...FIELDS] }),
    labels: fc.boolean(),
    excel: fc.boolean(),
    dateFormat: fc.option(fc.constantFrom('dd.MM.yyyy HH:mm:ss', "yyyy/MM/dd'T'hh:mm:ss a", 'M/d/yyyy h:mm a'), {
      nil: null,
    }),
    limit: fc.option(fc.integer({ min: 1, max: 400 }), { nil: null }),
    json: fc.boolean(),
  });

  test('mean what each of them means', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ filters, fields, labels, excel, dateFormat, limit, json }) => {
        const date = dateFormat
          ? writerOf(dateFormat)
          : (text: string) => (excel && !json ? text.replace('T', ' ') : text);
        const value = (row: CanonicalRow, { key, kind }: (typeof FIELDS)[number]): string | null => {
          const text = cell(row, key);
          if (text === null) return null;
          if (kind === 'utc' || kind === 'local') return date(text);
          const isFormula = excel && !json && (kind === 'text' || kind === 'identifier') && /^'*[=+@\t\r-]/.test(text);
          return isFormula ? `'${text}` : text;
        };
        const wanted = filters.expected().slice(0, limit ?? undefined);
        const query = [
          ...filters.query,
          `fields=${fields.map(({ key }) => key).join(',')}`,
          ...(dateFormat ? [`dateFormat=${encodeURIComponent(dateFormat)}`] : []),
          ...(limit ? [`limit=${limit}`] : []),
        ];
        if (json) {
          const { content } = JSON.parse(await read([...query, 'format=json']));
          const texts = content.map((row: Record<string, unknown>) =>
            fields.map(({ key }) => (row[key] === null || row[key] === undefined ? null : String(row[key]))),
          );
          expect(texts).toEqual(wanted.map((row) => fields.map((field) => value(row, field))));
        } else {
          const body = await service.get(
            `${PATH}?${[...query, 'format=csv', `header=${labels ? 'labels' : 'keys'}`, `excel=${excel}`].join('&')}`,
          );
          const names = fields.map(({ key, label }) => csvCell(labels ? label : key)).join(',');
          const lines = wanted.map((row) => fields.map((field) => csvCell(value(row, field))).join(','));
          expect(Buffer.from(await body.arrayBuffer()).toString()).toBe(
            [`${excel ? '\uFEFF' : ''}${names}`, ...lines, ''].join('\n'),
          );
        }
      }),
      { numRuns: propertyRuns(20) },
    );
  });
});

describe('what is wrong is named', () => {
  test.each([
    ['fields=room,colour', /^fields: "colour" is not a field; the fields are interviewId, /],
    ['fields=', /^fields: "" is not a field/],
    ['fields=room,room', /^fields: room occurs twice\.$/],
    ['format=csv&header=bold', /^header: "bold" is not accepted; accepted are keys, labels\.$/],
    ['format=json&header=keys', /^header is only for CSV and XLSX, not for json\.$/],
    ['format=csv&excel=yes', /^excel: "yes" is not accepted; accepted are true, false\.$/],
    ['format=csv&nulls=omit', /^nulls is only for JSON and NDJSON, not for csv\.$/],
    ['format=xlsx&nulls=omit', /^nulls is only for JSON and NDJSON, not for xlsx\.$/],
    ['format=xlsx&excel=true', /^excel is only for CSV, not for xlsx\.$/],
    ['nulls=no', /^nulls: "no" is not accepted; accepted are include, omit\.$/],
    ['nulls=', /^nulls: "" is not accepted/],
    ['nulls=omit&nulls=omit', /^nulls occurs 2 times; it may occur only once\.$/],
    ['limit=0', /^limit: "0" is not accepted; it is a whole number from 1 to 1000000\.$/],
    ['limit=1.5', /^limit: "1.5" is not accepted/],
    ['after=x', /^after requires limit/],
    ['limit=1&after=x', /^after: "x" is not a cursor of the extract/],
    ['dateFormat=QQ', /^The letter Q in the date pattern "QQ" is not known/],
    ['dateFormat=%00', /^The date pattern .* contains a control character/],
    ['dateFormat=', /^A date pattern has 1 to 100 characters/],
    [
      'interviewType=PHNE',
      /^interviewType: "PHNE" is not an interview type; accepted are ONSITE, PHONE, VIDEO, OTHER\.$/,
    ],
    ['jobId=1', /^jobId: "1" is not a UUID/],
    ['interviewCanceled=no', /^interviewCanceled: "no" is not true or false\.$/],
    ['interviewId=', /^interviewId: the value is missing\.$/],
    ['updatedSince=yesterday', /^updatedSince: "yesterday" is not a date/],
    ['startsFrom=0001-01-01T00:00:00%2B01:00', /^startsFrom: .* is not a date in the years 0001 to 9999/],
    ['limit=1&limit=2', /^limit occurs 2 times; it may occur only once\.$/],
  ])('%s', async (query, message) => {
    const response = await service.get(`${PATH}?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      message: expect.stringMatching(message),
      errors: [{ code: 'BAD_USER_INPUT' }],
    });
  });

  test('an attempt to inject SQL gives 400 or no row, never an error of the database', async () => {
    const attempts = [
      "' OR 1=1 --",
      "'; DROP TABLE appointment; --",
      '$1',
      "\\'; SELECT 1",
      '{a,b}',
      '{"a"}',
      'NULL',
      '%00',
      '\u0001',
      "}') OR ('1'='1",
      '"',
      '\\',
    ];
    const names = [
      'format',
      'fields',
      'header',
      'dateFormat',
      'excel',
      'nulls',
      'limit',
      'after',
      'updatedSince',
      'startsFrom',
      'startsBefore',
      ...EQUAL,
    ];
    for (const name of names)
      for (const attempt of attempts) {
        const response = await service.get(
          `${PATH}?format=csv&${name}=${attempt === '%00' ? attempt : encodeURIComponent(attempt)}`,
        );
        const body = await response.text();
        if (name === 'dateFormat' && response.status === 200) continue;
        expect([200, 400], `${name}=${attempt}: ${body}`).toContain(response.status);
        if (response.status === 200) expect(body).toBe(HEADER);
      }
    expect((await read(['format=csv'])).length).toBe(toCsv(rows).length);
  });
});
