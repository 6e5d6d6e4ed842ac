import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { seesPersonal, type Viewer } from '../../domain/viewer.ts';

/** What was made for fields. Their array is the same for all executions of a compiled operation (operation/compiled-operation.ts). */
const kept = new WeakMap<readonly FieldNode[], Map<boolean, unknown>>();

/**
 * Returns what `make` makes of the fields of an operation, which is made once for all its executions. It must depend on the fields and on
 * the viewer's scopes only, and each field has one such value. Nothing is kept for restricted viewers, whose values are in it.
 */
export function keptByField<V>(
  { fieldNodes }: Pick<GraphQLResolveInfo, 'fieldNodes'>,
  viewer: Viewer,
  make: () => V,
): V {
  if (viewer.restriction !== null) return make();
  const byScope = kept.get(fieldNodes) ?? new Map<boolean, unknown>();
  kept.set(fieldNodes, byScope);
  const scope = seesPersonal(viewer);
  if (!byScope.has(scope)) byScope.set(scope, make());
  return byScope.get(scope) as V;
}
