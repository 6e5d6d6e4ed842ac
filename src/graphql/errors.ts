import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import { known } from '../db/failures.ts';
import { Failure, type FailureCode } from '../domain/errors.ts';
import { MOST_BYTES } from './limits.ts';

/** Where an error is logged, and under what. */
interface Origin {
  readonly log: FastifyBaseLogger;
  readonly requestId: string;
}

/**
 * An error as the outside sees it: expected ones with the code of the table (src/domain/errors.ts), those of the document itself with that of
 * bad input; all others are logged under the request's id, and masked.
 */
export function outside(error: unknown, origin: Origin): GraphQLError {
  const graphql = error instanceof GraphQLError ? error : null;
  const cause = known(graphql ? graphql.originalError : error);
  if (graphql && !cause) return coded(graphql, null);
  if (graphql && cause instanceof GraphQLError) return coded(graphql, cause);
  const place = graphql && {
    nodes: graphql.nodes,
    source: graphql.source,
    positions: graphql.positions,
    path: graphql.path,
  };
  if (cause instanceof Failure) {
    if (cause.status >= 500) origin.log.error({ err: cause.cause ?? cause }, cause.message);
    return new GraphQLError(cause.message, { ...place, extensions: { code: cause.code } });
  }
  origin.log.error({ err: cause }, 'a GraphQL operation failed');
  const { requestId } = origin;
  return new GraphQLError(`Something went wrong here. The log has it under request ${requestId}.`, {
    ...place,
    extensions: { code: 'INTERNAL_ERROR', requestId },
  });
}

/** What Yoga calls what has a name in our table, and what we say of it. */
const OURS: Readonly<Record<string, { readonly code: FailureCode; readonly message?: string }>> = {
  BAD_REQUEST: { code: 'BAD_USER_INPUT' },
  OPERATION_RESOLUTION_FAILURE: {
    code: 'BAD_USER_INPUT',
    message:
      'operationName must name one of the operations in the query; it may be left out only where there is one operation.',
  },
  REQUEST_ENTITY_TOO_LARGE: { code: 'PAYLOAD_TOO_LARGE', message: `The body is larger than ${MOST_BYTES} bytes.` },
};

function coded(error: GraphQLError, cause: GraphQLError | null): GraphQLError {
  const { nodes, source, positions, path } = error;
  const named = String(error.extensions.code ?? cause?.extensions.code ?? 'BAD_USER_INPUT');
  const { code = named, message = error.message } = OURS[named] ?? {};
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...error.extensions, code } });
}
