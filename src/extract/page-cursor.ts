import { readBase64UrlJson, writeBase64UrlJson } from '../domain/base64url-json.ts';
import { type CursorValue, readCursorValues, writeCursorValues } from '../domain/cursor-values.ts';
import { Failure, shown } from '../domain/errors.ts';
import { orderOf } from './order.ts';

/** The keyset of a row in the export's order: its values of `orderOf` as text; null for a missing value. */
export type ExtractKeyset = readonly (string | null)[];

/** Returns the cursor of a keyset, for the parameter `after`: opaque to clients, and short enough for a URL even if the texts are long. */
export const writePageCursor = (keyset: ExtractKeyset): string => writeBase64UrlJson(writeCursorValues(keyset));

/**
 * Reads a cursor that `writePageCursor` made for a viewer with the same access to personal fields. Errors: BAD_USER_INPUT for any other
 * text.
 */
export function readPageCursor(text: string, personal: boolean): readonly CursorValue[] {
  const list = readBase64UrlJson(text);
  const values = Array.isArray(list) ? readCursorValues(list, orderOf(personal)) : null;
  if (values === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `after: ${shown(text)} is not a cursor of the extract; use the one in the Link header of the previous page.`,
    );
  return values;
}
