import { type FieldNode, getArgumentValues, isObjectType, type SelectionNode } from 'graphql';
import type { NestedPage, RelatedSelection, Selection } from '../../db/query/pages/selection.ts';
import { type Attribute, type EntityName, entityOf, type Relation } from '../../domain/entities.ts';
import { Failure } from '../../domain/errors.ts';
import { visible } from '../../domain/viewer.ts';
import { ASSUMED_LIST_SIZE } from '../costs.ts';
import { NAMES } from './names.ts';
import { listOrder } from './order/list-order.ts';
import { type FieldsOfPage, pageRequest, sizeOfPage } from './order/page-request.ts';
import { eachField, fieldsBelow, responseName, type SelectionSource } from './selected-fields.ts';

/** The items of which a selection reads something. */
export interface Extent {
  /** How many there are at most. */
  readonly items: number;
  /** Whether an item may be among them several times, as the job of several interviews. */
  readonly repeated: boolean;
}

/** One item. */
export const ONE: Extent = { items: 1, repeated: false };

/**
 * The maximum number of items that may repeat and whose connections are read with them all the same. Each repetition reads its page again,
 * which costs less than another statement as long as there are few.
 */
const MAX_REPEATED = 16;

/** A selection under construction. */
interface Draft {
  readonly entity: EntityName;
  readonly extent: Extent;
  /** The fragments that were spread on these items. */
  readonly spread: Set<string>;
  readonly columns: Set<string>;
  readonly related: Map<string, Omit<RelatedSelection, 'selection'> & { readonly selection: Draft }>;
  /** The fields of connections by `pageProperty`: those of one relation and one name in the result together. */
  readonly connections: Map<string, [FieldNode, ...FieldNode[]]>;
}

/**
 * Returns what to read of the items of some fields, each of which returns items of the entity: the columns of the attributes that are
 * selected below them, the items of the relations, and the first pages of connections, at any depth. What is not read with an item,
 * connection.ts reads by a statement of its own. Fields have the names that the catalogue gives attributes and relations
 * (src/domain/entities.ts).
 */
export function selectionOf(
  entity: EntityName,
  fields: readonly FieldNode[],
  extent: Extent,
  source: SelectionSource,
): Selection {
  const draft = draftOf(entity, extent);
  for (const field of fields) addFields(draft, field.selectionSet?.selections ?? [], source);
  return finished(draft, source);
}

/** The name under which an item has the page of a connection. */
export const pageProperty = (field: FieldNode): string => `page ${field.name.value} ${responseName(field)}`;

const draftOf = (entity: EntityName, extent: Extent): Draft => ({
  entity,
  extent,
  spread: new Set(),
  columns: new Set(),
  related: new Map(),
  connections: new Map(),
});

function addFields(draft: Draft, selections: readonly SelectionNode[], source: SelectionSource): void {
  const { attributes, relations, row } = entityOf(draft.entity);
  const add = (field: FieldNode) => {
    const name = field.name.value;
    const relation = relations[name];
    if (name === 'row' && row)
      eachField(field.selectionSet?.selections ?? [], null, source, (one) => addColumns(draft, row[one.name.value]));
    else if (relation) addRelated(draft, name, relation, field, source);
    else addColumns(draft, attributes[name]);
  };
  eachField(selections, NAMES[draft.entity], source, add, draft.spread);
}

function addColumns({ columns }: Draft, attribute: Attribute | undefined): void {
  if (!attribute) return;
  for (const one of attribute.kind === 'fullName' ? attribute.columns : [attribute.column]) columns.add(one);
}

