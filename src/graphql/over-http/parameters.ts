import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { exceededLimit } from '../../domain/json-size.ts';
import { MAX_JSON_LEVELS, MAX_JSON_VALUES } from '../limits.ts';

/** The parameter that names an operation by an id (GraphQL over HTTP, "Persisted Documents"). */
export const DOCUMENT_ID = 'documentId';

/** The parameters of a request, as far as it has them. */
export type Parameters = GraphQLParams & { readonly [DOCUMENT_ID]?: unknown };

/** A refusal of what is not taken for a GraphQL request at all: with 400, whatever the client accepts. */
export const malformed = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });

/**
 * Reads the parameters of a request: of the address for GET, of a JSON body for POST. JSON is looked at for its size before it is read. Bodies of
 * other types are left without a reader, which Yoga answers with 415.
 */
export const parameters: Plugin = {
  onRequestParse({ request: { method, headers }, setRequestParser, endResponse, fetchAPI }) {
    if (method === 'GET') return setRequestParser(({ url }) => readAddress(url));
    const type = headers.get('content-type')?.split(/[;,]/, 1)[0]?.trim().toLowerCase() ?? '';
    if (!BODIES.includes(type)) return endResponse(new fetchAPI.Response(null, { status: 415 }));
    setRequestParser(async (request) => readBody(await request.text()));
  },
};

const BODIES = ['application/json', 'application/graphql+json'];

function readBody(text: string): GraphQLParams {
  const body = readJson(text, 'The body');
  if (typeof body === 'object' && body !== null) return body;
  throw malformed(`The body must be a JSON object, and is ${body === null ? 'null' : `a ${typeof body}`}.`);
}

function readAddress(url: string): Parameters {
  const { searchParams } = new URL(url);
  const text = (name: string) => searchParams.get(name) || undefined;
  const json = (name: string) => {
    const value = text(name);
    return value === undefined ? undefined : readJson(value, name);
  };
  return {
    query: text('query'),
    operationName: text('operationName'),
    variables: json('variables') as GraphQLParams['variables'],
    extensions: json('extensions') as GraphQLParams['extensions'],
    [DOCUMENT_ID]: searchParams.get(DOCUMENT_ID) ?? undefined,
  };
}

const LIMITS = { values: MAX_JSON_VALUES, levels: MAX_JSON_LEVELS };

/** Reads JSON; `what` names it in errors. */
function readJson(text: string, what: string): unknown {
  const exceeded = exceededLimit(text, LIMITS);
  if (exceeded === 'values')
    throw malformed(
      `${what} has more than ${MAX_JSON_VALUES} keys and elements of lists; no more are allowed. Send fewer values.`,
    );
  if (exceeded === 'levels')
    throw malformed(`${what} is nested in more than ${MAX_JSON_LEVELS} levels; no more are allowed.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(`${what} must be JSON: ${error instanceof Error ? error.message : error}.`);
  }
}
