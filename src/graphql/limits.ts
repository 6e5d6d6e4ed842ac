/** What one operation may ask for. Each has a test that is refused just above it and passes at it. */

/** Nodes of a page, where none are asked for and at most. */
export const PAGE_SIZE = 50;
export const MOST_NODES = 500;

/** Conditions of a filter, counted through all its levels, and values of one `in`. */
export const MOST_CONDITIONS = 100;
export const MOST_VALUES = 500;

/** Keys of an order. */
export const MOST_ORDER_KEYS = 5;
