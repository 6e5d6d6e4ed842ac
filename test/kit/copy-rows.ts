import { type CanonicalRow, FIELDS, type Field, isDate } from '../../src/domain/fields.ts';

const LETTERS: Record<string, string> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\v': 'v',
  '\\': '\\',
};

/** A cell as COPY writes it (PostgreSQL manual, COPY, "Text Format"). */
export const copyText = (cell: string | null): string =>
  cell === null ? '\\N' : cell.replace(/[\b\f\n\r\t\v\\]/g, (letter) => `\\${LETTERS[letter]}`);

/** Canonical rows as a COPY of these fields sends them. */
export const copyRows = (rows: readonly CanonicalRow[], fields: readonly Field[] = FIELDS): Buffer =>
  Buffer.from(
    rows
      .map((row) => {
        const cells = fields.map((field, at) => {
          const cell = row[at] ?? null;
          return copyText(cell !== null && isDate(field) ? cell.replace('T', ' ') : cell);
        });
        return `${cells.join('\t')}\n`;
      })
      .join(''),
  );
