import { ALWAYS, type Condition } from './condition.ts';
import { type EntityName, entityOf } from './entities.ts';
import { Failure } from './errors.ts';
import type { FieldKey } from './fields.ts';

/** What a token may do: `read` rows, see `personal` data in them, `write` (import), and `admin` for everything. */
export const SCOPES = ['read', 'personal', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The caller of a request. */
export interface Viewer {
  /** The name of the token, or of the person it was issued to. */
  readonly name: string;
  /** The unique key under which the rate limits count the caller's requests. */
  readonly caller: string;
  readonly scopes: readonly Scope[];
  /** The rows that the viewer sees; null: all. A restricted viewer has neither `write` nor `admin`. */
  readonly restriction: Restriction | null;
  /** The maximum number of requests per minute, which takes the place of those per second; by default, the limits of all tokens. */
  readonly ratePerMinute?: number;
  /** Of a token of the identity provider: its issuer. */
  readonly issuer?: string;
  /** Whether the token is one of ADMIN_TOKEN. */
  readonly isConfigured?: boolean;
}

/** Selects the rows of these jobs, and of the jobs of these departments. A row without a job meets no restriction. */
export interface Restriction {
  readonly jobIds: readonly string[];
  /** As imported with the jobs, letter by letter. */
  readonly departments: readonly string[];
}

/**
 * THE RULE of visibility: the condition that rows must meet for a viewer to see them. Lists, single items, exports and counts take it from
 * here or from `visible`.
 */
export function restrict({ restriction }: Viewer): Condition<FieldKey> {
  if (restriction === null) return ALWAYS;
  const { jobIds, departments } = restriction;
  const ofJobs = { of: 'jobId', is: 'in', values: jobIds } as const;
  if (departments.length === 0) return ofJobs;
  const ofDepartments = { of: 'department', is: 'in', values: departments } as const;
  // One look at the job finds both.
  return { some: 'job', where: jobIds.length === 0 ? ofDepartments : { any: [ofDepartments, ofJobs] } };
}

/**
 * Returns the condition that an item must meet for a viewer to see it. Rows must meet the restriction; other items must be named by such a
 * row.
 */
export function visible(entity: EntityName, viewer: Viewer): Condition {
  const where = restrict(viewer);
  if (entity === 'appointment' || viewer.restriction === null) return where;
  return { any: entityOf(entity).namedBy.map((some) => ({ some, where })) };
}

/** A rate limit, and the number of requests remaining when this one was admitted. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
}

/** A bucket of points: its size, what is left of it, and the points that come back per second. */
export interface PointAllowance extends Allowance {
  readonly perSecond: number;
}

/** The remaining rate limits of a token; null: unlimited. */
export interface RateBudget {
  /** Points for GraphQL operations, as the current request left them. */
  points(): PointAllowance | null;
  /** Requests per second for the extract, as this instance last counted them. */
  perSecond(): Allowance | null;
  /** Concurrent requests for the extract. */
  atOnce(): Promise<Allowance | null>;
}

export const isScope = (word: string): word is Scope => SCOPES.some((scope) => scope === word);

/** Returns the effective scopes. A restricted viewer can neither change nor administer what others see. */
export const scopesOf = ({ scopes, restriction }: Viewer): readonly Scope[] =>
  restriction === null ? scopes : scopes.filter((scope) => scope !== 'write' && scope !== 'admin');

/** Whether a viewer has a scope. `admin` includes all scopes. */
export const hasScope = (viewer: Viewer, scope: Scope): boolean =>
  scopesOf(viewer).some((held) => held === scope || held === 'admin');

/** Throws unless the viewer has the scope or `admin`. Errors: FORBIDDEN, naming the scope. */
export function requireScope(viewer: Viewer, scope: Scope): void {
  if (hasScope(viewer, scope)) return;
  throw new Failure('FORBIDDEN', `This requires the scope ${scope}; the token has ${scopeList(viewer)}.`);
}

/** Returns a viewer's scopes as text for a message. */
export const scopeList = (viewer: Viewer): string => scopesOf(viewer).join(', ') || 'none';

/** Whether a viewer may see personal fields (src/domain/fields.ts). */
export const seesPersonal = (viewer: Viewer): boolean => hasScope(viewer, 'personal');

/** The person at the command line, who has access to the database. */
export const OPERATOR: Viewer = { name: 'operator', caller: 'operator', scopes: ['admin'], restriction: null };
