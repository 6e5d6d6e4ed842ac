import type { Comparison, Condition } from '../domain/condition.ts';
import {
  type Attribute,
  attributeOf,
  ENTITIES,
  type EntityName,
  type Relation,
  relationOf,
} from '../domain/entities.ts';

/** Takes a value out of the SQL: gives the expression of type `type` that stands for it. */
export type Bind = (value: string | readonly string[], type: string) => string;

/** A statement's parameters, and what takes values as such. */
export function parameterList(): { parameters: unknown[]; bind: Bind } {
  const parameters: unknown[] = [];
  return { parameters, bind: (value, type) => `$${parameters.push(value)}::${type}` };
}

/**
 * A condition on a table, named `alias`, as SQL. No value of it becomes part of the text: `bind` takes them. The values must already be
 * of their attribute's kind. `entity` says what the table holds.
 */
export function toSql(condition: Condition, bind: Bind, entity: EntityName = 'appointment', alias = 'a'): string {
  const inner = (one: Condition) => toSql(one, bind, entity, alias);
  if ('all' in condition) return joined(condition.all.map(inner), ' AND ', 'true');
  if ('any' in condition) return joined(condition.any.map(inner), ' OR ', 'false');
  if ('not' in condition) return `(${inner(condition.not)}) IS NOT TRUE`;
  if ('some' in condition) {
    const relation = relationOf(entity, condition.some);
    const other = `${alias}_`;
    const linked = linkSql(relation, (at) => `${alias}.${relation.on[at]?.[0]}`, other);
    const found = `SELECT FROM ${ENTITIES[relation.to].table} ${other} WHERE ${linked} AND ${toSql(condition.where, bind, relation.to, other)}`;
    if (condition.atLeast === undefined) return `EXISTS (${found})`;
    const most = bind(String(condition.atLeast), 'integer');
    return `(SELECT count(*) FROM (${found} LIMIT ${most}) ${other}_found) = ${most}`;
  }
  if ('named' in condition) {
    const names = ENTITIES[entity].fullName?.map((name) => `${alias}.${attributeOf(entity, name).column}`);
    if (!names) throw new Error(`${entity} has no name`);
    return contains(`concat_ws(' ', ${names.join(', ')})`, condition.named, bind);
  }
  return comparison(condition, bind, attributeOf(entity, condition.of), alias);
}

/** That a row of the relation's target, named `other`, belongs to an owner, of whose columns `own` gives the values in SQL. */
export function linkSql({ on, through }: Relation, own: (at: number) => string, other: string): string {
  if (!through) return on.map(([, theirs], at) => `${other}.${theirs} = ${own(at)}`).join(' AND ');
  const link = `${other}_link`;
  return `${other}.${on[0]?.[1]} IN (SELECT ${link}.${through.other} FROM ${ENTITIES[through.entity].table} ${link} WHERE ${link}.${through.own} = ${own(0)})`;
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

const joined = (conditions: readonly string[], word: string, none: string): string =>
  conditions.length === 0 ? none : `(${conditions.join(word)})`;
