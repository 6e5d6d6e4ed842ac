import type { Comparison, Condition } from '../../../domain/condition.ts';
import {
  type Attribute,
  type EntityName,
  entityOf,
  findAttribute,
  findRelation,
  type Relation,
} from '../../../domain/entities.ts';
import { spellingKindOf } from '../../../domain/names/spelling-kind.ts';
import { unreachable } from '../../../domain/types/unreachable.ts';
import { isDistributed } from '../../connection/layout.ts';
import { allOf, anyOf, type Bind, column, name, type Sql, sql } from '../../sql.ts';
import { ANY_CASE, literally, type NameSql, nameContains, nameStartsWith, wholeName } from './name-search.ts';
import { type RelatedSql, relatedSql } from './related.ts';
import { relatedApart } from './related-apart.ts';

/** The context of a condition: the table of an entity, under an alias. */
interface SqlScope {
  readonly bind: Bind;
  readonly entity: EntityName;
  readonly alias: string;
  /**
   * Whether the condition is ANDed with the other conditions of a WHERE. There Postgres joins what it would otherwise look up row by row.
   */
  readonly joinable: boolean;
  /** Whether the condition is part of a subquery. */
  readonly nested: boolean;
}

/**
 * Translates a condition on an entity's table, named `alias`, into SQL that is true where the condition holds, for a WHERE whose conditions
 * are ANDed. The values must have their attribute's kind (src/domain/fields.ts).
 */
export function toSql(condition: Condition, bind: Bind, entity: EntityName = 'appointment', alias = 'a'): Sql {
  return isTrue(condition, { bind, entity, alias, joinable: true, nested: false });
}

function isTrue(condition: Condition, scope: SqlScope): Sql {
  if ('all' in condition) return allOf(condition.all.map((one) => isTrue(one, scope)));
  if ('any' in condition)
    return oneOf(
      condition.any.map((one) => isTrue(one, { ...scope, joinable: false })),
      scope,
    );
  if ('not' in condition) return isNotTrue(condition.not, scope);
  if (!('some' in condition)) return comparison(condition, scope);
  const own = onOwnColumn(condition, scope);
  if (own) return own;
  const { semiJoin, exists, atLeast } = relatedItems(condition, scope);
  if (condition.atLeast !== undefined)
    return atLeast(scope.bind(String(condition.atLeast), 'integer'), isNested(scope));
  return scope.joinable ? semiJoin : exists;
}

/** Returns SQL that is true where a condition is not true: where it is false, or compares with null. */
function isNotTrue(condition: Condition, scope: SqlScope): Sql {
  if ('all' in condition)
    return oneOf(
      condition.all.map((one) => isNotTrue(one, { ...scope, joinable: false })),
      scope,
    );
  if ('any' in condition) return allOf(condition.any.map((one) => isNotTrue(one, scope)));
  if ('not' in condition) return isTrue(condition.not, scope);
  if (!('some' in condition)) return sql`(${comparison(condition, scope)}) IS NOT TRUE`;
  const own = onOwnColumn(condition, scope);
  if (own) return sql`(${own}) IS NOT TRUE`;
  const { exists, atLeast } = relatedItems(condition, scope);
  const { atLeast: count } = condition;
  return sql`NOT ${count === undefined ? exists : atLeast(scope.bind(String(count), 'integer'), isNested(scope))}`;
}

/**
 * Joins conditions with OR. A constant would make Postgres leave out subqueries, after which Citus can't tell any more on which node their rows
 * are; a comparison of the key with itself is none.
 */
function oneOf(conditions: readonly Sql[], { bind, entity, alias }: SqlScope): Sql {
  if (!bind.distributed) return anyOf(conditions);
  const key = column(alias, entityOf(entity).key[0]?.column ?? '');
  const never = sql`${key} <> ${key}`;
  const always = sql`(${never}) IS NOT TRUE`;
  return conditions.length === 0 ? never : anyOf(conditions.map((one) => (one === 'true' ? always : one)));
}

/** Whether a subquery can be joined with the query around it. */
const isNested = ({ joinable, nested }: SqlScope): boolean => joinable && nested;

type Related = Extract<Condition, { some: string }>;

/** Returns the related items that a condition tests. */
function relatedItems({ some, where }: Related, { bind, entity, alias }: SqlScope): RelatedSql {
  const relation = requireRelation(entity, some);
  const other = `${alias}_`;
  const condition = isTrue(where, { bind, entity: relation.to, alias: other, joinable: true, nested: true });
  const otherSide = { alias: other, condition };
  return bind.distributed
    ? relatedApart(relation, { entity, alias }, otherSide)
    : relatedSql(relation, alias, otherSide);
}

