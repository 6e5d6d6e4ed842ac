/** Forgets people in the audit log: their ids are replaced by the pseudonyms that rows have (docs/erasure.md). */
import { personOf, personSubject } from '../../domain/audit/subjects.ts';
import type { Person } from '../../domain/people.ts';
import { hashOf, pseudonymOf, readErasureKey } from '../erasure/pseudonyms.ts';
import type { Queryable } from '../migrations/migrations.ts';

/** Replaces the ids of these people, in the caller's transaction. Errors: those of the database. */
export async function pseudonymiseAudited(db: Queryable, people: readonly Person[]): Promise<void> {
  const key = await readErasureKey(db);
  const pairs = people.map((person) => ({
    former: personSubject(person.kind, person.id),
    instead: personSubject(person.kind, pseudonymOf(person.kind, hashOf(key, person))),
  }));
  if (pairs.length === 0) return;
  await db.query('/* audit.pseudonymise */ SELECT audit_pseudonymise($1::text[], $2::text[])', [
    pairs.map(({ former }) => former),
    pairs.map(({ instead }) => instead),
  ]);
}

/** Replaces the ids of everybody who is on the list of erasures, in the caller's transaction. Errors: those of the database. */
export async function pseudonymiseListed(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ subject: string }>(
    `/* audit.people */ SELECT DISTINCT one.subject FROM audit_entry e, unnest(e.subjects) AS one (subject)
     WHERE one.subject LIKE 'candidate:%' OR one.subject LIKE 'employee:%'`,
  );
  const people = rows.flatMap(({ subject }) => personOf(subject) ?? []);
  const key = await readErasureKey(db);
  const listed = await db.query<{ n: number }>(
    `/* audit.erased */ SELECT (q.n - 1)::int AS n FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS q (kind, hash, n) JOIN erasure USING (kind, hash)`,
    [people.map(({ kind }) => kind), people.map((person) => hashOf(key, person))],
  );
  await pseudonymiseAudited(
    db,
    listed.rows.flatMap(({ n }) => people[n] ?? []),
  );
}
