import { Failure } from '../../domain/errors.ts';
import { MAX_FILLED_GROUPS, type MetricsQuery } from '../../domain/metrics/query.ts';
import type { Query } from '../connection/snapshot.ts';
import { checkZone } from './known-zones.ts';
import { setPlanner } from './planner-settings.ts';
import { type MetricsStatement, metricsStatement } from './statement.ts';

/** A value of a group: a number; the end of a slot as a Date; null. */
export type GroupValue = number | Date | null;

export interface MetricsGroup {
  /** The keys in the order of the dimensions: the first day of a bucket, an ID, the name of an enumeration value, a text. */
  readonly keys: readonly (string | null)[];
  /** In the order in which they were asked for. */
  readonly values: readonly GroupValue[];
  /** Null if the group has no rows in the period that is compared with, or nothing is. */
  readonly previous: readonly GroupValue[] | null;
  /** The names of the keys, if asked for; null where a key has none. */
  readonly names?: readonly (string | null)[];
}

export interface MetricsGroups {
  readonly groups: readonly MetricsGroup[];
  /** How many groups there are, whatever the maximum. */
  readonly groupCount: number;
}

/** A row of the statement. */
export type GroupRow = Readonly<Record<string, unknown>>;

/**
 * Returns what reads the rows of a query’s statement: `count` returns how many groups there are, whatever the maximum, from the first row;
 * `group` the group of a row. Errors of `count`: BAD_USER_INPUT if filling makes too many groups.
 */
export function groupReader({ compared, fill, named }: MetricsQuery, { keys, values, maxOthers }: MetricsStatement) {
  const listOf = <T>(row: GroupRow, prefix: string, length: number): T[] =>
    Array.from({ length }, (_, index) => row[`${prefix}${index + 1}`] as T);
  return {
    count(first: GroupRow | undefined): number {
      if (Number(first?.others ?? 0) > maxOthers)
        throw new Failure(
          'BAD_USER_INPUT',
          `fill: ${fill?.length} periods for each of more than ${maxOthers} other keys are more than ${MAX_FILLED_GROUPS} groups; set it to false, filter, or ask for fewer periods.`,
        );
      return Number(first?.groups ?? 0);
    },
    group: (row: GroupRow): MetricsGroup => ({
      keys: listOf(row, 'k', keys),
      values: listOf(row, 'v', values),
      previous: compared !== null && row.has_previous ? listOf(row, 'p', values) : null,
      ...(named && { names: listOf<string | null>(row, 'n', keys) }),
    }),
  };
}

/**
 * Reads measures in groups; without dimensions there is one group, the total. Errors: BAD_USER_INPUT if filling makes too many groups;
 * those of `checkZone` and of the query.
 */
export async function readMetrics(query: Query, asked: MetricsQuery): Promise<MetricsGroups> {
  await checkZone(query, asked.period.timeZone);
  await setPlanner(query);
  const statement = metricsStatement(asked, query);
  const rows = await query<GroupRow>(statement.statement, statement.parameters);
  const reader = groupReader(asked, statement);
  const groupCount = reader.count(rows[0]);
  return { groups: rows.map(reader.group), groupCount };
}
