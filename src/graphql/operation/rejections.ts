import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';

/**
 * Converts errors that resolvers throw into rejections, in place. graphql-js 16 (`completeListValue`) abandons a list as soon as a non-null
 * item throws, and no longer awaits the promises of the items before it. They would outlive the operation, and if they failed too, their
 * rejections would be unhandled: the service logs each as an internal error (src/cli/start.ts), and any other Node process exits. An item
 * whose fields reject is itself a promise, and is awaited like the others.
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
