import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/errors.ts';
import { FIELDS, type FieldKind } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { NamesFiles } from '../../src/generate/names-files.ts';
import { toCsv } from '../kit/canonical.ts';
import { extract, type Row, rowsIn } from '../kit/generated.ts';

const KEYS = FIELDS.map(({ key }) => key);

describe('a generated extract', () => {
  const text = extract({ rows: 10_000, seed: 1 });
  const rows = rowsIn(text);

  it.each([0, 1, 7, 10_000])('has a header and exactly %i rows', (count) => {
    const generated = extract({ rows: count, seed: 4 });
    expect(generated.startsWith(`${KEYS.join(',')}\n`)).toBe(true);
    expect(generated.endsWith('\n')).toBe(true);
    expect(parse(generated).length).toBe(count + 1);
  });

  it('is in the order of an export, and no two rows tie', () => {
    const order = [
      'interviewCreateDate',
      'interviewId',
      'startTime',
      'endTime',
      'room',
      'interviewerEmployeeId',
    ] as const;
    const compare = (one: Row, other: Row): number => {
      for (const key of order) {
        const [left, right] = [one[key], other[key]];
        if (left === right) continue;
        if (left === null || right === null) return left === null ? 1 : -1;
        return Buffer.compare(Buffer.from(left), Buffer.from(right));
      }
      return 0;
    };
    const misplaced = rows.filter((row, place) => place > 0 && compare(rows[place - 1] as Row, row) >= 0);
    expect(misplaced).toEqual([]);
  });

  it('is in canonical form, cell by cell', () => {
    const dateTime = /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
    const patterns: Record<Exclude<FieldKind, 'enumeration'>, RegExp> = {
      identifier: /^\S{1,255}$/,
      uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      text: /^[^\0]*$/,
      boolean: /^(true|false)$/,
      integer: /^(0|[1-9]\d*)$/,
      number: /^(?!-0$)-?(0|[1-9]\d*)(\.\d*[1-9])?$/,
      utc: dateTime,
      local: dateTime,
      zone: /^(UTC|[A-Z][A-Za-z-]+(\/[A-Z][A-Za-z_-]+)+)$/,
    };
    const wrong = rows.flatMap((row) =>
      FIELDS.filter(({ key, kind, values }) => {
        const value = row[key];
        if (value === null) return false;
        return kind === 'enumeration' ? !values?.includes(value) : !patterns[kind].test(value);
      }).map(({ key }) => `${key}: ${row[key]}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has quotes only where a cell holds a comma, a quote or a line end, or is empty text', () => {
    expect(toCsv(rows.map((row) => KEYS.map((key) => row[key]))) === text).toBe(true);
  });
});

describe('the same rows and seed', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it("give the same bytes, whatever the machine's time zone", () => {
    const first = extract({ rows: 2_000, seed: 5 });
    for (const elsewhere of ['Pacific/Kiritimati', 'America/St_Johns']) {
      process.env.TZ = elsewhere;
      expect(extract({ rows: 2_000, seed: 5 }) === first).toBe(true);
    }
    expect(extract({ rows: 2_000, seed: 6 }) === first).toBe(false);
  });

  it('gave the sample extract, which is generated and not edited by hand', () => {
    // After a change of the generator: npm run generate -- --rows 600 --seed 107 --output prisma/sample/interviews-extract.csv
    // --jobs prisma/sample/jobs.csv --candidates prisma/sample/candidates.csv
    const sample = (name: string) => readFileSync(new URL(`../../prisma/sample/${name}`, import.meta.url), 'utf8');
    const names = new NamesFiles();
    const text = [...generateExtract({ rows: 600, seed: 107 }, names)].join('');
    expect(text === sample('interviews-extract.csv')).toBe(true);
    expect([...names.jobs()].join('')).toBe(sample('jobs.csv'));
    expect([...names.candidates()].join('')).toBe(sample('candidates.csv'));
  });
});

describe('the names of a generated extract', () => {
  const names = new NamesFiles();
  const rows = rowsIn([...generateExtract({ rows: 2_000, seed: 3 }, names)].join(''));
  const ids = (lines: Iterable<string>) => parse([...lines].join(''), { columns: true, skip_empty_lines: true });

  it('change no byte of it', () => {
    expect(rowsIn(extract({ rows: 2_000, seed: 3 }))).toEqual(rows);
  });

  it.each([
    ['jobId', () => names.jobs(), ['title', 'department']],
    ['candidateProfileId', () => names.candidates(), ['firstName', 'lastName']],
  ] as const)('are one for each %s, and none is empty', (key, lines, columns) => {
    const named = ids(lines()) as Record<string, string>[];
    const expected = new Set(rows.flatMap((row) => row[key] ?? []));
    expect(named.map((one) => one[key]).sort()).toEqual([...expected].sort());
    for (const one of named) for (const column of columns) expect(one[column]).not.toBe('');
  });
});

it.each([
  [{ rows: -1, seed: 1 }, 'rows "-1" is not a whole number of at least 0.'],
  [{ rows: 2.5, seed: 1 }, 'rows "2.5" is not a whole number of at least 0.'],
  [{ rows: 1, seed: Number.NaN }, 'seed "NaN" is not a whole number of at least 0.'],
  [
    { rows: 1, seed: 1, from: '2026-02-30' },
    'from "2026-02-30" is not a date from 1970 to 2100 such as 2026-01-31 or 2026-01-31T08:30:00.',
  ],
  [
    { rows: 1, seed: 1, until: 'tomorrow' },
    'until "tomorrow" is not a date from 1970 to 2100 such as 2026-01-31 or 2026-01-31T08:30:00.',
  ],
  [
    { rows: 1, seed: 1, from: '2027-01-01', until: '2026-01-01' },
    'from "2027-01-01" is not before until "2026-01-01"; it must be earlier.',
  ],
])('options %j are refused with what would be right', (options: Parameters<typeof extract>[0], message) => {
  expect(() => extract(options)).toThrow(new Failure('BAD_USER_INPUT', message));
});
