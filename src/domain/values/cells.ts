import { shown } from '../errors.ts';
import type { Field } from '../fields.ts';
import { copyString } from './copy-string.ts';
import { type DateContext, dateReader } from './date-cells.ts';
import { readDecimal, readInteger } from './decimal.ts';
import { InvalidValue } from './invalid-value.ts';

/**
 * Converts one cell of a column into canonical form (docs/contract.md, "Canonical form"). Returns null for a missing value, and an
 * InvalidValue if the cell is refused. It runs for every cell, so it must return a canonical cell quickly, and unchanged.
 */
export type CellReader = (cell: string) => string | null | InvalidValue;

/** What a cell reader needs besides the cell. */
export interface CellContext extends DateContext {
  /** Time zones: lower-case name to the name in the database. */
  readonly zones: ReadonlyMap<string, string>;
}

/** Returns the reader of a field's column. */
export function cellReader(field: Field, context: CellContext): CellReader {
  switch (field.kind) {
    case 'text':
      return readText;
    case 'identifier':
      return readIdentifier;
    case 'uuid':
      return readUuid;
    case 'enumeration':
      return notEmpty(enumerationReader(field));
    case 'boolean':
      return notEmpty(booleanReader);
    case 'integer':
      return notEmpty(readInteger);
    case 'number':
      return notEmpty(readDecimal);
    case 'zone':
      return notEmpty(zoneReader(context.zones));
    case 'utc':
    case 'local':
      return notEmpty(dateReader(field, context));
  }
}

/** Accepts any text, unchanged. */
export const readText: CellReader = (cell) => storableText(cell) ?? cell;

/** Reads a UUID and converts it to lower case. */
export const readUuid: CellReader = notEmpty(uuidReader);

/** Returns a reader for which a blank cell is a missing value. */
function notEmpty(read: (cell: string) => string | null | InvalidValue): CellReader {
  return (cell) => {
    const value = read(cell);
    return value instanceof InvalidValue && cell.trim() === '' ? null : value;
  };
}

/** What Postgres cannot store in a text: NUL, and half of a surrogate pair. */
export const UNSTORABLE_TEXT = /[\0\p{Surrogate}]/u;

/**
 * Returns the reason why Postgres cannot store the text: a NUL character, or half of a surrogate pair (from JSON escapes). Null if it can.
 */
function storableText(text: string): InvalidValue | null {
  // The same, but several times as fast.
  if (!text.includes('\0') && text.isWellFormed()) return null;
  const unstorable = UNSTORABLE_TEXT.exec(text);
  if (unstorable === null) return null;
  return new InvalidValue(
    unstorable[0] === '\0'
      ? 'the text contains a NUL character, which the database can’t store'
      : 'the text contains half of a surrogate pair, which the database can’t store',
  );
}

/** Reads an identifier: trimmed text of 1 to 255 characters. */
export const readIdentifier: CellReader = identifierReader;

const MAX_IDENTIFIER_BYTES = 255;

function identifierReader(cell: string): string | null | InvalidValue {
  const text = cell.trim();
  if (text === '') return null;
  const refused = storableText(text);
  if (refused !== null) return refused;
  if (text.length <= MAX_IDENTIFIER_BYTES) return text;
  let characters = 0;
  for (const _ of text) characters += 1;
  if (characters <= MAX_IDENTIFIER_BYTES) return text;
  return new InvalidValue(
    `${shown(text)} has ${characters} characters; an identifier has at most ${MAX_IDENTIFIER_BYTES}`,
  );
}

/** A UUID in canonical form. */
export const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function uuidReader(cell: string): string | InvalidValue {
  if (UUID_FORM.test(cell)) return cell;
  const text = cell.trim().toLowerCase();
  if (UUID_FORM.test(text)) return text;
  return new InvalidValue(
    `${shown(cell)} is not a UUID; it has 32 hexadecimal digits in the form 3f2504e0-4f89-41d3-9a0c-0305e82c3301`,
  );
}

function enumerationReader(field: Field): (cell: string) => string | InvalidValue {
  const accepted = new Map((field.values ?? []).map((word) => [word, word]));
  const noun = field.label.toLowerCase();
  const article = /^[aeiou]/.test(noun) ? 'an' : 'a';
  return (cell) =>
    accepted.get(cell) ??
    accepted.get(cell.trim().toUpperCase()) ??
    new InvalidValue(`${shown(cell)} is not ${article} ${noun}; accepted are ${[...accepted.keys()].join(', ')}`);
}

function booleanReader(cell: string): string | InvalidValue {
  if (cell === 'false' || cell === 'true') return cell;
  const text = cell.trim().toLowerCase();
  return text === 'false' || text === 'true' ? text : new InvalidValue(`${shown(cell)} is not true or false`);
}

/** Limits of the cache of time zones: the number and length of its spellings. Cells with ever more blanks must not fill the memory. */
const MAX_CACHED_CELLS = { spellings: 10_000, characters: 80 };

function zoneReader(names: ReadonlyMap<string, string>): (cell: string) => string | InvalidValue {
  const known = new Map<string, string>();
  return (cell) => {
    const cached = known.get(cell);
    if (cached !== undefined) return cached;
    const name = names.get(cell.trim().replaceAll(' ', '_').toLowerCase());
    if (name === undefined) {
      return new InvalidValue(
        `${shown(cell)} is not a time zone; accepted are the names of the IANA database, such as America/Los_Angeles`,
      );
    }
    if (known.size < MAX_CACHED_CELLS.spellings && cell.length <= MAX_CACHED_CELLS.characters)
      known.set(copyString(cell), name);
    return name;
  };
}
