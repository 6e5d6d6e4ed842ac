import { column, joinSql, type Sql, sql } from '../../sql.ts';
import type { Keyset, SortKey } from './keyset.ts';
import type { PageDetails, PageRequest } from './selection.ts';

/** The values of an item as Postgres sends them: the JSON array of `CompiledSelection.value`. */
export type ItemValues = readonly unknown[];

/**
 * An item: a property for each column, by its name in camel case, for each relation, and for each nested page (`ReadPage`). Timestamps are
 * texts without offset, in UTC if they are instants (`2026-03-29T12:30:00`); numbers are numbers. A to-one relation without an item is null.
 */
export type Item = Readonly<Record<string, unknown>>;

/** The rows of a page, in the requested order, with the details that the request asks for. */
export interface Page {
  /** A keyset is empty unless it was asked for. */
  readonly rows: readonly { readonly keyset: Keyset; readonly item: Item }[];
  readonly more: boolean;
  /** Null where the page is empty, and no row could tell; and unless it was asked for. */
  readonly preceded: boolean | null;
  /** Null where the page is empty although there may be rows; and unless it was asked for. */
  readonly total: number | null;
}

/** A page that was read with its parent, and the request for it. */
export interface ReadPage {
  readonly request: PageRequest;
  readonly page: Page;
}

/** A row of a page; what was not asked for is missing. */
export interface FoundRow {
  readonly keyset?: Keyset | undefined;
  readonly item: ItemValues;
  readonly preceded?: boolean;
  readonly total?: string | number | undefined;
}

/** Asks for the rows alone. */
export const NO_DETAILS: PageDetails = { keysets: false, more: false, preceded: false, total: false };

/** The number of rows to read: one more than the page has if that one says whether more rows follow. */
export const rowsToRead = ({ size, asks }: PageRequest): number => size + (asks.more ? 1 : 0);

/** Returns the keyset of a row, as JSON: the driver reads it faster than an array of Postgres. */
export const keysetOf = (order: readonly SortKey[], alias: string): Sql =>
  sql`json_build_array(${joinSql(
    order.map((key) => sql`${column(alias, key.column)}::text`),
    ', ',
  )})`;

const NO_KEYSET: Keyset = [];

/** Returns the page of the rows that were found for a request. `read` makes items of their values. */
export function pageOf(request: PageRequest, read: (values: ItemValues) => Item, found: readonly FoundRow[]): Page {
  const { size, backward, from, until, asks } = request;
  const [first] = found;
  // Without bounds an empty page means that there are no rows, unless none was to be read.
  const isSeenWhole = from === null && until === null && rowsToRead(request) > 0;
  const page = found.length > size ? found.slice(0, size) : found;
  const rows = page.map((row) => ({ keyset: row.keyset ?? NO_KEYSET, item: read(row.item) }));
  return {
    rows: backward ? rows.reverse() : rows,
    more: found.length > size,
    preceded: first?.preceded ?? null,
    total: first?.total === undefined ? (isSeenWhole && asks.total ? 0 : null) : Number(first.total),
  };
}
