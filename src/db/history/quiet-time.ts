/**
 * Long times in which nothing was imported. A clock that is set ahead leaves one, whatever is imported by it afterwards; so the history keeps them,
 * and retention goes by them until it was applied for the first time (docs/retention.md).
 */

/** Days without anything after which the clock is not believed. */
export const MAX_QUIET_DAYS = 40;

/** How long a quiet time is at least, as SQL: one day more, as whole days are counted. Hours, since days of some time zones have 23 or 25 of them. */
const QUIET = `interval '${(MAX_QUIET_DAYS + 1) * 24} hours'`;

/** Whether an import was saved, as SQL for rows of the history. */
export const SAVED = `outcome IN ('CHANGED', 'UNCHANGED')`;

/** Whether an import of the history was saved, and no other one until a quiet time had passed, as SQL for a row `r`. */
export const ENDS_IN_QUIET = `(r.${SAVED} AND NOT EXISTS (SELECT 1 FROM import_record later
  WHERE later.${SAVED} AND later.ended_at > r.ended_at AND later.ended_at < r.ended_at + ${QUIET}))`;

/**
 * A SELECT of the first quiet time: `seen`, the last import before it, and `until`, its end: the next import, or now. No row if nothing was imported.
 * It is for a lateral join with a row of `dataset`, whose newest import is in the history unless that is older than the history. `now`: as SQL.
 */
export const firstQuietTime = (now: string): string =>
  `SELECT at AS seen, least(next, ${now}) AS until
   FROM (SELECT at, lead(at) OVER (ORDER BY at) AS next
     FROM (SELECT ended_at AS at FROM import_record WHERE ${SAVED}
       UNION ALL SELECT dataset.imported_at WHERE dataset.imported_at IS NOT NULL) imports) times
   WHERE next IS NULL OR next >= at + ${QUIET} ORDER BY at LIMIT 1`;
