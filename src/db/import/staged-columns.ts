/**
 * The columns of `staged` that Postgres computes as it receives a row. It does so while the rest of the file is still being read, which
 * leaves less to do afterwards.
 */
import { FIELD_INDEX, FIELDS, type FieldKey } from '../../domain/fields.ts';
import { instant } from '../derived/instants.ts';

/** Returns the name of a field's column, in a row of that name. */
export const fieldColumn = (key: FieldKey, row = 's'): string => `${row}.${FIELDS[FIELD_INDEX[key]]?.column}`;

/** Returns the column of `staged` with the instant of a local time: null if it is unknown. `column`: that of the local time. */
export const instantColumn = (column: string, row: string): string => `${row}.${column}_at`;

/** The fields with a local time. */
export const LOCAL_FIELDS = FIELDS.filter(({ kind }) => kind === 'local');

/** The fields on which the rows of one interview should agree. */
export const OF_INTERVIEW = FIELDS.filter(({ subject, key }) => subject === 'interview' && key !== 'interviewId').map(
  ({ key }) => key,
);

/** Hours by which a duration may differ from its times: durations are often rounded to a hundredth. */
export const DURATION_TOLERANCE = 0.01;

/** Returns the hours between two times as SQL. */
export const hours = (start: string, end: string): string => `extract(epoch FROM ${end} - ${start}) / 3600`;

/** Returns SQL that is true of a duration that differs from its times. */
export const durationDiffers = (duration: string, start: string, end: string): string =>
  `abs(${duration} - ${hours(start, end)}) > ${DURATION_TOLERANCE}`;

const STAGED = 'staged';
const of = (key: FieldKey): string => fieldColumn(key, STAGED);

/** The definitions of the columns. */
export const COMPUTED_COLUMNS: readonly string[] = [
  ...LOCAL_FIELDS.map(
    ({ column }) =>
      `${column}_at timestamptz GENERATED ALWAYS AS (${instant(`${STAGED}.${column}`, of('interviewTimeZone'))}) STORED`,
  ),
  // Whether the duration of the time slot differs from the difference of the wall clocks.
  `duration_differs boolean GENERATED ALWAYS AS (${of('endTime')} >= ${of('startTime')}
    AND ${durationDiffers(of('duration'), of('startTime'), of('endTime'))}) STORED`,
  // The same number in all rows that agree about their interview.
  `about_interview bigint GENERATED ALWAYS AS (hash_record_extended(ROW(${OF_INTERVIEW.map(of).join(', ')}), 0)) STORED`,
];
