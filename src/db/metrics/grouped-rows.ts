import type { Measured, MetricsQuery } from '../../domain/metrics/query.ts';
import { toSql } from '../query/where/to-sql.ts';
import { allOf, type Bind, type Sql, sql } from '../sql.ts';
import { earliestStart, inPeriod, localTime, weekIsComplete } from './clock.ts';
import { keySql, weekOf } from './keys.ts';
import { overlappingSql } from './overlapping.ts';
import { type RowFacts, rowFacts } from './row-facts.ts';
import { type WholeItems, type WholeKind, wholeItems } from './whole-items.ts';

/** The measured rows of `appointment a`, in groups. */
export interface GroupedRows {
  /** The tables, from FROM on, and the condition that a row is measured. */
  readonly tables: Sql;
  readonly condition: Sql;
  /** What ends a subquery that Postgres is to compute as it stands. Of distributed rows it would be one for the coordinator: there is none. */
  readonly fence: Sql;
  /** The key of a row in each dimension. */
  readonly keys: readonly Sql[];
  readonly facts: RowFacts;
  /** The first day of the week in which a row starts, and the condition that this week is complete. */
  readonly week: Sql;
  readonly weekIsComplete: Sql;
  /** Returns the items of a kind that need not be grouped from rows; null if all must be. */
  readonly whole: (kind: WholeKind) => WholeItems | null;
}

/**
 * Returns the measured rows of `appointment a` with their keys in the groups of a query. `joinsJobs`: whether the table of jobs may be joined, as `j`,
 * without which there is no key for the department.
 */
export function groupedRows(
  { groupBy, visible }: Pick<MetricsQuery, 'groupBy' | 'visible'>,
  { where, period, at }: Measured,
  bind: Bind,
  joinsJobs = true,
): GroupedRows {
  const clock = bind(at, 'timestamptz');
  const local = localTime(period, bind);
  const started = localTime({ ...period, on: 'START' }, bind);
  const week = weekOf(started, period.weekStart);
  const isJoined = joinsJobs && groupBy.includes('DEPARTMENT');
  const from = (table: Sql) =>
    isJoined ? sql`FROM ${table} LEFT JOIN job j ON j.job_id = a.job_id` : sql`FROM ${table}`;
  const tables = from(sql`appointment a`);
  const condition = allOf([toSql(where, bind), inPeriod(period, local, bind)]);
  const facts = rowFacts(
    clock,
    overlappingSql(visible, sql`${tables} WHERE ${condition}`, earliestStart(period, bind), bind),
  );
  return {
    tables,
    condition,
    fence: bind.distributed ? sql`` : sql` OFFSET 0`,
    keys: groupBy.map((dimension) =>
      keySql(dimension, { facts, local, weekStart: period.weekStart, department: sql`j.department` }),
    ),
    facts,
    week,
    weekIsComplete: weekIsComplete({ period, at }, week, bind),
    whole: (kind) => {
      const whole = wholeItems(kind, { groupBy, where, period }, bind);
      return whole && { ...whole, table: from(whole.table), condition: allOf([condition, whole.condition]) };
    },
  };
}
