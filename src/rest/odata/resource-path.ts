import { Failure, shown } from '../../domain/errors.ts';
import { insteadOf, STORED_SETS, type StoredSet } from './entity-sets.ts';
import { METRIC_SETS, type MetricSet } from './metrics/sets.ts';

/** All entity sets. */
export const ENTITY_SETS: readonly (StoredSet | MetricSet)[] = [...STORED_SETS, ...METRIC_SETS];

/** What a path below the root addresses. */
export type Resource =
  | { readonly of: 'service' | 'metadata' }
  | { readonly of: 'rows' | 'count'; readonly set: StoredSet | MetricSet }
  /** `key`: the key predicate, without its parentheses. */
  | { readonly of: 'row'; readonly set: StoredSet | MetricSet; readonly key: string };

const ADDRESSES = /^([A-Za-z_]\w*)(?:\((.*)\))?(\/\$count)?$/s;

/**
 * Reads the path below the root: percent-decoded, without a slash at its beginning (OData URL Conventions 4.01, 4). Errors: NOT_FOUND for
 * what there is not, with what there is.
 */
export function readResourcePath(path: string): Resource {
  if (path === '') return { of: 'service' };
  if (path === '$metadata') return { of: 'metadata' };
  const [, name, key, count] = ADDRESSES.exec(path) ?? [];
  if (name === undefined || (key !== undefined && count !== undefined))
    throw new Failure(
      'NOT_FOUND',
      `${shown(path)}: there is nothing at this path; there are $metadata and, for each of ${names()}, the name alone, /$count after it, or a key in parentheses.`,
    );
  const set = ENTITY_SETS.find((one) => one.name === name);
  if (!set)
    throw new Failure(
      'NOT_FOUND',
      `${shown(name)} is not an entity set; ${insteadOf(
        name,
        ENTITY_SETS.map((one) => one.name),
      )}`,
    );
  if (key !== undefined) return { of: 'row', set, key };
  return { of: count === undefined ? 'rows' : 'count', set };
}

const names = (): string => ENTITY_SETS.map(({ name }) => name).join(', ');
