/** Returns the numbers of rows of several tables, in words: the total and each table's. */
export function describeRows(rows: ReadonlyMap<string, number>): string {
  const each = [...rows].map(([table, count]) => `${table} ${count.toLocaleString('en')}`).join(', ');
  return `${totalRows(rows).toLocaleString('en')} rows (${each})`;
}

/** Returns the total number of rows. */
export const totalRows = (rows: ReadonlyMap<string, number>): number =>
  [...rows.values()].reduce((sum, count) => sum + count, 0);
