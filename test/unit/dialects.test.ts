import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CanonicalRow, FIELD_KEYS, FIELDS, isDate } from '../../src/domain/fields.ts';
import { NEEDS_FORMULA_GUARD } from '../../src/domain/values/formula-guard.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { canonicalRow, read } from '../kit/reading.ts';
import { csvOf } from '../kit/rows.ts';

/** A way of writing extracts, as some software has it. */
interface Dialect {
  readonly separator: ',' | ';' | '\t' | '|';
  readonly lineEnd: '\n' | '\r\n' | '\r';
  readonly encoding: 'UTF-8' | 'UTF-8 with a mark' | 'UTF-16 LE' | 'UTF-16 BE';
  readonly sepLine: boolean;
  readonly header: 'keys' | 'labels' | 'snake_case' | 'hyphens';
  readonly dates: 'ISO' | 'blank' | 'dots' | 'slashes, year first' | 'UTC';
  readonly booleans: readonly [yes: string, no: string];
  readonly nulls: string;
  readonly decimalComma: boolean;
  readonly allQuoted: boolean;
  readonly padding: 0 | 1 | 3;
}

const dialect: fc.Arbitrary<Dialect> = fc
  .record({
    separator: fc.constantFrom(',', ';', '\t', '|'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    encoding: fc.constantFrom('UTF-8', 'UTF-8 with a mark', 'UTF-16 LE', 'UTF-16 BE'),
    sepLine: fc.boolean(),
    header: fc.constantFrom('keys', 'labels', 'snake_case', 'hyphens'),
    dates: fc.constantFrom('ISO', 'blank', 'dots', 'slashes, year first', 'UTC'),
    booleans: fc.constantFrom(['true', 'false'], ['t', 'f'], ['1', '0'], ['WAHR', 'FALSCH'], ['PRAWDA', 'FAŁSZ']),
    nulls: fc.constantFrom('', 'NULL', '\\N', 'N/A', 'NaN'),
    decimalComma: fc.boolean(),
    allQuoted: fc.boolean(),
    padding: fc.constantFrom(0, 1, 3),
  } as const)
  .map((some) => ({ ...some, decimalComma: some.decimalComma && some.separator !== ',' })) as fc.Arbitrary<Dialect>;

const HEADERS: Record<Dialect['header'], readonly string[]> = {
  keys: FIELD_KEYS,
  labels: FIELDS.map(({ label }) => label),
  snake_case: FIELD_KEYS.map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  hyphens: FIELDS.map(({ label }) => label.replaceAll(' ', '-')),
};

function write(rows: readonly CanonicalRow[], form: Dialect): Buffer {
  const quoted = (cell: string): string =>
    form.allQuoted || cell === '' || cell.includes(form.separator) || /["\r\n]/.test(cell)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  const date = (value: string, kind: string): string => {
    const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(.*)$/.exec(value) ?? [];
    switch (form.dates) {
      case 'blank':
        return `${year}-${month}-${day} ${time}`;
      case 'dots':
        return `${day}.${month}.${year} ${time}`;
      case 'slashes, year first':
        return `${year}/${month}/${day} ${time}`;
      case 'UTC':
        return kind === 'utc' ? `${year}-${month}-${day} ${time} UTC` : value;
      default:
        return value;
    }
  };
  const cell = (value: string | null, at: number): string => {
    const { kind } = FIELDS[at] as (typeof FIELDS)[number];
    if (value === null) return ['text', 'identifier'].includes(kind) ? '' : form.nulls;
    if (kind === 'boolean') return quoted(form.booleans[value === 'true' ? 0 : 1]);
    if (isDate({ kind })) return quoted(date(value, kind));
    if (kind === 'number') return quoted(form.decimalComma ? value.replace('.', ',') : value);
    if ((kind === 'text' || kind === 'identifier') && form.encoding === 'UTF-8 with a mark')
      return quoted(NEEDS_FORMULA_GUARD.test(value) ? `'${value}` : value);
    return quoted(value);
  };
  const padding = form.separator.repeat(form.padding);
  const lines = [
    ...(form.sepLine ? [`sep=${form.separator}`] : []),
    HEADERS[form.header].map(quoted).join(form.separator),
    ...rows.map((row) => row.map(cell).join(form.separator) + padding),
  ];
  const text = lines.map((line) => line + form.lineEnd).join('');
  switch (form.encoding) {
    case 'UTF-8':
      return Buffer.from(text);
    case 'UTF-8 with a mark':
      return Buffer.from(`\ufeff${text}`);
    case 'UTF-16 LE':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'UTF-16 BE':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  }
}

/** A row whose numbers say which decimal sign they have. */
const DECIDES = FIELDS.map(({ key }) => ({ interviewId: 'first', duration: '0.5' })[key as string] ?? null);

test('any rows, written in any dialect, are read as they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(canonicalRow, { maxLength: 6 }),
      dialect,
      fc.constantFrom(undefined, 7, 64),
      async (some, form, pieces) => {
        // An id of a spreadsheet's number is refused where a spreadsheet may have been at work.
        const rows = [
          DECIDES,
          ...some.filter((row) => !row.some((value) => value !== null && /^\d(\.\d+)?E\+\d/.test(value))),
        ];
        const { rows: found } = await read(write(rows, form), {}, pieces);
        expect(found.flatMap(({ faults }) => faults)).toEqual([]);
        expect(found.map(({ row }) => row)).toEqual(rows);
      },
    ),
    { numRuns: propertyRuns(300) },
  );
});

test('the canonical form is never repaired, whatever its values look like', async () => {
  const looks = fc.constantFrom(
    'NULL',
    '\\N',
    "'=1+1",
    '=1+1',
    '5.81E+023',
    '01/02/2026',
    '1,5',
    'WAHR',
    'sep=;',
    'interviewId',
    '"',
    "''",
    '＝1',
    '-',
    ';',
    '\t',
    '|',
    '2026-01-02 UTC',
  );
  const row = fc.tuple(canonicalRow, looks, looks).map(([any, first, second]) =>
    any.map((value, at) => {
      const { key, kind } = FIELDS[at] as (typeof FIELDS)[number];
      if (kind === 'text') return key.startsWith('c') ? first : second;
      return kind === 'identifier' && key !== 'interviewId' && first.trim() === first ? first : value;
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      const { rows: found } = await read(csvOf(rows));
      expect(found.map((each) => each.row)).toEqual(rows);
      expect(found.flatMap(({ coarse }) => coarse ?? [])).toEqual([]);
    }),
    { numRuns: propertyRuns(200) },
  );
});

test('the apostrophe of the CSV for Excel comes off as it went on', async () => {
  const text = fc
    .array(fc.constantFrom("'", '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', 'a', ' '))
    .map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), async (texts) => {
      const rows = texts.map((room, at) =>
        FIELDS.map(({ key }) => ({ interviewId: `i-${at}`, room })[key as string] ?? null),
      );
      const guarded = rows.map((row) =>
        row.map((value) => (value !== null && NEEDS_FORMULA_GUARD.test(value) ? `'${value}` : value)),
      );
      for (const [file, options] of [
        [`\ufeff${csvOf(guarded)}`, {}],
        [csvOf(guarded), { excel: true }],
      ] as const) {
        const { rows: found } = await read(file, options);
        expect(found.map(({ row }) => row)).toEqual(rows);
      }
    }),
    { numRuns: propertyRuns(200) },
  );
});
