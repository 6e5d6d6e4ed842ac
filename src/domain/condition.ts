import type { FieldKey } from './fields.ts';

/**
 * The form of every filter of every API. `src/db/query/where/to-sql.ts` alone translates it to SQL. As in SQL, comparisons with null are not
 * true; only `null` matches it. `of` names an attribute of the entity and `some` one of its relations (src/domain/entities.ts). A `some`
 * condition holds if at least one related item, or at least `atLeast` of them, meets `where`.
 */
export type Condition<Of extends string = string> =
  | { readonly all: readonly Condition<Of>[] }
  | { readonly any: readonly Condition<Of>[] }
  | { readonly not: Condition<Of> }
  | { readonly some: string; readonly where: Condition; readonly atLeast?: number }
  | Comparison<Of>;

/** What a filter of the extract compares: a field of the row, or an instant computed from fields. */
export type Operand = FieldKey | 'startsAt' | 'endsAt';

export type Comparison<Of extends string = string> =
  | { readonly of: Of; readonly is: 'in'; readonly values: readonly string[] }
  | { readonly of: Of; readonly is: '<' | '<=' | '>' | '>='; readonly value: string }
  /** For texts, case-insensitive; for names, by their spelling (src/db/query/where/name-search.ts). */
  | { readonly of: Of; readonly is: 'contains' | 'startsWith'; readonly value: string }
  /** For texts and what is written as one, character by character. */
  | { readonly of: Of; readonly is: 'containsExactly' | 'startsWithExactly'; readonly value: string }
  | { readonly of: Of; readonly is: 'null' };

/** The condition that always holds. */
export const ALWAYS: Condition<never> = { all: [] };

/** The condition that never holds. */
export const NEVER: Condition<never> = { any: [] };

/** Whether a condition always holds because it compares nothing. */
export const isAlways = (condition: Condition): boolean => 'all' in condition && condition.all.length === 0;

/** Combines conditions with AND, leaving out those that always hold. */
export function both<Of extends string>(...conditions: readonly Condition<Of>[]): Condition<Of> {
  const needed = conditions.filter((condition) => !isAlways(condition));
  const [only = ALWAYS] = needed;
  return needed.length > 1 ? { all: needed } : only;
}
