import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { Failure, retryAfterOf, statusOf } from '../../domain/errors.ts';

/**
 * Gives answers without `data` a status that says so, for those who accept `application/graphql-response+json`; with `application/json` it stays 200
 * (GraphQL over HTTP, "Status Codes"). It is that of the table of failures, or 400 for what GraphQL itself refuses. When to try again is said to all.
 */
export const statusCodes: Plugin = {
  onResultProcess({ result }) {
    if (isAsyncIterable(result) || Array.isArray(result) || 'data' in result) return;
    for (const { extensions } of result.errors ?? []) {
      const code = String(extensions.code);
      extensions.http ??= { spec: true, status: statusOf(code) ?? 400, headers: retryAfterOf(code) };
    }
  },
};

/** The refusals to which Yoga gives no body. */
export function withoutBody(status: number, contentType: string | undefined): Failure | null {
  if (status === 406)
    return new Failure(
      'NOT_ACCEPTABLE',
      'Accept allows neither application/graphql-response+json nor application/json.',
    );
  if (status === 415)
    return new Failure(
      'UNSUPPORTED_MEDIA_TYPE',
      `The body is ${contentType?.split(';')[0] ?? 'of no stated type'}; send application/json.`,
    );
  return null;
}
