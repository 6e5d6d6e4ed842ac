import { createYoga, isAsyncIterable, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { Failure } from '../domain/errors.ts';
import { GRAPHQL_PATH } from '../domain/paths.ts';
import { MAX_COST, MIN_OPERATIONS_IN_BUCKET } from './limits.ts';
import { jsonOf } from './operation/compiled/json-in-turns.ts';
import { Documents } from './operation/document.ts';
import { toClientErrors } from './operation/errors.ts';
import { createExecute, type Operation } from './operation/execute.ts';
import type { InTurn } from './operation/operation-queue.ts';
import { fastPath } from './over-http/fast-path.ts';
import { DOCUMENT_ID, parameters } from './over-http/parameters.ts';
import { type PersistedOperations, persistedOperations } from './over-http/persisted-operations.ts';
import { statusCodes } from './over-http/status-codes.ts';
import { schema } from './schema.ts';

/** What the HTTP server provides for each request. */
export type ServerContext = Operation['request'];

/** Replaces Yoga's execution by `execute`; Yoga handles HTTP only. */
const executing = (execute: ReturnType<typeof createExecute>): Plugin<ServerContext, ServerContext> => ({
  onParams({ setParamsHandler }) {
    setParamsHandler(async ({ params: { query = '', operationName, variables }, context }) => {
      const result = await execute({ query, operationName, variables: variables ?? {}, request: context });
      if (Symbol.asyncIterator in result || result.errors) return result;
      const json = await jsonOf(result);
      return { ...result, stringify: () => json };
    });
  },
});

/** Converts Yoga's own errors into client errors, while their request is known. */
const errors: Plugin<ServerContext, ServerContext> = {
  onResultProcess({ result, setResult, serverContext }) {
    if (Array.isArray(result) || isAsyncIterable(result) || !result.errors?.length) return;
    setResult({ ...result, errors: toClientErrors(result.errors, serverContext) });
  },
};

/** The options of the GraphQL server. */
export interface ServerOptions {
  /** The timeout of an operation in milliseconds. */
  readonly timeout: number;
  /** Gives each operation its turn. */
  readonly inTurn: InTurn;
  /** Points of a full bucket of a caller; 0: no limit. */
  readonly bucketSize: number;
  /** The file of operations that clients may name by ID; null if there is none. */
  readonly persisted: PersistedOperations | null;
  /** Whether usual requests are answered without Yoga. */
  readonly fast: boolean;
}

/** The GraphQL server. */
interface GraphqlServer {
  readonly yoga: YogaServerInstance<ServerContext, object>;
  /** Answers usual requests; null if they go through Yoga too. */
  readonly fast: ReturnType<typeof fastPath> | null;
}

/** Creates the GraphQL server (GraphQL over HTTP): one schema, client errors, no batching. Errors: BAD_CONFIGURATION. */
export function createServer({ timeout, inTurn, bucketSize, persisted, fast }: ServerOptions): GraphqlServer {
  const leastBucket = MIN_OPERATIONS_IN_BUCKET * MAX_COST;
  if (bucketSize > 0 && bucketSize < leastBucket)
    throw new Failure(
      'BAD_CONFIGURATION',
      `RATE_LIMIT_POINTS: ${bucketSize} must be 0, or at least ${leastBucket}: ${MIN_OPERATIONS_IN_BUCKET} times the greatest cost of an operation.`,
    );
  const documents = new Documents(schema);
  const execute = createExecute(schema, documents, { milliseconds: timeout, inTurn });
  const yoga = createYoga<ServerContext>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    landingPage: false,
    graphiql: false,
    cors: false,
    batching: false,
    multipart: false,
    // The body's size is checked while it is read (route.ts).
    maxRequestBodySize: false,
    extraParamNames: [DOCUMENT_ID],
    logging: false,
    // The plugin `errors` masks; Yoga's masking does not know the request.
    maskedErrors: false,
    plugins: [parameters, errors, statusCodes, persistedOperations(persisted, documents), executing(execute)],
  });
  return { yoga, fast: fast && !persisted?.only ? fastPath(execute, documents) : null };
}
