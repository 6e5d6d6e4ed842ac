import { isBucket } from '../../domain/metrics/dimensions.ts';
import { formulaOf } from '../../domain/metrics/formula-of-value.ts';
import type { Aggregate, Formula, ItemKind } from '../../domain/metrics/formulas.ts';
import type { MetricValue } from '../../domain/metrics/metric-names.ts';
import {
  type Compared,
  MAX_FILLED_GROUPS,
  type MetricsQuery,
  type ValueCondition,
} from '../../domain/metrics/query.ts';
import type { Layout } from '../connection/layout.ts';
import { allOf, type Bind, joinSql, parameterList, type Sql, sql, withUsedParameters } from '../sql.ts';
import { aggregateSql, aggregatesOf, factsOf, typeOf } from './aggregates.ts';
import { type GroupedRows, groupedRows } from './grouped-rows.ts';
import { itemsSql, keyNames } from './items.ts';
import { keyOrder, keyText } from './keys.ts';
import { nameOfKey } from './names-of-keys.ts';

/**
 * The statement of metrics. Each kind of items that a selected measure aggregates is one branch: a query of these items in groups, whose
 * aggregates have a column each. A UNION ALL of the branches, grouped by the keys once more, puts the columns of a group together; it needs
 * no join, which null keys would make quadratic. Groups that filling adds, and the groups of the period compared with, are further branches.
 * Nothing is compiled that is not selected.
 */
export interface MetricsStatement {
  readonly statement: Sql;
  readonly parameters: readonly unknown[];
  /**
   * The columns: `k1` … the keys as text, `n1` … their names; `v1` … the values; `p1` … those compared with, and `has_previous`; `groups`, how many groups
   * there are; `others`, by how many other keys buckets were multiplied.
   */
  readonly keys: number;
  readonly values: number;
  /** The maximum of `others`: if there are more, the groups are incomplete. */
  readonly maxOthers: number;
}

