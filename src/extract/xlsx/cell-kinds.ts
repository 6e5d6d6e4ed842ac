import { isDate } from '../../domain/fields.ts';
import { dateForm } from '../dates.ts';
import type { DocumentForm, WrittenColumn } from '../output-options.ts';

/**
 * How the values of a column are written. An `instant` arrives as text in UTC, with a T and a Z. `text` may begin or end with white space;
 * `word` never does.
 */
export type CellKind = 'date' | 'instant' | 'number' | 'boolean' | 'word' | 'text';

/** Returns the kind of the cells of a column. Dates in a form of the user's are text. */
export function cellKindOf(column: WrittenColumn, output: DocumentForm): CellKind {
  const isOwnForm = dateForm(output) !== null;
  if (isDate(column)) return isOwnForm ? 'text' : 'date';
  switch (column.kind) {
    case 'instant':
      return isOwnForm ? 'text' : 'instant';
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'text':
      return 'text';
    default:
      return 'word';
  }
}

/** Returns the letters of a column of a sheet: A, B, …, Z, AA, … for 0, 1, …. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (index % 26));
}
