/** The list of everybody who was erased: only hashes, which say nothing without the database's secret (./pseudonyms.ts). */
import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import type { PersonKind } from '../../domain/people.ts';
import { databaseMark, readErasureKey } from './pseudonyms.ts';

/** An erasure on the list. */
export interface ListedErasure {
  readonly kind: PersonKind;
  readonly hash: string;
  /** When, as `yyyy-MM-ddTHH:mm:ss.sssZ`. */
  readonly erasedAt: string;
  /** The same for all erasures of a database: the hashes are of its secret. */
  readonly database: string;
}

/** Returns the list, the oldest first. Errors: those of the database. */
export async function readErasures(client: pg.ClientBase): Promise<ListedErasure[]> {
  const database = databaseMark(await readErasureKey(client));
  const { rows } = await client.query<{ kind: PersonKind; hash: string; erasedAt: Date }>(
    `/* erasure.list */ SELECT kind, hash, erased_at AS "erasedAt" FROM erasure ORDER BY erased_at, kind, hash`,
  );
  return rows.map(({ kind, hash, erasedAt }) => ({ kind, hash, erasedAt: erasedAt.toISOString(), database }));
}

/** Adds erasures to the list, in the caller's transaction. Errors: CONFLICT if they are of another database; those of the database. */
export async function addErasures(client: pg.ClientBase, list: readonly ListedErasure[]): Promise<void> {
  const database = databaseMark(await readErasureKey(client));
  if (list.some((erasure) => erasure.database !== database))
    throw new Failure(
      'CONFLICT',
      'The list of erasures is of another database: its hashes are made with that one’s secret, and would find nobody here. Give the list of the database that the backup is of.',
    );
  await client.query(
    `/* erasure.list */ INSERT INTO erasure (kind, hash, erased_at) SELECT * FROM unnest($1::text[], $2::uuid[], $3::timestamptz[])
     ON CONFLICT DO NOTHING`,
    [list.map(({ kind }) => kind), list.map(({ hash }) => hash), list.map(({ erasedAt }) => erasedAt)],
  );
}
