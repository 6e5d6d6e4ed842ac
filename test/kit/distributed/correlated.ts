/** The rules about subqueries that ask about rows of the queries around them. */
import type { Broken } from './rules.ts';
import { type Correlated, readStatement, type Source } from './subqueries.ts';
import { names, some, type Tree } from './tree.ts';

const UNCORRELATED =
  'key IN (SELECT … JOIN …), which asks about nothing around it, or a join; EXISTS only among appointment, interview and time_slot, by interview_id';

/** Finds the subqueries of a statement that could only be answered by a node that has the rows of all of them. */
export function correlatedRules(statement: unknown): Broken[] {
  const { correlated, unlinked } = readStatement(statement);
  const broken = correlated.flatMap((subquery) => {
    const one = subquery.isLateral ? lateralRule(subquery) : (expressionRule(subquery) ?? linkRule(subquery));
    return one ? [one] : [];
  });
  if (unlinked.length > 0)
    broken.push({
      rule: `${named(unlinked)} must be joined with the other distributed tables of its FROM by interview_id`,
      instead: 'a join by interview_id, or a subquery that is read first',
    });
  return broken;
}

const isDistributed = ({ rows }: Source): boolean => rows === 'distributed';
const named = (sources: readonly Source[]): string => [...new Set(sources.map(({ what }) => what))].join(' and ');

/** A subquery behind EXISTS, IN or ARRAY, or in the place of a value. */
function expressionRule({ inside, outside }: Correlated): Broken | null {
  const elsewhere = outside.filter((source) => !isDistributed(source));
  if (!inside.some(isDistributed) || elsewhere.length === 0) return null;
  return {
    rule: `a subquery over ${named(inside.filter(isDistributed))} must not ask about ${named(elsewhere)}`,
    instead: UNCORRELATED,
  };
}

/** What holds for LATERAL, too: rows of distributed tables meet where they lie together, and no other table lies there. */
function linkRule({ inside, outside, isLinked }: Correlated): Broken | null {
  const around = outside.filter(isDistributed);
  const own = inside.filter(isDistributed);
  if (own.length > 0 && around.length > 0 && !isLinked)
    return {
      rule: `a subquery over ${named(own)} must ask about ${named(around)} by its interview_id`,
      instead: UNCORRELATED,
    };
  // A node that has part of the rows around the subquery has none of a table that is not distributed.
  const local = inside.filter(({ rows }) => rows === 'local');
  const apart = outside.filter(({ rows, beside }) => rows !== 'values' && beside.some(isDistributed));
  return own.length > 0 || local.length === 0 || apart.length === 0
    ? null
    : {
        rule: `a subquery over ${named(local)} must not ask about ${named(apart)}${apart.some(isDistributed) ? '' : ', which is joined with a distributed table'}`,
        instead: UNCORRELATED,
      };
}

function lateralRule(subquery: Correlated): Broken | null {
  const { select, inside, outside } = subquery;
  if (inside.length === 0 && outside.some(isDistributed) && some(select, 'SubLink', () => true))
    return {
      rule: `a LATERAL subquery without FROM over ${named(outside.filter(isDistributed))} must not have a subquery of its own`,
      instead: 'a value that is read before and sent as a parameter, or the expression in the place of the LATERAL',
    };
  const elsewhere = outside.filter((source) => !isDistributed(source));
  const whole = inside.some(isDistributed) && elsewhere.length > 0 ? wholeOf(select) : null;
  return whole
    ? {
        rule: `a LATERAL subquery over ${named(inside.filter(isDistributed))} that asks about ${named(elsewhere)} must not have ${whole}`,
        instead: 'a join, and row_number() OVER (PARTITION BY parent …) in a subquery that is filtered outside',
      }
    : linkRule(subquery);
}

const AGGREGATES = ['count', 'sum', 'min', 'max', 'avg', 'array_agg', 'json_agg', 'bool_and', 'bool_or', 'string_agg'];

/** What needs all rows of a subquery together, wherever they lie; null without. */
function wholeOf(select: Tree): string | null {
  if (select.limitCount || select.limitOffset) return 'a LIMIT';
  if (select.distinctClause) return 'DISTINCT';
  const isOverAll = ({ over }: Tree) =>
    (over as Tree | undefined)?.name === undefined && isWhole(over as Tree | undefined);
  if (some(select, 'WindowDef', isWhole) || some(select, 'FuncCall', isOverAll)) return 'a window over all rows';
  const isAggregate = ({ funcname, over }: Tree) => !over && AGGREGATES.includes(names(funcname).at(-1) ?? '');
  return select.groupClause || some(select.targetList, 'FuncCall', isAggregate, true) ? 'an aggregate' : null;
}

/** Whether a window, defined in place or in a WINDOW clause, takes all rows. `OVER w` only names one. */
const isWhole = (window: Tree | undefined): boolean =>
  window !== undefined && !window.partitionClause && window.refname === undefined;
