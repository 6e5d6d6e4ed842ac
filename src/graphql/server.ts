import type { FastifyBaseLogger } from 'fastify';
import { type ExecutionArgs, execute, type GraphQLSchema, type ParseOptions, parse } from 'graphql';
import { createYoga, isAsyncIterable, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { inSnapshot } from '../db/snapshot.ts';
import { GRAPHQL_PATH } from '../domain/paths.ts';
import { refusals } from './access.ts';
import { Batches } from './batches.ts';
import type { Request } from './context.ts';
import { costs } from './cost.ts';
import { documentLimits } from './document-limits.ts';
import { outside } from './errors.ts';
import { MOST_BYTES, MOST_TOKENS } from './limits.ts';
import { readsData } from './operation.ts';
import { readableParameters, statuses } from './over-http.ts';
import { DOCUMENT_ID, type PersistedOperations, persistedOperations } from './persisted-operations.ts';
import { schema } from './schema.ts';

/** What the outside hands over for each request. */
export type ServerContext = Request & { readonly log: FastifyBaseLogger };

/** Fields come in the order in which they were asked for (GraphQL, "Serialized Map Ordering"); Yoga's own executor gives them as they get ready. */
const inTheOrderAsked: Plugin = {
  onExecute({ setExecuteFn }) {
    setExecuteFn(execute);
  },
};

/** Refuses operations that use what the token may not. */
const access = (of: GraphQLSchema): Plugin<ServerContext> => ({
  onExecute({ args, setResultAndStopExecution }) {
    const { viewer } = args.contextValue as ServerContext;
    const errors = refusals(of, args.document, args.operationName, args.variableValues ?? {}, viewer);
    if (errors.length > 0) setResultAndStopExecution({ errors });
  },
});

/** Gives an operation that reads data one snapshot of them, and an end. */
const snapshots = (milliseconds: number): Plugin<ServerContext> => ({
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn(async (args: ExecutionArgs) => {
      const context = args.contextValue as ServerContext;
      if (!readsData(args.document, args.operationName)) return await executeFn(args);
      const { db, signal } = context;
      return await inSnapshot(db, { milliseconds, signal }, (snapshot) =>
        executeFn({ ...args, contextValue: { ...context, ...snapshot, batches: new Batches() } }),
      )
        // Formed here already: Yoga would take some for none.
        .catch((error) => ({ errors: [outside(error, context)] }));
    });
  },
});

/** Limits what a document may have before it is looked at any further. */
const documents: Plugin = {
  onParse({ setParseFn }) {
    setParseFn((source: string, options: ParseOptions) => parse(source, { ...options, maxTokens: MOST_TOKENS }));
  },
  onValidate({ addValidationRule }) {
    addValidationRule(documentLimits);
  },
};

/** Gives every error its form, whether it comes of a resolver or before anything is resolved, while it is known whose request it belongs to. */
const errors: Plugin<ServerContext, ServerContext> = {
  onResultProcess({ result, setResult, serverContext }) {
    if (Array.isArray(result) || isAsyncIterable(result) || !result.errors?.length) return;
    setResult({ ...result, errors: result.errors.map((error) => outside(error, serverContext)) });
  },
};

/** How the server is to be. */
export interface ServerOptions {
  /** Milliseconds for an operation. */
  readonly timeout: number;
  /** Operations that clients may name by an id, or null. */
  readonly persisted: PersistedOperations | null;
}

/** The GraphQL server (GraphQL over HTTP): one schema, our errors, no batching. Errors: BAD_CONFIGURATION. */
export function createServer({ timeout, persisted }: ServerOptions): YogaServerInstance<ServerContext, object> {
  return createYoga<ServerContext>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    landingPage: false,
    graphiql: false,
    cors: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: MOST_BYTES,
    extraParamNames: persisted ? [DOCUMENT_ID] : [],
    logging: false,
    // By `errors`: Yoga's own knows of no request.
    maskedErrors: false,
    plugins: [
      inTheOrderAsked,
      readableParameters,
      errors,
      statuses,
      ...(persisted ? [persistedOperations(persisted, schema)] : []),
      documents,
      access(schema),
      costs(schema),
      snapshots(timeout),
    ],
  });
}
