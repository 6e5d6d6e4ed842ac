import { shown } from '../../domain/errors.ts';
import { FIELD_INDEX, FIELDS, type FieldKey, isOriginal } from '../../domain/fields.ts';
import { isOptionalColumn } from '../../domain/optional-columns.ts';
import { comparable } from './comparable.ts';
import type { ReadOptions } from './extract.ts';
import { type RecordFault, shortText, Unreadable } from './fault.ts';

/** The field index by header name or JSON key, as `comparable` makes them. Both spellings of a field are accepted. */
const FIELD_INDEXES: ReadonlyMap<string, number> = new Map(
  FIELDS.flatMap(({ key, label }, place) => [
    [comparable(key), place],
    [comparable(label), place],
  ]),
);

/** The first column of the CSV of refused rows that an import writes; ignored when that CSV is imported. */
const REASON = 'reason';

/** Returns the index of the field that a header name or JSON key names; -1 if none. */
export function fieldIndexOf(name: string): number {
  return FIELD_INDEXES.get(comparable(name)) ?? -1;
}

/** Whether a header is one of canonical CSV: of keys only. */
export const isCanonicalHeader = (names: readonly string[]): boolean =>
  names.every((name) => FIELDS[fieldIndexOf(name)]?.key === name);

/** The header of a CSV file. */
export interface Header {
  /** The names as in the file, without a column "reason". */
  readonly columns: readonly string[];
  /** For each field in order, the index of its cell in a record; -1 if the file lacks it. */
  readonly sources: readonly number[];
  /** The index of the column "reason"; -1 if there is none. */
  readonly reasonAt: number;
  readonly unknown: readonly string[];
  /** The names that are neither a key nor a label, but have the same letters and digits. */
  readonly respelled: readonly string[];
  /** The fields that the file lacks. */
  readonly missing: readonly FieldKey[];
}

/**
 * Reads the header on that line. Fields that are not original may be missing: whatever wrote the file may not know them yet. Throws
 * Unreadable if its columns cannot make a row.
 */
export function readHeader(
  names: readonly string[],
  line: number,
  { allowMissingColumns, optionNames }: Pick<ReadOptions, 'allowMissingColumns' | 'optionNames'>,
): Header {
  const fail = (reason: string, cell: number | null = null): never => {
    throw new Unreadable(reason, line, cell);
  };
  if (names.every((name) => name.trim() === '')) fail('the file is empty; it must begin with a header');
  const sources = FIELDS.map(() => -1);
  const reasonAt = names.findIndex((name) => comparable(name) === REASON);
  const unknown: string[] = [];
  const respelled: string[] = [];
  for (const [at, name] of names.entries()) {
    if (at === reasonAt) continue;
    const place = fieldIndexOf(name);
    const field = FIELDS[place];
    if (field && !isSpelled(name, field)) respelled.push(name);
    const before = sources[place];
    if (before === undefined) unknown.push(name);
    else if (before === -1) sources[place] = at;
    else
      fail(
        `the column ${FIELDS[place]?.key} appears twice, as ${shown(names[before] ?? '')} and as ${shown(name)}`,
        at,
      );
  }
  if (sources.every((source) => source === -1)) fail(NO_HEADER);
  const missing = FIELDS.filter((_, place) => sources[place] === -1).map(({ key }) => key);
  if (missing.includes('interviewId')) fail('the column interviewId is missing, but it is required');
  const required = missing.filter(isOriginal);
  if (required.length > 0 && !allowMissingColumns) {
    const [subject, verb] = required.length === 1 ? ['the column', 'is'] : ['the columns', 'are'];
    fail(
      `${subject} ${required.join(', ')} ${verb} missing; ${optionNames.allowMissingColumns} treats missing columns as empty`,
    );
  }
  return { columns: names.filter((_, at) => at !== reasonAt), sources, reasonAt, unknown, respelled, missing };
}

/** Whether a name in a header is spelled as one of these, but for its case and the blanks around it. */
export const isSpelled = (name: string, { key, label }: { readonly key: string; readonly label: string }): boolean =>
  [key, label].some((spelling) => spelling.toLowerCase() === name.trim().toLowerCase());

/** Returns the warning about names that were compared by their letters and digits. */
export function respelledColumns(names: readonly string[], line: number): RecordFault {
  const listed = names.slice(0, MAX_NAMES).map(shown).join(', ');
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  const count = names.length;
  const reason = `${count} column name${count === 1 ? '' : 's'} read by the letters and digits alone: ${listed}${more}`;
  return { line, column: null, value: null, reason, count };
}

