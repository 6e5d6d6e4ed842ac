import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELDS } from '../../src/domain/fields.ts';
import { csv } from '../../src/extract/csv.ts';
import { json, ndjson } from '../../src/extract/json.ts';
import type { Format, OutputOptions } from '../../src/extract/output-options.ts';
import { toCsv } from '../kit/canonical.ts';
import { copyText } from '../kit/copy-rows.ts';
import { DETAILS } from '../kit/export-details.ts';

const SHAPE: OutputOptions = {
  fields: FIELDS,
  labels: false,
  dates: null,
  excel: false,
  delimiter: ',',
  decimalComma: false,
  nulls: 'include',
  personal: true,
};
/** Texts with whatever Postgres can hold in one: everything but NUL. */
const text = fc.oneof(
  fc.constantFrom('', 'N', '\\N', '\\.', 'null', '"', '\\"', ' ', '\u2028', '\u007f', '\ufeff'),
  fc.string({
    unit: fc.oneof(
      fc.integer({ min: 1, max: 0x7f }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('é', '日', '😀'),
    ),
  }),
);
const date = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((instant) => instant.toISOString().slice(0, 19));

type Cell = { stored: string; value: string | boolean | number };
const cells = FIELDS.map(({ kind }): fc.Arbitrary<Cell | null> => {
  switch (kind) {
    case 'boolean':
      return fc.option(fc.boolean().map((value) => ({ stored: String(value), value })));
    case 'integer':
    case 'number':
      return fc.option(fc.integer().map((value) => ({ stored: String(value), value })));
    case 'utc':
    case 'local':
      return fc.option(date.map((value) => ({ stored: value.replace('T', ' '), value })));
    default:
      return fc.option(text.map((value) => ({ stored: value, value })));
  }
});

/** The document that the format makes of those bytes where each chunk has so many, over and over. */
async function written(format: Format, rows: Buffer, sizes: readonly number[], shape = SHAPE): Promise<string> {
  async function* chunks() {
    for (let at = 0, turn = 0; at < rows.length; turn++) {
      const end = at + (sizes[turn % sizes.length] ?? 1);
      yield rows.subarray(at, end);
      at = end;
    }
  }
  const pieces: Buffer[] = [];
  for await (const piece of format.encode(shape, chunks(), DETAILS)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('every text, number and date comes out as it is stored', () => {
  test('wherever the network cuts the rows, in every format', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(...cells), { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        async (rows, sizes) => {
          const stored = rows
            .map((row) => `${row.map((cell) => copyText(cell?.stored ?? null)).join('\t')}\n`)
            .join('');
          const bytes = Buffer.from(stored);
          const content = rows.map((row) =>
            Object.fromEntries(FIELDS.map(({ key }, place) => [key, row[place]?.value ?? null])),
          );
          expect(await written(json, bytes, sizes)).toBe(JSON.stringify({ content }));
          expect(await written(ndjson, bytes, sizes)).toBe(
            content.map((object) => `${JSON.stringify(object)}\n`).join(''),
          );
          const omitting: OutputOptions = { ...SHAPE, nulls: 'omit' };
          const stating = content.map((object) =>
            Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null)),
          );
          expect(await written(json, bytes, sizes, omitting)).toBe(JSON.stringify({ content: stating }));
          expect(await written(ndjson, bytes, sizes, omitting)).toBe(
            stating.map((object) => `${JSON.stringify(object)}\n`).join(''),
          );
          const texts = rows.map((row) => row.map((cell) => (cell === null ? null : String(cell.value))));
          expect(await written(csv, bytes, sizes)).toBe(toCsv(texts));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('where what is written is many times longer than what was read', async () => {
    const controls = '\u0001\u000b\u001f"'.repeat(50_000);
    const row = Buffer.from(`${copyText(controls)}${'\t\\N'.repeat(FIELDS.length - 1)}\n`);
    expect(JSON.parse(await written(json, row, [row.length])).content[0].interviewId).toBe(controls);
    expect(await written(csv, row, [row.length])).toBe(toCsv([[controls, ...FIELDS.slice(1).map(() => null)]]));
  });
});
