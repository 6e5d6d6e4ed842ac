import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  Lexer,
  parse,
  Source,
  specifiedRules,
  TokenKind,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { MAX_DOCUMENT_CHARACTERS, MAX_DOCUMENT_LINES, MAX_DOCUMENT_TOKENS, MAX_ERRORS } from '../limits.ts';
import { exceededLimits } from './document-limits.ts';
import { badInput, tooComplex } from './errors.ts';
import { withHint } from './hints.ts';

/** A parsed document and its validation errors. Without errors it can be executed. */
interface CheckedDocument {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

/**
 * The maximum size of the document cache in bytes, and an estimate of the bytes of a character and a token of a cached document, with what is
 * kept for its operations.
 */
const MAX_CACHED_BYTES = 64_000_000;
const BYTES_OF_CHARACTER = 2;
const BYTES_OF_TOKEN = 4_000;

/** Parses, validates and caches documents. The same text yields the same document object. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #valid = new LRUCache<string, CheckedDocument>({ maxSize: MAX_CACHED_BYTES });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /**
   * Parses and validates a text. The errors in the result are QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT. Throws a
   * GraphQLError if the text is too long (QUERY_TOO_COMPLEX) or cannot be parsed (GRAPHQL_PARSE_FAILED).
   */
  check(text: string): CheckedDocument {
    const cached = this.#valid.get(text);
    if (cached) return cached;
    const { document, tokens } = parsed(text);
    // Each check is more expensive than the one before, and runs only if that found nothing.
    const checks = [exceededLimits, operationTypeErrors, documentErrors];
    const errors = checks.reduce<GraphQLError[]>(
      (found, check) => (found.length > 0 ? found : check(document, this.#schema)),
      [],
    );
    const checked = { document, errors };
    if (errors.length === 0)
      this.#valid.set(text, checked, { size: BYTES_OF_CHARACTER * text.length + BYTES_OF_TOKEN * tokens });
    return checked;
  }

  /** Whether a text was found to be valid before. */
  isKnown(text: string): boolean {
    return this.#valid.has(text);
  }

  /** Returns the first error of a text; null if it can be executed. */
  faultOf(text: string): GraphQLError | null {
    try {
      return this.check(text).errors[0] ?? null;
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }
}

function parsed(text: string): { document: DocumentNode; tokens: number } {
  if (text.length > MAX_DOCUMENT_CHARACTERS)
    throw tooComplex(
      `The document has ${text.length} characters; at most ${MAX_DOCUMENT_CHARACTERS} are allowed. Send long values as variables.`,
    );
  const lines = text.split(/\r\n|[\n\r]/, MAX_DOCUMENT_LINES + 1).length;
  if (lines > MAX_DOCUMENT_LINES) throw tooComplex(`The document exceeds the maximum of ${MAX_DOCUMENT_LINES} lines.`);
  const source = new Source(text);
  try {
    return { tokens: countTokens(source), document: parse(source) };
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code === undefined)
      throw withCode(error, 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

function countTokens(source: Source): number {
  const lexer = new Lexer(source);
  let tokens = 0;
  while (lexer.advance().kind !== TokenKind.EOF) {
    tokens++;
    if (tokens > MAX_DOCUMENT_TOKENS)
      throw tooComplex(
        `The document exceeds the maximum of ${MAX_DOCUMENT_TOKENS} tokens. Request less at once, or send values as variables.`,
      );
  }
  return tokens;
}

/** Returns an error if the document has no operation, or one of a type that the schema lacks. */
function operationTypeErrors(document: DocumentNode, schema: GraphQLSchema): GraphQLError[] {
  const types = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? definition.operation : [],
  );
  const missing = types.find((type) => !schema.getRootType(type));
  if (missing) return [badInput(`This API has no ${missing}s.`)];
  return types.length > 0 ? [] : [badInput('The document contains no operation.')];
}

/** Validates a document against the schema; if there are more than MAX_ERRORS - 1 errors, the last one says so. */
function documentErrors(document: DocumentNode, schema: GraphQLSchema): GraphQLError[] {
  const faults = validate(schema, document, specifiedRules, { maxErrors: MAX_ERRORS - 1 });
  return faults.map((fault) =>
    fault.message === 'Validation aborted.'
      ? tooComplex('The fields of the document overlap too much to be compared; select each only once.')
      : withCode(fault, 'GRAPHQL_VALIDATION_FAILED', withHint(schema, fault.message)),
  );
}

/** Returns a copy, because graphql-js shares some of its error objects. */
const withCode = (error: GraphQLError, code: string, message: string = error.message): GraphQLError => {
  const { nodes, source, positions } = error;
  return new GraphQLError(message, { ...(nodes ? { nodes } : { source, positions }), extensions: { code } });
};
