/**
 * The statements of an import between staging and the stored rows, in their order. Each creates a temporary table of the import's
 * transaction.
 */
import { rowId } from './row-id.ts';

/**
 * Returns the statement for the interviews with a refused row. All their rows are refused, and their stored rows are kept. `any`: whether
 * a row is refused; if none is, this saves a pass over all rows.
 */
export const refusedInterviews = (
  any: boolean,
): string => `/* load.refused */ CREATE TEMP TABLE refused ON COMMIT DROP AS
  SELECT DISTINCT interview_id FROM staged WHERE refusal IS NOT NULL AND interview_id IS NOT NULL${any ? '' : ' WITH NO DATA'}`;

const taken = (anyRefused: boolean): string =>
  `refusal IS NULL${anyRefused ? ' AND NOT EXISTS (SELECT 1 FROM refused r WHERE r.interview_id = staged.interview_id)' : ''}`;

/** Returns the statement for the rows to store. `anyRefused`: whether a row is refused. */
export const incomingRows = (
  anyRefused: boolean,
): string => `/* load.incoming */ CREATE TEMP TABLE incoming ON COMMIT DROP AS
  SELECT n, interview_id, content_hash, ${rowId('staged', 'key_hash')} AS row_id FROM staged WHERE ${taken(anyRefused)}`;

/** The ids that several rows to store have, because they share interview, start time and interviewer. */
export const REPEATED = `/* load.repeated */ CREATE TEMP TABLE repeated ON COMMIT DROP AS
  SELECT row_id FROM incoming GROUP BY row_id HAVING count(*) > 1`;

/**
 * Gives the rows of a repeated id ids of their own: an ordinal distinguishes them, from which the ids of the later ones are hashed. Of
 * rows that are the same in all fields only the first is left.
 */
export const DISTINGUISH = `/* load.distinguish */ WITH removed AS (
    DELETE FROM incoming i USING repeated WHERE i.row_id = repeated.row_id RETURNING i.n
  ), ranked AS (
    SELECT n, interview_id, content_hash, key_hash, interviewer_employee_id, dense_rank() OVER appointments AS ordinal,
      content_hash = lag(content_hash) OVER (PARTITION BY key_hash ORDER BY end_time, room, content_hash, n) AS again
    FROM staged JOIN removed USING (n)
    WINDOW appointments AS (PARTITION BY key_hash ORDER BY end_time, room, content_hash)
  )
  INSERT INTO incoming SELECT n, interview_id, content_hash, ${rowId('ranked', 'key_hash', 'ordinal')} FROM ranked WHERE again IS NOT TRUE`;

/** Which stored rows the imported rows replace. */
export type Replaced =
  /** Those of the same interviews. */
  | 'interviews'
  /** All except those of refused interviews. */
  | 'all'
  /** All: they are the sample. */
  | 'sample';

/** The stored rows in question, as a FROM clause with its condition. */
const REPLACED_ROWS: Readonly<Record<Replaced, string>> = {
  interviews: 'appointment a WHERE a.interview_id IN (SELECT interview_id FROM incoming)',
  all: 'appointment a LEFT JOIN refused r ON r.interview_id = a.interview_id WHERE r.interview_id IS NULL',
  sample: 'appointment a',
};

/** A row refused without an interview id may belong to any interview, so no stored row may be removed because it is absent. */
const NONE_UNKNOWN = 'NOT EXISTS (SELECT 1 FROM staged WHERE refusal IS NOT NULL AND interview_id IS NULL)';

/** Removes the rows of other interviews from the difference. */
const LEAVE_OTHERS = `/* load.difference */ DELETE FROM difference d
  WHERE n IS NULL AND NOT EXISTS (SELECT 1 FROM incoming i WHERE i.interview_id = d.interview_id)`;

