import type { Condition, Operand } from '../domain/condition.ts';
import { FIELDS, PLACE } from '../domain/fields.ts';

/** Takes a value out of the SQL: gives the expression of type `type` that stands for it. */
export type Bind = (value: string | readonly string[], type: string) => string;

function operand(of: Operand): { column: string; type: string } {
  if (of === 'startsAt') return { column: 'starts_at', type: 'timestamptz' };
  if (of === 'endsAt') return { column: 'ends_at', type: 'timestamptz' };
  const { column = '', type = '' } = FIELDS[PLACE[of]] ?? {};
  return { column, type };
}

/**
 * A condition on `appointment`, named `a`, as SQL. No value of it becomes part of the text: `bind` takes them. The values must already be
 * of their field's kind.
 */
export function toSql(condition: Condition, bind: Bind): string {
  if ('all' in condition) return joined(condition.all, ' AND ', 'true', bind);
  if ('any' in condition) return joined(condition.any, ' OR ', 'false', bind);
  if ('not' in condition) return `(${toSql(condition.not, bind)}) IS NOT TRUE`;
  const { column, type } = operand(condition.of);
  if (condition.is === 'null') return `a.${column} IS NULL`;
  if (condition.is === 'in') return `a.${column} = ANY(${bind(condition.values, `${type}[]`)})`;
  return `a.${column} ${condition.is} ${bind(condition.value, type)}`;
}

function joined(conditions: readonly Condition[], word: string, none: string, bind: Bind): string {
  return conditions.length === 0 ? none : `(${conditions.map((condition) => toSql(condition, bind)).join(word)})`;
}
