import { findRelation, type Relation } from '../../../domain/entities.ts';
import { withLayout } from '../../connection/layout.ts';
import { allOf, type Bind, column, joinSql, name, type Sql, sql } from '../../sql.ts';
import { tableOf, toSql } from '../where/to-sql.ts';
import { columnsOf, jsonArray, jsonOf, type Property, propertyOf, readerOf } from './item-values.ts';
import { type Keyset, orderBy, reversed, sourceOf } from './keyset.ts';
import { compileLevels } from './levels.ts';
import { type FoundRow, type ItemValues, keysetOf, type Page, pageOf, type ReadPage, rowsToRead } from './page.ts';
import type { ReadSelection } from './read-selection.ts';
import type { NestedPage, PageDetails, Selection } from './selection.ts';

/** The compiled selections in which no value is bound, by the alias. */
const kept = new WeakMap<Selection, Map<string, ReadSelection>>();

/**
 * Compiles a selection for rows named `alias`. One statement then returns items with all selected items below them; where tables are
 * distributed, which can't be joined row by row, further statements do (levels.ts).
 */
export const compileSelection = (selection: Selection, alias: string, bind: Bind): ReadSelection =>
  bind.distributed ? compileLevels(selection, alias) : compileJoined(selection, alias, bind);

function compileJoined(selection: Selection, alias: string, bind: Bind): ReadSelection {
  const known = kept.get(selection)?.get(alias);
  if (known) return known;
  let binds = false;
  const noting = (value: string | readonly string[], type: string) => {
    binds = true;
    return bind(value, type);
  };
  const parts = compile(selection, alias, withLayout(noting, bind));
  const compiled = { ...parts, binds, othersFollow: selection.othersFollow, complete: isComplete };
  if (!binds) kept.set(selection, (kept.get(selection) ?? new Map<string, ReadSelection>()).set(alias, compiled));
  return compiled;
}

const isComplete = async () => {};

function compile(
  selection: Selection,
  alias: string,
  bind: Bind,
): Pick<ReadSelection, 'value' | 'joins' | 'columns' | 'read'> {
  const { entity, related, pages } = selection;
  const own = columnsOf(selection);
  const values = own.map((one) => jsonOf(entity, one, alias));
  const properties: Property[] = own.map(propertyOf);
  const columns = new Set(own);
  let joins = sql``;
  for (const [relationName, wanted] of related) {
    const relation = findRelation(entity, relationName);
    if (!relation) throw new Error(`${entity} has no relation ${relationName}`);
    for (const [local] of relation.on) columns.add(local);
    const inner = `${alias}_${values.length}`;
    const item = compileJoined(wanted.selection, inner, bind);
    const conditions = allOf([...linkedBy(relation, alias, inner), toSql(wanted.where, bind, relation.to, inner)]);
    const from = sql`FROM ${tableOf(relation.to)} ${name(inner)}${item.joins} WHERE ${conditions}`;
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
  for (const [property, page] of pages) {
    for (const [local] of page.relation.on) columns.add(local);
    const { value, read } = compilePage(page, alias, `${alias}_${values.length}`, bind);
    values.push(value);
    properties.push({ name: property, read });
  }
  return { value: jsonArray(values), joins, columns: [...columns], read: readerOf(properties) };
}

/** Compiles the page of the items, named `inner`, that a relation leads to from a row named `outer`. */
function compilePage({ relation, request, rows }: NestedPage, outer: string, inner: string, bind: Bind) {
  const { where, order, backward, asks } = request;
  const [of, linked] = [name(inner), linkedBy(relation, outer, inner)];
  const condition = allOf([...linked, toSql(where, bind, relation.to, inner)]);
  const result = (page: Page): ReadPage => ({ request, page });
  if (!rows)
    return {
      value: sql`(SELECT count(*) FROM ${tableOf(relation.to)} ${of} WHERE ${condition})`,
      read: (found: unknown) => result({ rows: [], more: false, preceded: null, total: Number(found) }),
    };
  const item = compileJoined(request.selection, inner, bind);
  const toRow = rowOf(asks);
  const columns = [item.value];
  if (asks.keysets) columns.push(keysetOf(order, inner));
  if (asks.total) columns.push(column(inner, 'total'));
  const total = asks.total ? sql`, count(*) OVER () AS total` : sql``;
  const sorted = orderBy(backward ? reversed(order) : order, inner);
  // OFFSET 0: all rows of the parent are read by their index and then sorted. Without it, LIMIT would lead Postgres to scan the whole table
  // in its order for a parent with few rows or none.
  const owned = sql`SELECT ${of}.* FROM ${sourceOf(relation.to, order, bind)} ${of} WHERE ${condition} OFFSET 0`;
  return {
    value: sql`ARRAY(SELECT json_build_array(${joinSql(columns, ', ')})
      FROM (SELECT ${of}.*${total} FROM (${owned}) ${of} ORDER BY ${sorted} LIMIT ${rowsToRead(request)}) ${of}${item.joins} ORDER BY ${sorted})`,
    read: (found: unknown) => result(pageOf(request, item.read, (found as unknown[][]).map(toRow))),
  };
}

/** Returns a function that names the values of a row of `compilePage`. */
function rowOf({ keysets, total }: PageDetails): (values: readonly unknown[]) => FoundRow {
  // Objects of one shape are made faster than from parts.
  return (values) => ({
    item: values[0] as ItemValues,
    keyset: keysets ? (values[1] as Keyset) : undefined,
    total: total ? (values.at(-1) as number) : undefined,
  });
}

/** Returns the conditions under which a row named `inner` is one that a relation leads to from a row named `outer`. */
function linkedBy({ on, through }: Relation, outer: string, inner: string): Sql[] {
  const link = `${inner}_link`;
  return on.map(([local, foreign]) =>
    through
      ? sql`${column(inner, foreign)} IN (SELECT ${column(link, through.foreign)} FROM ${tableOf(through.entity)} ${name(link)}
          WHERE ${column(link, through.local)} = ${column(outer, local)})`
      : sql`${column(inner, foreign)} = ${column(outer, local)}`,
  );
}
