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

/** A document that was parsed, and what is wrong with it; nothing: it can be executed. */
interface CheckedDocument {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

/** Bytes that the documents which are kept may take together, and about how many a character and a token of one take. */
const MAX_CACHED_BYTES = 64_000_000;
const BYTES_OF_CHARACTER = 2;
const BYTES_OF_TOKEN = 1_000;

/** Parses and validates documents, and keeps them: a text that comes again is the same document. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #valid = new LRUCache<string, CheckedDocument>({ maxSize: MAX_CACHED_BYTES });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /**
   * The document of a text. Its errors are QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED or BAD_USER_INPUT; where there is none, because the text is
   * too long or can't be parsed, this throws a GraphQLError: QUERY_TOO_COMPLEX or GRAPHQL_PARSE_FAILED.
   */
  check(text: string): CheckedDocument {
    const kept = this.#valid.get(text);
    if (kept) return kept;
    const { document, tokens } = parsed(text);
    // Each looks closer, at what passes the one before it.
    const looks = [exceededLimits, operationTypeErrors, documentErrors];
    const errors = looks.reduce<GraphQLError[]>(
      (found, look) => (found.length > 0 ? found : look(document, this.#schema)),
      [],
    );
    const checked = { document, errors };
    if (errors.length === 0)
      this.#valid.set(text, checked, { size: BYTES_OF_CHARACTER * text.length + BYTES_OF_TOKEN * tokens });
    return checked;
  }

  /** Why the document of a text can’t be executed; null: it can. */
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
  if (lines > MAX_DOCUMENT_LINES)
    throw tooComplex(`The document has more than ${MAX_DOCUMENT_LINES} lines; no more are allowed.`);
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
        `The document has more than ${MAX_DOCUMENT_TOKENS} tokens; no more are allowed. Ask for less at once, or send values as variables.`,
      );
  }
  return tokens;
}

/** Why none of it can be executed, whatever it asks for. */
function operationTypeErrors(document: DocumentNode, schema: GraphQLSchema): GraphQLError[] {
  const kinds = document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? one.operation : []));
  const missing = kinds.find((kind) => !schema.getRootType(kind));
  if (missing) return [badInput(`The operation is a ${missing}, and there are none here.`)];
  return kinds.length > 0 ? [] : [badInput('The document has no operation in it.')];
}

/** What doesn't fit the schema; where there is more than is told, the last error says so. */
function documentErrors(document: DocumentNode, schema: GraphQLSchema): GraphQLError[] {
  const faults = validate(schema, document, specifiedRules, { maxErrors: MAX_ERRORS - 1 });
  return faults.map((fault) =>
    fault.message === 'Validation aborted.'
      ? tooComplex('The fields of the document overlap too much to be compared; ask for each once.')
      : withCode(fault, 'GRAPHQL_VALIDATION_FAILED', withHint(schema, fault.message)),
  );
}

/** A copy: some of GraphQL's own errors are shared. */
const withCode = (error: GraphQLError, code: string, message: string = error.message): GraphQLError => {
  const { nodes, source, positions } = error;
  return new GraphQLError(message, { ...(nodes ? { nodes } : { source, positions }), extensions: { code } });
};
