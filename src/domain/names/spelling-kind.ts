import type { EntityName } from '../entities.ts';

/** Whose names a spelling is for. They are kept apart, so that a search looks only at those in question: there are few jobs, but many candidates. */
export type SpellingKind = 'person' | 'candidate' | 'job';

/** Employees have the names that rows give them. */
const KINDS: Readonly<Partial<Record<EntityName, SpellingKind>>> = {
  appointment: 'person',
  employee: 'person',
  candidate: 'candidate',
  job: 'job',
};

/** Returns the kind of the names of an entity. Errors: it has no names, which is a bug in the program. */
export function spellingKindOf(entity: EntityName): SpellingKind {
  const kind = KINDS[entity];
  if (!kind) throw new Error(`${entity} has no names`);
  return kind;
}
