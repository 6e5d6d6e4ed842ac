import type { Condition } from '../../domain/condition.ts';
import { type ColumnAttribute, type EntityName, entityOf, findRelation, type Relation } from '../../domain/entities.ts';
import { nameOfColumn } from '../../domain/fields.ts';
import { allOf, type Bind, column, joinSql, name, type Sql, sql } from '../sql.ts';
import { orderBy, type SortKey } from './keyset.ts';
import { toSql } from './to-sql.ts';

/** What to read of each item of an entity: columns, and items that relations lead to. The primary key is always read. */
export interface Selection {
  readonly entity: EntityName;
  readonly columns: ReadonlySet<string>;
  /** By the names of relations of the entity. */
  readonly related: ReadonlyMap<string, RelatedSelection>;
}

/** The related items to read: those that meet `where`; for a to-many relation in this order, at most `limit`. */
export interface RelatedSelection {
  readonly selection: Selection;
  readonly where: Condition;
  readonly order: readonly SortKey[];
  readonly limit: number | null;
}

/** The values of an item as Postgres sends them: the JSON array of `CompiledSelection.value`. */
export type ItemValues = readonly unknown[];

/**
 * An item: a property for each column, by its name in camel case, and for each relation. Timestamps are texts without offset, in UTC if
 * they are instants (`2026-03-29T12:30:00`); numbers are numbers. A to-one relation without an item is null.
 */
export type Item = Readonly<Record<string, unknown>>;

/** A selection as SQL, for the rows of a table alias. */
export interface CompiledSelection {
  /** The item as a JSON array. */
  readonly value: Sql;
  /** What follows the alias in FROM. */
  readonly joins: Sql;
  /** The columns of the alias that both use. */
  readonly columns: readonly string[];
  readonly read: (values: ItemValues) => Item;
}

/** The compiled selections in which no value is bound, by the alias. */
const kept = new WeakMap<Selection, Map<string, CompiledSelection>>();

/** Compiles a selection for rows named `alias`. One statement then returns items with all selected items below them. */
export function compileSelection(selection: Selection, alias: string, bind: Bind): CompiledSelection {
  const known = kept.get(selection)?.get(alias);
  if (known) return known;
  let binds = false;
  const compiled = compile(selection, alias, (value, type) => {
    binds = true;
    return bind(value, type);
  });
  if (!binds) kept.set(selection, (kept.get(selection) ?? new Map<string, CompiledSelection>()).set(alias, compiled));
  return compiled;
}

function compile(selection: Selection, alias: string, bind: Bind): CompiledSelection {
  const { entity, related } = selection;
  const own = [...new Set([...entityOf(entity).key.map((part) => part.column), ...selection.columns])];
  const values = own.map((one) => jsonOf(entity, one, alias));
  const properties: Property[] = own.map((one) => ({ name: nameOfColumn(one), read: null }));
  const columns = new Set(own);
  let joins = sql``;
  for (const [relationName, wanted] of related) {
    const relation = findRelation(entity, relationName);
    if (!relation) throw new Error(`${entity} has no relation ${relationName}`);
    for (const [local] of relation.on) columns.add(local);
    const inner = `${alias}_${values.length}`;
    const item = compileSelection(wanted.selection, inner, bind);
    const from = fromRelated(relation, alias, inner, item.joins, toSql(wanted.where, bind, relation.to, inner));
    const read = (found: unknown) => item.read(found as ItemValues);
    if (relation.many) {
      const limit = wanted.limit === null ? sql`` : sql` LIMIT ${wanted.limit}`;
      values.push(sql`ARRAY(SELECT ${item.value} ${from} ORDER BY ${orderBy(wanted.order, inner)}${limit})`);
      properties.push({ name: relationName, read: (found) => (found as unknown[]).map(read) });
    } else {
      const joined = `${inner}_one`;
      joins = sql`${joins} LEFT JOIN LATERAL (SELECT ${item.value} AS item ${from} LIMIT 1) ${name(joined)} ON true`;
      values.push(column(joined, 'item'));
      properties.push({ name: relationName, read: (found) => (found === null ? null : read(found)) });
    }
  }
  return { value: jsonArray(values), joins, columns: [...columns], read: readerOf(properties) };
}

/** Returns FROM and WHERE of the items, named `inner`, that a relation leads to from a row named `outer`. */
function fromRelated({ to, on, through }: Relation, outer: string, inner: string, joins: Sql, condition: Sql): Sql {
  const link = `${inner}_link`;
  const linked = on.map(([local, foreign]) =>
    through
      ? sql`${column(inner, foreign)} IN (SELECT ${column(link, through.foreign)} FROM ${name(entityOf(through.entity).table)} ${name(link)}
          WHERE ${column(link, through.local)} = ${column(outer, local)})`
      : sql`${column(inner, foreign)} = ${column(outer, local)}`,
  );
  return sql`FROM ${name(entityOf(to).table)} ${name(inner)}${joins} WHERE ${allOf([...linked, condition])}`;
}

/** The types of the columns that are attributes, by entity and column. */
function typeOf(entity: EntityName, of: string): string | undefined {
  const { attributes, row = {} } = entityOf(entity);
  const isColumn = (attribute: object): attribute is ColumnAttribute =>
    'column' in attribute && attribute.column === of;
  return [...Object.values(attributes), ...Object.values(row)].find(isColumn)?.type;
}

/** Returns a value as the JSON of an item has it. A session’s time zone must not show in an instant. */
const jsonOf = (entity: EntityName, of: string, alias: string): Sql =>
  typeOf(entity, of)?.startsWith('timestamptz') ? sql`(${column(alias, of)} AT TIME ZONE 'UTC')` : column(alias, of);

/** The maximum number of arguments of a function in Postgres (FUNC_MAX_ARGS). */
const MAX_ARGUMENTS = 100;

function jsonArray(values: readonly Sql[]): Sql {
  if (values.length > MAX_ARGUMENTS) throw new Error(`an item has more than ${MAX_ARGUMENTS} values`);
  return sql`json_build_array(${joinSql(values, ', ')})`;
}

/** A property of an item, and how to read it; null if the value is read as it is. */
interface Property {
  readonly name: string;
  readonly read: ((value: unknown) => unknown) | null;
}

/** Returns a function that makes items with these properties. They read their values only when asked: most are read once, some never. */
function readerOf(properties: readonly Property[]): (values: ItemValues) => Item {
  class SelectedItem {
    readonly values: ItemValues;
    constructor(values: ItemValues) {
      this.values = values;
    }
  }
  for (const [index, { name: property, read }] of properties.entries())
    Object.defineProperty(SelectedItem.prototype, property, {
      get: read
        ? function (this: SelectedItem) {
            return read(this.values[index]);
          }
        : function (this: SelectedItem) {
            return this.values[index];
          },
    });
  return (values) => new SelectedItem(values) as unknown as Item;
}
