/** The rules about what stands somewhere in a statement, whatever is around it. */
import type { Broken } from './rules.ts';
import { DISTRIBUTED } from './subqueries.ts';
import { as, list, names, nodesOf, some, type Tree } from './tree.ts';

/** Finds what is refused wherever it stands. */
export function shapeRules(statement: unknown): Broken[] {
  // The halves of a UNION stand in it without their kind.
  const selects = nodesOf(statement, ['SelectStmt', 'larg', 'rarg']).filter(readsDistributed);
  const subqueries = nodesOf(statement, ['SubLink']).map(({ subselect }) => as(subselect, 'SelectStmt'));
  const rules: readonly (Broken & { readonly isBroken: boolean })[] = [
    {
      rule: 'a subquery must have a column',
      instead: 'EXISTS (SELECT 1 FROM …)',
      isBroken: subqueries.some(hasNoColumns),
    },
    {
      rule: 'false must not stand in an AND beside or within a subquery over a distributed table: no join is left of it',
      instead: 'false in the place of the whole AND, or of the subquery',
      isBroken: some(statement, 'BoolExpr', isNever) || subqueries.some(isOfNone),
    },
    {
      rule: 'pg_cancel_backend and pg_terminate_backend must know the type of their parameter: Citus has two of each',
      instead: 'pg_cancel_backend($1::integer)',
      isBroken: some(statement, 'FuncCall', isUnclearSignal),
    },
    {
      rule: 'GROUPING SETS, ROLLUP and CUBE must not group rows of a distributed table',
      instead: 'one GROUP BY each, or grouping sets over a subquery that groups first',
      isBroken: selects.some(isGroupedSeveralWays),
    },
    {
      rule: 'FOR UPDATE and FOR SHARE must not lock rows of a distributed table',
      instead: 'the import lock',
      isBroken: selects.some(({ lockingClause }) => lockingClause !== undefined),
    },
    {
      rule: 'LIMIT over a distributed table must not be a subquery',
      instead: 'a parameter',
      isBroken: selects.some(({ limitCount }) => some(limitCount, 'SubLink', () => true)),
    },
  ];
  return rules.filter(({ isBroken }) => isBroken).map(({ rule, instead }) => ({ rule, instead }));
}

const hasNoColumns = (select: Tree | null): boolean =>
  select !== null && select.op === 'SETOP_NONE' && !select.targetList && !select.valuesLists;

const isFalse = (node: unknown): boolean => {
  const value = as(node, 'A_Const')?.boolval as Tree | undefined;
  return value !== undefined && value.boolval !== true;
};
const isAndFalse = ({ boolop, args }: Tree): boolean => boolop === 'AND_EXPR' && list(args).some(isFalse);
const isNever = (condition: Tree): boolean =>
  isAndFalse(condition) &&
  some(condition.args, 'SubLink', ({ subselect }) => some(subselect, 'RangeVar', isDistributedTable));
const isOfNone = (select: Tree | null): boolean =>
  select !== null && readsDistributed(select) && some(select.whereClause, 'BoolExpr', isAndFalse, true);

const isUnclearSignal = ({ funcname, args }: Tree): boolean =>
  ['pg_cancel_backend', 'pg_terminate_backend'].includes(names(funcname).at(-1) ?? '') &&
  as(list(args)[0], 'ParamRef') !== null;

const isGroupedSeveralWays = ({ groupClause }: Tree): boolean =>
  list(groupClause).some((item) => as(item, 'GroupingSet'));

const isDistributedTable = ({ relname }: Tree): boolean => DISTRIBUTED.includes(String(relname));

/** Whether a FROM has a distributed table itself. */
const readsDistributed = ({ fromClause }: Tree): boolean => some(fromClause, 'RangeVar', isDistributedTable, true);
