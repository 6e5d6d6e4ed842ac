import { FIELDS, type Field } from '../domain/fields.ts';
import type { Format } from './format.ts';
import { rowsStatement } from './statement.ts';

/**
 * A column as canonical CSV shows it (docs/contract.md, "Response"). Needs DateStyle ISO, where a timestamp's text differs from
 * ours by one letter; `to_char` would cost a third of the whole export.
 */
function cell({ column, kind }: Field): string {
  if (kind === 'utc' || kind === 'local') return `replace(a.${column}::text, ' ', 'T')`;
  if (kind === 'boolean') return `a.${column}::text`;
  return `a.${column}`;
}

/** Canonical CSV: a header of the keys, LF, quotes only where needed, an empty cell for null and `""` for empty text. */
export const csv: Format = {
  name: 'csv',
  mediaType: 'text/csv',
  contentType: 'text/csv; charset=utf-8',
  attachment: 'interviews-extract.csv',
  statement: () => `COPY (${rowsStatement(FIELDS.map(cell).join(', '))}) TO STDOUT (FORMAT csv)`,
  async *frame(rows) {
    yield Buffer.from(`${FIELDS.map((f) => f.key).join(',')}\n`);
    yield* rows;
  },
};
