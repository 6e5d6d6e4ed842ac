/** The limits of one operation. Each has a test that passes at the limit and is refused just above it. */

/** Nodes of a page: by default and at most. The maximum also applies to the ids of `nodes`. */
export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;

/** Conditions of a filter on all its levels together, and values of one `in`. */
export const MAX_CONDITIONS = 100;
export const MAX_VALUES = 500;

/** Words of a search for a name: each is looked for by itself, in the first name and in the last. */
export const MAX_NAME_WORDS = 20;

/** Nesting of list filters. Each level scans its related items again for every item of the level around it. */
export const MAX_NESTED_LISTS = 3;

/** Groups of metrics. */
export const MAX_GROUPS = 1_000;

/** Distinct percentiles of one field of metrics. */
export const MAX_PERCENTILES = 20;

/** Sort keys of an order. */
export const MAX_SORT_KEYS = 3;

/** Bytes of a request body. */
export const MAX_BODY_BYTES = 1_000_000;

/** Tokens of a document; its aliases, directives and root fields. */
export const MAX_DOCUMENT_TOKENS = 2_000;
export const MAX_ALIASES = 30;
export const MAX_DIRECTIVES = 30;
export const MAX_ROOT_FIELDS = 20;

/** Nesting of fields. */
export const MAX_DEPTH = 15;

/** Cost of an operation (costs.ts): about 0.3 seconds. */
export const MAX_COST = 300_000;

/**
 * Points of a request, which an operation of up to that cost needs no more of, and those of a document that this instance has not validated
 * yet. An operation that costs more takes as many points as it costs.
 */
export const REQUEST_POINTS = 500;
export const DOCUMENT_POINTS = 5_000;

/** How many operations of the greatest cost the bucket of a caller must hold. */
export const MIN_OPERATIONS_IN_BUCKET = 4;

/** Operations that wait for a connection, of all callers; one caller has at most half of them. */
export const MAX_WAITING_OPERATIONS = 1_000;

/** Keys and elements in the JSON of a request, nearly all of them in its variables; and its nesting. */
export const MAX_JSON_VALUES = 5_000;
export const MAX_JSON_LEVELS = 250;

/** Characters of a form, which can hold as much as a URL. */
export const MAX_FORM_CHARACTERS = 16_384;

/** Characters and lines of a document; characters of a name in it, because every node of a result may repeat the name. */
export const MAX_DOCUMENT_CHARACTERS = 100_000;
export const MAX_DOCUMENT_LINES = 2_000;
export const MAX_NAME_CHARACTERS = 255;

/**
 * Fields of a document that share their response name with another field of the same selection. Validation compares each of them with every
 * other, and their selections too.
 */
export const MAX_REPEATED_FIELDS = 100;

/** Characters of the texts and names in a result. */
export const MAX_ANSWER_CHARACTERS = 16_000_000;

/** Errors in a response, characters of each message, and document locations of each error. */
export const MAX_ERRORS = 20;
export const MAX_MESSAGE_CHARACTERS = 1_000;
export const MAX_ERROR_LOCATIONS = 5;
