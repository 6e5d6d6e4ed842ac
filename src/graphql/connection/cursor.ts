import type { Keyset, SortKey } from '../../db/query/keyset.ts';
import { type CursorValue, readCursorValues, writeCursorValues } from '../../domain/cursor-values.ts';
import { Failure, shown } from '../../domain/errors.ts';
import { readOpaque, writeOpaque } from '../../domain/opaque.ts';

/** What an order is known by, so that a cursor of another one is refused. */
const signature = (order: readonly SortKey[]): string =>
  order
    .map(
      ({ column, descending, nullsFirst, nullable }) =>
        `${column}${descending ? '-' : '+'}${nullable && nullsFirst ? '0' : ''}`,
    )
    .join();

/** A place as a cursor: opaque to clients, and short, however long the texts are. */
export const writeCursor = (order: readonly SortKey[], place: Keyset): string =>
  writeOpaque([signature(order), ...writeCursorValues(place)]);

/** Reads what `writeCursor` wrote for the same order. Errors: BAD_USER_INPUT, naming the argument. */
export function readCursor(order: readonly SortKey[], argument: string, text: string): readonly CursorValue[] {
  const parts = readOpaque(text);
  if (!Array.isArray(parts) || typeof parts[0] !== 'string')
    throw new Failure('BAD_USER_INPUT', `${argument}: ${shown(text)} is no cursor of this connection.`);
  const [of, ...list] = parts;
  if (of !== signature(order))
    throw new Failure(
      'BAD_USER_INPUT',
      `${argument}: this cursor comes from another list or order; give the same orderBy.`,
    );
  const values = readCursorValues(list, order);
  if (values === null)
    throw new Failure('BAD_USER_INPUT', `${argument}: ${shown(text)} is no cursor of this connection.`);
  return values;
}
