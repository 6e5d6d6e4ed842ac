import { complexityFromQuery } from '@pothos/plugin-complexity';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { MOST_COST, MOST_DEPTH } from './limits.ts';
import { operationOf } from './operation.ts';

/**
 * Counts what an operation asks for before it begins, refuses what is too much, and tells the cost of the others in `extensions.cost`
 * (src/graphql/limits.ts).
 */
export const costs = (schema: GraphQLSchema): Plugin => ({
  onExecute({ args, setResultAndStopExecution }) {
    const document = operationOf(args.document, args.operationName);
    if (!document) return;
    const { complexity, depth } = complexityFromQuery(document, { schema, variables: args.variableValues ?? {} });
    const cost = { requested: complexity, limit: MOST_COST, depth, depthLimit: MOST_DEPTH };
    const refuse = (message: string) =>
      setResultAndStopExecution({
        errors: [new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } })],
        extensions: { cost },
      });
    if (depth > MOST_DEPTH) return refuse(`The operation has ${depth} levels; at most ${MOST_DEPTH} are allowed.`);
    if (complexity > MOST_COST)
      return refuse(
        `The operation costs ${complexity}; at most ${MOST_COST} are allowed. Ask for fewer nodes or smaller pages.`,
      );
    return {
      onExecuteDone({ result, setResult }) {
        if (!isAsyncIterable(result)) setResult({ ...result, extensions: { ...result.extensions, cost } });
      },
    };
  },
});
