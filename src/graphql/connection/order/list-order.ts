import type { SortKey } from '../../../db/query/pages/keyset.ts';
import { type EntityName, entityOf } from '../../../domain/entities.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { defaultOrder } from './order.ts';

/** The order of a list without pagination, and its maximum number of items. */
interface ListOrder {
  readonly order: readonly SortKey[];
  readonly limit: number | null;
}

/** The maximum number of items in a list that a link table leads to. */
const MAX_LIST_SIZE = 1_000;

const ascending = (column: string, type: string, nullable: boolean): SortKey => ({
  column,
  type,
  nullable,
  descending: false,
  nullsFirst: false,
});

/** The lists whose order is not the default order of their items. */
const ORDERS: Readonly<Record<string, readonly SortKey[]>> = {
  'interview.timeSlots': [
    ascending('start_time', 'timestamp(0)', true),
    ascending('end_time', 'timestamp(0)', true),
    ascending('slot_id', 'uuid', false),
  ],
  'timeSlot.appointments': [ascending('interviewer_employee_id', 'text', true), ascending('row_id', 'uuid', false)],
};

/** The lists with items of a link table, in their default order. All other to-many relations are connections. */
const LINKED_LISTS: ReadonlySet<string> = new Set(['interview.interviewers', 'job.interviewers', 'candidate.jobs']);

/** Returns the order of the items of a relation that is a list without pagination; null if it is a connection. */
export function listOrder(of: EntityName, name: string, viewer: Viewer): ListOrder | null {
  const order = ORDERS[`${of}.${name}`];
  if (order) return { order, limit: null };
  const relation = entityOf(of).relations[name];
  return relation && LINKED_LISTS.has(`${of}.${name}`)
    ? { order: defaultOrder(relation.to, viewer), limit: MAX_LIST_SIZE }
    : null;
}
