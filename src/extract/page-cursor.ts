import { type CursorValue, readCursorValues, writeCursorValues } from '../domain/cursor-values.ts';
import { Failure, shown } from '../domain/errors.ts';
import { readOpaque, writeOpaque } from '../domain/opaque.ts';
import { orderOf } from './order.ts';

/** The place of a row in the export's order: its values of `orderOf` as text, null where it states nothing. */
export type ExtractKeyset = readonly (string | null)[];

/** A place as the parameter `after` has it: opaque to clients, and short enough for an address, however long the texts are. */
export const writePageCursor = (keyset: ExtractKeyset): string => writeOpaque(writeCursorValues(keyset));

/** Reads what `writePlace` wrote for the same kind of viewer. Errors: BAD_USER_INPUT for anything else. */
export function readPageCursor(text: string, personal: boolean): readonly CursorValue[] {
  const list = readOpaque(text);
  const values = Array.isArray(list) ? readCursorValues(list, orderOf(personal)) : null;
  if (values === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `after: ${shown(text)} is no place in the extract; take it from the Link header of the page before.`,
    );
  return values;
}
