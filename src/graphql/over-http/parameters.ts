import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { exceededLimit } from '../../domain/json-size.ts';
import { property } from '../../domain/types/property.ts';
import { MAX_FORM_CHARACTERS, MAX_JSON_LEVELS, MAX_JSON_VALUES } from '../limits.ts';

/** The parameter that names an operation by its ID (GraphQL over HTTP, "Persisted Documents"). */
export const DOCUMENT_ID = 'documentId';

/** The parameters of a request, where present. */
export type RequestParameters = GraphQLParams & { readonly [DOCUMENT_ID]?: unknown };

/** Returns the error of a request that is not a GraphQL request: status 400 for every `Accept`. */
export const malformed = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });

/**
 * Reads the parameters of a request: from the URL for GET, from the body for POST. JSON and forms are checked for their size before they
 * are parsed. Bodies of other types get no parser, so Yoga answers with 415.
 */
export const parameters: Plugin = {
  onRequestParse({ request: { method, headers }, setRequestParser }) {
    if (method === 'GET') return setRequestParser(({ url }) => readParameters(new URL(url).searchParams));
    const type = headers.get('content-type')?.split(/[;,]/, 1)[0]?.trim().toLowerCase() ?? '';
    const read = BODY_TYPES.get(type);
    if (read) setRequestParser(async (request) => read(await request.text()));
  },
};

const BODY_TYPES: ReadonlyMap<string, (text: string) => RequestParameters> = new Map([
  ['application/json', readBody],
  ['application/graphql+json', readBody],
  ['application/graphql', (query) => ({ query })],
  ['application/x-www-form-urlencoded', readForm],
]);

/** Reads the parameters from a JSON body. Errors: BAD_USER_INPUT. */
export function readBody(text: string): RequestParameters {
  const body = readJsonBody(text, 'The body', 'a JSON object');
  if (typeof body !== 'object' || body === null)
    throw malformed(`The body must be a JSON object, but is ${body === null ? 'null' : `a ${typeof body}`}.`);
  const operationName = property(body, 'operationName');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw malformed('operationName must be a string.');
  return body;
}

function readForm(text: string): RequestParameters {
  if (text.length > MAX_FORM_CHARACTERS)
    throw malformed(`A form may have at most ${MAX_FORM_CHARACTERS} characters; send application/json instead.`);
  return readParameters(new URLSearchParams(text));
}

function readParameters(search: URLSearchParams): RequestParameters {
  const text = (name: string) => search.get(name) || undefined;
  const json = (name: string) => {
    const value = text(name);
    return value === undefined ? undefined : readJsonBody(value, 'variables and extensions', 'JSON objects');
  };
  return {
    query: text('query'),
    operationName: text('operationName'),
    // Yoga refuses JSON values that are not objects.
    variables: json('variables') as GraphQLParams['variables'],
    extensions: json('extensions') as GraphQLParams['extensions'],
    [DOCUMENT_ID]: search.get(DOCUMENT_ID) ?? undefined,
  };
}

const JSON_LIMITS = { values: MAX_JSON_VALUES, levels: MAX_JSON_LEVELS };

/** Parses JSON. `what` and `must`: the input and its expected type, for error messages. */
function readJsonBody(text: string, what: string, must: string): unknown {
  const exceeded = exceededLimit(text, JSON_LIMITS);
  if (exceeded === 'values')
    throw malformed(
      `JSON in ${what} exceeds the maximum of ${MAX_JSON_VALUES} keys and list elements. Send fewer values.`,
    );
  if (exceeded === 'levels')
    throw malformed(`JSON in ${what} exceeds the maximum of ${MAX_JSON_LEVELS} nested levels.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`${what} must be ${must}: ${error instanceof Error ? error.message : error}.`);
  }
}
