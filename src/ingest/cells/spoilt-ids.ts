import { shown } from '../../domain/errors.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';

/** How spreadsheets write a number that is too long for them: what an id becomes that consists of digits, perhaps with one `e`. */
const SPOILT = /^\d(?:[.,]\d+)?E\+\d{2,3}$/;

const [POINT, COMMA, LETTER_E] = [46, 44, 69];

/** Whether an id is in the form that spreadsheets give to numbers. It runs for every id, and most have another second character. */
export function looksSpoilt(id: string): boolean {
  const second = id.charCodeAt(1);
  return (second === POINT || second === COMMA || second === LETTER_E) && id.length <= 40 && SPOILT.test(id);
}

/** `keepIds`: what the option is called that takes such ids. */
export const spoiltId = (id: string, keepIds: string): InvalidValue =>
  new InvalidValue(
    `${shown(id)} is what a spreadsheet makes of a long id that it takes for a number, and the id can’t be recovered; import the original file, or a workbook whose column has the format Text; ${keepIds} takes it as it is`,
  );
