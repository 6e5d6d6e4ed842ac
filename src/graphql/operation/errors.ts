import type { FastifyBaseLogger } from 'fastify';
import { type ASTNode, GraphQLError } from 'graphql';
import { asDatabaseError, ResultTooLarge } from '../../db/connection/errors/database-errors.ts';
import { MAX_LOADED_CHARACTERS } from '../../db/connection/errors/result-size.ts';
import { Failure } from '../../domain/errors.ts';
import { MAX_ERROR_LOCATIONS, MAX_ERRORS, MAX_MESSAGE_CHARACTERS } from '../limits.ts';

/** Where an error is logged, and under which request ID. */
interface ErrorOrigin {
  readonly log: FastifyBaseLogger;
  readonly requestId: string;
  /** Aborted when the client disconnects. */
  readonly signal?: AbortSignal | undefined;
}

/** Returns the error of invalid input. */
export const badInput = (message: string, nodes?: ASTNode): GraphQLError =>
  new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } });

/** Returns the error of an operation that exceeds a limit. */
export const tooComplex = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } });

/**
 * Converts errors into client errors: at most MAX_ERRORS, the last of which then gives the number of the others. If the client has
 * disconnected, nothing is logged and the result says only that: its statements were cancelled, and each part fails in its own way.
 */
export function toClientErrors(errors: readonly unknown[], origin: ErrorOrigin): GraphQLError[] {
  if (origin.signal?.aborted) return [new GraphQLError('The client left.', { extensions: { code: 'INTERNAL_ERROR' } })];
  if (errors.length <= MAX_ERRORS) return errors.map((error) => toClientError(error, origin));
  const reported = errors.slice(0, MAX_ERRORS - 1).map((error) => toClientError(error, origin));
  const more = new GraphQLError(`There are ${errors.length - reported.length} more errors, which are not listed.`, {
    extensions: { code: reported.at(-1)?.extensions.code },
  });
  return [...reported, more];
}

/**
 * Converts one error. Failures keep their code (src/domain/errors.ts); errors of the document have the code of bad input. All other errors
 * are logged under the request ID and masked.
 */
function toClientError(error: unknown, origin: ErrorOrigin): GraphQLError {
  const graphql = error instanceof GraphQLError ? error : null;
  const cause = asDatabaseError(graphql ? graphql.originalError : error);
  if (graphql && !cause) return isCodedError(graphql, null);
  if (graphql && cause instanceof GraphQLError) return isCodedError(graphql, cause);
  if (cause instanceof ResultTooLarge)
    return tooComplex(
      `The operation loads more than the maximum of ${MAX_LOADED_CHARACTERS.toLocaleString('en')} characters. Request fewer nodes.`,
    );
  const location = graphql && locationOf(graphql);
  if (cause instanceof Failure) {
    if (cause.status >= 500) origin.log.error({ err: cause.cause ?? cause }, cause.message);
    return new GraphQLError(shortMessage(cause.message), { ...location, extensions: { code: cause.code } });
  }
  origin.log.error({ err: cause }, 'a GraphQL operation failed');
  const { requestId } = origin;
  return new GraphQLError(`Something went wrong. The log has the details under request ${requestId}.`, {
    ...location,
    extensions: { code: 'INTERNAL_ERROR', requestId },
  });
}

function isCodedError(error: GraphQLError, cause: GraphQLError | null): GraphQLError {
  const named = error.extensions.code ?? cause?.extensions.code;
  // Yoga's code for a bad request.
  const code = named === undefined || named === 'BAD_REQUEST' ? 'BAD_USER_INPUT' : named;
  return new GraphQLError(shortMessage(error.message), {
    ...locationOf(error),
    extensions: { ...error.extensions, code },
  });
}

/** graphql-js scans the whole document for each location, so their number is limited. */
function locationOf({ nodes, source, positions, path }: GraphQLError) {
  if (nodes) return { nodes: nodes.slice(0, MAX_ERROR_LOCATIONS), path };
  return { source, positions: positions?.slice(0, MAX_ERROR_LOCATIONS), path };
}

/** Shortens a message in the middle: graphql-js quotes the input, however long, and states the problem at the end. */
function shortMessage(message: string): string {
  if (message.length <= MAX_MESSAGE_CHARACTERS) return message;
  const half = MAX_MESSAGE_CHARACTERS / 2;
  // The cut may have split a surrogate pair.
  return `${message.slice(0, half)}…${message.slice(1 - half)}`.replace(/\p{Surrogate}/gu, '\ufffd');
}
