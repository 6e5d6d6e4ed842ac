import { contentHashSql } from '../import/content-hash.ts';
import { instant } from './derive.ts';
import { secretId } from './secret-ids.ts';

/** A column of `appointment` that follows from the values of its own row. */
interface Computed {
  readonly column: string;
  /** Its value as SQL, over a row of that name that has the columns of the 30 fields. */
  readonly of: (row: string) => string;
}

/** Hours to a review that give its time; more than a century can't be meant, and more than the years there are would be no time. */
const MAX_HOURS = 1_000_000;

/**
 * The columns that an import computes in `appointment`: the time slot a row stands in, its start and end as instants, and that of the
 * review.
 */
export const COMPUTED: readonly Computed[] = [
  {
    column: 'slot_id',
    // Over start, end and room. Both times have eight bytes, also where one is missing, and a missing room isn't an empty one, so that no
    // two slots of an interview have the same bytes. With the interview, so that no two ids tell of one room that both are in.
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

/** All columns of `appointment` that follow from the values of their row: the content hash, too, which an import brings along. */
export const FOLLOWING: readonly Computed[] = [{ column: 'content_hash', of: contentHashSql }, ...COMPUTED];
