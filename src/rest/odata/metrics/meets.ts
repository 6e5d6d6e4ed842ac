import type { Comparison, Condition } from '../../../domain/condition.ts';
import type { Cell } from '../../../extract/metrics/rows.ts';

/** Returns a value of a row by its name. */
type ReadCell = (name: string) => Cell;

/** Whether a row meets the condition of a filter: the same as its SQL, for rows that no table has. */
export function meets(condition: Condition, cellOf: ReadCell): boolean {
  if ('all' in condition) return condition.all.every((one) => meets(one, cellOf));
  if ('any' in condition) return condition.any.some((one) => meets(one, cellOf));
  if ('not' in condition) return !meets(condition.not, cellOf);
  if ('some' in condition) throw new Error('a filter of OData has no relations');
  const cell = cellOf(condition.of);
  if (cell === null) return condition.is === 'null';
  return compares(condition, cell);
}

function compares(condition: Comparison, cell: Exclude<Cell, null>): boolean {
  switch (condition.is) {
    case 'null':
      return false;
    case 'in':
      return condition.values.some((value) => orderOf(cell, value) === 0);
    case 'contains':
    case 'containsExactly':
      return String(cell).includes(condition.value);
    case 'startsWith':
    case 'startsWithExactly':
      return String(cell).startsWith(condition.value);
    case '<':
      return orderOf(cell, condition.value) < 0;
    case '<=':
      return orderOf(cell, condition.value) <= 0;
    case '>':
      return orderOf(cell, condition.value) > 0;
    default:
      return orderOf(cell, condition.value) >= 0;
  }
}

/** Returns a number below, at or above zero: where a value stands before, at or after the other. Texts are in the order of their code points. */
const orderOf = (cell: Exclude<Cell, null>, value: string): number =>
  typeof cell === 'number' ? cell - Number(value) : Buffer.compare(Buffer.from(String(cell)), Buffer.from(value));

/** Returns the names that a condition compares. */
export function namesIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(namesIn);
  if ('any' in condition) return condition.any.flatMap(namesIn);
  if ('not' in condition) return namesIn(condition.not);
  return 'of' in condition ? [condition.of] : [];
}
