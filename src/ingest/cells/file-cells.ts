import type { Field, FieldKey } from '../../domain/fields.ts';
import type { OptionNames } from '../../domain/import/option-names.ts';
import { type CellContext, type CellReader, cellReader } from '../../domain/values/cells.ts';
import { OtherDateForm } from '../../domain/values/date.ts';
import { mayBeGuarded } from '../../domain/values/formula-guard.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import type { Signs } from '../../domain/values/signs.ts';
import { isWallClock } from '../../domain/values/wall-clock.ts';
import type { FileForm } from '../rows/record-file.ts';
import type { RepairKind } from '../rows/repairs.ts';
import { booleanWord } from './booleans.ts';
import { isCutShort, lacksSeconds } from './coarse.ts';
import { respelledDate } from './dates.ts';
import { withPoint } from './decimals.ts';
import { isErrorText } from './error-texts.ts';
import { isNullText, isNullWord, NULL_TEXT_STARTS } from './null-words.ts';
import { looksSpoilt } from './spoilt-ids.ts';
import { zoneAlias } from './zones.ts';

/** What the reader of a file's cells needs besides the cell. */
export interface FileCellContext extends CellContext {
  readonly form: FileForm;
  readonly signs: Signs;
  readonly optionNames: OptionNames;
  /** Called for each cell that is read otherwise than it is written. */
  readonly onRepair: (kind: RepairKind, field: Field, cell: string) => void;
  /** Called for each id in the form that spreadsheets give to numbers. */
  readonly onSpoilt: () => void;
  /** Called for each value that is less precise than it may be stored. */
  readonly onCoarse: (key: FieldKey) => void;
}

/**
 * Returns the reader of a field's column in a file (docs/contract.md, "Repairs"). A canonical cell is read as fast as `cellReader` does, and
 * unchanged; other ways of writing are looked for only where that one refuses a cell. May throw Unreadable, from `signs`.
 */
export function fileCellReader(field: Field, context: FileCellContext): CellReader {
  const strict = cellReader(field, context);
  switch (field.kind) {
    case 'text':
      return textReader(field, strict, context);
    case 'identifier':
      return identifierReader(textReader(field, strict, context), context);
    case 'utc':
    case 'local':
      return dateReader(field, strict, context);
    case 'number':
    case 'integer':
      return numberReader(field, strict, context);
    case 'boolean':
      return respelling(field, strict, context, 'boolean', booleanWord);
    case 'zone':
      return respelling(field, strict, context, 'zone', zoneAlias);
    case 'uuid':
    case 'enumeration':
      return respelling(field, strict, context, 'nullWord', () => undefined);
  }
}

/** Returns null for a word such as NULL that was refused; others stay refused. */
function nullOr(refused: InvalidValue, field: Field, cell: string, { onRepair }: FileCellContext): null | InvalidValue {
  if (!isNullWord(cell)) return refused;
  onRepair('nullWord', field, cell);
  return null;
}

/** A reader that looks up other spellings of the values that it refuses. */
const respelling =
  (
    field: Field,
    strict: CellReader,
    context: FileCellContext,
    kind: RepairKind,
    other: (cell: string) => string | undefined,
  ): CellReader =>
  (cell) => {
    const value = strict(cell);
    if (typeof value === 'string' || value === null) return value;
    const spelling = other(cell);
    if (spelling === undefined) return nullOr(value, field, cell, context);
    const read = strict(spelling);
    if (!(read instanceof InvalidValue)) context.onRepair(kind, field, cell);
    return read;
  };

/** By character code: whether a text that begins with it may be repaired, or warned about. Most begin with another. */
const SUSPICIOUS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(["'", ...NULL_TEXT_STARTS].includes(String.fromCharCode(code))),
);

