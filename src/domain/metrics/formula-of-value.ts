import type { Formula } from './formulas.ts';
import { measureOf } from './measures.ts';
import type { MetricValue } from './metric-names.ts';

/** Returns the formula of a value. */
export function formulaOf({ measure, part, argument = 0 }: MetricValue): Formula {
  const formula = measureOf(measure).parts[part];
  if (!formula) throw new Error(`the measure ${measure} has no part ${part}`);
  return formula(argument);
}

/** Returns what a value is where there are no appointments: 0 for a count, null for all others. */
export function emptyValue(value: MetricValue): 0 | null {
  const formula = formulaOf(value);
  return 'take' in formula && (formula.take.the === 'count' || formula.take.the === 'number') ? 0 : null;
}
