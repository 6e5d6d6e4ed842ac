/** What the plain computation is asked: the arguments of the GraphQL field `metrics`, enumerations by their names, days and instants as text. */
import type { Row } from '../generated.ts';
import type { MetricName } from './metric-names.ts';

/** A row of the extract. `rowId` decides between rows that are equally new; where it is missing there must be none. */
export type PlainRow = Row & { readonly rowId?: string };

/** What the rows themselves don't say. */
export interface Surroundings {
  /** The current stage of each application, by its id. */
  readonly stages: ReadonlyMap<string, string | null>;
  /** The department of each job that has one, by its id. */
  readonly departments: ReadonlyMap<string, string>;
}

export type PeriodDate = 'START' | 'CREATE' | 'UPDATE' | 'REVIEW';

export const CALENDAR_UNITS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface PeriodArgument {
  readonly on?: PeriodDate;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly last?: { readonly count: number; readonly unit: CalendarUnit; readonly andCurrent?: boolean } | null;
  readonly timeZone?: string | null;
  readonly weekStart?: Weekday;
}

export type Dimension =
  | CalendarUnit
  | 'WEEKDAY'
  | 'HOUR'
  | 'INTERVIEWER'
  | 'CREATOR'
  | 'CANDIDATE'
  | 'JOB'
  | 'DEPARTMENT'
  | 'APPLICATION_STAGE'
  | 'APPLICATION_STEP'
  | 'INTERVIEW_TYPE'
  | 'CANDIDATE_STATUS'
  | 'INTERVIEWER_STATUS'
  | 'CANCELED'
  | 'SLOT_STATE'
  | 'LOCATION'
  | 'ROOM';

export type Comparison = 'PREVIOUS_PERIOD' | 'PREVIOUS_YEAR';

export interface Having {
  readonly metric: MetricName;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly isNull?: boolean;
}

/** Exactly one of metric and dimension. */
export interface Order {
  readonly metric?: MetricName;
  readonly dimension?: Dimension;
  readonly direction?: 'ASC' | 'DESC';
  readonly nulls?: 'FIRST' | 'LAST';
}

export interface MetricsRequest {
  readonly where?: (row: PlainRow) => boolean;
  readonly period?: PeriodArgument | null;
  readonly groupBy?: readonly Dimension[];
  readonly having?: readonly Having[];
  readonly orderBy?: readonly Order[];
  readonly first?: number;
  readonly compareTo?: Comparison | null;
  /** Default: true. */
  readonly fill?: boolean;
  /** The clock, as an instant in text. */
  readonly at: string;
}
