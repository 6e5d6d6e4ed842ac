/**
 * What an operation costs: about one microsecond of CPU time, of the service and of Postgres together, for each 1. The prices were fitted to
 * measured times (docs/graphql.md, "Cost") and are constants, so that an operation costs the same today and tomorrow, however many rows
 * there are. What multiplies them stands in the arguments: `first` or `last` of a connection, the number of ids of `nodes`.
 */

/** Any field. */
export const FIELD_COST = 1;

/** A field of the schema's description, which graphql-js finds out without a pause. */
export const INTROSPECTION_COST = 10;

/** An item, beside its fields. */
export const ITEM_COST = 3;

/** A relation in the operation, once, however many items it is read of: the service and Postgres plan it. */
export const RELATION_COST = 1_000;

/** The item that a to-one relation leads to: an index look-up. */
export const RELATED_ITEM_COST = 4;

/** A list without pagination, and one that a link table leads to; and such a list of each job or interviewer, who have long ones. */
export const LIST_COST = 10;
export const LINKED_LIST_COST = 100;
export const LARGE_LINKED_LIST_COST = 250;

/** A page of each parent, beside its items; and a page of each job or interviewer, who have many rows to choose from. */
export const NESTED_PAGE_COST = 10;
export const LARGE_NESTED_PAGE_COST = 100;

/** A page at the root. */
export const PAGE_COST = 100;

/**
 * A filter, an order or a count at the root, each of which may have to look at all rows. Below, they look at the rows of their parents, which
 * a page does anyway.
 */
export const SCAN_COST = 10_000;

/** Each further condition of such a filter. */
export const CONDITION_COST = 2_000;

/** The sizes of lists whose length no argument says: of lists without pagination, and of the types of the schema. */
export const ASSUMED_LIST_SIZE = 5;
export const ASSUMED_TYPE_COUNT = 10;

/**
 * A statement of metrics: of groups, of the total, and each of those again for the period compared with; and what it costs more for each
 * dimension of groups, each measure that is selected of it, each percentile, and each measure that needs a pass over the rows of its own.
 * One that looks at a million rows takes as long as several operations of the greatest cost may: these prices are in proportion to each
 * other, and such that ten measures by week with total and comparison stay below half of that. A queue of their own bounds how many
 * statements run at the same time (src/http/limits/metrics-queue.ts).
 */
export const METRICS_COST = 2 * SCAN_COST;
export const DIMENSION_COST = 5_000;
export const MEASURE_COST = 1_000;
export const PERCENTILE_COST = 2_500;
export const PASS_COST = 15_000;

/** An address of the rows behind a metric of a group. */
export const EVIDENCE_COST = 20;