function addRelated(draft: Draft, name: string, relation: Relation, field: FieldNode, source: SelectionSource): void {
  const list = relation.many ? listOrder(draft.entity, name, source.viewer) : null;
  if (relation.many && list === null) {
    const property = pageProperty(field);
    const fields = draft.connections.get(property);
    if (fields) fields.push(field);
    else draft.connections.set(property, [field]);
    return;
  }
  const found = draft.related.get(name) ?? {
    selection: draftOf(relation.to, extentOf(draft.extent, relation, ASSUMED_LIST_SIZE)),
    where: visible(relation.to, source.viewer),
    order: list?.order ?? [],
    limit: list?.limit ?? null,
  };
  draft.related.set(name, found);
  addFields(found.selection, field.selectionSet?.selections ?? [], source);
}

/** Returns the extent of the items that a relation leads to. `size`: how many of them an item has, if there are many. */
const extentOf = ({ items, repeated }: Extent, { many, through }: Relation, size: number): Extent => ({
  items: many ? items * size : items,
  repeated: repeated || (items > 1 && (!many || through !== undefined)),
});

function finished({ entity, extent, columns, related, connections }: Draft, source: SelectionSource): Selection {
  const pages = new Map<string, NestedPage>();
  for (const [property, fields] of connections) {
    const page = nestedPage(entity, fields, extent, source);
    if (page) pages.set(property, page);
  }
  const finishedRelated = mapValues(related, (one) => ({ ...one, selection: finished(one.selection, source) }));
  const below = [
    ...Array.from(pages.values(), ({ request }) => request.selection),
    ...Array.from(finishedRelated.values(), ({ selection }) => selection),
  ];
  const othersFollow = pages.size < connections.size || below.some((selection) => selection.othersFollow);
  return { entity, columns, related: finishedRelated, pages, othersFollow };
}

const mapValues = <K, V, R>(map: ReadonlyMap<K, V>, convert: (value: V) => R): Map<K, R> =>
  new Map(Array.from(map, ([key, value]) => [key, convert(value)]));

/**
 * Returns the page of a connection to read with its parents; null if it has to be read by a statement of its own: because of its bounds, an
 * error in its arguments, parents that repeat, or fields of one name in different selections that ask for different pages.
 */
function nestedPage(
  of: EntityName,
  fields: readonly [FieldNode, ...FieldNode[]],
  parents: Extent,
  source: SelectionSource,
): NestedPage | null {
  if (parents.repeated && parents.items > MAX_REPEATED) return null;
  const name = fields[0].name.value;
  const relation = entityOf(of).relations[name];
  const type = source.schema.getType(NAMES[of]);
  const definition = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!relation || !definition) return null;
  const [args = {}, ...others] = fields.map((field) => getArgumentValues(definition, field, source.variableValues));
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(args))) return null;
  try {
    const { to } = relation;
    const asked = fieldsOfPage(to, fields, extentOf(parents, relation, sizeOfPage(args)), source);
    const request = pageRequest(to, args, asked, source.viewer, true);
    const { rows, total } = asked;
    return (rows || total) && request.from === null && request.until === null ? { relation, request, rows } : null;
  } catch (error) {
    // The field itself reports it.
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Returns what the fields of a connection select. `extent`: that of its items. */
export function fieldsOfPage(
  entity: EntityName,
  fields: readonly FieldNode[],
  extent: Extent,
  source: SelectionSource,
): FieldsOfPage {
  const below = (name: string, of: readonly FieldNode[] = fields) => fieldsBelow(of, name, source);
  const [edges, pageInfo] = [below('edges'), below('pageInfo')];
  const isSelected = (name: string, of?: readonly FieldNode[]) => below(name, of).length > 0;
  return {
    selection: selectionOf(entity, [...below('nodes'), ...below('node', edges)], extent, source),
    rows: ['nodes', 'edges', 'pageInfo'].some((name) => isSelected(name)),
    cursors: isSelected('cursor', edges) || ['startCursor', 'endCursor'].some((name) => isSelected(name, pageInfo)),
    previous: isSelected('hasPreviousPage', pageInfo),
    next: isSelected('hasNextPage', pageInfo),
    total: isSelected('totalCount'),
  };
}
