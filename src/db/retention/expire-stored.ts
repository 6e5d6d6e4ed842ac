/** Empties names and reviews of past interviews in everything that is stored. */
import type pg from 'pg';
import { CANDIDATES } from '../../domain/import/name-lists.ts';
import { removeUnusedSpellings, textsIn } from '../derived/spellings.ts';
import { restage } from '../erasure/restage.ts';
import { MOVE_VERSION } from '../query/state/data-version.ts';
import { EXPIRING_INTERVIEWS, expiredCandidates, expireStaged } from './expire-staged.ts';

/** What has expired. */
export interface Expired {
  /** Interviews before this day have, as `yyyy-MM-dd` (UTC). */
  readonly before: string;
  /** The number of stored rows in which a name or a text was emptied, and of their interviews. */
  readonly rows: number;
  readonly interviews: number;
  /** The number of candidates whose names were given beside the rows, and are cleared. */
  readonly names: number;
}

const NAMES = CANDIDATES.names.map(({ column }) => column);
const list = (prefix = ''): string => NAMES.map((name) => `${prefix}${name}`).join(', ');

/** The candidates whose names expire, with these. */
const CREATE_CANDIDATES = `/* retention.names */ CREATE TEMP TABLE expired_candidate (id uuid, ${NAMES.map((name) => `${name} text`).join(', ')}) ON COMMIT DROP`;
const FIND_CANDIDATES = `/* retention.names */ INSERT INTO expired_candidate
  SELECT c.candidate_profile_id, ${list('c.')} FROM candidate c
  WHERE (${NAMES.map((name) => `c.${name} IS NOT NULL`).join(' OR ')}) AND c.candidate_profile_id IN (${expiredCandidates('$1::date')})`;
const CLEAR_NAMES = `/* retention.names */ UPDATE candidate c SET ${NAMES.map((name) => `${name} = NULL`).join(', ')}, sample = false
  FROM expired_candidate e WHERE e.id = c.candidate_profile_id`;

/**
 * Empties names and reviews of interviews before a day, which must be the stored one, in the caller's transaction, which must hold the import
 * lock. What was emptied before isn't counted again. Errors: those of the database.
 */
export async function expireStored(client: pg.ClientBase, before: string): Promise<Expired> {
  const rows = await restage(client, EXPIRING_INTERVIEWS, [before], () => expireStaged(client));
  const { rows: counted } = await client.query<{ interviews: number }>(
    '/* retention.count */ SELECT count(DISTINCT interview_id)::int AS interviews FROM expired_row',
  );
  await client.query(CREATE_CANDIDATES);
  const { rowCount } = await client.query(FIND_CANDIDATES, [before]);
  const names = rowCount ?? 0;
  if (names > 0) {
    await client.query(CLEAR_NAMES);
    await removeUnusedSpellings(client, 'candidate', textsIn('candidate', 'expired_candidate', NAMES));
  }
  if (rows + names > 0) await client.query(`/* retention.dataset */ ${MOVE_VERSION}`);
  return { before, rows, interviews: counted[0]?.interviews ?? 0, names };
}
