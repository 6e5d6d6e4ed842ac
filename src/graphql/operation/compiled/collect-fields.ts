import { type FieldNode, type GraphQLObjectType, isObjectType, Kind, type SelectionNode } from 'graphql';
import { isLeftOut, responseName, type SelectionSource } from '../../connection/selected-fields.ts';
import { spreadOnce } from '../../fragments.ts';
import { NotCompiled } from './compiled-arguments.ts';

/**
 * Returns the fields of a selection on an object type by their names in the result, in the order of their first occurrence (GraphQL,
 * "CollectFields"). Throws NotCompiled for a fragment on an interface that the type does not have.
 */
export function collectFields(
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  source: Pick<SelectionSource, 'schema' | 'fragments' | 'variableValues'>,
  into = new Map<string, FieldNode[]>(),
  spread = new Set<string>(),
): Map<string, FieldNode[]> {
  for (const node of selections) {
    if (isLeftOut(node, source)) continue;
    if (node.kind === Kind.FIELD) {
      const name = responseName(node);
      const nodes = into.get(name) ?? [];
      into.set(name, nodes);
      nodes.push(node);
      continue;
    }
    const fragment = spreadOnce(node, source.fragments, spread);
    if (!fragment) continue;
    const condition = fragment.typeCondition?.name.value;
    if (condition !== undefined && condition !== type.name) {
      // Another object type selects nothing; an interface that this type has selects like the type.
      if (isObjectType(source.schema.getType(condition))) continue;
      if (!type.getInterfaces().some(({ name }) => name === condition)) throw new NotCompiled();
    }
    collectFields(type, fragment.selectionSet.selections, source, into, spread);
  }
  return into;
}
