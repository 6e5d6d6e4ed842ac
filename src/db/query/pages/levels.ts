/**
 * Reads a selection level by level: a statement reads the columns of items, and one more statement for each relation and page of theirs reads
 * what it leads to, for all items at once; and so on below. For distributed tables, which no statement can join row by row with others.
 */
import { entityOf, findRelation, type Relation } from '../../../domain/entities.ts';
import type { Query } from '../../connection/snapshot.ts';
import { sql } from '../../sql.ts';
import { columnsOf, jsonArray, jsonOf, type Property, propertyOf, readerOf } from './item-values.ts';
import type { Key } from './key-list.ts';
import { readKeyedItems } from './keyed-items.ts';
import { countOwned, type OwnedRows, type Owner, ownedPage, readOwned } from './owned-rows.ts';
import { type FoundRow, type ItemValues, NO_DETAILS, type Page, pageOf, type ReadPage } from './page.ts';
import type { ReadSelection } from './read-selection.ts';
import type { NestedPage, RelatedSelection, Selection } from './selection.ts';

/** What one relation or page of a selection leads to. */
interface Level {
  readonly property: Property;
  /** The columns of an item from which it leads. */
  readonly locals: readonly string[];
  /** What an item has where one of these is null. */
  readonly none: unknown;
  /** Reads what items have, by the values of these columns, in their order. Errors: those of the query. */
  read(query: Query, keys: readonly Key[]): Promise<readonly unknown[]>;
}

/** Compiles a selection for rows named `alias`: the values of its columns, after which those of its levels are put. */
export function compileLevels(selection: Selection, alias: string): ReadSelection {
  const { entity } = selection;
  const levels = levelsOf(selection);
  const columns = [...new Set([...columnsOf(selection), ...levels.flatMap(({ locals }) => locals)])];
  return {
    value: jsonArray(columns.map((one) => jsonOf(entity, one, alias))),
    joins: sql``,
    columns,
    binds: false,
    othersFollow: selection.othersFollow || levels.length > 0,
    async complete(query, rows) {
      const items = rows.map(({ item }) => item);
      const read = levels.map((level) => valuesOf(level, columns, query, items));
      for (const values of await Promise.all(read))
        for (const [index, value] of values.entries()) (items[index] as unknown[]).push(value);
    },
    read: readerOf([...columns.map(propertyOf), ...levels.map(({ property }) => property)]),
  };
}

/** Returns what each item has at a level. What several items share is read once. */
async function valuesOf(
  { locals, none, read }: Level,
  columns: readonly string[],
  query: Query,
  items: readonly ItemValues[],
): Promise<unknown[]> {
  const places = locals.map((local) => columns.indexOf(local));
  const keys = items.map((values) => places.map((place) => values[place] as string | null));
  const distinct = new Map<string, Key>();
  for (const key of keys) if (isWhole(key)) distinct.set(JSON.stringify(key), key);
  const found = distinct.size > 0 ? await read(query, [...distinct.values()]) : [];
  const byKey = new Map([...distinct.keys()].map((key, index) => [key, found[index]]));
  return keys.map((key) => (isWhole(key) ? byKey.get(JSON.stringify(key)) : none));
}

const isWhole = (key: readonly (string | null)[]): key is Key => !key.includes(null);

function levelsOf({ entity, related, pages }: Selection): Level[] {
  const ofRelations = Array.from(related, ([name, wanted]) => {
    const relation = findRelation(entity, name);
    if (!relation) throw new Error(`${entity} has no relation ${name}`);
    return relation.many ? listLevel(name, { of: entity, relation }, wanted) : itemLevel(name, relation, wanted);
  });
  return [...ofRelations, ...Array.from(pages, ([name, page]) => pageLevel(name, entity, page))];
}

/** The item that a to-one relation leads to. */
function itemLevel(name: string, { to, on }: Relation, { selection, where }: RelatedSelection): Level {
  const selected = compileLevels(selection, 'a');
  // In the order of the key's parts.
  const locals = entityOf(to).key.flatMap(({ column }) => on.filter(([, foreign]) => foreign === column));
  return {
    property: { name, read: (found) => (found === null ? null : selected.read(found as ItemValues)) },
    locals: locals.map(([local]) => local),
    none: null,
    read: async (query, keys) =>
      (await readKeyedItems(query, to, where, keys, () => selected)).found.map((item) => item ?? null),
  };
}

/** The list of items that a to-many relation leads to. */
function listLevel(name: string, owner: Owner, { selection, where, order, limit }: RelatedSelection): Level {
  const selected = compileLevels(selection, 'a');
  const { to, on } = owner.relation;
  const rows: OwnedRows = { ...ALL_ROWS, entity: to, where, order, limit };
  return {
    property: { name, read: (found) => (found as FoundRow[]).map(({ item }) => selected.read(item)) },
    locals: on.map(([local]) => local),
    none: [],
    read: async (query, keys) => (await readOwned(query, rows, owner, keys, () => selected)).byParent,
  };
}

const ALL_ROWS = { from: null, until: null, backward: false, asks: NO_DETAILS };

/** The page of the items that a to-many relation leads to. */
function pageLevel(name: string, of: Selection['entity'], { relation, request, rows }: NestedPage): Level {
  const owner = { of, relation };
  const locals = relation.on.map(([local]) => local);
  const result = (page: Page): ReadPage => ({ request, page });
  if (!rows)
    return {
      property: {
        name,
        read: (found) => result({ rows: [], more: false, preceded: null, total: found as number }),
      },
      locals,
      none: 0,
      read: (query, keys) => countOwned(query, relation.to, request.where, owner, keys),
    };
  const selected = compileLevels(request.selection, 'a');
  const owned = ownedPage({ ...request, from: null, until: null });
  return {
    property: { name, read: (found) => result(pageOf(request, selected.read, found as FoundRow[])) },
    locals,
    none: [],
    read: async (query, keys) => (await readOwned(query, owned, owner, keys, () => selected)).byParent,
  };
}
