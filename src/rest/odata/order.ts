import { entityOf } from '../../domain/entities.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { requireScope, type Viewer } from '../../domain/viewer.ts';
import { type EntitySet, findProperty, insteadOf, type Property, type StoredSet } from './entity-sets.ts';

/** A key by which rows are sorted. Nulls come first if it ascends, and last if it descends (OData URL Conventions 4.01, 5.1.5). */
interface OrderKey {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** An order of rows: the keys that are asked for, then the primary key as a tie-breaker. */
export interface RowOrder {
  /** The same text for the same order. */
  readonly name: string;
  /** The properties that are asked for. */
  readonly by: readonly string[];
  readonly keys: readonly OrderKey[];
}

/** UTF-16 code units; more than all names of an entity set. */
const MAX_LENGTH = 1_000;

const refuse = (message: string): never => {
  throw new Failure('BAD_USER_INPUT', `$orderby: ${message}`, { target: '$orderby' });
};

/** A property to order by. */
interface OrderItem<P extends Property> {
  readonly property: P;
  readonly descending: boolean;
}

/**
 * Reads `$orderby`; null: by the primary key alone. Errors: BAD_USER_INPUT, with the properties that have an index; FORBIDDEN for one that
 * requires a scope.
 */
export function readOrder(set: StoredSet, text: string | null, viewer: Viewer): RowOrder {
  const items = readOrderItems(set, text, viewer);
  const asked = items.map(({ property: { attribute }, descending }) => {
    const { column, type, nullable } = attribute;
    return { column, type, nullable, descending, nullsFirst: !descending };
  });
  // If the tie-breakers have the direction of the last key, an index that ends with them gives the rows in this order.
  const descending = asked.at(-1)?.descending ?? false;
  const ties = entityOf(set.entity)
    .key.filter(({ column }) => asked.every((key) => key.column !== column))
    .map((part) => ({ ...part, nullable: false, descending, nullsFirst: !descending }));
  return {
    name: items.map((item) => (item.descending ? `${item.property.key} desc` : item.property.key)).join(','),
    by: items.map(({ property }) => property.key),
    keys: [...asked, ...ties],
  };
}

/**
 * Reads the properties of `$orderby`; none if it is null. Errors: BAD_USER_INPUT, with the properties that rows can be ordered by; FORBIDDEN
 * for one that requires a scope.
 */
export function readOrderItems<P extends Property>(
  set: EntitySet<P>,
  text: string | null,
  viewer: Viewer,
): OrderItem<P>[] {
  if (text === null) return [];
  if (text.length > MAX_LENGTH) refuse(`it has ${text.length} characters; at most ${MAX_LENGTH} are allowed.`);
  const items = text.split(',').map((item) => readItem(set, item, viewer));
  const twice = items.find(({ property }, at) => items.findIndex((other) => other.property === property) !== at);
  if (twice) refuse(`${twice.property.key} occurs twice.`);
  return items;
}

function readItem<P extends Property>(set: EntitySet<P>, item: string, viewer: Viewer): OrderItem<P> {
  const [name = '', direction = 'asc', ...rest] = item.trim().split(/\s+/);
  const property = findProperty(set, name);
  if (!property || rest.length > 0)
    return refuse(
      `${shown(item.trim())} is not a property of ${set.name}, with or without asc or desc; ${insteadOf(name, set.orders)}`,
    );
  if (direction !== 'asc' && direction !== 'desc') return refuse(`${shown(direction)} is not asc or desc.`);
  if (!set.orders.includes(name))
    return refuse(`rows can’t be ordered by ${name}; there are ${set.orders.join(', ')}, which have an index.`);
  if (property.personal) requireScope(viewer, 'personal');
  return { property, descending: direction === 'desc' };
}
