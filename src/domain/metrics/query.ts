import type { ResolvedPeriod } from '../calendar/resolve.ts';
import type { Comparison } from '../calendar/shift.ts';
import type { Condition } from '../condition.ts';
import type { FieldKey } from '../fields.ts';
import type { DimensionName } from './dimensions.ts';
import type { MetricValue } from './metric-names.ts';

/** The appointments that are measured, and when. */
export interface Measured {
  readonly where: Condition;
  readonly period: ResolvedPeriod;
  /** The clock: an instant in UTC, `yyyy-MM-ddTHH:mm:ssZ`. */
  readonly at: string;
}

/** What is compared with: the same appointments in another period, at another clock. */
export interface Compared extends Omit<Comparison, 'at'>, Pick<Measured, 'at'> {}

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
  /** Whether the groups have the names of the people and jobs that their keys stand for. */
  readonly named?: boolean;
}

/** A cell of a table of metrics: a value of a group, by its keys: the first day of a bucket, an ID, a name or a text; null if not stated. */
export interface Cell extends Measured, Pick<MetricsQuery, 'visible' | 'groupBy'> {
  readonly keys: readonly (string | null)[];
  readonly value: MetricValue;
}

/** The maximum number of groups that filling may make: buckets times the other keys that occur. */
export const MAX_FILLED_GROUPS = 10_000;