/** The distinct aggregates of some values, in the order of their columns. */
class Columns {
  readonly all: Aggregate[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(aggregate: Aggregate): number {
    const key = JSON.stringify(aggregate);
    const index = this.#indexes.get(key) ?? this.all.push(aggregate) - 1;
    this.#indexes.set(key, index);
    return index;
  }
}

/** Kinds of items of which each row has one, so that their branch has every group. */
const COMPLETE_KINDS: readonly ItemKind[] = ['row', 'slot', 'interview'];

const COUNT_ROWS: Aggregate = { items: 'row', take: { the: 'count' }, where: [] };

/** Returns the statement of a query to a database. */
export function metricsStatement(query: MetricsQuery, layout: Layout): MetricsStatement {
  const { groupBy, values, having, orderBy, first, fill, compared } = query;
  const { parameters, bind } = parameterList(layout);
  const columns = new Columns();
  const aggregated = (alias: Sql, formula: Formula): Sql => {
    const [value, divisor] = aggregatesOf(formula).map((aggregate) => sql`m.${alias}${columns.indexOf(aggregate)}`);
    return divisor === undefined ? (value as Sql) : sql`(${value as Sql}::float8 / nullif(${divisor}, 0))`;
  };
  const valueSql = (value: MetricValue): Sql => aggregated(sql`c`, formulaOf(value));
  const selected = values.map(valueSql);
  const previous = compared === null ? [] : values.map((value) => aggregated(sql`d`, formulaOf(value)));
  const conditions = having.map((condition) => conditionSql(condition, valueSql(condition.value), bind));
  const orders = orderBy.map(({ by, ...direction }) => ({
    ...direction,
    by: typeof by === 'string' ? keyOrder(by, keyOf(groupBy.indexOf(by))) : valueSql(by),
  }));
  if (!columns.all.some(({ items }) => COMPLETE_KINDS.includes(items))) columns.indexOf(COUNT_ROWS);

  const rows = groupedRows(query, query, bind);
  const keys = keyNames(rows);
  const aliases = [sql`c`, ...(compared === null ? [] : [sql`d`])];
  /** A SELECT of one branch: keys, columns of which those of other branches are null, and whether it is of the period itself. */
  const branch = (keyList: readonly Sql[], given: ReadonlyMap<string, Sql>, isCurrent: boolean, from: Sql): Sql => {
    const all = aliases.flatMap((alias) =>
      columns.all.map((aggregate, index) => {
        const column = sql`${alias}${index}`;
        return sql`${given.get(column) ?? sql`NULL::${typeOf(aggregate)}`} AS ${column}`;
      }),
    );
    const named = keyList.map((key, index) => sql`${key} AS ${keys[index] as Sql}`);
    return sql`SELECT ${joinSql([...named, ...all, sql`${isCurrent ? sql`true` : sql`false`} AS is_current`], ', ')} ${from}`;
  };
  const branchesOf = (measured: GroupedRows, alias: Sql, keyList: readonly Sql[]): Sql[] => {
    const kinds = new Set(columns.all.map(({ items }) => items));
    return [...kinds].map((kind) => {
      const ofKind = columns.all.filter(({ items }) => items === kind);
      const given = new Map(
        ofKind.map((aggregate) => [sql`${alias}${columns.all.indexOf(aggregate)}`, aggregateSql(aggregate, bind)]),
      );
      const groupByKeys =
        keys.length === 0
          ? sql``
          : sql` GROUP BY ${joinSql(
              keys.map((key) => sql`i.${key}`),
              ', ',
            )}`;
      const items = itemsSql(kind, measured, factsOf(ofKind));
      return branch(keyList, given, alias === 'c', sql`FROM (${items}) i${groupByKeys}`);
    });
  };
  const ownKeys = keys.map((key) => sql`i.${key}`);
  const branches = branchesOf(rows, sql`c`, ownKeys);
  if (compared !== null)
    branches.push(
      ...branchesOf(
        groupedRows(query, { ...query, ...compared }, bind),
        sql`d`,
        ownKeys.map((key, index) => (isBucket(groupBy[index] ?? 'JOB') ? shifted(key, compared) : key)),
      ),
    );
  const bucket = groupBy.findIndex(isBucket);
  const maxOthers = fill === null ? 0 : Math.floor(MAX_FILLED_GROUPS / Math.max(1, fill.length));
  const others = keys.filter((_, index) => index !== bucket);
  const isFilled = fill !== null && bucket >= 0;
  const withOthers =
    isFilled && others.length > 0
      ? sql`WITH others AS MATERIALIZED (SELECT DISTINCT ${joinSql(others, ', ')} FROM (${itemsSql('row', rows, [])}) i LIMIT ${maxOthers + 1}) `
      : sql``;
  if (isFilled) {
    const keyList = keys.map((key, index) => (index === bucket ? sql`b.bucket` : sql`o.${key}`));
    const crossed = others.length > 0 ? sql` CROSS JOIN others o` : sql``;
    branches.push(branch(keyList, new Map(), true, sql`FROM unnest(${bind(fill, 'date[]')}) b(bucket)${crossed}`));
  }

  const merged = aliases.flatMap((alias) =>
    columns.all.map((aggregate, index) => {
      const column = sql`${alias}${index}`;
      const value = sql`max(u.${column})`;
      return sql`${typeOf(aggregate) === 'int' ? sql`coalesce(${value}, 0)` : value} AS ${column}`;
    }),
  );
  const mergedKeys = keys.map((key) => sql`u.${key}`);
  const hasPrevious = sql`bool_or(NOT u.is_current) AS has_previous`;
  const grouped = keys.length === 0 ? sql`` : sql` GROUP BY ${joinSql(mergedKeys, ', ')} HAVING bool_or(u.is_current)`;
  const groups = sql`SELECT ${joinSql([...mergedKeys, ...merged, hasPrevious], ', ')} FROM (${joinSql(branches, ' UNION ALL ')}) u${grouped}`;

  const output = [
    ...groupBy.map((dimension, index) => sql`${keyText(dimension, keyOf(index), bind)} AS k${index + 1}`),
    ...(query.named ? groupBy : []).map(
      (dimension, index) => sql`${nameOfKey(dimension, keyOf(index))} AS n${index + 1}`,
    ),
    ...selected.map((value, index) => sql`${value} AS v${index + 1}`),
    ...previous.map((value, index) => sql`${value} AS p${index + 1}`),
    sql`m.has_previous`,
    sql`(count(*) OVER ())::int AS groups`,
    withOthers === '' ? sql`0 AS others` : sql`(SELECT count(*) FROM others)::int AS others`,
  ];
  const ordered = [
    ...orders.map(
      ({ by, descending, nullsFirst }) =>
        sql`${by} ${descending ? sql`DESC` : sql`ASC`} NULLS ${nullsFirst ? sql`FIRST` : sql`LAST`}`,
    ),
    ...groupBy.map((dimension, index) => sql`${keyOrder(dimension, keyOf(index))} ASC NULLS LAST`),
  ];
  // Too many other keys are told by a row, so there must be one, whatever the conditions.
  const condition =
    withOthers === '' || conditions.length === 0
      ? allOf(conditions)
      : sql`(${allOf(conditions)} OR (SELECT count(*) FROM others) > ${maxOthers})`;
  const statement = sql`/* metrics.groups */ ${withOthers}SELECT ${joinSql(output, ', ')} FROM (${groups}) m WHERE ${condition}${
    ordered.length === 0 ? sql`` : sql` ORDER BY ${joinSql(ordered, ', ')}`
  }${first === null ? sql`` : sql` LIMIT ${first}`}`;
  return { ...withUsedParameters(statement, parameters), keys: keys.length, values: values.length, maxOthers };
}

const keyOf = (index: number): Sql => sql`m.k${index + 1}`;

/** Returns the first day of the bucket at the same position of the period itself. */
function shifted(key: Sql, { bucketShift }: Compared): Sql {
  if (bucketShift === null) return key;
  return 'days' in bucketShift
    ? sql`(${key} + ${bucketShift.days})`
    : sql`(${key} + interval '${bucketShift.months} months')::date`;
}

function conditionSql({ gt, gte, lt, lte, isNull }: ValueCondition, value: Sql, bind: Bind): Sql {
  const than = (comparison: Sql, limit: number | null | undefined): Sql[] =>
    limit === null || limit === undefined ? [] : [sql`${value} ${comparison} ${bind(String(limit), 'float8')}`];
  return allOf([
    ...than(sql`>`, gt),
    ...than(sql`>=`, gte),
    ...than(sql`<`, lt),
    ...than(sql`<=`, lte),
    ...(isNull === null || isNull === undefined ? [] : [isNull ? sql`${value} IS NULL` : sql`${value} IS NOT NULL`]),
  ]);
}
