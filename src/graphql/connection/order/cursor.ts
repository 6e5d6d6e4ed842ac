import type { Keyset, SortKey } from '../../../db/query/pages/keyset.ts';
import { readBase64UrlJson, writeBase64UrlJson } from '../../../domain/base64url-json.ts';
import { type CursorValue, readCursorValues, writeCursorValues } from '../../../domain/cursor-values.ts';
import { Failure, shown } from '../../../domain/errors.ts';

/** Identifies an order, so that a cursor of a different order is refused. */
const signature = (order: readonly SortKey[]): string =>
  order
    .map(
      ({ column, descending, nullsFirst, nullable }) =>
        `${column}${descending ? '-' : '+'}${nullable && nullsFirst ? '0' : ''}`,
    )
    .join();

/** Returns the cursor of a keyset: opaque to clients, and short even if the values are long texts. */
export const writeCursor = (order: readonly SortKey[], keyset: Keyset): string =>
  writeBase64UrlJson([signature(order), ...writeCursorValues(keyset)]);

/** Returns the keyset of a cursor that `writeCursor` made for the same order. Errors: BAD_USER_INPUT, naming the argument. */
export function readCursor(order: readonly SortKey[], argument: string, text: string): readonly CursorValue[] {
  const parts = readBase64UrlJson(text);
  if (!Array.isArray(parts) || typeof parts[0] !== 'string')
    throw new Failure('BAD_USER_INPUT', `${argument}: ${shown(text)} is not a cursor of this connection.`);
  const [orderOfCursor, ...cursorValues] = parts;
  if (orderOfCursor !== signature(order))
    throw new Failure(
      'BAD_USER_INPUT',
      `${argument}: this cursor belongs to another list or order; use the same orderBy.`,
    );
  const values = readCursorValues(cursorValues, order);
  if (values === null)
    throw new Failure('BAD_USER_INPUT', `${argument}: ${shown(text)} is not a cursor of this connection.`);
  return values;
}
