import type { ObjectRef } from '@pothos/core';
import type { EntityName } from '../../../domain/entities.ts';
import type { Types } from '../../builder.ts';

type NodeType = ObjectRef<Types, object>;

const TYPES = new Map<EntityName, NodeType>();

/**
 * Registers the GraphQL type of an entity. Each file in src/graphql/types registers its own type, so that these files need not import each
 * other.
 */
export function registerNodeType(entity: EntityName, type: NodeType): void {
  TYPES.set(entity, type);
}

/** Returns the GraphQL type of an entity. All types must be registered, so call this only where fields are built. */
export function nodeTypeOf(entity: EntityName): NodeType {
  const type = TYPES.get(entity);
  if (!type) throw new Error(`no type shows ${entity}`);
  return type;
}
