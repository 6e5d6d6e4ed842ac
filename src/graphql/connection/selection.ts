import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
} from 'graphql';
import type { RelatedSelection, Selection } from '../../db/query/selection.ts';
import { type Attribute, type EntityName, entityOf, type Relation } from '../../domain/entities.ts';
import { type Viewer, visible } from '../../domain/viewer.ts';
import { listOrder } from './list-order.ts';
import { NAMES } from './names.ts';

/** What the fields of an operation need to be read: parts of GraphQLResolveInfo, and the viewer. */
export interface SelectionSource {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer;
}

/** A selection under construction. */
interface Draft {
  readonly entity: EntityName;
  readonly columns: Set<string>;
  readonly related: Map<string, RelatedSelection & { readonly selection: Draft }>;
}

/**
 * Returns what to read of the items of some fields, each of which returns items of the entity: the columns of the attributes that are
 * selected below them, and the items of the relations, at any depth. Connections are read by statements of their own. Fields have the names
 * that the catalogue gives attributes and relations (src/domain/entities.ts).
 */
export function selectionOf(entity: EntityName, fields: readonly FieldNode[], source: SelectionSource): Selection {
  const draft = draftOf(entity);
  for (const field of fields) addFields(draft, field.selectionSet?.selections ?? [], source);
  return draft;
}

/** Returns the fields of this name that are selected below some fields. */
export function fieldsBelow(fields: readonly FieldNode[], name: string, source: SelectionSource): FieldNode[] {
  const found: FieldNode[] = [];
  for (const field of fields)
    eachField(field.selectionSet?.selections ?? [], null, source, (one) => {
      if (one.name.value === name) found.push(one);
    });
  return found;
}

const draftOf = (entity: EntityName): Draft => ({ entity, columns: new Set(), related: new Map() });

function addFields(draft: Draft, selections: readonly SelectionNode[], source: SelectionSource): void {
  const { attributes, relations, row } = entityOf(draft.entity);
  eachField(selections, NAMES[draft.entity], source, (field) => {
    const name = field.name.value;
    const below = field.selectionSet?.selections ?? [];
    const relation = relations[name];
    if (name === 'row' && row) eachField(below, null, source, (one) => addColumns(draft, row[one.name.value]));
    else if (relation) addRelated(draft, name, relation, below, source);
    else addColumns(draft, attributes[name]);
  });
}

function addColumns({ columns }: Draft, attribute: Attribute | undefined): void {
  if (!attribute) return;
  for (const one of attribute.kind === 'fullName' ? attribute.columns : [attribute.column]) columns.add(one);
}

function addRelated(
  draft: Draft,
  name: string,
  relation: Relation,
  below: readonly SelectionNode[],
  source: SelectionSource,
): void {
  const list = relation.many ? listOrder(draft.entity, name, source.viewer) : null;
  if (relation.many && list === null) return;
  const found = draft.related.get(name) ?? {
    selection: draftOf(relation.to),
    where: visible(relation.to, source.viewer),
    order: list?.order ?? [],
    limit: list?.limit ?? null,
  };
  draft.related.set(name, found);
  addFields(found.selection, below, source);
}

/** Calls `visit` for each field that applies to items of a type; null for any type. */
function eachField(
  selections: readonly SelectionNode[],
  type: string | null,
  source: SelectionSource,
  visit: (field: FieldNode) => void,
): void {
  for (const node of selections) {
    if (isLeftOut(node, source)) continue;
    if (node.kind === Kind.FIELD) {
      visit(node);
      continue;
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : source.fragments[node.name.value];
    const condition = fragment?.typeCondition?.name.value;
    const applies = condition === undefined || type === null || condition === type || !isTypeName(condition);
    if (fragment && applies) eachField(fragment.selectionSet.selections, type, source, visit);
  }
}

const TYPE_NAMES: ReadonlySet<string> = new Set(Object.values(NAMES));
/** Whether a type condition names an entity’s type, and not the interface that all of them have. */
const isTypeName = (name: string): boolean => TYPE_NAMES.has(name);

/** Whether `@skip` or `@include` leaves a field or fragment out (GraphQL, "CollectFields"). */
export const isLeftOut = (node: SelectionNode, { variableValues }: Pick<SelectionSource, 'variableValues'>): boolean =>
  (node.directives?.length ?? 0) > 0 &&
  (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if === false);
