import type { FastifyBaseLogger } from 'fastify';
import { createYoga, isAsyncIterable, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { GRAPHQL_PATH } from '../domain/paths.ts';
import type { OperationRequest } from './context.ts';
import { Documents } from './operation/document.ts';
import { toClientErrors } from './operation/errors.ts';
import { createPerform } from './operation/perform.ts';
import { DOCUMENT_ID, parameters } from './over-http/parameters.ts';
import { type PersistedOperations, persistedOperations } from './over-http/persisted-operations.ts';
import { statusCodes } from './over-http/status-codes.ts';
import { schema } from './schema.ts';

/** What the outside hands over for each request. */
export type ServerContext = OperationRequest & { readonly log: FastifyBaseLogger };

/** Has operations performed here and not by Yoga, whose part is HTTP. */
const performing = (perform: ReturnType<typeof createPerform>): Plugin<ServerContext, ServerContext> => ({
  onParams({ setParamsHandler }) {
    setParamsHandler(async ({ params: { query = '', operationName, variables }, context }) =>
      perform({ query, operationName, variables: variables ?? {}, request: context }),
    );
  },
});

/** Gives the errors of Yoga's own their form, too, while it is known whose request they belong to. */
const errors: Plugin<ServerContext, ServerContext> = {
  onResultProcess({ result, setResult, serverContext }) {
    if (Array.isArray(result) || isAsyncIterable(result) || !result.errors?.length) return;
    setResult({ ...result, errors: toClientErrors(result.errors, serverContext) });
  },
};

/** How the server is to be. */
export interface ServerOptions {
  /** Milliseconds for an operation. */
  readonly timeout: number;
  /** Operations of a file that clients may name by an id, or null. */
  readonly persisted: PersistedOperations | null;
}

/** The GraphQL server (GraphQL over HTTP): one schema, our errors, no batching. Errors: BAD_CONFIGURATION. */
export function createServer({ timeout, persisted }: ServerOptions): YogaServerInstance<ServerContext, object> {
  const documents = new Documents(schema);
  return createYoga<ServerContext>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    landingPage: false,
    graphiql: false,
    cors: false,
    batching: false,
    multipart: false,
    // Looked at as it is read (route.ts).
    maxRequestBodySize: false,
    extraParamNames: [DOCUMENT_ID],
    logging: false,
    // By `errors`: Yoga's own knows of no request.
    maskedErrors: false,
    plugins: [
      parameters,
      errors,
      statusCodes,
      persistedOperations(persisted, documents),
      performing(createPerform(schema, documents, timeout)),
    ],
  });
}
