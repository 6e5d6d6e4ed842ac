/** Forgets people in the stored rows. */
import type pg from 'pg';
import { CANDIDATES } from '../../domain/import/name-lists.ts';
import type { Person } from '../../domain/people.ts';
import { DERIVED, deleteOrphans } from '../derived/derive.ts';
import { removeUnusedSpellings, textsIn } from '../derived/spellings.ts';
import { MOVE_VERSION } from '../query/state/data-version.ts';
import { CREATE_ERASED, forgetStaged, gatherErased } from './erase-staged.ts';
import { hashOf, readErasureKey } from './pseudonyms.ts';
import { restage } from './restage.ts';

/** What an erasure changed. */
export interface Erased {
  /** The number of stored rows that named one of the people. */
  readonly rows: number;
  /** The number of candidates whose names were given beside the rows, and are cleared. */
  readonly names: number;
}

/** What the erasure of some people changed. */
export interface ErasedPeople extends Erased {
  /** Their ids that nothing stored has: mistyped, erased before, or of people whose rows are still to come. */
  readonly unknown: readonly string[];
}

/** The interviews that name one of the people. */
const INTERVIEWS = ['candidate_profile_id', 'interviewer_employee_id', 'creator_employee_id']
  .map((column) => {
    const [id, kind] = column === 'candidate_profile_id' ? ['id::uuid', 'CANDIDATE'] : ['id', 'EMPLOYEE'];
    return `SELECT interview_id FROM appointment WHERE ${column} IN (SELECT ${id} FROM erased WHERE kind = '${kind}')`;
  })
  .join(' UNION ');

/** The ids that neither a row nor a list of candidates has. */
const UNKNOWN = `/* erasure.unknown */ SELECT id FROM erased LEFT JOIN candidate c ON c.candidate_profile_id = id::uuid
    WHERE kind = 'CANDIDATE' AND c.candidate_profile_id IS NULL
  UNION ALL SELECT id FROM erased LEFT JOIN employee e ON e.employee_id = id WHERE kind = 'EMPLOYEE' AND e.employee_id IS NULL`;

const CANDIDATE_IDS = "SELECT id::uuid FROM erased WHERE kind = 'CANDIDATE'";
const NAMES = CANDIDATES.names.map(({ column }) => column);

/** The names of candidates beside the rows, before they are cleared. */
const FORMER_NAMES = `/* erasure.names */ CREATE TEMP TABLE erased_name ON COMMIT DROP AS SELECT ${NAMES.join(', ')} FROM candidate
  WHERE candidate_profile_id IN (${CANDIDATE_IDS}) AND (${NAMES.map((name) => `${name} IS NOT NULL`).join(' OR ')})`;
const CLEAR_NAMES = `/* erasure.names */ UPDATE candidate SET ${NAMES.map((name) => `${name} = NULL`).join(', ')}, sample = false
  WHERE candidate_profile_id IN (${CANDIDATE_IDS})`;

/**
 * Puts people on the list of erasures, and forgets them in all that is stored but the audit log (../audit/pseudonymise.ts), in the caller's
 * transaction, which must hold the import lock. Errors: those of the database.
 */
export async function erasePeople(client: pg.ClientBase, people: readonly Person[]): Promise<ErasedPeople> {
  const key = await readErasureKey(client);
  const parameters = [
    people.map(({ kind }) => kind),
    people.map(({ id }) => id),
    people.map((person) => hashOf(key, person)),
  ];
  await client.query(
    `/* erasure.list */ INSERT INTO erasure (kind, hash) SELECT kind, hash FROM unnest($1::text[], $2::text[], $3::uuid[]) AS given (kind, id, hash)
     ON CONFLICT DO NOTHING`,
    parameters,
  );
  await client.query(CREATE_ERASED);
  await client.query(
    '/* erasure.people */ INSERT INTO erased SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[])',
    parameters,
  );
  const { rows } = await client.query<{ id: string }>(UNKNOWN);
  const erased = await forgetStored(client);
  return { ...erased, unknown: rows.map(({ id }) => id) };
}

/**
 * Forgets in all that is stored but the audit log whoever is on the list of erasures, in the caller's transaction, which must hold the import
 * lock. Errors: those of the database.
 */
export async function eraseListed(client: pg.ClientBase): Promise<Erased> {
  const found = await gatherErased(
    client,
    'SELECT candidate_profile_id::text AS id FROM candidate',
    'SELECT employee_id AS id FROM employee',
  );
  return found === 0 ? { rows: 0, names: 0 } : await forgetStored(client);
}

async function forgetStored(client: pg.ClientBase): Promise<Erased> {
  const { rowCount } = await client.query(FORMER_NAMES);
  const names = rowCount ?? 0;
  await client.query(CLEAR_NAMES);
  const rows = await restage(client, INTERVIEWS, [], () => forgetStaged(client));
  for (const derived of DERIVED.filter(({ table }) => table === 'candidate'))
    await client.query(deleteOrphans(derived, (id) => `${id} IN (${CANDIDATE_IDS})`));
  await removeUnusedSpellings(client, 'candidate', textsIn('candidate', 'erased_name', NAMES));
  if (rows + names > 0) await client.query(`/* erasure.dataset */ ${MOVE_VERSION}`);
  return { rows, names };
}
