/**
 * The statements of an import between staging and the stored rows, in their order. Each creates a temporary table of the import's
 * transaction.
 */
import { rowId } from './row-id.ts';

/** The interviews with a refused row. All their rows are refused, and their stored rows are kept. */
export const REFUSED = `/* load.refused */ CREATE TEMP TABLE refused ON COMMIT DROP AS
  SELECT DISTINCT interview_id FROM staged WHERE refusal IS NOT NULL AND interview_id IS NOT NULL`;

/** The appointments that several rows name. */
export const REPEATED = `/* load.repeated */ CREATE TEMP TABLE repeated ON COMMIT DROP AS
  SELECT key_hash FROM staged WHERE refusal IS NULL GROUP BY key_hash HAVING count(*) > 1`;

/**
 * Returns the rows to store, each once. Rows that share interview, start time and interviewer are distinguished by an ordinal, from which
 * the ids of the later ones are hashed. Most files have neither such rows nor refused ones: `has` tells, and saves the passes for them.
 */
export function incoming(has: { refused: boolean; repeated: boolean }): string {
  const taken = `refusal IS NULL${has.refused ? ' AND NOT EXISTS (SELECT FROM refused r WHERE r.interview_id = staged.interview_id)' : ''}`;
  const single = has.repeated ? ' AND NOT EXISTS (SELECT FROM repeated WHERE repeated.key_hash = staged.key_hash)' : '';
  const ranked = `
  UNION ALL
  SELECT n, interview_id, content_hash, ${rowId('ranked', 'key_hash', 'ordinal')}
  FROM (
    SELECT n, interview_id, content_hash, key_hash, interviewer_employee_id, dense_rank() OVER appointments AS ordinal,
      content_hash = lag(content_hash) OVER (PARTITION BY key_hash ORDER BY end_time, room, content_hash, n) AS again
    FROM staged JOIN repeated USING (key_hash) WHERE ${taken}
    WINDOW appointments AS (PARTITION BY key_hash ORDER BY end_time, room, content_hash)
  ) ranked WHERE again IS NOT TRUE`;
  return `/* load.incoming */ CREATE TEMP TABLE incoming ON COMMIT DROP AS
  SELECT n, interview_id, content_hash, ${rowId('staged', 'key_hash')} AS row_id FROM staged WHERE ${taken}${single}${has.repeated ? ranked : ''}`;
}

/** Which stored rows the imported rows replace. */
export type Replaced =
  /** Those of the same interviews. */
  | 'interviews'
  /** All except those of refused interviews. */
  | 'all'
  /** All: they are the sample. */
  | 'sample';

const REPLACED_SCOPES: Readonly<Record<Replaced, string>> = {
  interviews: 'interview_id IN (SELECT interview_id FROM incoming)',
  all: 'NOT EXISTS (SELECT FROM refused r WHERE r.interview_id = appointment.interview_id)',
  sample: 'true',
};

/** A row refused without an interview id may belong to any interview, so no stored row may be removed because it is absent. */
const NONE_UNKNOWN = 'NOT EXISTS (SELECT FROM staged WHERE refusal IS NOT NULL AND interview_id IS NULL)';

/**
 * Returns the statement for the changes, one per row: `n` is null if a stored row is removed, and `stored` is false if a row is new.
 * Unchanged rows have an unchanged content hash and are left out.
 */
export const difference = (replaced: Replaced): string =>
  `/* load.difference */ CREATE TEMP TABLE difference ON COMMIT DROP AS
  SELECT i.n, coalesce(i.interview_id, a.interview_id) AS interview_id, coalesce(i.row_id, a.row_id) AS row_id,
    a.row_id IS NOT NULL AS stored
  FROM incoming i FULL JOIN
    (SELECT interview_id, row_id, content_hash FROM appointment WHERE ${REPLACED_SCOPES[replaced]}) a
    ON a.interview_id = i.interview_id AND a.row_id = i.row_id
  WHERE a.content_hash IS DISTINCT FROM i.content_hash${replaced === 'sample' ? '' : ` AND (i.n IS NOT NULL OR ${NONE_UNKNOWN})`}`;

/** Counts rows and interviews by what happens to them. Run it before the stored rows change. */
export const DIFFERENCE_COUNTS = `/* load.counts */ WITH changed AS (
    SELECT interview_id, bool_or(stored) AS stored FROM difference GROUP BY interview_id
  ), coming AS (
    SELECT DISTINCT interview_id FROM incoming
  ), fate AS (
    SELECT stored OR EXISTS (SELECT FROM appointment a WHERE a.interview_id = changed.interview_id) AS stored,
      coming.interview_id IS NOT NULL AS stays FROM changed LEFT JOIN coming USING (interview_id)
  )
  SELECT
    (SELECT count(*) FROM staged) AS read,
    (SELECT count(*) FROM staged WHERE refusal IS NOT NULL OR interview_id IN (SELECT interview_id FROM refused)) AS refused,
    (SELECT count(*) FROM incoming) AS incoming,
    (SELECT count(*) FROM difference WHERE NOT stored) AS inserted,
    (SELECT count(*) FROM difference WHERE stored AND n IS NOT NULL) AS updated,
    (SELECT count(*) FROM difference WHERE n IS NULL) AS gone,
    (SELECT count(*) FROM coming) AS interviews_incoming,
    (SELECT count(*) FROM refused) AS interviews_refused,
    (SELECT count(*) FROM fate WHERE NOT stored) AS interviews_inserted,
    (SELECT count(*) FROM fate WHERE stored AND stays) AS interviews_updated,
    (SELECT count(*) FROM fate WHERE stored AND NOT stays) AS interviews_removed`;
