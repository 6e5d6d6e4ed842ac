import { ALWAYS, type Condition } from './condition.ts';
import { type EntityName, entityOf } from './entities.ts';
import { Failure } from './errors.ts';
import type { FieldKey } from './fields.ts';

/**
 * What a token may do: `read` the rows, see `personal` data in them, `write` (import), and `admin` for everything.
 */
export const SCOPES = ['read', 'personal', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. */
export interface Viewer {
  /** The name of the token, or whom it was given to. */
  readonly name: string;
  /** What their requests are counted under; nobody else has it. */
  readonly caller: string;
  readonly scopes: readonly Scope[];
  /** The rows that they see; null: all. Who is restricted has neither `write` nor `admin`. */
  readonly restriction: Restriction | null;
}

/** Rows by the value of a field, one that has an index. A row where it is null doesn't meet any restriction. */
export interface Restriction {
  readonly field: Extract<FieldKey, 'jobId' | 'applicationId' | 'candidateProfileId' | 'interviewerEmployeeId'>;
  readonly values: readonly string[];
}

/** THE RULE of visibility: what the rows that a viewer sees must meet. Lists, single items, exports and counts get it from here or from `visible`. */
export const restrict = ({ restriction }: Viewer): Condition<FieldKey> =>
  restriction === null ? ALWAYS : { of: restriction.field, is: 'in', values: restriction.values };

/** What an item must meet for a viewer to see it: a row meets the restriction itself, anything else is named by a row that does. */
export function visible(entity: EntityName, viewer: Viewer): Condition {
  const where = restrict(viewer);
  if (entity === 'appointment' || viewer.restriction === null) return where;
  return { any: entityOf(entity).namedBy.map((some) => ({ some, where })) };
}

/** How many requests of a kind are allowed, and how many more when this one was let in. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
}

/** What was left to a token when its request was let in; null: any number. */
export interface RateBudget {
  /** Requests in a second. */
  readonly perSecond: Allowance | null;
  /** Requests under way at once. */
  readonly atOnce: Allowance | null;
}

/** A request that was let in. */
export interface Admitted {
  readonly viewer: Viewer;
  readonly budget: RateBudget;
}

export const isScope = (word: string): word is Scope => SCOPES.some((scope) => scope === word);

/** The scopes that count: who is restricted can neither change nor administer what others see. */
export const scopesOf = ({ scopes, restriction }: Viewer): readonly Scope[] =>
  restriction === null ? scopes : scopes.filter((scope) => scope !== 'write' && scope !== 'admin');

/** Whether a viewer has a scope, or `admin`, which has all of them. */
export const hasScope = (viewer: Viewer, scope: Scope): boolean =>
  scopesOf(viewer).some((one) => one === scope || one === 'admin');

/** Errors: FORBIDDEN, naming the scope that is needed, where the viewer has neither it nor `admin`. */
export function requireScope(viewer: Viewer, scope: Scope): void {
  if (hasScope(viewer, scope)) return;
  throw new Failure('FORBIDDEN', `This needs a token with the scope ${scope}; the one given has ${scopeList(viewer)}.`);
}

/** A viewer's scopes, for a message. */
export const scopeList = (viewer: Viewer): string => scopesOf(viewer).join(', ') || 'none';

/** Whether a viewer may see personal fields (src/domain/fields.ts). */
export const seesPersonal = (viewer: Viewer): boolean => hasScope(viewer, 'personal');

/** Who works at the command line, beside the database. */
export const OPERATOR: Viewer = { name: 'operator', caller: 'operator', scopes: ['admin'], restriction: null };
