import { shown } from '../domain/errors.ts';
import { FIELDS } from '../domain/fields.ts';
import { cut, type Fault, Unreadable } from './fault.ts';

/** Header names and JSON keys in lower case -> the field's place. Both spellings of a field are taken. */
const PLACES: ReadonlyMap<string, number> = new Map(
  FIELDS.flatMap(({ key, label }, place) => [
    [key.toLowerCase(), place],
    [label.toLowerCase(), place],
  ]),
);

/** The first column of the file of refused rows that an import writes; mended and imported again, it says nothing. */
const REASON = 'reason';

/** The field's place that a header name or JSON key means, or -1. */
export function placeOf(name: string): number {
  return PLACES.get(name.trim().toLowerCase()) ?? -1;
}

/** What the header of a CSV file says. */
export interface Header {
  /** The names as in the file, without a column "reason". */
  readonly columns: readonly string[];
  /** For each field in order the place of its cell in a record, or -1. */
  readonly sources: readonly number[];
  /** The place of the column "reason", or -1. */
  readonly reasonAt: number;
  readonly unknown: readonly string[];
}

/** Reads the header on that line; Unreadable where no row can be made of its columns. */
export function readHeader(names: readonly string[], line: number, allowMissingColumns: boolean): Header {
  const fail = (reason: string, cell: number | null = null): never => {
    throw new Unreadable(reason, line, cell);
  };
  if (names.every((name) => name.trim() === '')) fail('the file is empty; it must begin with a header');
  const sources = FIELDS.map(() => -1);
  const reasonAt = names.findIndex((name) => name.trim().toLowerCase() === REASON);
  const unknown: string[] = [];
  for (const [at, name] of names.entries()) {
    if (at === reasonAt) continue;
    const place = placeOf(name);
    const before = sources[place];
    if (before === undefined) unknown.push(name);
    else if (before === -1) sources[place] = at;
    else
      fail(`the column ${FIELDS[place]?.key} stands twice, as ${shown(names[before] ?? '')} and as ${shown(name)}`, at);
  }
  if (sources.every((source) => source === -1)) fail(noHeader(names));
  const missing = FIELDS.filter((_, place) => sources[place] === -1).map(({ key }) => key);
  if (missing.includes('interviewId')) fail('the column interviewId is missing; without it no row can be placed');
  if (missing.length > 0 && !allowMissingColumns) {
    const [subject, verb] = missing.length === 1 ? ['the column', 'is'] : ['the columns', 'are'];
    fail(`${subject} ${missing.join(', ')} ${verb} missing; --allow-missing-columns takes missing columns as empty`);
  }
  return { columns: names.filter((_, at) => at !== reasonAt), sources, reasonAt, unknown };
}

/** The most names that a warning lists. */
const MAX_NAMES = 20;

/** The warning about columns or keys that no field has. */
export function unknownColumns(names: readonly string[], line: number, noun: 'column' | 'key'): Fault {
  const listed = names.slice(0, MAX_NAMES).map(shown).join(', ');
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  const reason = `unknown ${noun}${names.length === 1 ? '' : 's'}, not imported: ${listed}${more}`;
  return { line, column: names.length === 1 ? cut(names[0] ?? '') : null, value: null, reason };
}

/** The warning about keys that no row of a JSON file has. */
export function absentKeys(keys: readonly string[]): Fault {
  const reason = `no row has the key${keys.length === 1 ? '' : 's'} ${keys.join(', ')}, which is taken as null in all of them`;
  return { line: 1, column: keys.length === 1 ? (keys[0] ?? null) : null, value: null, reason };
}

/**
 * Why a JSON file is refused whose rows have none of some keys: stored rows would lose their values, and the file may be one of some fields
 * only. `lost` says of how many rows, by the key.
 */
export function lostValues(lost: ReadonlyMap<string, number>): Fault {
  const listed = [...lost].map(([key, rows]) => `${key} (of ${rows} ${rows === 1 ? 'row' : 'rows'})`).join(', ');
  const column = lost.size === 1 ? ([...lost.keys()][0] ?? null) : null;
  const reason = `no row has the key${lost.size === 1 ? '' : 's'} of values that are stored, and would be gone: ${listed}; --allow-missing-columns takes missing keys as empty`;
  return { line: 1, column, value: null, reason };
}

/** Other separators are looked for in so many names, and so many characters of each: a line without commas is one name. */
const SEARCHED = { names: 20, characters: 2_000 };

function noHeader(names: readonly string[]): string {
  const starts = names.slice(0, SEARCHED.names).map((name) => name.slice(0, SEARCHED.characters));
  for (const [separator, name] of [
    [';', 'semicolons'],
    ['\t', 'tabs'],
    ['|', 'vertical bars'],
  ] as const) {
    if (starts.some((text) => text.split(separator).some((part) => placeOf(part) !== -1))) {
      return `the cells are separated by ${name}; save the file with commas`;
    }
  }
  return `this is no header of an extract, no column is known; the first line names the columns: ${FIELDS[0].key}, ${FIELDS[1].key}, …`;
}
