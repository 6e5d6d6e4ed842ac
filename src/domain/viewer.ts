import { Failure } from './errors.ts';

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

export const isScope = (word: string): word is Scope => (SCOPES as readonly string[]).includes(word);

/** Whether a viewer has a scope, or `admin`, which has all of them. */
export const hasScope = ({ scopes }: Viewer, scope: Scope): boolean =>
  scopes.includes(scope) || scopes.includes('admin');

/** Errors: FORBIDDEN, naming the scope that is needed, where the viewer has neither it nor `admin`. */
export function requireScope(viewer: Viewer, scope: Scope): void {
  if (hasScope(viewer, scope)) return;
  throw new Failure('FORBIDDEN', `This needs a token with the scope ${scope}; the one given has ${scopesOf(viewer)}.`);
}

/** A viewer's scopes, for a message. */
export const scopesOf = ({ scopes }: Viewer): string => scopes.join(', ') || 'none';

/** Whether a viewer may see personal fields (src/domain/fields.ts). */
export const seesPersonal = (viewer: Viewer): boolean => hasScope(viewer, 'personal');
