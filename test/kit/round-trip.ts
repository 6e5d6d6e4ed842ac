import fc from 'fast-check';
import { expect } from 'vitest';
import { type CanonicalRow, FIELDS } from '../../src/domain/fields.ts';
import { NEEDS_FORMULA_GUARD } from '../../src/domain/values/formula-guard.ts';
import { canonicalRows, toCsv, toJson } from './canonical.ts';
import { csvCell } from './rows.ts';
import type { Service } from './service.ts';

/** export(import(f)) = f in every format, with nulls or without, and importing what was exported changes nothing. */
export async function checkRoundTrip(service: Service, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(canonicalRows, fc.nat(2), async (rows, begin) => {
      const files = [toCsv(rows), toJson(rows), toJson(rows, 'include')];
      const [csv, json, full] = files;
      const at = (turn: number) => files[(begin + turn) % files.length] ?? '';
      // What was stored before may have had values of what no row of this one has.
      const first = await service.import(at(0), { replaceAll: true, allowMissingColumns: true });
      expect(first).toMatchObject({ saved: true, read: rows.length, refused: 0, duplicates: 0 });
      expect(await service.export('csv')).toBe(csv);
      expect(await service.export('json')).toBe(json);
      expect(await service.export('json', 'include')).toBe(full);
      const again = await service.import(at(1), { replaceAll: true });
      expect(again).toMatchObject({
        saved: true,
        inserted: 0,
        updated: 0,
        removed: 0,
        unchanged: rows.length,
      });
    }),
    { numRuns },
  );
}

/** How a tool may write a canonical cell without saying anything else. */
const untidy = (cell: string | null, kind: string, quoted: boolean): string => {
  if (cell === null) return '';
  if (kind === 'identifier') return csvCell(` ${cell} `);
  const changed =
    kind === 'uuid' || kind === 'enumeration' || kind === 'boolean'
      ? ` ${cell.replace(/[a-z]/gi, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))}`
      : kind === 'zone'
        ? cell.toLowerCase().replaceAll('_', ' ')
        : kind === 'utc'
          ? `${cell.replace('T', ' ')}Z`
          : kind === 'number' && cell !== '0'
            ? `${cell}${cell.includes('.') ? '00' : '.0'}`
            : cell;
  return quoted ? `"${changed.replaceAll('"', '""')}"` : csvCell(changed);
};

interface Untidiness {
  readonly columns: readonly number[];
  readonly order: readonly number[];
  readonly labels: boolean;
  readonly upperCase: boolean;
  readonly quoted: boolean;
  readonly lineEnd: string;
  readonly bom: string;
}

function toUntidyCsv(rows: readonly CanonicalRow[], how: Untidiness): string {
  const header = how.columns.map((place) => {
    const name = (how.labels ? FIELDS[place]?.label : FIELDS[place]?.key) ?? '';
    return how.upperCase ? name.toUpperCase() : name;
  });
  const records = how.order.map((at) =>
    how.columns.map((place) => {
      const [cell, kind] = [rows[at]?.[place] ?? null, FIELDS[place]?.kind ?? ''];
      // A file with a byte order mark is one for spreadsheets.
      const isGuarded = how.bom !== '' && kind === 'text' && cell !== null && NEEDS_FORMULA_GUARD.test(cell);
      return untidy(isGuarded ? `'${cell}` : cell, kind, how.quoted);
    }),
  );
  return how.bom + [header, ...records].map((cells) => cells.join(',') + how.lineEnd).join('');
}

const permutation = (length: number): fc.Arbitrary<number[]> => {
  const numbers = Array.from({ length }, (_, at) => at);
  return fc.shuffledSubarray(numbers, { minLength: length, maxLength: length });
};

const untidyExtract = canonicalRows.chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    how: fc.record({
      columns: permutation(FIELDS.length),
      order: permutation(rows.length),
      labels: fc.boolean(),
      upperCase: fc.boolean(),
      quoted: fc.boolean(),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      bom: fc.constantFrom('', '\uFEFF'),
    }),
  }),
);

/** Rows and columns in any order, labels, CRLF, a BOM, other letter cases: it all comes out canonical. */
export async function checkUntidyExtracts(service: Service, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(untidyExtract, async ({ rows, how }) => {
      expect(await service.import(toUntidyCsv(rows, how), { replaceAll: true })).toMatchObject({ refused: 0 });
      expect(await service.export('csv')).toBe(toCsv(rows));
    }),
    { numRuns },
  );
}
