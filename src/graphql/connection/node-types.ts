import type { ObjectRef } from '@pothos/core';
import type { Types } from '../builder.ts';
import type { NodeEntity } from './load-nodes.ts';

type NodeType = ObjectRef<Types, object>;

const TYPES = new Map<NodeEntity, NodeType>();

/** Says which type shows an entity. Each does so in its own file (src/graphql/types), so that none has to import the others. */
export function registerNodeType(entity: NodeEntity, type: NodeType): void {
  TYPES.set(entity, type);
}

/** The type of an entity, once all have been registered: in what makes the fields of a type. */
export function nodeTypeOf(entity: NodeEntity): NodeType {
  const type = TYPES.get(entity);
  if (!type) throw new Error(`no type shows ${entity}`);
  return type;
}
