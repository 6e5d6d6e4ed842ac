import type { FastifyBaseLogger } from 'fastify';
import { type ASTNode, GraphQLError } from 'graphql';
import { asDatabaseError, ResultTooLarge } from '../../db/connection/database-errors.ts';
import { MAX_LOADED_CHARACTERS } from '../../db/connection/result-size.ts';
import { Failure } from '../../domain/errors.ts';
import { MAX_ERROR_LOCATIONS, MAX_ERRORS, MAX_MESSAGE_CHARACTERS } from '../limits.ts';

/** Where an error is logged, and under what. */
interface ErrorOrigin {
  readonly log: FastifyBaseLogger;
  readonly requestId: string;
  /** Is aborted when the client leaves. */
  readonly signal?: AbortSignal | undefined;
}

/** The refusal of what is not what it has to be. */
export const badInput = (message: string, nodes?: ASTNode): GraphQLError =>
  new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } });

/** The refusal of an operation that asks for too much. */
export const tooComplex = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } });

/**
 * Errors as the client is told them: at most MAX_ERRORS, the last of which then says how many more there are. Whoever has left is told nothing,
 * and neither is the log: what was under way for them was stopped, and every part of it fails in its own way.
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
 * Expected errors have the code of the table (src/domain/errors.ts), those of the document itself that of bad input; all others are logged under
 * the request's id, and masked.
 */
function toClientError(error: unknown, origin: ErrorOrigin): GraphQLError {
  const graphql = error instanceof GraphQLError ? error : null;
  const cause = asDatabaseError(graphql ? graphql.originalError : error);
  if (graphql && !cause) return isCodedError(graphql, null);
  if (graphql && cause instanceof GraphQLError) return isCodedError(graphql, cause);
  if (cause instanceof ResultTooLarge)
    return tooComplex(
      `The operation loads things of more than ${MAX_LOADED_CHARACTERS} characters; no more are allowed. Ask for fewer nodes.`,
    );
  const location = graphql && locationOf(graphql);
  if (cause instanceof Failure) {
    if (cause.status >= 500) origin.log.error({ err: cause.cause ?? cause }, cause.message);
    return new GraphQLError(shortMessage(cause.message), { ...location, extensions: { code: cause.code } });
  }
  origin.log.error({ err: cause }, 'a GraphQL operation failed');
  const { requestId } = origin;
  return new GraphQLError(`Something went wrong here. The log has it under request ${requestId}.`, {
    ...location,
    extensions: { code: 'INTERNAL_ERROR', requestId },
  });
}

function isCodedError(error: GraphQLError, cause: GraphQLError | null): GraphQLError {
  const named = error.extensions.code ?? cause?.extensions.code;
  // Yoga has another name for it.
  const code = named === undefined || named === 'BAD_REQUEST' ? 'BAD_USER_INPUT' : named;
  return new GraphQLError(shortMessage(error.message), {
    ...locationOf(error),
    extensions: { ...error.extensions, code },
  });
}

/** Each place is looked for in the whole document. */
function locationOf({ nodes, source, positions, path }: GraphQLError) {
  if (nodes) return { nodes: nodes.slice(0, MAX_ERROR_LOCATIONS), path };
  return { source, positions: positions?.slice(0, MAX_ERROR_LOCATIONS), path };
}

/** GraphQL's own messages quote what was sent, however long it is; what is said of it stands at their end. */
function shortMessage(message: string): string {
  if (message.length <= MAX_MESSAGE_CHARACTERS) return message;
  const half = MAX_MESSAGE_CHARACTERS / 2;
  // A character may have been cut in half.
  return `${message.slice(0, half)}…${message.slice(1 - half)}`.replace(/\p{Surrogate}/gu, '\ufffd');
}
