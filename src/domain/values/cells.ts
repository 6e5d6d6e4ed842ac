import { shown } from '../errors.ts';
import type { Field } from '../fields.ts';
import { type DateContext, dateReader } from './date-cells.ts';
import { readDecimal, readInteger } from './decimal.ts';
import { detached } from './detached.ts';
import { Refused } from './refused.ts';

/**
 * Brings one cell of a column into canonical form (docs/contract.md, "Canonical form"): null where nothing is stated,
 * Refused where it can't be taken. Called for every cell, so a canonical cell must come back as it is, quickly.
 */
export type CellReader = (cell: string) => string | null | Refused;

/** What the reading of cells needs to know beside the cell. */
export interface CellContext extends DateContext {
  /** Zone names in lower case -> as the database knows them. */
  readonly zones: ReadonlyMap<string, string>;
}

/** The reader of a field's column. */
export function cellReader(field: Field, context: CellContext): CellReader {
  switch (field.kind) {
    case 'text':
      return readText;
    case 'identifier':
      return identifier;
    case 'uuid':
      return readUuid;
    case 'enumeration':
      return stated(words(field));
    case 'boolean':
      return stated(boolean);
    case 'integer':
      return stated(readInteger);
    case 'number':
      return stated(readDecimal);
    case 'zone':
      return stated(zones(context.zones));
    case 'utc':
    case 'local':
      return stated(dateReader(field, context));
  }
}

/** Any text, as it is. */
export const readText: CellReader = (cell) => keepable(cell) ?? cell;

/** A UUID, in lower case. */
export const readUuid: CellReader = stated(uuid);

/** A cell with nothing but blanks states nothing. */
function stated(read: (cell: string) => string | null | Refused): CellReader {
  return (cell) => {
    const value = read(cell);
    return value instanceof Refused && cell.trim() === '' ? null : value;
  };
}

/** What no text in the database can hold: NUL, and half of a surrogate pair. */
export const UNKEEPABLE = /[\0\p{Surrogate}]/u;

/** What Postgres can't hold, as a refusal: the character NUL, and half of a surrogate pair (from JSON escapes). */
function keepable(text: string): Refused | null {
  const bad = UNKEEPABLE.exec(text);
  if (bad === null) return null;
  return new Refused(
    bad[0] === '\0'
      ? 'the text holds a NUL character, which the database can not keep'
      : 'the text holds half of a surrogate pair, which the database can not keep',
  );
}

const LONGEST_IDENTIFIER = 255;

function identifier(cell: string): string | null | Refused {
  const text = cell.trim();
  if (text === '') return null;
  const refused = keepable(text);
  if (refused !== null) return refused;
  if (text.length <= LONGEST_IDENTIFIER) return text;
  let characters = 0;
  for (const _ of text) characters += 1;
  if (characters <= LONGEST_IDENTIFIER) return text;
  return new Refused(`${shown(text)} has ${characters} characters; an identifier has at most ${LONGEST_IDENTIFIER}`);
}

/** A UUID in its canonical form. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function uuid(cell: string): string | Refused {
  if (UUID.test(cell)) return cell;
  const text = cell.trim().toLowerCase();
  if (UUID.test(text)) return text;
  return new Refused(
    `${shown(cell)} is not a UUID; it has 32 hexadecimal digits in the form 3f2504e0-4f89-41d3-9a0c-0305e82c3301`,
  );
}

function words(field: Field): (cell: string) => string | Refused {
  const accepted = new Map((field.values ?? []).map((word) => [word, word]));
  const noun = field.label.toLowerCase();
  const article = /^[aeiou]/.test(noun) ? 'an' : 'a';
  return (cell) =>
    accepted.get(cell) ??
    accepted.get(cell.trim().toUpperCase()) ??
    new Refused(`${shown(cell)} is not ${article} ${noun}; accepted are ${[...accepted.keys()].join(', ')}`);
}

function boolean(cell: string): string | Refused {
  if (cell === 'false' || cell === 'true') return cell;
  const text = cell.trim().toLowerCase();
  return text === 'false' || text === 'true' ? text : new Refused(`${shown(cell)} is not true or false`);
}

/** The spellings of zones that are remembered, and their length: cells with ever more blanks must not fill the memory. */
const REMEMBERED = { spellings: 10_000, characters: 80 };

function zones(names: ReadonlyMap<string, string>): (cell: string) => string | Refused {
  const known = new Map<string, string>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const name = names.get(cell.trim().replaceAll(' ', '_').toLowerCase());
    if (name === undefined) {
      return new Refused(
        `${shown(cell)} is not a time zone; accepted are the names of the IANA database, such as America/Los_Angeles`,
      );
    }
    if (known.size < REMEMBERED.spellings && cell.length <= REMEMBERED.characters) known.set(detached(cell), name);
    return name;
  };
}
