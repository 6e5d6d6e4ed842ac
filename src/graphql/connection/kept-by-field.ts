import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionNode } from 'graphql';
import { seesPersonal, type Viewer } from '../../domain/viewer.ts';
import { type Fragments, spreadOnce } from '../fragments.ts';

/** What was made for fields: by the viewer's scopes, and by the values of the variables on which it depends. */
interface Kept {
  readonly variables: readonly string[];
  readonly byKey: Map<string, unknown>;
}

/** By the array of field nodes, which is the same for all executions of a compiled operation (operation/compiled-operation.ts). */
const kept = new WeakMap<readonly FieldNode[], Kept>();

/** The maximum number of values that are kept for fields, and of characters of the variables by which they are found. */
const MAX_KEPT = 20;
const MAX_KEY = 200;

/** The arguments of the fields themselves on which their selection depends: how many items there are. */
const SIZES: readonly string[] = ['first', 'last'];

/**
 * Returns what `make` makes of the fields of an operation, once for its executions. It may depend on the fields, on the size of their page,
 * on the arguments of all fields below, and on the viewer's scopes; each field has one such value. Nothing is kept for restricted viewers,
 * whose values are in it.
 */
export function keptByField<V>(
  { fieldNodes, fragments, variableValues }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>,
  viewer: Viewer,
  make: () => V,
): V {
  if (viewer.restriction !== null) return make();
  const { variables, byKey } = kept.get(fieldNodes) ?? {
    variables: variablesOf(fieldNodes, fragments),
    byKey: new Map(),
  };
  kept.set(fieldNodes, { variables, byKey });
  const values = variables.map((name) => variableValues[name]);
  const key = JSON.stringify([seesPersonal(viewer), ...values]);
  if (byKey.has(key)) return byKey.get(key) as V;
  const made = make();
  if (byKey.size < MAX_KEPT && key.length <= MAX_KEY) byKey.set(key, made);
  return made;
}

/**
 * Returns the variables in the sizes of fields and in all arguments below them. Each argument of an operation that is executed is one
 * variable (operation/prepare.ts).
 */
function variablesOf(fields: readonly FieldNode[], fragments: Fragments): readonly string[] {
  const variables = new Set<string>();
  const spread = new Set<string>();
  const addArguments = ({ arguments: args = [] }: FieldNode, names: readonly string[] | null) => {
    for (const { name, value } of args)
      if (value.kind === Kind.VARIABLE && (names?.includes(name.value) ?? true)) variables.add(value.name.value);
  };
  function addBelow(selections: readonly SelectionNode[] = []): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) addArguments(node, null);
      const inner = node.kind === Kind.FIELD ? node : spreadOnce(node, fragments, spread);
      addBelow(inner?.selectionSet?.selections);
    }
  }
  for (const field of fields) {
    addArguments(field, SIZES);
    addBelow(field.selectionSet?.selections);
  }
  return [...variables];
}
