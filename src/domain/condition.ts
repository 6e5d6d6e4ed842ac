import type { FieldKey } from './fields.ts';

/**
 * What every filter becomes, whichever API it came by; `src/db/query/to-sql.ts` is the only translator. Comparisons with null are not true, as
 * in SQL; only `null` matches it. `of` names an attribute of the entity (src/domain/entities.ts), `some` one of its relations: the condition holds
 * if at least one related item, or at least `atLeast` of them, meets `where`.
 */
export type Condition<Of extends string = string> =
  | { readonly all: readonly Condition<Of>[] }
  | { readonly any: readonly Condition<Of>[] }
  | { readonly not: Condition<Of> }
  | { readonly some: string; readonly where: Condition; readonly atLeast?: number }
  | Comparison<Of>;

/** An attribute of rows that a filter of the extract compares: a field, or an instant that is resolved from fields. */
export type Operand = FieldKey | 'startsAt' | 'endsAt';

export type Comparison<Of extends string = string> =
  | { readonly of: Of; readonly is: 'in'; readonly values: readonly string[] }
  | { readonly of: Of; readonly is: '<' | '<=' | '>' | '>='; readonly value: string }
  /** Of texts, case-insensitive. */
  | { readonly of: Of; readonly is: 'contains' | 'startsWith'; readonly value: string }
  | { readonly of: Of; readonly is: 'null' };

/** The condition that everything meets. */
export const ALWAYS: Condition<never> = { all: [] };

/** A condition that holds if all of several do; without those that always hold. */
export function both<Of extends string>(...conditions: readonly Condition<Of>[]): Condition<Of> {
  const needed = conditions.filter((one) => !('all' in one && one.all.length === 0));
  const [only = ALWAYS] = needed;
  return needed.length > 1 ? { all: needed } : only;
}
