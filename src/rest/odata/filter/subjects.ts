import type { Asked } from '../../../domain/audit/asked.ts';
import { subjectKindOf } from '../../../domain/audit/subjects.ts';
import { type Expression, parseFilter } from './parse.ts';
import type { Literal } from './tokens.ts';

/** Notes the ids that a filter compares with, whatever else it says, for the audit log. A text that is no filter has none. */
export function noteFilter(text: string, asked: Asked): void {
  let filter: Expression;
  try {
    filter = parseFilter(text);
  } catch {
    // It was refused.
    return;
  }
  noteExpression(filter, asked);
}

function noteExpression(expression: Expression, asked: Asked): void {
  switch (expression.is) {
    case 'and':
    case 'or':
    case 'call':
      for (const part of expression.of) noteExpression(part, asked);
      break;
    case 'not':
      noteExpression(expression.of, asked);
      break;
    case 'in':
      noteIds(expression.left, expression.values, asked);
      break;
    case 'literal':
    case 'property':
      break;
    default: {
      const { left, right } = expression;
      if (right.is === 'literal') noteIds(left, [right.literal], asked);
      if (left.is === 'literal') noteIds(right, [left.literal], asked);
      for (const part of [left, right]) noteExpression(part, asked);
    }
  }
}

/** Notes the values that a property is compared with, if they are ids. */
function noteIds(property: Expression, literals: readonly Literal[], asked: Asked): void {
  const kind = property.is === 'property' ? subjectKindOf(property.name) : null;
  if (!kind) return;
  for (const { type, text } of literals) if (type === 'guid' || type === 'string') asked.subject('$filter', kind, text);
}
