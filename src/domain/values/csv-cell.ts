const NEEDS_QUOTES = /[",\n\r]/;

/**
 * A cell of canonical CSV: in quotes where RFC 4180 wants them, and where the text is empty, which sets it apart from null.
 * These are the bytes of Postgres' COPY … (FORMAT csv), but for a text `\.` that is alone in its row, which Postgres quotes for itself.
 */
export function csvCell(value: string | null): string {
  if (value === null) return '';
  if (value === '' || NEEDS_QUOTES.test(value)) return `"${value.replaceAll('"', '""')}"`;
  return value;
}
