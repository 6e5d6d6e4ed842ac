/** The newest row comes first: the greatest interview update date, then start time, then row id (docs/contract.md, "Rows that disagree"). */
export const NEWEST = 'interview_update_date DESC NULLS LAST, start_time DESC NULLS LAST, row_id DESC';

/** The columns besides the row id that decide which row is the newest. */
export const DECIDE_NEWEST = ['interview_update_date', 'start_time'];

/** All rows of an item, in the order in which `DISTINCT ON` takes the newest, so that they are sorted once. */
export const allRows = (key: string): string =>
  `(PARTITION BY ${key} ORDER BY ${NEWEST} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;

/**
 * Returns the FROM clause of `appointment` with a column `agrees`: whether a row has the same values in some columns as the row before it of
 * the same item. If all rows of an item have it, they agree.
 */
export const comparedRows = (key: string, columns: readonly string[], condition: string): string => {
  const same = columns.map((name) => `${name} IS NOT DISTINCT FROM lag(${name}, 1, ${name}) OVER rows_of_item`);
  return `FROM (SELECT *, ${same.join(' AND ')} AS agrees FROM appointment WHERE ${condition}
      WINDOW rows_of_item AS (PARTITION BY ${key} ORDER BY ${NEWEST})) compared`;
};
