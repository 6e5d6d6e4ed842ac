import { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { Failure, statusOf } from '../domain/errors.ts';

/** Refuses variables and extensions of an address or a form that are no JSON, which Yoga takes for a fault of the program. */
export const readableParameters: Plugin = {
  onRequestParse({ requestParser, setRequestParser }) {
    if (!requestParser) return;
    setRequestParser(async (request) => {
      try {
        return await requestParser(request);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw new GraphQLError(`variables and extensions must be JSON objects: ${error.message}.`, {
          extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
        });
      }
    });
  },
};

/**
 * Gives answers without `data` a status that says so, for those who accept `application/graphql-response+json`; with `application/json` it stays 200
 * (GraphQL over HTTP, "Status Codes"). It is that of the table of failures, or 400 for what GraphQL itself refuses.
 */
export const statuses: Plugin = {
  onResultProcess({ result }) {
    if (isAsyncIterable(result) || Array.isArray(result) || 'data' in result) return;
    for (const { extensions } of result.errors ?? [])
      extensions.http ??= { spec: true, status: statusOf(String(extensions.code)) ?? 400 };
  },
};

/** The refusals to which Yoga gives no body. */
export function bodiless(status: number, contentType: string | undefined): Failure | null {
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
