const NEEDS_QUOTES = /[",\n\r]/;

/**
 * Writes a cell of canonical CSV. It is quoted if RFC 4180 requires quotes, and if the text is empty, which distinguishes it from null. The
 * bytes equal those of Postgres' COPY … (FORMAT csv), except for a text `\.` alone in its row, which Postgres quotes for its own purposes.
 */
export function csvCell(value: string | null): string {
  if (value === null) return '';
  if (value === '' || NEEDS_QUOTES.test(value)) return `"${value.replaceAll('"', '""')}"`;
  return value;
}
