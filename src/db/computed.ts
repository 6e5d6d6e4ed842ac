import { instant } from './derive.ts';

/** A column of `appointment` that follows from the values of its own row. */
interface Computed {
  readonly column: string;
  /** Its value as SQL, over a row of that name that has the columns of the 30 fields. */
  readonly of: (row: string) => string;
}

/** Hours to a review that give its time; more than a century can't be meant, and more than the years there are would be no time. */
const MOST_HOURS = 1_000_000;

/**
 * The columns that an import computes in `appointment`: the time slot a row stands in, its start and end as instants, and that of the
 * review.
 */
export const COMPUTED: readonly Computed[] = [
  {
    column: 'slot_id',
    // 128 bits of SHA-256 over start, end and room. Both times have eight bytes, also where one is missing, and a missing room isn't an
    // empty one, so that no two slots have the same bytes.
    of: (row) => `encode(substring(sha256(timestamp_send(coalesce(${row}.start_time, 'infinity'))
      || timestamp_send(coalesce(${row}.end_time, 'infinity')) || convert_to(coalesce('=' || ${row}.room, ''), 'UTF8')) FOR 16), 'hex')::uuid`,
  },
  { column: 'starts_at', of: (row) => instant(`${row}.start_time`, `${row}.interview_time_zone`) },
  { column: 'ends_at', of: (row) => instant(`${row}.end_time`, `${row}.interview_time_zone`) },
  {
    column: 'reviewed_at',
    of: (row) => `CASE WHEN abs(${row}.time_to_provide_feedback) <= ${MOST_HOURS}
      THEN (${instant(`${row}.end_time`, `${row}.interview_time_zone`)} + ${row}.time_to_provide_feedback * interval '1 hour')::timestamptz(0) END`,
  },
];
