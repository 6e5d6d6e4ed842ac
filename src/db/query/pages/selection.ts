import type { Condition } from '../../../domain/condition.ts';
import type { CursorValue } from '../../../domain/cursor-values.ts';
import type { EntityName, Relation } from '../../../domain/entities.ts';
import type { SortKey } from './keyset.ts';

/** What to read of each item of an entity: columns, and what relations lead to. The primary key is always read. */
export interface Selection {
  readonly entity: EntityName;
  readonly columns: ReadonlySet<string>;
  /** By the names of relations of the entity. */
  readonly related: ReadonlyMap<string, RelatedSelection>;
  /** By a name of the caller's choice, which no column and no relation has. */
  readonly pages: ReadonlyMap<string, NestedPage>;
  /** Whether other statements read more of the items, or of what is below them. */
  readonly othersFollow: boolean;
}

/** Returns a selection of the primary key alone. */
export const keyAlone = (entity: EntityName): Selection => ({
  entity,
  columns: new Set(),
  related: new Map(),
  pages: new Map(),
  othersFollow: false,
});

/** The related items to read: those that meet `where`; for a to-many relation in this order, at most `limit`. */
export interface RelatedSelection {
  readonly selection: Selection;
  readonly where: Condition;
  readonly order: readonly SortKey[];
  readonly limit: number | null;
}

/** A page of the items that a to-many relation leads to. */
export interface NestedPage {
  readonly relation: Relation;
  /** Without bounds. */
  readonly request: PageRequest;
  /** Whether to read its rows, and not only the total. */
  readonly rows: boolean;
}

/** A page request: rows of an entity after a keyset or, with `backward`, before it. */
export interface PageRequest {
  readonly entity: EntityName;
  readonly where: Condition;
  /** All sort keys. Together they are unique. */
  readonly order: readonly SortKey[];
  /** The maximum number of rows. */
  readonly size: number;
  readonly from: readonly CursorValue[] | null;
  /** Whether a row at that keyset is part of the page. */
  readonly inclusive?: boolean;
  /** The keyset at which the rows end, exclusive, in the direction of reading. */
  readonly until: readonly CursorValue[] | null;
  readonly backward: boolean;
  /** What to read of each row. */
  readonly selection: Selection;
  readonly asks: PageDetails;
}

/** What to find out about a page besides its rows. */
export interface PageDetails {
  /** Their keysets. */
  readonly keysets: boolean;
  /** Whether more rows follow in the direction of reading. */
  readonly more: boolean;
  /** Whether a row comes before `from` in the direction of reading, or is there. For the pages of parents it is another request. */
  readonly preceded: boolean;
  /** The number of rows on all pages. For the pages of parents only without bounds: the statement then counts what it filters. */
  readonly total: boolean;
}
