import type { MetricDate, ResolvedPeriod } from '../../domain/calendar/resolve.ts';
import type { Measured } from '../../domain/metrics/query.ts';
import { utcClock } from '../../domain/values/date.ts';
import { allOf, type Bind, type Sql, sql } from '../sql.ts';

/** How many hours the clocks of two zones may differ from UTC, with room for those of the past. */
const MAX_OFFSET_HOURS = 18;

/**
 * Returns the local time of a date of `appointment a`, by which it is put into periods: never the instant, because days have 23, 24 or 25
 * hours (docs/metrics.md, "Time").
 */
export function localTime({ on, timeZone }: Pick<ResolvedPeriod, 'on' | 'timeZone'>, bind: Bind): Sql {
  const zone = timeZone === null ? null : bind(timeZone, 'text');
  /** Null where clocks show a year that no day of the calendar has; far from these years that needs no look at the clocks. */
  const ofInstant = (instant: Sql): Sql => {
    const local = sql`(${instant} AT TIME ZONE ${zone ?? sql`'UTC'`})`;
    return sql`CASE WHEN ${instant} BETWEEN '0001-01-02 00:00Z' AND '9999-12-30 00:00Z'
      OR (${local} >= '0001-01-01' AND ${local} < '10000-01-01') THEN ${local} END`;
  };
  const ofUtc = (clock: Sql): Sql => (zone === null ? clock : ofInstant(sql`(${clock} AT TIME ZONE 'UTC')`));
  switch (on) {
    case 'START':
      return zone === null ? sql`a.start_time` : ofInstant(sql`a.starts_at`);
    case 'CREATE':
      return ofUtc(sql`a.interview_create_date`);
    case 'UPDATE':
      return ofUtc(sql`a.interview_update_date`);
    case 'REVIEW':
      return ofInstant(sql`a.reviewed_at`);
  }
}

/** Columns of dates with an index, as instants, as UTC wall clocks or as wall clocks of any zone. */
const INDEXED = {
  START: { column: sql`a.start_time`, type: 'timestamp', zones: 2 },
  CREATE: { column: sql`a.interview_create_date`, type: 'timestamp', zones: 1 },
  UPDATE: { column: sql`a.interview_update_date`, type: 'timestamp', zones: 1 },
  REVIEW: { column: sql`a.reviewed_at`, type: 'timestamptz', zones: 1 },
} as const;

/**
 * Returns the first moment of a day on the clock of a column, moved so far that no zone's clock of the day lies beyond it: `way` is -1 for
 * back, 1 for ahead.
 */
function edge(
  day: string,
  way: -1 | 1,
  { type, zones }: Pick<(typeof INDEXED)[MetricDate], 'type' | 'zones'>,
  bind: Bind,
): Sql {
  const clock = utcClock(Date.parse(`${day}T00:00:00Z`) + way * zones * MAX_OFFSET_HOURS * 3_600_000);
  // Around the first day of the year 1 there is no such date.
  return bind(clock === null ? (way < 0 ? '-infinity' : 'infinity') : `${clock}Z`, type);
}

/**
 * Returns the condition that an appointment lies in a period, by its local time. Where that is the clock of a zone, a wider condition on the
 * indexed column comes with it, since there is no index on the clocks of each zone.
 */
export function inPeriod({ on, from, to }: ResolvedPeriod, local: Sql, bind: Bind): Sql {
  const indexed = INDEXED[on];
  const isIndexed = local === indexed.column;
  return allOf([
    ...(from === null || isIndexed ? [] : [sql`${indexed.column} >= ${edge(from, -1, indexed, bind)}`]),
    ...(to === null || isIndexed ? [] : [sql`${indexed.column} < ${edge(to, 1, indexed, bind)}`]),
    ...(from === null ? [] : [sql`${local} >= ${bind(from, 'timestamp')}`]),
    ...(to === null ? [] : [sql`${local} < ${bind(to, 'timestamp')}`]),
  ]);
}

/** Returns the condition that starts from `first` to `last`, each on the clock of its interview, may lie in a period of starts. */
export function mayReach(
  { from, to, timeZone }: ResolvedPeriod,
  { first, last }: { readonly first: Sql; readonly last: Sql },
  bind: Bind,
): Sql {
  const edgeOf = (day: string, way: -1 | 1): Sql =>
    timeZone === null ? bind(day, 'timestamp') : edge(day, way, INDEXED.START, bind);
  return allOf([
    ...(from === null ? [] : [sql`${last} >= ${edgeOf(from, -1)}`]),
    ...(to === null ? [] : [sql`${first} < ${edgeOf(to, 1)}`]),
  ]);
}

/** Returns an instant before which no appointment of a period of starts begins; null for other periods. */
export const earliestStart = ({ on, from }: ResolvedPeriod, bind: Bind): Sql | null =>
  on === 'START' && from !== null ? edge(from, -1, { type: 'timestamptz', zones: 1 }, bind) : null;

/**
 * Returns the condition that the week of a start is complete: over at the clock and, where the period is one of starts, entirely within it.
 * A week of own zones is over 12 hours after its end in UTC, when it is over everywhere.
 */
export function weekIsComplete({ period, at }: Pick<Measured, 'period' | 'at'>, week: Sql, bind: Bind): Sql {
  const { on, from, to, timeZone } = period;
  const clock = bind(at, 'timestamptz');
  const now =
    timeZone === null
      ? sql`(${clock} AT TIME ZONE 'UTC') - interval '12 hours'`
      : sql`${clock} AT TIME ZONE ${bind(timeZone, 'text')}`;
  return allOf([
    sql`${week} + 7 <= (${now})::date`,
    ...(on === 'START' && from !== null ? [sql`${week} >= ${bind(from, 'date')}`] : []),
    ...(on === 'START' && to !== null ? [sql`${week} + 7 <= ${bind(to, 'date')}`] : []),
  ]);
}
