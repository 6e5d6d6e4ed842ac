import type { FieldKey } from './fields.ts';

/**
 * What every filter becomes, whoever asked for it. `src/db/to-sql.ts` is its only translator. Comparisons with a row that states nothing
 * are not true (as in SQL), except `isNull`.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

/** What can be compared: a field as stated, or one of the instants that are resolved from it. */
export type Operand = FieldKey | 'startsAt' | 'endsAt';

export type Comparison =
  | { readonly of: Operand; readonly is: 'in'; readonly values: readonly string[] }
  | { readonly of: Operand; readonly is: '<' | '<=' | '>' | '>='; readonly value: string }
  | { readonly of: Operand; readonly is: 'null' };
