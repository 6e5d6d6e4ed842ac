import type { PageRequest, Selection } from '../../../db/query/pages/selection.ts';
import { both } from '../../../domain/condition.ts';
import type { EntityName } from '../../../domain/entities.ts';
import { Failure } from '../../../domain/errors.ts';
import { type Viewer, visible } from '../../../domain/viewer.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../../limits.ts';
import { readWhere } from '../where/read-where.ts';
import type { Where } from '../where/where.ts';
import { readCursor } from './cursor.ts';
import { type OrderBy, sortKeysOf } from './order.ts';

/** The arguments of a connection (Relay Cursor Connections Specification), plus a filter and an order. */
export interface ConnectionArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly where?: Where | null | undefined;
  readonly orderBy?: readonly OrderBy[] | null | undefined;
}

/** What the fields of a connection select (selection.ts). */
export interface FieldsOfPage {
  readonly selection: Selection;
  /** Whether any field needs the rows. */
  readonly rows: boolean;
  readonly cursors: boolean;
  readonly previous: boolean;
  readonly next: boolean;
  readonly total: boolean;
}

/** Returns the maximum number of items of a page. */
export const sizeOfPage = ({ first, last }: ConnectionArguments): number => last ?? first ?? DEFAULT_PAGE_SIZE;

/** Returns the request for a page. `isOfParents`: it is one page for each of several parents. Errors: BAD_USER_INPUT. */
export function pageRequest(
  entity: EntityName,
  args: ConnectionArguments,
  fields: FieldsOfPage,
  viewer: Viewer,
  isOfParents: boolean,
): PageRequest {
  const { first, last, after, before, where, orderBy } = args;
  const isGiven = (value: unknown) => value !== null && value !== undefined;
  if (isGiven(first) && isGiven(last)) throw new Failure('BAD_USER_INPUT', 'Use first or last, not both.');
  const backward = isGiven(last);
  const size = sizeOfPage(args);
  if (size < 0 || size > MAX_PAGE_SIZE)
    throw new Failure(
      'BAD_USER_INPUT',
      `${backward ? 'last' : 'first'}: ${size} is not accepted; it is a whole number from 0 to ${MAX_PAGE_SIZE}.`,
    );
  const order = sortKeysOf(entity, orderBy, viewer);
  const keysetOf = (argument: string, cursor: string | null | undefined) =>
    cursor === null || cursor === undefined ? null : readCursor(order, argument, cursor);
  const [start, end] = [keysetOf('after', after), keysetOf('before', before)];
  const hasBounds = start !== null || end !== null;
  return {
    entity,
    where: both(visible(entity, viewer), readWhere(entity, where, viewer)),
    order,
    size,
    from: backward ? end : start,
    until: backward ? start : end,
    backward,
    selection: fields.selection,
    asks: {
      keysets: fields.cursors,
      more: backward ? fields.previous : fields.next,
      preceded: (backward ? end : start) !== null && !isOfParents && (backward ? fields.next : fields.previous),
      total: fields.total && fields.rows && !(isOfParents && hasBounds),
    },
  };
}
