import { hash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { Failure, type FailureCode } from '../../domain/errors.ts';
import { textProperty } from '../../domain/types/property.ts';
import type { Viewer } from '../../domain/viewer.ts';
import type { Documents } from '../operation/document.ts';
import { AutomaticOperations } from './automatic-operations.ts';
import { bareId, readOperations, SHA256 } from './operation-file.ts';
import { DOCUMENT_ID, malformed, type RequestParameters } from './parameters.ts';

/** The file of operations that clients may name by ID. `only`: whether others are refused. */
export interface PersistedOperations {
  readonly file: string;
  readonly only: boolean;
}

/** The ID by which a request names an operation. */
interface NamedOperation {
  /** Without prefix. */
  readonly id: string;
  /** Whether the ID is declared to be the SHA-256 of the text. */
  readonly isHash: boolean;
}

/**
 * Replaces the ID of an operation by its text: from the file, or as a client has sent it before with its hash (Apollo, "Automatic Persisted
 * Queries"). All checks apply as for any operation. Without a file, only the operations that clients have sent are known.
 * Errors: BAD_CONFIGURATION, naming the file and its fault.
 */
export function persistedOperations(
  persisted: PersistedOperations | null,
  documents: Documents,
): Plugin<object, { readonly viewer: Viewer; readonly record: { isListed?: boolean } }> {
  const listed = persisted && readOperations(persisted.file, documents);
  const sent = new AutomaticOperations();
  const only = persisted?.only ?? false;

  return {
    onParams({ params, setParams, context }) {
      const named = nameOf(params);
      if (params.query) {
        if (only) throw knownOnly();
        if (named?.isHash) keepSent(named.id, params.query, context);
        return;
      }
      if (!named) throw malformed(`Must provide query string, or ${DOCUMENT_ID} of a persisted operation.`);
      const fromFile = listed?.get(named.id);
      context.record.isListed = fromFile !== undefined;
      const text = fromFile ?? sent.find(named.id);
      if (text === undefined) throw only ? knownOnly() : notFound();
      setParams({ ...params, query: text });
    },
  };

  function keepSent(id: string, text: unknown, { viewer }: { readonly viewer: Viewer }): void {
    if (typeof text !== 'string') return;
    if (hash('sha256', text) !== id) throw malformed('provided sha does not match query');
    if (documents.faultOf(text) === null) sent.keep(viewer.caller, id, text);
  }
}

/** Returns a request error (GraphQL over HTTP, "application/graphql-response+json"). */
const persistedRefusal = (code: FailureCode, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { spec: true, status: new Failure(code, message).status } } });

const knownOnly = () =>
  persistedRefusal(
    'PERSISTED_QUERY_ONLY',
    `Only persisted operations are accepted: send a ${DOCUMENT_ID} instead of a query.`,
  );

/** Clients look for this message and then send the query itself. */
const notFound = () => persistedRefusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

/** Returns the ID that a request names: in `documentId`, or in Apollo's extension. */
function nameOf({ [DOCUMENT_ID]: id, extensions }: RequestParameters): NamedOperation | null {
  if (typeof id === 'string') return { id: bareId(id), isHash: id.startsWith(SHA256) };
  const hash = textProperty(extensions, 'persistedQuery', 'sha256Hash');
  return hash === undefined ? null : { id: bareId(hash), isHash: true };
}
