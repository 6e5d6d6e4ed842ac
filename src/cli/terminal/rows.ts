/** The numbers of rows of several tables, for a person: all of them, and those of each. */
export function describeRows(rows: ReadonlyMap<string, number>): string {
  const each = [...rows].map(([table, count]) => `${table} ${count.toLocaleString('en')}`).join(', ');
  return `${totalRows(rows).toLocaleString('en')} rows (${each})`;
}

/** The rows of all tables together. */
export const totalRows = (rows: ReadonlyMap<string, number>): number =>
  [...rows.values()].reduce((sum, count) => sum + count, 0);
