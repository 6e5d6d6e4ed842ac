/** What the tests of reading an extract have in common: a row, files made of rows, and the rows read back. */
import fc from 'fast-check';
import { type CanonicalRow, FIELD_INDEX, FIELDS, type FieldKey } from '../../src/domain/fields.ts';
import { writeWallClock } from '../../src/domain/values/wall-clock.ts';
import type { ReadOptions, ReadRow } from '../../src/ingest/rows/extract.ts';
import type { RecordFault } from '../../src/ingest/rows/fault.ts';
import { readExtract } from '../../src/ingest/rows/read-extract.ts';

export const KEYS = FIELDS.map(({ key }) => key);
export const LABELS = FIELDS.map(({ label }) => label);

export const ZONES = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe'];

const options: ReadOptions = {
  zones: new Map(ZONES.map((zone) => [zone.toLowerCase(), zone])),
  allowMissingColumns: false,
  dateFormat: null,
};

/** A row in canonical form, with the fields given. */
export function rowWith(fields: Partial<Record<FieldKey, string | null>>): CanonicalRow {
  const row: CanonicalRow = [
    ...['65b2f0c1a4e9d83f7c5b1a20', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'INTERVIEW', 'On-site', null, 'ACCEPTED'],
    ...['7d444840-9dc0-11d1-b245-5ffdce74fad2', 'ONSITE', 'Büro 1, "Kant"', '2024-02-29T23:59:59', null],
    ...['2024-03-05T09:00:00', 'Europe/Berlin', '1.5', 'false', 'e-1', 'Ada', '', 'e-2', 'Grace', 'Hopper', 'PENDING'],
    ...['Good.\nVery good.', '4.5', '2024-03-05T09:00:00', '2024-03-05T10:30:00', '1.5', null, '2', '-0.25'],
  ];
  for (const [key, value] of Object.entries(fields)) row[FIELD_INDEX[key as FieldKey]] = value;
  return row;
}

/** A cell of canonical CSV. */
export function csvCell(cell: string | null): string {
  if (cell === null) return '';
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function csvOf(
  rows: readonly (readonly (string | null)[])[],
  header = KEYS as string[],
  lineEnd = '\n',
): string {
  return [header, ...rows].map((cells) => cells.map(csvCell).join(',') + lineEnd).join('');
}

/** The object of a row in JSON, as the service itself writes it: with every key, or without those of nothing. */
export function jsonOf(row: CanonicalRow, nulls: 'include' | 'omit' = 'include'): string {
  const members = FIELDS.flatMap(({ key, kind }, place) => {
    const value = row[place] ?? null;
    if (value === null && nulls === 'omit') return [];
    const bare = value === null || kind === 'boolean' || kind === 'number' || kind === 'integer';
    return [`"${key}":${bare ? value : JSON.stringify(value)}`];
  });
  return `{${members.join(',')}}`;
}

/** The bytes of a file, in pieces of a size. */
export async function* inPieces(
  file: string | Uint8Array,
  size = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, Math.min(bytes.length, at + size));
}

export interface ReadResult {
  readonly columns: readonly string[];
  readonly warnings: readonly RecordFault[];
  readonly rows: readonly ReadRow[];
}

/** Reads a file called `extract` to its end. */
export async function read(
  file: string | Uint8Array,
  settings: Partial<ReadOptions> = {},
  pieceSize?: number,
): Promise<ReadResult> {
  const source = { name: 'extract', bytes: inPieces(file, pieceSize) };
  const extract = await readExtract(source, { ...options, ...settings });
  const rows: ReadRow[] = [];
  for await (const batch of extract.rows) rows.push(...batch);
  return { columns: extract.columns, warnings: extract.warnings, rows };
}

const anyText = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''));
const traps = fc.constantFrom(
  '',
  ' ',
  '"',
  '""',
  ',',
  '\r\n',
  '\r',
  '\n',
  '\ufeff',
  '=1+1',
  'null',
  '\\"',
  '\\',
  '\u2028',
);
const text = fc.oneof(
  anyText,
  traps,
  fc.array(fc.oneof(anyText, traps)).map((parts) => parts.join('')),
);
const identifier = text.map((some) => [...some.trim()].slice(0, 40).join('').trim()).filter((id) => id !== '');

const decimal = fc
  .tuple(
    fc.boolean(),
    fc.bigInt(0n, 10n ** 15n - 1n),
    fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 40 }),
  )
  .map(([negative, whole, digits]) => {
    const fraction = digits.replace(/0+$/, '');
    const number = fraction === '' ? `${whole}` : `${whole}.${fraction}`;
    return negative && number !== '0' ? `-${number}` : number;
  });

/** Any wall clock there is. */
export const wallClock = fc
  .record({
    year: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1970, max: 2069 })),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 59 }),
  })
  .map(writeWallClock)
  .filter((clock) => clock !== null);

/** Any row in canonical form. */
export const canonicalRow: fc.Arbitrary<CanonicalRow> = fc.tuple(
  ...FIELDS.map(({ key, kind, ...field }) => {
    const values: Record<typeof kind, fc.Arbitrary<string>> = {
      identifier,
      text,
      uuid: fc.uuid(),
      enumeration: fc.constantFrom(...(field.values ?? [''])),
      boolean: fc.constantFrom('true', 'false'),
      integer: fc.integer().map(String),
      number: decimal,
      utc: wallClock,
      local: wallClock,
      zone: fc.constantFrom(...ZONES),
    };
    return key === 'interviewId' ? identifier : fc.option(values[kind], { nil: null });
  }),
);
