import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { EntityName } from '../../domain/entities.ts';
import { entityOfType } from '../connection/names.ts';
import { isVisible } from '../connection/nodes/visible-items.ts';
import type { Context } from '../context.ts';

/**
 * Restricts every field that returns items to those that the viewer sees (src/domain/viewer.ts), in place, so that no new field can forget
 * to. Connections and edges are left alone: the items of a page are already restricted.
 */
export function withVisibility(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || /(Connection|Edge)$/.test(type.name)) continue;
    for (const field of Object.values(type.getFields())) {
      const entity = entityOfType(getNamedType(field.type).name);
      if (entity) field.resolve = visibleOnly(entity, field);
    }
  }
  return schema;
}

const visibleOnly =
  (
    entity: EntityName,
    { resolve = defaultFieldResolver }: GraphQLField<unknown, Context>,
  ): GraphQLFieldResolver<unknown, Context> =>
  (parent, args, context, info) => {
    const found: unknown = resolve(parent, args, context, info);
    return context.viewer.restriction === null ? found : onlyVisible(entity, found, context, info);
  };

async function onlyVisible(entity: EntityName, found: unknown, context: Context, info: GraphQLResolveInfo) {
  const result = await found;
  if (!Array.isArray(result)) return (await isVisible(entity, result, context, info)) ? result : null;
  const seen = await Promise.all(result.map((item) => isVisible(entity, item, context, info)));
  return result.filter((_, index) => seen[index]);
}