/** Maximum number of names that a warning lists. */
const MAX_NAMES = 20;

/** Returns the warning about columns or keys that are no field; those that an export adds if asked are no mistake. */
export function unknownColumns(names: readonly string[], line: number, noun: 'column' | 'key'): RecordFault {
  const unknown = names.filter((name) => !isOptionalColumn(name));
  const optional = names.filter(isOptionalColumn);
  const reasons = [
    unknown.length > 0 && `unknown ${noun}${unknown.length === 1 ? '' : 's'}, not imported: ${listed(unknown)}`,
    optional.length > 0 &&
      `${optional.length === 1 ? `optional ${noun} of an export, which is` : `optional ${noun}s of an export, which are`} never imported: ${listed(optional)}`,
  ];
  const column = names.length === 1 ? shortText(names[0] ?? '') : null;
  return { line, column, value: null, reason: reasons.filter((reason) => reason !== false).join('; ') };
}

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
  return names.slice(0, MAX_NAMES).map(shown).join(', ') + more;
}

/** Returns the warning about keys that no row of a JSON file has. */
export function absentKeys(keys: readonly string[]): RecordFault {
  const reason = `no row has the key${keys.length === 1 ? '' : 's'} ${keys.join(', ')}; ${keys.length === 1 ? 'it is' : 'they are'} treated as null`;
  return { line: 1, column: keys.length === 1 ? (keys[0] ?? null) : null, value: null, reason };
}

/**
 * If at least this many stored rows would lose their values of a field, a file that lacks the field in every row is taken for an incomplete
 * extract, not for a change.
 */
const MIN_LOST_ROWS = 50;
const PERSONAL_FIELDS = FIELDS.filter(({ personal }) => personal);

/**
 * Returns the fields whose stored values a file must not remove (docs/contract.md, "Reading an extract"): those whose keys no object of it
 * has (`missing`), and those that are null in all of its rows (`empty`, which includes `missing`), if many rows would lose their values or
 * if all personal fields are null, as in a download by a token without that scope. `lost`: the number of stored rows that would lose their
 * value, by field.
 */
export function protectedFields(
  empty: ReadonlySet<FieldKey>,
  missing: readonly FieldKey[],
  lost: ReadonlyMap<FieldKey, number>,
): Map<FieldKey, number> {
  const isImpersonal = PERSONAL_FIELDS.every(({ key }) => empty.has(key));
  return new Map(
    [...lost].filter(
      ([key, rows]) =>
        missing.includes(key) || rows >= MIN_LOST_ROWS || (isImpersonal && FIELDS[FIELD_INDEX[key]]?.personal),
    ),
  );
}

/** Says which fields are empty in every row, and how many stored values that deletes. */
function emptied(lost: ReadonlyMap<string, number>, verb: (values: number) => string): string {
  const [[key, values] = ['', 0]] = lost;
  if (lost.size === 1)
    return `${key} is empty in every row: ${values} stored value${values === 1 ? '' : 's'} ${verb(values)} deleted`;
  const listed = [...lost].map(([key, values]) => `${key} (${values})`).join(', ');
  return `${lost.size} fields are empty in every row, and their stored values ${verb(lost.size)} deleted: ${listed}`;
}

const onlyOf = (lost: ReadonlyMap<string, number>): string | null =>
  lost.size === 1 ? ([...lost.keys()][0] ?? null) : null;

/**
 * Returns the faults of a file that lacks all values of some fields that stored rows have. `lost`: the number of these rows, by field.
 * `allowMissingColumns`: what that option is called.
 */
export function lostValueErrors(lost: ReadonlyMap<string, number>, allowMissingColumns: string): RecordFault {
  const reason = `${emptied(lost, () => 'would be')}. The file may be a partial export, or one made without the scope personal; ${allowMissingColumns} imports it anyway`;
  return { line: 1, column: onlyOf(lost), value: null, reason };
}

/** Returns the warning if that is allowed. */
export function emptiedValues(lost: ReadonlyMap<string, number>): RecordFault {
  return {
    line: 1,
    column: onlyOf(lost),
    value: null,
    reason: emptied(lost, (values) => (values === 1 ? 'is' : 'are')),
  };
}

const NO_HEADER = `this is not the header of an extract: it has no known column; the first line must name the columns: ${FIELDS[0].key}, ${FIELDS[1].key}, …`;