/**
 * Rewrites a condition on nothing but the key of a related item as a condition on the column that refers to it. The referenced item always
 * exists, and an index on that column finds the rows in their order. Returns undefined for any other condition.
 */
function onOwnColumn({ some, where }: Related, { bind, entity, alias }: SqlScope): Sql | undefined {
  const { to, on, many } = requireRelation(entity, some);
  const [only, ...others] = 'all' in where ? where.all : [where];
  if (many || on.length > 1 || !only || others.length > 0 || !('of' in only) || only.is === 'null') return undefined;
  const attribute = requireAttribute(to, only.of);
  const local = on.find(([, foreign]) => attribute.kind !== 'fullName' && attribute.column === foreign)?.[0];
  return local === undefined ? undefined : compared(only, column(alias, local), bind, attribute);
}

const comparison = (condition: Comparison, scope: SqlScope): Sql => {
  const { bind, entity, alias } = scope;
  const attribute = requireAttribute(entity, condition.of);
  if (condition.is === 'contains' || condition.is === 'startsWith') {
    const named = nameSql(attribute, scope);
    if (named) return (condition.is === 'contains' ? nameContains : nameStartsWith)(named, condition.value, bind);
  }
  return compared(condition, valueSql(attribute, alias), bind, attribute);
};

/** Returns an attribute's value in a row of a table named `alias`. */
const valueSql = (attribute: Attribute, alias: string): Sql =>
  attribute.kind === 'fullName'
    ? wholeName(attribute.columns.map((part) => column(alias, part)))
    : column(alias, attribute.column);

/** Returns an attribute that is a name; null for any other. */
function nameSql(attribute: Attribute, { entity, alias, bind }: SqlScope): NameSql | null {
  const parts = namePartsOf(attribute);
  if (parts === null) return null;
  const [first, last] = parts;
  return {
    kind: spellingKindOf(entity),
    first: column(alias, first),
    last: last === undefined ? null : column(alias, last),
    whole: valueSql(attribute, alias),
    apart: bind.distributed && isDistributed(entityOf(entity).table),
  };
}

/** Returns the columns of a name; null for any other attribute. */
const namePartsOf = (attribute: Attribute): readonly [string, string?] | null =>
  attribute.kind === 'fullName' ? attribute.columns : attribute.isName ? [attribute.column] : null;

function compared(condition: Comparison, value: Sql, bind: Bind, attribute: Attribute): Sql {
  const type = attribute.kind === 'fullName' ? 'text' : attribute.type;
  switch (condition.is) {
    case 'null':
      return sql`${value} IS NULL`;
    case 'in':
      return sql`${value} = ANY(${bind(condition.values, `${type}[]`)})`;
    case 'contains':
      return sql`${value} ${ANY_CASE} ${bind(`%${literally(condition.value)}%`, 'text')}`;
    case 'startsWith':
      return sql`${value} ${ANY_CASE} ${bind(`${literally(condition.value)}%`, 'text')}`;
    case 'containsExactly':
      return sql`strpos(${writtenSql(value, attribute)}, ${bind(condition.value, 'text')}) > 0`;
    case 'startsWithExactly':
      return sql`starts_with(${writtenSql(value, attribute)}, ${bind(condition.value, 'text')})`;
    case '<':
      return sql`${ordered(value, type)} < ${bind(condition.value, type)}`;
    case '<=':
      return sql`${ordered(value, type)} <= ${bind(condition.value, type)}`;
    case '>':
      return sql`${ordered(value, type)} > ${bind(condition.value, type)}`;
    case '>=':
      return sql`${ordered(value, type)} >= ${bind(condition.value, type)}`;
    default:
      return unreachable(condition);
  }
}

/** Texts are compared by their characters' code points, on every server. */
const ordered = (value: Sql, type: string): Sql => (type === 'text' ? sql`${value} COLLATE "C"` : value);

/** Returns a value as the text that clients see of it. */
function writtenSql(value: Sql, { kind }: Attribute): Sql {
  if (kind === 'local') return sql`to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS')`;
  return kind === 'enumeration' ? sql`${value}::text` : value;
}

function requireAttribute(entity: EntityName, of: string): Attribute {
  const found = findAttribute(entity, of);
  if (!found) throw new Error(`${entity} has no attribute ${of}`);
  return found;
}

function requireRelation(entity: EntityName, some: string): Relation {
  const found = findRelation(entity, some);
  if (!found) throw new Error(`${entity} has no relation ${some}`);
  return found;
}

/** Returns the table of an entity. */
export const tableOf = (entity: EntityName): Sql => name(entityOf(entity).table);
