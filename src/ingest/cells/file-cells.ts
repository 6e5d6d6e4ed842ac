import type { Field, FieldKey } from '../../domain/fields.ts';
import type { OptionNames } from '../../domain/import/option-names.ts';
import { type CellContext, type CellReader, cellReader } from '../../domain/values/cells.ts';
import { OtherDateForm } from '../../domain/values/date.ts';
import { mayBeGuarded } from '../../domain/values/formula-guard.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import type { Signs } from '../../domain/values/signs.ts';
import type { FileForm } from '../rows/record-file.ts';
import type { RepairKind } from '../rows/repairs.ts';
import { booleanWord } from './booleans.ts';
import { isCutShort, lacksSeconds } from './coarse.ts';
import { respelledDate } from './dates.ts';
import { withPoint } from './decimals.ts';
import { isNullText, isNullWord, NULL_TEXT_STARTS } from './null-words.ts';
import { zoneAlias } from './zones.ts';

/** What the reader of a file's cells needs besides the cell. */
export interface FileCellContext extends CellContext {
  readonly form: FileForm;
  readonly signs: Signs;
  readonly optionNames: OptionNames;
  /** Called for each cell that is read otherwise than it is written. */
  readonly onRepair: (kind: RepairKind, field: Field, cell: string) => void;
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
    case 'identifier':
      return textReader(field, strict, context);
    case 'utc':
    case 'local':
      return nullable(field, dateReader(field, strict, context), context);
    case 'number':
    case 'integer':
      return nullable(field, numberReader(field, strict, context), context);
    case 'boolean':
      return nullable(field, respelling(field, strict, context, 'boolean', booleanWord), context);
    case 'zone':
      return nullable(field, respelling(field, strict, context, 'zone', zoneAlias), context);
    case 'uuid':
    case 'enumeration':
      return nullable(field, strict, context);
  }
}

/** A reader for which a word such as NULL is a missing value. */
const nullable =
  (field: Field, read: CellReader, { onRepair }: FileCellContext): CellReader =>
  (cell) => {
    const value = read(cell);
    if (!(value instanceof InvalidValue) || !isNullWord(cell)) return value;
    onRepair('nullWord', field, cell);
    return null;
  };

/** A reader that looks up other spellings of the values that it refuses. */
const respelling =
  (
    field: Field,
    strict: CellReader,
    { onRepair }: FileCellContext,
    kind: RepairKind,
    other: (cell: string) => string | undefined,
  ): CellReader =>
  (cell) => {
    const value = strict(cell);
    if (!(value instanceof InvalidValue)) return value;
    const spelling = other(cell);
    if (spelling === undefined) return value;
    const read = strict(spelling);
    if (!(read instanceof InvalidValue)) onRepair(kind, field, cell);
    return read;
  };

/** By character code: whether a text that begins with it may be repaired, or warned about. Most begin with another. */
const SUSPICIOUS = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(["'", ...NULL_TEXT_STARTS].includes(String.fromCharCode(code))),
);

function textReader(field: Field, strict: CellReader, { form, onRepair }: FileCellContext): CellReader {
  if (form.isJson) return strict;
  return (cell) => {
    if (SUSPICIOUS[cell.charCodeAt(0)] !== 1) return strict(cell);
    if (isNullText(cell)) onRepair('nullText', field, cell);
    if (!mayBeGuarded(cell)) return strict(cell);
    onRepair(form.isGuarded ? 'guard' : 'likelyGuard', field, cell);
    return strict(form.isGuarded ? cell.slice(1) : cell);
  };
}

function dateReader(field: Field, strict: CellReader, context: FileCellContext): CellReader {
  const { dateFormat, signs, onRepair, onCoarse, optionNames } = context;
  const letters = dateFormat?.tokens.map(({ letter }) => letter);
  if (letters) {
    const isCoarse = letters.includes('m') && !letters.includes('s');
    return (cell) => {
      if (isCoarse) onCoarse(field.key as FieldKey);
      return strict(cell);
    };
  }
  return (cell) => {
    let value = strict(cell);
    if (value instanceof OtherDateForm) {
      const respelled = respelledDate(cell, signs, optionNames.dateFormat);
      if (respelled === null)
        return new InvalidValue(`${value.reason}; ${optionNames.dateFormat} accepts another form`);
      if (respelled instanceof InvalidValue) return respelled;
      value = strict(respelled.iso);
      if (value instanceof InvalidValue) return value;
      onRepair(respelled.kind, field, cell);
    }
    if (lacksSeconds(cell)) onCoarse(field.key as FieldKey);
    return value;
  };
}

function numberReader(field: Field, strict: CellReader, context: FileCellContext): CellReader {
  const { form, signs, onRepair, onCoarse, optionNames } = context;
  const read: CellReader = form.mayHaveDecimalCommas
    ? (cell) => {
        const text = withPoint(cell, signs, optionNames.decimal);
        if (text instanceof InvalidValue) return text;
        if (text !== cell) onRepair('decimalComma', field, cell);
        return strict(text);
      }
    : strict;
  return (cell) => {
    const value = read(cell);
    if (typeof value === 'string' && isCutShort(value)) onCoarse(field.key as FieldKey);
    return value;
  };
}
