import { contentHashSql } from '../import/content-hash.ts';
import { instantColumn } from '../import/staged-columns.ts';
import { instant } from './instants.ts';
import { secretId } from './secret-ids.ts';

/** A column of `appointment` that is computed from the values of its own row. */
interface Computed {
  readonly column: string;
  /** Returns its value as SQL, for a row of that name that has the columns of the 30 fields. */
  readonly of: (row: string) => string;
  /** Returns the same for a staged row, which already has the instants of its times. */
  readonly ofStaged: (row: string) => string;
}

/** Maximum number of hours until a review. More than a century cannot be intended, and a far greater number would give no valid time. */
const MAX_HOURS = 1_000_000;

/** Returns the slot id. */
const slotId = (row: string): string =>
  // Hashes start, end and room. Both times have eight bytes even if one is missing, and a missing room differs from an empty one, so that
  // no two slots of an interview have the same bytes. The interview is included, so that no two ids reveal that two interviews share a
  // room.
  secretId(`timestamp_send(coalesce(${row}.start_time, 'infinity')) || timestamp_send(coalesce(${row}.end_time, 'infinity'))
      || convert_to(${row}.interview_id || coalesce('=' || ${row}.room, ''), 'UTF8')`);

/** Returns the instant of a local time of a row. */
const instantOf = (row: string, column: string): string => instant(`${row}.${column}`, `${row}.interview_time_zone`);

/** Returns the instant of the review. `endsAt`: the instant at which the time slot ends. */
const reviewedAt = (row: string, endsAt: string): string =>
  `CASE WHEN abs(${row}.time_to_provide_feedback) <= ${MAX_HOURS}
      THEN (${endsAt} + ${row}.time_to_provide_feedback * interval '1 hour')::timestamptz(0) END`;

/** Returns whether a row has an interviewer, if only by name. Never null. */
const hasInterviewer = (row: string): string =>
  `((${row}.interviewer_employee_id IS NOT NULL OR ${row}.interviewer_first_name <> '' OR ${row}.interviewer_last_name <> '') IS TRUE)`;

/** Returns whether a row has a review or a rating. */
const hasFeedback = (row: string): string =>
  `(${row}.interviewer_review IS NOT NULL OR ${row}.interviewer_rating IS NOT NULL)`;

const START = 'start_time';
const END = 'end_time';

/**
 * The columns that an import computes in `appointment`: the time slot of the row, its start and end as instants, the instant of the review,
 * and what metrics need to know of its long texts, so that the index `appointment_metrics` has all that they read.
 */
export const COMPUTED: readonly Computed[] = [
  { column: 'slot_id', of: slotId, ofStaged: slotId },
  { column: 'starts_at', of: (row) => instantOf(row, START), ofStaged: (row) => instantColumn(START, row) },
  { column: 'ends_at', of: (row) => instantOf(row, END), ofStaged: (row) => instantColumn(END, row) },
  {
    column: 'reviewed_at',
    of: (row) => reviewedAt(row, instantOf(row, END)),
    ofStaged: (row) => reviewedAt(row, instantColumn(END, row)),
  },
  { column: 'has_interviewer', of: hasInterviewer, ofStaged: hasInterviewer },
  { column: 'has_feedback', of: hasFeedback, ofStaged: hasFeedback },
];

/**
 * All columns of `appointment` that are computed from the values of their row: those of COMPUTED, and the content hash, which an import
 * brings along with the row.
 */
export const FOLLOWING: readonly Pick<Computed, 'column' | 'of'>[] = [
  { column: 'content_hash', of: contentHashSql },
  ...COMPUTED,
];
