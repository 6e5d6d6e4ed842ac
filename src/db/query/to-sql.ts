import type { Comparison, Condition } from '../../domain/condition.ts';
import { type Attribute, attributeOf, ENTITIES, type EntityName, relationOf } from '../../domain/entities.ts';
import { allOf, anyOf } from './joined.ts';
import { type RelatedSql, relatedSql } from './related.ts';

/** Takes a value out of the SQL: gives the expression of type `type` that stands for it. */
export type Bind = (value: string | readonly string[], type: string) => string;

/** A statement's parameters, and what takes values as such. */
export function parameterList(): { parameters: unknown[]; bind: Bind } {
  const parameters: unknown[] = [];
  return { parameters, bind: (value, type) => `$${parameters.push(value)}::${type}` };
}

/** What a condition is translated for: a table that holds an entity, under a name. */
interface SqlScope {
  readonly bind: Bind;
  readonly entity: EntityName;
  readonly alias: string;
  /** Whether it stands among the conditions of a WHERE that all must hold: there Postgres joins what it elsewhere looks up row by row. */
  readonly joinable: boolean;
  /** Whether it stands in a subquery. */
  readonly nested: boolean;
}

/**
 * A condition on a table, named `alias`, as SQL that is true where it holds, for a WHERE whose conditions all must hold. No value of it becomes
 * part of the text: `bind` takes them. The values must already be of their attribute's kind. `entity` says what the table holds.
 */
export function toSql(condition: Condition, bind: Bind, entity: EntityName = 'appointment', alias = 'a'): string {
  return isTrue(condition, { bind, entity, alias, joinable: true, nested: false });
}

function isTrue(condition: Condition, scope: SqlScope): string {
  if ('all' in condition) return allOf(condition.all.map((one) => isTrue(one, scope)));
  if ('any' in condition) return anyOf(condition.any.map((one) => isTrue(one, { ...scope, joinable: false })));
  if ('not' in condition) return isNotTrue(condition.not, scope);
  if (!('some' in condition)) return onColumns(condition, scope);
  const { semiJoin, exists, atLeast } = relatedRows(condition, scope);
  if (condition.atLeast !== undefined)
    return atLeast(scope.bind(String(condition.atLeast), 'integer'), isNested(scope));
  return scope.joinable ? semiJoin : exists;
}

/** True where a condition is not true: it is false, or compares with what states nothing. */
function isNotTrue(condition: Condition, scope: SqlScope): string {
  if ('all' in condition) return anyOf(condition.all.map((one) => isNotTrue(one, { ...scope, joinable: false })));
  if ('any' in condition) return allOf(condition.any.map((one) => isNotTrue(one, scope)));
  if ('not' in condition) return isTrue(condition.not, scope);
  if (!('some' in condition)) return `(${onColumns(condition, scope)}) IS NOT TRUE`;
  const { exists, atLeast } = relatedRows(condition, scope);
  const { atLeast: count } = condition;
  return `NOT ${count === undefined ? exists : atLeast(scope.bind(String(count), 'integer'), isNested(scope))}`;
}

/** Whether what is looked for in a subquery can be joined with what that is about. */
const isNested = ({ joinable, nested }: SqlScope): boolean => joinable && nested;

/** What a condition asks for on the other side of a relation. */
function relatedRows(
  { some, where }: Extract<Condition, { some: string }>,
  { bind, entity, alias }: SqlScope,
): RelatedSql {
  const relation = relationOf(entity, some);
  const other = `${alias}_`;
  const condition = isTrue(where, { bind, entity: relation.to, alias: other, joinable: true, nested: true });
  return relatedSql(relation, alias, { alias: other, condition });
}

function onColumns(
  condition: Comparison | Extract<Condition, { named: string }>,
  { bind, entity, alias }: SqlScope,
): string {
  if (!('named' in condition)) return comparison(condition, bind, attributeOf(entity, condition.of), alias);
  const names = ENTITIES[entity].fullName?.map((name) => `${alias}.${attributeOf(entity, name).column}`);
  if (!names) throw new Error(`${entity} has no name`);
  return contains(`concat_ws(' ', ${names.join(', ')})`, condition.named, bind);
}

function comparison(condition: Comparison, bind: Bind, { column, type }: Attribute, alias: string): string {
  const value = `${alias}.${column}`;
  switch (condition.is) {
    case 'null':
      return `${value} IS NULL`;
    case 'in':
      return `${value} = ANY(${bind(condition.values, `${type}[]`)})`;
    case 'contains':
      return contains(value, condition.value, bind);
    case 'startsWith':
      return `${value} ${ANY_CASE} ${bind(`${literally(condition.value)}%`, 'text')}`;
    default:
      return `${value} ${condition.is} ${bind(condition.value, type)}`;
  }
}

const contains = (value: string, part: string, bind: Bind): string =>
  `${value} ${ANY_CASE} ${bind(`%${literally(part)}%`, 'text')}`;

/** Compares without regard to case in every script, whatever the database's own locale knows. */
const ANY_CASE = 'COLLATE "und-x-icu" ILIKE';

/** A text in a pattern of LIKE that stands for itself (PostgreSQL manual, 9.7.1). */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
