import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { type CanonicalRow, FIELD_INDEX, FIELDS, type Field } from '../../src/domain/fields.ts';
import { csvOf, jsonOf } from './rows.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'US/Pacific',
];

/** Text that Postgres can hold: any Unicode but NUL, often with what CSV and JSON have to escape. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r', '\\', '\t', "'", ' ', 'ß', '\u2028', '\u0007', '.'),
      maxLength: 8,
    }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  .map((value) => value.replaceAll('\0', ''));

const identifier = text.map((value) => value.trim() || 'id');

const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength });

/** The shortest decimals, of up to 15 digits before and 40 after the point. */
const number = fc.tuple(fc.boolean(), digits(15), digits(40)).map(([negative, whole, fraction]) => {
  const value = `${whole.replace(/^0+/, '') || '0'}.${fraction.replace(/0+$/, '')}`.replace(/\.$/, '');
  return negative && value !== '0' ? `-${value}` : value;
});

const wallClock = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc.date({
        min: new Date('2023-01-01T00:00:00Z'),
        max: new Date('2024-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
    },
    fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }),
  )
  .map((date) => date.toISOString().slice(0, 19));

/** Any value of a field, in canonical form. */
export function anyValue(field: Field): fc.Arbitrary<string> {
  switch (field.kind) {
    case 'identifier':
      return fc.oneof(fc.constantFrom('a', 'b', 'B', 'é'), identifier);
    case 'uuid':
      return fc.oneof(
        fc.constantFrom('00000000-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-000000000002'),
        fc.uuid(),
      );
    case 'text':
      return text;
    case 'enumeration':
      return fc.constantFrom(...(field.values ?? []));
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'integer':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(String);
    case 'number':
      return number;
    case 'zone':
      return fc.constantFrom(...ZONES);
    default:
      return wallClock;
  }
}

const row: fc.Arbitrary<CanonicalRow> = fc.tuple(
  ...FIELDS.map((field) => (field.key === 'interviewId' ? anyValue(field) : fc.option(anyValue(field), { freq: 3 }))),
);

const ORDER = ['interviewCreateDate', 'interviewId', 'startTime', 'endTime', 'room', 'interviewerEmployeeId'] as const;

/** What rows are sorted by: UTF-8 bytes, nothing last. */
const sortKey = (cells: CanonicalRow): (Buffer | null)[] =>
  ORDER.map((key) => {
    const cell = cells[FIELD_INDEX[key]];
    return cell == null ? null : Buffer.from(cell);
  });

function compare(a: CanonicalRow, b: CanonicalRow): number {
  const other = sortKey(b);
  for (const [at, mine] of sortKey(a).entries()) {
    const theirs = other[at] ?? null;
    const order = mine === null ? (theirs === null ? 0 : 1) : theirs === null ? -1 : Buffer.compare(mine, theirs);
    if (order !== 0) return order;
  }
  return 0;
}

/** The rows of a canonical extract, in the export's order; no two of them share everything that the order looks at. */
export const canonicalRows: fc.Arbitrary<CanonicalRow[]> = fc
  .uniqueArray(row, { maxLength: 12, selector: (cells) => JSON.stringify(ORDER.map((key) => cells[FIELD_INDEX[key]])) })
  .map((rows) => rows.sort(compare));

/** The canonical CSV of rows. */
export const toCsv = (rows: readonly CanonicalRow[]): string => csvOf(rows);

/** The canonical JSON of rows: as it comes where nobody says anything of nulls, or with them. */
export const toJson = (rows: readonly CanonicalRow[], nulls: 'include' | 'omit' = 'omit'): string =>
  `{"content":[${rows.map((row) => jsonOf(row, nulls)).join(',')}]}`;

/** The rows of a canonical CSV; another reader than the program's. */
export const readCanonical = (csv: string): CanonicalRow[] =>
  (parse(csv, { cast: (value, { quoting }) => (value === '' && !quoting ? null : value) }) as CanonicalRow[]).slice(1);
