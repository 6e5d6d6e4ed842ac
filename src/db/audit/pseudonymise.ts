/** Forgets people in the audit log: their ids are replaced by the pseudonyms that rows have (docs/erasure.md). */
import { personSubject } from '../../domain/audit/subjects.ts';
import type { Person } from '../../domain/people.ts';
import type { Queryable } from '../migrations/migrations.ts';

/** Replaces the ids of these people, who are on the list of erasures, in the caller's transaction. Errors: those of the database. */
export async function pseudonymiseAudited(db: Queryable, people: readonly Person[]): Promise<void> {
  await db.query('/* audit.pseudonymise */ SELECT audit_pseudonymise($1::text[])', [
    people.map(({ kind, id }) => personSubject(kind, id)),
  ]);
}

/** Replaces the ids of everybody who is on the list of erasures, in the caller's transaction. Errors: those of the database. */
export async function pseudonymiseListed(db: Queryable): Promise<void> {
  // The function leaves those alone who are not on the list.
  await db.query(
    `/* audit.people */ SELECT audit_pseudonymise(ARRAY(SELECT DISTINCT one.subject FROM audit_entry e, unnest(e.subjects) AS one (subject)
     WHERE one.subject LIKE 'candidate:%' OR one.subject LIKE 'employee:%'))`,
  );
}
