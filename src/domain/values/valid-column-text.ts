import { FIELDS, type Field } from '../fields.ts';
import { UNSTORABLE_TEXT, UUID_FORM } from './cells.ts';
import { readDecimal, readInteger } from './decimal.ts';
import { InvalidValue } from './invalid-value.ts';
import { isWallClock } from './wall-clock.ts';

/** The values of each enumeration, by Postgres type. */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  FIELDS.flatMap(({ type, values }: Field) => (values ? [[type, values] as const] : [])),
);

/**
 * Whether a text is a value of a Postgres type as the database writes it. Checks the keyset values of cursors, which come from clients; the
 * database would fail on any other value.
 */
export function isValidColumnText(text: string, type: string): boolean {
  if (UNSTORABLE_TEXT.test(text)) return false;
  if (type === 'text') return true;
  if (type === 'uuid') return UUID_FORM.test(text);
  if (type === 'integer') return !(readInteger(text) instanceof InvalidValue);
  if (type === 'numeric') return !(readDecimal(text) instanceof InvalidValue);
  // `2026-03-29 12:30:00`, with `+00` for an instant and with `T` in JSON.
  if (type.startsWith('timestamp')) return isWallClock(text.replace(' ', 'T').replace(/\+00$/, ''));
  return WORDS.get(type)?.includes(text) ?? false;
}
