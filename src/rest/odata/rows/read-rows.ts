import { both, type Condition } from '../../../domain/condition.ts';
import type { CursorValue } from '../../../domain/cursor-values.ts';
import type { ColumnAttribute, EntityName } from '../../../domain/entities.ts';
import { restrict, seesPersonal, type Viewer, visible } from '../../../domain/viewer.ts';
import type { StoredProperty, StoredSet } from '../entity-sets.ts';
import type { RowsRequest } from '../options.ts';
import type { RowOrder } from '../order.ts';

/** Rows to read from the database, in an order. */
export interface StoredRowsRequest {
  readonly entity: EntityName;
  /** The columns; null: one that the viewer must not see. */
  readonly columns: readonly (ColumnAttribute | null)[];
  readonly visible: Condition;
  readonly where: Condition;
  readonly order: RowOrder['keys'];
  readonly after: readonly CursorValue[] | null;
  readonly skip: number;
  readonly limit: number;
  readonly counted: boolean;
}

/** Rows that the database has begun to send, in COPY’s text format. */
export interface OpenedRows {
  /** The data version of the rows. */
  readonly version: string;
  readonly rows: AsyncGenerator<Buffer>;
  /** Returns the number of rows that have been read so far. */
  readonly countRows: () => number;
  /** The keyset of the last row; null if no row follows it. */
  readonly next: readonly (string | null)[] | null;
  readonly count: number | null;
}

/** Returns the properties of a page. */
export const propertiesOf = ({ set, selected }: Pick<RowsRequest, 'set' | 'selected'>): readonly StoredProperty[] =>
  selected ?? set.properties;

/**
 * Returns the condition that a row of a set must meet for a viewer to see it. An interview has the attributes of its newest row, the job and the
 * candidate among them, so here that row must be visible, too.
 */
export const visibleIn = ({ entity }: StoredSet, viewer: Viewer): Condition =>
  entity === 'interview' ? both(visible(entity, viewer), restrict(viewer)) : visible(entity, viewer);

/** Returns what is read for a page, as far as the viewer may see it: personal properties are null, as in the extract. */
export function storedRowsRequest(request: RowsRequest, viewer: Viewer): StoredRowsRequest {
  const { set, where, order, after, skip, limit, isCounted } = request;
  const personal = seesPersonal(viewer);
  return {
    entity: set.entity,
    columns: propertiesOf(request).map((property) => (property.personal && !personal ? null : property.attribute)),
    visible: visibleIn(set, viewer),
    where,
    order: order.keys,
    after,
    skip,
    limit,
    counted: isCounted,
  };
}