function textReader(field: Field, strict: CellReader, { form, onRepair }: FileCellContext): CellReader {
  if (form.isJson) return strict;
  return (cell) => {
    if (SUSPICIOUS[cell.charCodeAt(0)] !== 1) {
      if (cell === '' && form.quotesAll) onRepair('emptyText', field, cell);
      return strict(cell);
    }
    if (isNullText(cell)) onRepair('nullText', field, cell);
    else if (isErrorText(cell)) onRepair('errorText', field, cell);
    if (!mayBeGuarded(cell)) return strict(cell);
    onRepair(form.isGuarded ? 'guard' : 'likelyGuard', field, cell);
    return strict(form.isGuarded ? cell.slice(1) : cell);
  };
}

function identifierReader(read: CellReader, { form, onSpoilt }: FileCellContext): CellReader {
  if (form.isJson) return read;
  return (cell) => {
    const id = read(cell);
    if (typeof id === 'string' && looksSpoilt(id)) onSpoilt();
    return id;
  };
}

function dateReader(field: Field, strict: CellReader, context: FileCellContext): CellReader {
  const { dateFormat, signs, onRepair, onCoarse, optionNames } = context;
  const key = field.key as FieldKey;
  const respelled = (cell: string, refused: InvalidValue): string | null | InvalidValue => {
    const other = respelledDate(cell, signs, optionNames.dateFormat);
    if (other === null) {
      const reason = `${refused.reason}; ${hintOf(cell)}${optionNames.dateFormat} accepts another form`;
      return nullOr(new InvalidValue(reason), field, cell, context);
    }
    if (other instanceof InvalidValue) return other;
    const value = strict(other.iso);
    if (!(value instanceof InvalidValue)) onRepair(other.kind, field, cell);
    return value;
  };
  const letters = dateFormat?.tokens.map(({ letter }) => letter);
  const isCoarse = letters
    ? () => letters.includes('m') && !letters.includes('s')
    : (cell: string) => lacksSeconds(cell);
  const isLocal = field.kind === 'local';
  return (cell) => {
    if (letters === undefined && isWallClock(cell)) return cell;
    const read = strict(cell);
    // A canonical date can't be mistaken for another, whatever form the others have: a workbook may have typed dates and texts.
    if (read instanceof InvalidValue && isWallClock(cell)) return cell;
    const value =
      read instanceof OtherDateForm
        ? respelled(cell, read)
        : read instanceof InvalidValue
          ? nullOr(read, field, cell, context)
          : read;
    if (typeof value !== 'string') return value;
    if (isCoarse(cell)) onCoarse(key);
    if (letters === undefined && !cell.includes(':')) onRepair('dateOnly', field, cell);
    else if (isLocal && WITH_OFFSET.test(cell)) onRepair('converted', field, cell);
    return value;
  };
}

/** What a number instead of a date is likely to be. */
function hintOf(cell: string): string {
  if (/^\s*\d{5}(?:[.,]\d+)?\s*$/.test(cell))
    return 'it may be the number of a day in Excel: give the column a format of dates; ';
  return /^\s*\d{10}(?:\d{3})?\s*$/.test(cell)
    ? 'it may be seconds or milliseconds since 1970: write them as a date; '
    : '';
}

/** A time of day with Z or an offset. */
const WITH_OFFSET = /:\d\d.*(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)\s*$/i;

function numberReader(field: Field, strict: CellReader, context: FileCellContext): CellReader {
  const { form, signs, onRepair, onCoarse, optionNames } = context;
  const key = field.key as FieldKey;
  const withCommas: CellReader = (cell) => {
    const text = withPoint(cell, signs, optionNames.decimal);
    if (text instanceof InvalidValue) return text;
    if (text !== cell) onRepair('decimalComma', field, cell);
    return strict(text);
  };
  const read = form.mayHaveDecimalCommas ? withCommas : strict;
  return (cell) => {
    const value = read(cell);
    if (value === null) return null;
    if (typeof value !== 'string') return nullOr(value, field, cell, context);
    if (isCutShort(value)) onCoarse(key);
    return value;
  };
}
