/** The rules about what is computed where rows of a distributed table are changed. */
import type { Broken } from './rules.ts';
import { DISTRIBUTED } from './subqueries.ts';
import { as, list, names, nodesOf, some, type Tree } from './tree.ts';

/** Functions that give the same for the same arguments, whatever the settings: `provolatile` is `i` in pg_proc. All others count as not so. */
const IMMUTABLE: readonly string[] = [
  'abs',
  'btrim',
  'decode',
  'encode',
  'left',
  'length',
  'lower',
  'ltrim',
  'md5',
  'octet_length',
  'overlay',
  'position',
  'regexp_replace',
  'repeat',
  'replace',
  'right',
  'round',
  'rtrim',
  'sha256',
  'split_part',
  'starts_with',
  'strpos',
  'substring',
  'timezone',
  'translate',
  'trunc',
  'upper',
];

/** Functions that give something else each time. */
const VOLATILE: readonly string[] = [
  'clock_timestamp',
  'gen_random_uuid',
  'nextval',
  'random',
  'statement_timestamp',
  'timeofday',
  'uuidv7',
];

const COMPUTED_BEFORE =
  'UPDATE … FROM a MATERIALIZED result of WITH, or a temporary table, that has the key and the computed values; a time as a parameter';

/** Finds what may not be computed in an UPDATE, DELETE or ON CONFLICT of a distributed table. */
export function changeRules(statement: unknown): Broken[] {
  const broken: Broken[] = [];
  for (const update of nodesOf(statement, ['UpdateStmt']).filter(isDistributed)) {
    broken.push(...computedRules(`UPDATE ${tableOf(update)}`, computedIn(update)), ...caseRules(update));
    if (list(update.targetList).some((target) => as(target, 'ResTarget')?.name === 'interview_id'))
      broken.push({ rule: `UPDATE ${tableOf(update)} must not change interview_id`, instead: 'DELETE and INSERT' });
  }
  for (const remove of nodesOf(statement, ['DeleteStmt']).filter(isDistributed))
    broken.push(...computedRules(`DELETE FROM ${tableOf(remove)}`, computedIn(remove)));
  for (const insert of nodesOf(statement, ['InsertStmt']).filter(isDistributed)) {
    const { targetList, whereClause } = (insert.onConflictClause ?? {}) as Tree;
    for (const name of functionsIn([targetList, whereClause], isNotImmutable))
      broken.push({
        rule: `ON CONFLICT of ${tableOf(insert)} must not call ${name}()`,
        instead: 'the computed value in the SELECT, and excluded.… in its place',
      });
  }
  return broken;
}

const tableOf = ({ relation }: Tree): string => String((relation as Tree).relname);
const isDistributed = (change: Tree): boolean => DISTRIBUTED.includes(tableOf(change));

/** The parts of a change that each node computes for itself. What a WITH or a LIMIT computes is ready before, and so is a subquery by itself. */
function computedIn({ targetList, whereClause, fromClause, usingClause }: Tree): readonly unknown[] {
  const pushed = nodesOf([fromClause, usingClause], ['RangeSubselect']).flatMap(({ subquery }) => {
    const select = as(subquery, 'SelectStmt');
    const isPushed = select && !select.limitCount && !select.limitOffset;
    return isPushed && some(select.fromClause, 'RangeVar', ({ relname }) => DISTRIBUTED.includes(String(relname)))
      ? [select.targetList, select.whereClause, select.fromClause]
      : [];
  });
  return [targetList, whereClause, fromClause, usingClause, ...pushed];
}

function computedRules(what: string, parts: readonly unknown[]): Broken[] {
  const isVolatile = (call: Tree) => VOLATILE.includes(nameOfCall(call));
  const isOfColumns = (call: Tree) => isNotImmutable(call) && some(call.args, 'ColumnRef', () => true);
  const called = functionsIn(parts, (call) => isVolatile(call) || isOfColumns(call));
  const broken = called.map((name) => ({
    rule: `${what} must not compute ${name}() for each row`,
    instead: COMPUTED_BEFORE,
  }));
  const isZoned = ({ typeName, arg }: Tree) =>
    names((typeName as Tree | undefined)?.names).at(-1) === 'timestamptz' && some(arg, 'ColumnRef', () => true);
  if (some(parts, 'TypeCast', isZoned, true))
    broken.push({
      rule: `${what} must not compute timestamptz of a column, which depends on the session's time zone`,
      instead: 'AT TIME ZONE with a name',
    });
  return broken;
}

/** CASE and COALESCE take nothing that depends on settings or time, whether of columns or not. */
function caseRules(update: Tree): Broken[] {
  const choices = nodesOf(computedIn(update), ['CaseExpr', 'CoalesceExpr'], true);
  return functionsIn(choices, isNotImmutable).map((name) => ({
    rule: `UPDATE ${tableOf(update)} must not call ${name}() within CASE or COALESCE`,
    instead: COMPUTED_BEFORE,
  }));
}

const nameOfCall = ({ funcname }: Tree): string => names(funcname).at(-1) ?? '';
const isNotImmutable = (call: Tree): boolean => !IMMUTABLE.includes(nameOfCall(call));

/** The names of the functions that are called in the parts and meet the condition. Subqueries are left out. */
const functionsIn = (parts: readonly unknown[], meets: (call: Tree) => boolean): string[] => [
  ...new Set(nodesOf(parts, ['FuncCall'], true).filter(meets).map(nameOfCall)),
];
