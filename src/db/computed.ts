import { instant } from './derive.ts';

/** A column of `appointment` that follows from the values of its own row. */
interface Computed {
  readonly column: string;
  /** Its value as SQL, over a row of that name that has the columns of the 30 fields. */
  readonly of: (row: string) => string;
}

/** The columns that an import computes in `appointment`: the time slot a row stands in, and its start and end as instants. */
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
];
