import type { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { Failure, retryAfterOf, statusOf } from '../../domain/errors.ts';

/**
 * Sets the status of responses without `data`, for clients that accept `application/graphql-response+json`; with `application/json` it
 * stays 200 (GraphQL over HTTP, "Status Codes"). The status is that of the failure (src/domain/errors.ts), or 400 for errors of GraphQL
 * itself. Retry-After is sent for both media types.
 */
export const statusCodes: Plugin = {
  onResultProcess({ result }) {
    if (isAsyncIterable(result) || Array.isArray(result) || 'data' in result) return;
    for (const error of result.errors ?? []) error.extensions.http ??= { spec: true, ...httpOf(error) };
  },
};

/** Returns the status of a response with this error and without data, and its headers. */
export function httpOf({ extensions }: GraphQLError): { status: number; headers: ReturnType<typeof retryAfterOf> } {
  const code = String(extensions.code);
  return { status: statusOf(code) ?? 400, headers: retryAfterOf(code) };
}

/** Returns the failure of a response that Yoga sends without a body; null for other statuses. */
export function withoutBody(status: number, contentType: string | undefined): Failure | null {
  if (status === 406)
    return new Failure(
      'NOT_ACCEPTABLE',
      'Accept allows neither application/graphql-response+json nor application/json.',
    );
  if (status === 415)
    return new Failure(
      'UNSUPPORTED_MEDIA_TYPE',
      `The request has ${contentType ? `the Content-Type ${contentType.split(';')[0]}` : 'no Content-Type'}; send application/json.`,
    );
  return null;
}
