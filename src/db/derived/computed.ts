import { contentHashSql } from '../import/content-hash.ts';
import { instant } from './derive.ts';
import { secretId } from './secret-ids.ts';

/** A column of `appointment` that is computed from the values of its own row. */
interface Computed {
  readonly column: string;
  /** Returns its value as SQL, for a row of that name that has the columns of the 30 fields. */
  readonly of: (row: string) => string;
}

/** Maximum number of hours until a review. More than a century cannot be intended, and a far greater number would give no valid time. */
const MAX_HOURS = 1_000_000;

/**
 * The columns that an import computes in `appointment`: the time slot of the row, its start and end as instants, and the instant of the
 * review.
 */
export const COMPUTED: readonly Computed[] = [
  {
    column: 'slot_id',
    // Hashes start, end and room. Both times have eight bytes even if one is missing, and a missing room differs from an empty one, so that
    // no two slots of an interview have the same bytes. The interview is included, so that no two ids reveal that two interviews share a
    // room.
    of: (row) =>
      secretId(`timestamp_send(coalesce(${row}.start_time, 'infinity')) || timestamp_send(coalesce(${row}.end_time, 'infinity'))
      || convert_to(${row}.interview_id || coalesce('=' || ${row}.room, ''), 'UTF8')`),
  },
  { column: 'starts_at', of: (row) => instant(`${row}.start_time`, `${row}.interview_time_zone`) },
  { column: 'ends_at', of: (row) => instant(`${row}.end_time`, `${row}.interview_time_zone`) },
  {
    column: 'reviewed_at',
    of: (row) => `CASE WHEN abs(${row}.time_to_provide_feedback) <= ${MAX_HOURS}
      THEN (${instant(`${row}.end_time`, `${row}.interview_time_zone`)} + ${row}.time_to_provide_feedback * interval '1 hour')::timestamptz(0) END`,
  },
];

/**
 * All columns of `appointment` that are computed from the values of their row: those of COMPUTED, and the content hash, which an import
 * brings along with the row.
 */
export const FOLLOWING: readonly Computed[] = [{ column: 'content_hash', of: contentHashSql }, ...COMPUTED];
