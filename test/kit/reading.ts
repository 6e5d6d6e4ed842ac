/** What the tests of reading an extract have in common: the rows read back, and rows of any kind. */
import fc from 'fast-check';
import { type CanonicalRow, FIELDS } from '../../src/domain/fields.ts';
import { writeWallClock } from '../../src/domain/values/wall-clock.ts';
import { DEFAULT_IMPORT } from '../../src/ingest/import/import-extract.ts';
import type { ReadOptions, ReadRow } from '../../src/ingest/rows/extract.ts';
import type { RecordFault } from '../../src/ingest/rows/fault.ts';
import { readExtract } from '../../src/ingest/rows/read-extract.ts';

export const ZONES = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe'];

const options: ReadOptions = {
  ...DEFAULT_IMPORT,
  zones: new Map(ZONES.map((zone) => [zone.toLowerCase(), zone])),
};

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
  for await (const batch of extract.rows) {
    for (const { repairs, isUndecided: _, ...row } of batch) {
      for (const repair of repairs ?? []) extract.repairs.add(row.line, repair);
      rows.push(row);
    }
  }
  return { columns: extract.columns, warnings: [...extract.warnings, ...extract.repairs.warnings()], rows };
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
