/** What one operation may ask for. Each has a test that is refused just above it and passes at it. */

/** Nodes of a page, where none are asked for and at most; also ids of `nodes` at most. */
export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;

/** Conditions of a filter, counted through all its levels, and values of one `in`. */
export const MAX_CONDITIONS = 100;
export const MAX_VALUES = 500;

/** Lists in each other in a filter: each looks at all that the one around it does, once more. */
export const MAX_NESTED_LISTS = 3;

/** Keys of an order. */
export const MAX_SORT_KEYS = 3;

/** Bytes of a request’s body. */
export const MAX_BODY_BYTES = 1_000_000;

/** Tokens of a document, and in it: aliases, directives, and fields of the root. */
export const MAX_DOCUMENT_TOKENS = 2_000;
export const MAX_ALIASES = 30;
export const MAX_DIRECTIVES = 30;
export const MAX_ROOT_FIELDS = 20;

/** Levels of fields in each other. */
export const MAX_DEPTH = 15;

/**
 * Cost of an operation: a field costs 1, a page 5, and what stands below a list as much again for each of its items: `first` or `last` of a
 * connection, the ids of `nodes`, TYPES_SIZE of the schema's types, LIST_SIZE of other lists.
 */
export const MAX_COST = 30_000;
export const ASSUMED_LIST_SIZE = 5;
export const ASSUMED_TYPE_COUNT = 10;
export const PAGE_COST = 5;

/** Keys and elements of the JSON of a request, nearly all of them those of its variables, and objects and lists in each other in it. */
export const MAX_JSON_VALUES = 5_000;
export const MAX_JSON_LEVELS = 250;

/** Characters of a form, which has as much in it as an address. */
export const MAX_FORM_CHARACTERS = 16_384;

/** Characters and lines of a document, and characters of a name in it, which each node of an answer may repeat. */
export const MAX_DOCUMENT_CHARACTERS = 100_000;
export const MAX_DOCUMENT_LINES = 2_000;
export const MAX_NAME_CHARACTERS = 255;

/** Fields of a document that stand beside one of the same name: each is compared with each, and so is what stands below them. */
export const MAX_REPEATED_FIELDS = 100;

/** Characters of an answer’s texts and names. */
export const MAX_ANSWER_CHARACTERS = 16_000_000;

/** Errors that an answer lists, characters of the message of each, and places in the document that it names. */
export const MAX_ERRORS = 20;
export const MAX_MESSAGE_CHARACTERS = 1_000;
export const MAX_ERROR_LOCATIONS = 5;
