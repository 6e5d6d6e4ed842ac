import { readBase64UrlJson, writeBase64UrlJson } from '../../../domain/base64url-json.ts';
import { type CursorValue, readCursorValues, writeCursorValues } from '../../../domain/cursor-values.ts';
import { Failure, shown } from '../../../domain/errors.ts';
import type { RowOrder } from '../order.ts';

/** UTF-16 code units; more than three texts of the longest that a cursor holds take. */
const MAX_LENGTH = 4_000;

/** Returns the token of the page after a row: opaque to clients. `keyset`: the row’s values of the order’s keys as text. */
export const writeSkipToken = ({ name }: RowOrder, keyset: readonly (string | null)[]): string =>
  writeBase64UrlJson([name, ...writeCursorValues(keyset)]);

/** Reads a token that `writeSkipToken` made for the same order. Errors: BAD_USER_INPUT for any other text. */
export function readSkipToken({ name, keys }: RowOrder, text: string): readonly CursorValue[] {
  const list = text.length > MAX_LENGTH ? null : readBase64UrlJson(text);
  const [order, ...values] = Array.isArray(list) ? list : [];
  const keyset = order === name ? readCursorValues(values, keys) : null;
  if (keyset === null)
    throw new Failure(
      'BAD_USER_INPUT',
      `$skiptoken: ${shown(text)} is not a token of this list; use the @odata.nextLink of the previous page as it is.`,
      { target: '$skiptoken' },
    );
  return keyset;
}
