import type { Query } from '../../connection/snapshot.ts';
import { type Sql, sql } from '../../sql.ts';
import type { Keyset } from '../pages/keyset.ts';

/** The first sort key of an export (src/extract/order.ts), in seconds since 1970 by the clock that the rows state. */
export interface CreateTimes {
  readonly first: number;
  readonly last: number;
}

/**
 * Returns the earliest and the latest create time of the stored rows, which an index has; with a keyset of an export the earliest that comes after
 * it. Null if no row has one. Errors: those of the query.
 */
export async function readCreateTimes(query: Query, after: Keyset | null): Promise<CreateTimes | null> {
  const [begin] = after ?? [];
  // Nulls come last.
  if (begin === null) return null;
  const [row] = await query<{ first: number | null; last: number | null }>(
    sql`/* extract.times */ SELECT extract(epoch FROM min(interview_create_date))::float8 AS first,
      extract(epoch FROM max(interview_create_date))::float8 AS last FROM appointment`,
  );
  if (!row || row.first === null || row.last === null) return null;
  return { first: begin === undefined ? row.first : Date.parse(`${begin.replace(' ', 'T')}Z`) / 1_000, last: row.last };
}

const timeSql = (seconds: number): Sql => sql`(timestamp 'epoch' + ${seconds} * interval '1 second')`;

/** Returns the condition that a row of `a` was created from one time until before another. */
export const createdWithin = (from: number, before: number): Sql =>
  sql`a.interview_create_date >= ${timeSql(from)} AND a.interview_create_date < ${timeSql(before)}`;

export const CREATED_NEVER = sql`a.interview_create_date IS NULL`;
