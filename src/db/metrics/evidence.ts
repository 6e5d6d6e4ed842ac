import { formulaOf } from '../../domain/metrics/formula-of-value.ts';
import type { Facts, ItemKind } from '../../domain/metrics/formulas.ts';
import type { MetricValue } from '../../domain/metrics/metric-names.ts';
import type { Cell } from '../../domain/metrics/query.ts';
import { allOf, type Bind, type Sql, sql } from '../sql.ts';
import { aggregatesOf, factOfItem, factsOf, testSql } from './aggregates.ts';
import { type GroupedRows, groupedRows } from './grouped-rows.ts';
import { itemsSql } from './items.ts';
import { keyText } from './keys.ts';

/** The columns of `appointment a` that the rows of an item share, and those of the item. */
const ITEM_COLUMNS: Partial<Record<ItemKind, { readonly ofRow: Sql; readonly ofItem: Sql }>> = {
  slot: { ofRow: sql`(a.interview_id, a.slot_id)`, ofItem: sql`i.interview_id, i.slot_id` },
  interview: { ofRow: sql`a.interview_id`, ofItem: sql`i.interview_id` },
  application: { ofRow: sql`a.application_id`, ofItem: sql`i.application_id` },
};

/**
 * Returns the condition that a row of `appointment a` is one of those behind a cell: a row of the group that the value itself looks at, or a
 * row of an item that it does. Of a rate these are the rows of its denominator, of statistics those with a value.
 */
export function evidenceSql({ keys, value, ...cell }: Cell, bind: Bind): Sql {
  const rows = groupedRows(cell, cell, bind, false);
  const inGroup = cell.groupBy.map((dimension, index) => {
    const [key, wanted] = [rows.keys[index] as Sql, keys[index] ?? null];
    if (dimension === 'DEPARTMENT') return inDepartment(wanted, bind);
    return wanted === null ? sql`${key} IS NULL` : sql`${keyText(dimension, key, bind)} = ${bind(wanted, 'text')}`;
  });
  const group: GroupedRows = { ...rows, condition: allOf([rows.condition, ...inGroup]), keys: [], whole: () => null };
  return allOf([group.condition, counted(value, group, bind)]);
}

/** Returns the condition that a row's job is of a department; null: of none, or that there is no job. */
const inDepartment = (department: string | null, bind: Bind): Sql =>
  department === null
    ? sql`(a.job_id IS NULL OR a.job_id NOT IN (SELECT j.job_id FROM job j WHERE j.department IS NOT NULL))`
    : sql`a.job_id IN (SELECT j.job_id FROM job j WHERE j.department = ${bind(department, 'text')})`;

/** Returns the condition that a row of a group is counted, or belongs to an item that is. */
function counted(value: MetricValue, group: GroupedRows, bind: Bind): Sql {
  const aggregate = aggregatesOf(formulaOf(value)).at(-1);
  if (aggregate === undefined) throw new Error('a formula has no aggregate');
  const { items, take, where } = aggregate;
  const conditions = (factSql: (fact: Facts[ItemKind]) => Sql): Sql[] => [
    ...where.map((test) => testSql(test, factSql, bind)),
    ...('of' in take ? [sql`${factSql(take.of)} IS NOT NULL`] : []),
  ];
  switch (items) {
    case 'row':
      return allOf(conditions((fact) => group.facts[fact as Facts['row']]));
    case 'candidate':
      return sql`a.candidate_profile_id IS NOT NULL`;
    case 'interviewer':
    case 'panel':
      return sql`a.interviewer_employee_id IS NOT NULL`;
    case 'interviewerWeek':
      return allOf([group.facts.due, sql`a.interviewer_employee_id IS NOT NULL`, group.weekIsComplete]);
    default: {
      const columns = ITEM_COLUMNS[items];
      if (columns === undefined) throw new Error(`there is no evidence of the items ${items}`);
      const found = sql`SELECT ${columns.ofItem} FROM (${itemsSql(items, group, factsOf([aggregate]))}) i WHERE ${allOf(conditions(factOfItem))}`;
      return sql`${columns.ofRow} IN (${found})`;
    }
  }
}
