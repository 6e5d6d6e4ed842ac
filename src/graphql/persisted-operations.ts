import { readFileSync } from 'node:fs';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { GraphQLError, type GraphQLSchema, Kind, parse, specifiedRules, validate } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { Failure, type FailureCode, shown } from '../domain/errors.ts';
import { documentLimits } from './document-limits.ts';
import { MOST_TOKENS } from './limits.ts';

/** Where operations are that clients may name by an id, and whether no others are taken. */
export interface PersistedOperations {
  readonly file: string;
  readonly only: boolean;
}

/** The parameter that names one (GraphQL over HTTP, "Persisted Documents"). */
export const DOCUMENT_ID = 'documentId';

/**
 * Takes the id of an operation for the operation itself; whatever holds for others holds for it, too.
 * Errors: BAD_CONFIGURATION, naming the file and what is wrong with it.
 */
export function persistedOperations({ file, only }: PersistedOperations, schema: GraphQLSchema): Plugin {
  const operations = readOperations(file, schema);
  return usePersistedOperations({
    allowArbitraryOperations: !only,
    extractPersistedOperationId: idOf,
    getPersistedOperation: (id) => operations.get(id) ?? operations.get(id.replace(/^sha256:/, '')) ?? null,
    customErrors: {
      notFound: ({ params, request }) =>
        refusal(
          'PERSISTED_QUERY_NOT_FOUND',
          `There is no operation with the id ${shown(idOf(params, request) ?? '')} here.`,
        ),
      keyNotFound: () => malformed(`Must provide query string, or ${DOCUMENT_ID} of an operation that is known here.`),
      persistedQueryOnly: () =>
        refusal(
          'PERSISTED_QUERY_ONLY',
          `Only operations that are known here are taken: send the ${DOCUMENT_ID} of one, and no query.`,
        ),
    },
  });
}

/** A request error (GraphQL over HTTP, "application/graphql-response+json"). */
const refusal = (code: FailureCode, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { spec: true, status: new Failure(code, message).status } } });

/** One that is no GraphQL request at all. */
const malformed = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });

const PARAMETERS: readonly string[] = ['query', 'variables', 'operationName', 'extensions', DOCUMENT_ID];

/** The id that a request names: by the parameter, or in Apollo’s way. */
function idOf(params: GraphQLParams & { [DOCUMENT_ID]?: unknown }, { method, url }: Request): string | null {
  // The plug-in hands on only what it knows.
  const unknown = Object.keys(params).find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw malformed(`Unexpected parameter ${shown(unknown)} in the request body.`);
  // Yoga reads only the parameters that it knows of an address.
  const id = method === 'GET' ? new URL(url).searchParams.get(DOCUMENT_ID) : params[DOCUMENT_ID];
  if (typeof id === 'string') return id;
  const { sha256Hash: hash } = (params.extensions?.persistedQuery ?? {}) as { sha256Hash?: unknown };
  return typeof hash === 'string' ? hash : null;
}

/** Faults that are told; the rest are counted. */
const MOST_TOLD = 20;

/** Reads the operations of a file, by their ids, as the client preset of GraphQL Code Generator and Relay’s compiler write it. */
function readOperations(file: string, schema: GraphQLSchema): ReadonlyMap<string, string> {
  const fault = (what: string): never => {
    throw new Failure('BAD_CONFIGURATION', `PERSISTED_OPERATIONS: ${file} ${what}`);
  };
  const listed = listedIn(file, fault);
  const faults = listed.flatMap(([id, text]) => {
    const wrong = faultOf(text, schema);
    return wrong ? [`  ${shown(id)}: ${wrong}`] : [];
  });
  if (faults.length > MOST_TOLD) faults.splice(MOST_TOLD, faults.length, `  and ${faults.length - MOST_TOLD} more`);
  if (faults.length > 0) fault(`has operations that can’t be executed here:\n${faults.join('\n')}`);
  return new Map(listed as [string, string][]);
}

function listedIn(file: string, fault: (what: string) => never): [id: string, text: unknown][] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fault(`can’t be read: ${error instanceof Error ? error.message : error}.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return fault(`is no JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (content === null || typeof content !== 'object' || Array.isArray(content))
    return fault('must be one JSON object: {"<id>": "<operation>", …}.');
  return Object.entries(content);
}

/** Why an operation can’t be executed; null: it can. */
function faultOf(text: unknown, schema: GraphQLSchema): string | null {
  if (typeof text !== 'string') return 'is no text.';
  try {
    const document = parse(text, { maxTokens: MOST_TOKENS });
    const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
    if (operations.length === 0) return 'has no operation in it.';
    for (const { operation } of operations)
      if (!schema.getRootType(operation)) return `is a ${operation}, and there are none here.`;
    const [first] = validate(schema, document, [...specifiedRules, documentLimits]);
    return first?.message ?? null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
