import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
} from 'graphql';
import type { Viewer } from '../../domain/viewer.ts';
import { type Fragments, spreadOnce } from '../fragments.ts';
import { NAMES } from './names.ts';

/** What the fields of an operation need to be read: parts of GraphQLResolveInfo, and the viewer. */
export interface SelectionSource {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer;
}

/** Returns the name of a field in the result. */
export const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** Returns the fields of this name that are selected below some fields. */
export function fieldsBelow(fields: readonly FieldNode[], name: string, source: SelectionSource): FieldNode[] {
  const found: FieldNode[] = [];
  const spread = new Set<string>();
  const visit = (one: FieldNode) => {
    if (one.name.value === name) found.push(one);
  };
  for (const field of fields) eachField(field.selectionSet?.selections ?? [], null, source, visit, spread);
  return found;
}

/**
 * Calls `visit` for each field that applies to items of a type; null for any type. `spread`: the fragments that were spread on the same items
 * (fragments.ts).
 */
export function eachField(
  selections: readonly SelectionNode[],
  type: string | null,
  source: SelectionSource,
  visit: (field: FieldNode) => void,
  spread = new Set<string>(),
): void {
  for (const node of selections) {
    if (isLeftOut(node, source)) continue;
    if (node.kind === Kind.FIELD) {
      visit(node);
      continue;
    }
    const fragment = spreadOnce(node, source.fragments, spread);
    const condition = fragment?.typeCondition?.name.value;
    const applies = condition === undefined || type === null || condition === type || !isTypeName(condition);
    if (fragment && applies) eachField(fragment.selectionSet.selections, type, source, visit, spread);
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
