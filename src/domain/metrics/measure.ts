/** What a measure is, and what makes those of the common kinds. */
import type { Scope } from '../viewer.ts';
import type { DimensionName } from './dimensions.ts';
import type { Aggregate, Formula, Quotient } from './formulas.ts';

/** What a measure counts. */
export type MetricUnit =
  | 'ROWS'
  | 'INTERVIEWS'
  | 'SLOTS'
  | 'PEOPLE'
  | 'APPLICATIONS'
  | 'HOURS'
  | 'DAYS'
  | 'RATE'
  | 'RATING'
  | 'SLOTS_PER_WEEK'
  | 'SLOTS_PER_APPLICATION';

/** The GraphQL type of a measure: a number, or an object with parts. */
export type MeasureType =
  | 'Int'
  | 'Float'
  | 'Rate'
  | 'Statistics'
  | 'FeedbackTime'
  | 'FeedbackBacklog'
  | 'InterviewerLoad';

/** A value of a measure that has a name of its own: for orders, conditions, columns of CSV and alerts. */
interface Named {
  /** The part of the measure, as in `parts`. */
  readonly part: string;
  /** The argument of the part, if it takes one. */
  readonly argument?: number;
  readonly title: string;
  /** What it counts and leaves out, where the measure’s own description does not say it. */
  readonly description?: string;
  readonly unit: MetricUnit;
  readonly better?: 'HIGHER' | 'LOWER';
}

/** Where a measure makes no sense, and why. */
export interface Refusal {
  /** The dimensions by which it is refused, and the types of the schema whose `metrics` refuse it. */
  readonly by: readonly DimensionName[];
  readonly reason: string;
}

export interface Measure {
  readonly type: MeasureType;
  readonly description: string;
  /** The formula of each part by its path in the GraphQL type, of a part’s argument: `value`, `numerator`, `given.median`. */
  readonly parts: Readonly<Record<string, (argument: number) => Formula>>;
  /** The argument of the measure or of some of its parts. */
  readonly argument?: 'hours';
  /** The names of its values. */
  readonly names: Readonly<Record<string, Named>>;
  readonly refused?: Refusal;
  /** Whether only rows with a review have the date REVIEW and this would therefore always be complete. */
  readonly refusedByReview?: boolean;
  readonly personal?: boolean;
}

/** The scope that a measure requires. */
export const scopeOf = ({ personal }: Measure): Scope => (personal ? 'personal' : 'read');

/** A measure that counts. */
export function count(
  name: string,
  aggregate: Aggregate,
  unit: MetricUnit,
  title: string,
  description: string,
  more: Pick<Named, 'better'> & Pick<Measure, 'refused' | 'refusedByReview'> = {},
): Measure {
  const { better, ...rules } = more;
  const named: Named = { part: 'value', title, unit, ...(better && { better }) };
  return { type: 'Int', description, parts: { value: () => aggregate }, names: { [name]: named }, ...rules };
}

/** A measure with a value that may be null. */
export const number = (name: string, formula: Formula, named: Omit<Named, 'part'>, description: string): Measure => ({
  type: 'Float',
  description,
  parts: { value: () => formula },
  names: { [name]: { part: 'value', ...named } },
});

/** The parts of a rate. */
export const rateParts = (rate: (argument: number) => Quotient): Measure['parts'] => ({
  value: rate,
  numerator: (argument) => rate(argument).dividend,
  denominator: (argument) => rate(argument).divisor,
});

/** A measure that is a rate. */
export function rate(
  name: string,
  dividend: Aggregate,
  divisor: Aggregate,
  title: string,
  description: string,
  better?: Named['better'],
): Measure {
  const named: Named = { part: 'value', title, unit: 'RATE', ...(better && { better }) };
  return { type: 'Rate', description, parts: rateParts(() => ({ dividend, divisor })), names: { [name]: named } };
}

/** Puts parts below a path. */
export const below = (path: string, parts: Measure['parts']): Measure['parts'] =>
  Object.fromEntries(Object.entries(parts).map(([part, formula]) => [`${path}.${part}`, formula]));