/**
 * Returns the statements for the changes, one per row: `n` is null if a stored row is removed, and `stored` is false if a row is new.
 * Unchanged rows have an unchanged content hash and are left out. `most`: the files have most of the stored rows. Then comparing all and
 * leaving out the other interviews afterwards costs less than choosing their interviews first.
 */
export function difference(replaced: Replaced, most: boolean): string[] {
  const afterwards = replaced === 'interviews' && most;
  const rows = afterwards ? 'appointment a' : REPLACED_ROWS[replaced];
  const compare = `/* load.difference */ CREATE TEMP TABLE difference ON COMMIT DROP AS
  SELECT i.n, coalesce(i.interview_id, a.interview_id) AS interview_id, coalesce(i.row_id, a.row_id) AS row_id,
    a.row_id IS NOT NULL AS stored
  FROM incoming i FULL JOIN
    (SELECT a.interview_id, a.row_id, a.content_hash FROM ${rows}) a
    ON a.interview_id = i.interview_id AND a.row_id = i.row_id
  WHERE a.content_hash IS DISTINCT FROM i.content_hash${replaced === 'sample' ? '' : ` AND (i.n IS NOT NULL OR ${NONE_UNKNOWN})`}`;
  return afterwards ? [compare, LEAVE_OTHERS] : [compare];
}

/** Counts the rows to store. */
export const INCOMING_COUNT = '/* load.counts */ SELECT count(*) AS incoming FROM incoming';

/**
 * Whether rows are stored, and how many were when their statistics were last updated: negative if they never were, and 0 if they are distributed
 * over other servers, from which only what is compared is to come.
 */
export const STORED = `/* load.estimate */ SELECT EXISTS (SELECT 1 FROM appointment LIMIT 1) AS any, reltuples::float8 AS estimate
  FROM pg_class WHERE oid = 'appointment'::regclass`;

/** Counts changed rows and their interviews by what happens to them. Run it before the stored rows change. */
export const CHANGE_COUNTS = `/* load.counts */ WITH changed AS (
    SELECT interview_id, bool_or(stored) AS stored, bool_or(n IS NOT NULL) AS comes, count(*) FILTER (WHERE NOT stored) AS inserted,
      count(*) FILTER (WHERE stored AND n IS NOT NULL) AS updated, count(*) FILTER (WHERE n IS NULL) AS gone
    FROM difference GROUP BY interview_id
  ), staying AS (
    SELECT DISTINCT interview_id FROM incoming JOIN changed USING (interview_id) WHERE NOT comes
  ), known AS (
    SELECT DISTINCT interview_id FROM appointment WHERE interview_id IN (SELECT interview_id FROM changed WHERE NOT stored)
  ), fate AS (
    SELECT inserted, updated, gone, stored OR known.interview_id IS NOT NULL AS stored, comes OR staying.interview_id IS NOT NULL AS stays
    FROM changed LEFT JOIN staying USING (interview_id) LEFT JOIN known USING (interview_id)
  )
  SELECT coalesce(sum(inserted), 0) AS inserted, coalesce(sum(updated), 0) AS updated, coalesce(sum(gone), 0) AS gone,
    count(*) FILTER (WHERE NOT stored) AS interviews_inserted,
    count(*) FILTER (WHERE stored AND stays) AS interviews_updated,
    count(*) FILTER (WHERE stored AND NOT stays) AS interviews_removed FROM fate`;

/** True of a staged row that is refused, itself or with its interview. */
export const REFUSED_INTERVIEW = '(refusal IS NOT NULL OR interview_id IN (SELECT interview_id FROM refused))';

/** Counts the refused rows and their interviews. */
export const REFUSED_COUNTS = `/* load.counts */ SELECT (SELECT count(*) FROM refused) AS interviews, count(*) AS rows
  FROM staged WHERE ${REFUSED_INTERVIEW}`;

/** The sources with refused rows. */
export const REFUSED_IN = `/* load.refused-in */ SELECT DISTINCT source FROM staged WHERE ${REFUSED_INTERVIEW} ORDER BY source`;
