import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';

/**
 * Makes what resolvers throw rejections, in place. graphql-js (16, `completeListValue`) gives up a list at once where an item that may not be null
 * throws, and nobody waits any more for the items before it that are promises. They would go on after the operation has ended, and where they fail,
 * too, be rejections that nobody handles: the service logs each as a fault of its own (src/cli/start.ts), and Node ends any other process. An
 * item whose fields only reject is a promise itself, and is waited for like the others.
 */
export function withRejections(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (field.resolve && field.resolve !== defaultFieldResolver) field.resolve = rejectingResolver(field.resolve);
  }
  return schema;
}

const rejectingResolver =
  (resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> =>
  (...args) => {
    try {
      return resolve(...args);
    } catch (error) {
      return Promise.reject(error);
    }
  };
