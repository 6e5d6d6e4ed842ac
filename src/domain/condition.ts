import type { FieldKey } from './fields.ts';

/**
 * What every filter becomes, whoever asked for it. `src/db/query/to-sql.ts` is its only translator. Comparisons with something that states nothing
 * are not true (as in SQL), except `null`. `of` names an attribute of the thing that is looked at (src/domain/entities.ts), `some` a relation
 * of it: on the other side of it there is one of which `where` holds, or there are `atLeast` so many. `named` is a part of the full name, in
 * any letter case.
 */
export type Condition<Of extends string = string> =
  | { readonly all: readonly Condition<Of>[] }
  | { readonly any: readonly Condition<Of>[] }
  | { readonly not: Condition<Of> }
  | { readonly some: string; readonly where: Condition; readonly atLeast?: number }
  | { readonly named: string }
  | Comparison<Of>;

/** What can be compared in a row: a field as stated, or one of the instants that are resolved from it. */
export type Operand = FieldKey | 'startsAt' | 'endsAt';

export type Comparison<Of extends string = string> =
  | { readonly of: Of; readonly is: 'in'; readonly values: readonly string[] }
  | { readonly of: Of; readonly is: '<' | '<=' | '>' | '>='; readonly value: string }
  /** Of a text, in any letter case. */
  | { readonly of: Of; readonly is: 'contains' | 'startsWith'; readonly value: string }
  | { readonly of: Of; readonly is: 'null' };
