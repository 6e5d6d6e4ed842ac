import { CALENDAR_UNITS, type CalendarUnit } from '../calendar/units.ts';
import { keysOf } from '../types/records.ts';

/** The kind of a dimension's values. `bucket`: a part of a calendar, by its first day. */
export type DimensionKind =
  | 'bucket'
  | 'weekday'
  | 'hour'
  | 'identifier'
  | 'uuid'
  | 'text'
  | 'enumeration'
  | 'boolean'
  | 'slotState';

/** A dimension: what appointments are grouped by. */
export interface Dimension {
  readonly kind: DimensionKind;
  /** The column of CSV, and the property of JSON. */
  readonly column: string;
  readonly label: string;
  readonly description: string;
  /** Whether it requires the scope `personal`. */
  readonly personal: boolean;
}

const dimension = (
  kind: DimensionKind,
  column: string,
  label: string,
  description: string,
  access: 'personal' | 'anybody' = 'anybody',
): Dimension => ({ kind, column, label, description, personal: access === 'personal' });

/** THE TABLE of dimensions. Their SQL: src/db/metrics/keys.ts. */
export const DIMENSIONS = {
  DAY: dimension('bucket', 'day', 'Day', 'Day.'),
  WEEK: dimension('bucket', 'week', 'Week', 'Week.'),
  MONTH: dimension('bucket', 'month', 'Month', 'Month.'),
  QUARTER: dimension('bucket', 'quarter', 'Quarter', 'Quarter.'),
  YEAR: dimension('bucket', 'year', 'Year', 'Year.'),
  WEEKDAY: dimension('weekday', 'weekday', 'Weekday', 'Day of the week, of all weeks together.'),
  HOUR: dimension(
    'hour',
    'hour',
    'Hour',
    'Hour of the local time, 0 to 23, of all days together. The hour that daylight saving time repeats is one hour.',
  ),
  INTERVIEWER: dimension(
    'identifier',
    'interviewerEmployeeId',
    'Interviewer Employee Id',
    'Interviewer, by employee ID. Null is everybody without one.',
  ),
  CREATOR: dimension('identifier', 'creatorEmployeeId', 'Creator Employee Id', 'Creator of the interview.'),
  CANDIDATE: dimension('uuid', 'candidateProfileId', 'Candidate Profile ID', 'Candidate.'),
  JOB: dimension('uuid', 'jobId', 'Job ID', 'Job.'),
  DEPARTMENT: dimension('text', 'department', 'Department', 'Department of the job, if imported.'),
  APPLICATION_STAGE: dimension(
    'enumeration',
    'applicationStage',
    'Application Stage',
    'Stage of the application at the time of the appointment.',
  ),
  APPLICATION_STEP: dimension(
    'text',
    'applicationStep',
    'Application Step',
    'Step of the application at the time of the appointment.',
  ),
  INTERVIEW_TYPE: dimension('enumeration', 'interviewType', 'Interview Type', 'Type of the interview.'),
  CANDIDATE_STATUS: dimension(
    'enumeration',
    'candidateStatus',
    'Candidate Status',
    'Response of the candidate to the invitation.',
  ),
  INTERVIEWER_STATUS: dimension(
    'enumeration',
    'interviewerStatus',
    'Interviewer Status',
    'Response of the interviewer to the invitation.',
  ),
  CANCELED: dimension('boolean', 'canceled', 'Canceled', 'Whether the interview was canceled; null if not stated.'),
  SLOT_STATE: dimension(
    'slotState',
    'slotState',
    'Slot State',
    'Whether the time slot has ended, is upcoming, was canceled, or has no known time.',
  ),
  LOCATION: dimension('text', 'location', 'Location', 'Location of the interview.', 'personal'),
  ROOM: dimension('text', 'room', 'Room', 'Room of the time slot.', 'personal'),
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES: readonly DimensionName[] = keysOf(DIMENSIONS);

/** Whether a dimension cuts the calendar: it has the name of a unit. There is at most one in a query. */
export const isBucket = (name: DimensionName): name is CalendarUnit =>
  (CALENDAR_UNITS as readonly DimensionName[]).includes(name);

/** What a time slot’s row says of its time at the clock. */
export const SLOT_STATES = {
  HELD: 'Ended at the clock, and not canceled.',
  UPCOMING: 'Not yet ended, and not canceled.',
  CANCELED: 'Canceled.',
  UNKNOWN_TIME: 'Not canceled, and its end is not known as an instant.',
} as const;
