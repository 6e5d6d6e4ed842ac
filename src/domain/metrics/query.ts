import type { Condition } from '../condition.ts';
import type { FieldKey } from '../fields.ts';
import type { DimensionName, MetricDate, Weekday } from './dimensions.ts';
import type { MetricValue } from './metric-names.ts';

/** A period of a calendar. Days are `yyyy-MM-dd`. */
export interface MetricPeriod {
  /** The date of an appointment that counts. */
  readonly on: MetricDate;
  /** The first day; null: it has no beginning. */
  readonly from: string | null;
  /** The day after the last; null: it has no end. */
  readonly to: string | null;
  /** The zone whose calendar it is; null: each interview’s own for START, UTC for the others. */
  readonly timeZone: string | null;
  readonly weekStart: Weekday;
}

/** The appointments that are measured, and when. */
export interface Measured {
  readonly where: Condition;
  readonly period: MetricPeriod;
  /** The clock: an instant in UTC, `yyyy-MM-ddTHH:mm:ssZ`. */
  readonly at: string;
}

/** What is compared with: the same appointments in another period, at another clock. */
export interface Compared {
  readonly period: MetricPeriod;
  readonly at: string;
  /** What is added to the first day of a bucket of that period for the bucket at the same position of the other. */
  readonly bucketShift: { readonly days: number } | { readonly months: number };
}

/** A condition on a value: all that is given must hold. Null fulfils only `isNull`. */
export interface ValueCondition {
  readonly value: MetricValue;
  readonly gt?: number | null;
  readonly gte?: number | null;
  readonly lt?: number | null;
  readonly lte?: number | null;
  readonly isNull?: boolean | null;
}

/** A sort key: a value, or one of the dimensions of the groups. */
export interface GroupOrder {
  readonly by: MetricValue | DimensionName;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** Measures of appointments in groups. */
export interface MetricsQuery extends Measured {
  /** The rows that the viewer sees (src/domain/viewer.ts); `where` includes it. */
  readonly visible: Condition<FieldKey>;
  readonly groupBy: readonly DimensionName[];
  readonly values: readonly MetricValue[];
  readonly having: readonly ValueCondition[];
  /** Ties, and groups without an order, are ordered by the dimensions: ascending, nulls last. */
  readonly orderBy: readonly GroupOrder[];
  /** The maximum number of groups; null: all. */
  readonly first: number | null;
  /** The first days of the buckets that are groups even without appointments; null: none. */
  readonly fill: readonly string[] | null;
  readonly compared: Compared | null;
}

/** The maximum number of groups that filling may make: buckets times the other keys that occur. */
export const MAX_FILLED_GROUPS = 10_000;
