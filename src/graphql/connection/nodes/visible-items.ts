import type { GraphQLResolveInfo } from 'graphql';
import { visibleKeys } from '../../../db/query/pages/visible-keys.ts';
import type { EntityName } from '../../../domain/entities.ts';
import type { Context } from '../../context.ts';
import { keyOf } from './node-key.ts';

/** Whether the viewer sees a loaded item (src/domain/viewer.ts). One statement checks all items of a field. */
export async function isVisible(
  entity: EntityName,
  item: unknown,
  { loaders, query, viewer }: Context,
  info: GraphQLResolveInfo,
): Promise<boolean> {
  if (viewer.restriction === null || typeof item !== 'object' || item === null) return true;
  return await loaders.load('visible', info, keyOf(entity, item), (keys) => visibleKeys(query, entity, keys, viewer));
}
