import type pg from 'pg';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { personOf, personSubject } from '../../domain/audit/subjects.ts';
import type { Person } from '../../domain/people.ts';
import { hashOf, pseudonymOf, readErasureKey } from '../erasure/pseudonyms.ts';
import type { Queryable } from '../migrations/migrations.ts';

/**
 * Who was erased while an entry waited gets the pseudonym here. An erasure and this statement wait for each other (its migration), so that none
 * slips through.
 */
const WRITE = `/* audit.write */ WITH person AS (
    SELECT q.subject, q.instead FROM unnest($2::text[], $3::text[], $4::uuid[], $5::text[]) AS q (subject, kind, hash, instead)
    JOIN erasure USING (kind, hash)
  )
  INSERT INTO audit_entry (at, id, request_id, actor, actor_kind, issuer, address, action, target, operation, attributes, subjects, rows,
    personal, status, outcome, code, data_version, duration_ms, requests)
  SELECT e.at, e.id, e.request_id, e.actor, e.actor_kind, e.issuer, e.address, e.action, e.target, e.operation, e.attributes,
    ARRAY(
      SELECT coalesce(p.instead, one.subject) FROM unnest(e.subjects) WITH ORDINALITY AS one (subject, n)
      LEFT JOIN person p ON p.subject = one.subject ORDER BY one.n
    ),
    e.rows, e.personal, e.status, e.outcome, e.code, e.data_version, e.duration_ms, e.requests
  FROM jsonb_to_recordset($1::jsonb) AS e (at timestamptz, id uuid, request_id text, actor text, actor_kind text, issuer text, address text,
    action text, target text, operation text, attributes jsonb, subjects text[], rows bigint, personal boolean, status integer, outcome text,
    code text, data_version bigint, duration_ms integer, requests integer)
  ON CONFLICT DO NOTHING`;

/** Writes entries by one statement; those that are there already stay as they are. Errors: those of the database. */
export async function writeEntries(db: Queryable, entries: readonly AuditEntry[]): Promise<void> {
  const people = peopleIn(entries);
  const hashed = people.size === 0 ? [] : await hashesOf(db, people);
  await db.query(WRITE, [
    JSON.stringify(entries.map(rowOf), storable),
    hashed.map(({ subject }) => subject),
    hashed.map(({ kind }) => kind),
    hashed.map(({ hash }) => hash),
    hashed.map(({ instead }) => instead),
  ]);
}

function peopleIn(entries: readonly AuditEntry[]): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const { subjects } of entries)
    for (const subject of subjects) {
      const person = personOf(subject);
      if (person) people.set(subject, person);
    }
  return people;
}

async function hashesOf(db: Queryable, people: ReadonlyMap<string, Person>) {
  const key = await readErasureKey(db);
  return [...people].map(([subject, person]) => {
    const hash = hashOf(key, person);
    return { subject, kind: person.kind, hash, instead: personSubject(person.kind, pseudonymOf(person.kind, hash)) };
  });
}

const rowOf = ({ at, id, actor, ...entry }: AuditEntry): object => ({
  at: new Date(at).toISOString(),
  id,
  request_id: entry.requestId,
  actor: actor.name,
  actor_kind: actor.kind,
  issuer: actor.issuer,
  address: entry.address,
  action: entry.action,
  target: entry.target,
  operation: entry.operation,
  attributes: entry.attributes,
  subjects: entry.subjects,
  rows: entry.rows,
  personal: entry.personal,
  status: entry.status,
  outcome: entry.outcome,
  code: entry.code,
  data_version: entry.dataVersion,
  duration_ms: Math.round(entry.durationMs),
  requests: entry.requests,
});

/**
 * Returns a value of an entry as Postgres stores it: texts without NUL and halves of pairs of surrogates. The name in a token of an identity
 * provider may have them, and so may the value of a parameter.
 */
const storable = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;

/**
 * Removes entries older than so many days; one instance at a time does. Returns how many; null if the database's clock may be ahead, and none are
 * removed. Errors: those of the database.
 */
export async function expireEntries(pool: pg.Pool, days: number): Promise<number | null> {
  for (let removed = 0; ; ) {
    const { rows } = await pool.query<{ removed: string | null }>(
      '/* audit.expire */ SELECT audit_expire($1) AS removed',
      [days],
    );
    const [row] = rows;
    if (row?.removed === null) return null;
    const count = Number(row?.removed);
    removed += count;
    if (count === 0) return removed;
  }
}
