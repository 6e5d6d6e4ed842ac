import type pg from 'pg';
import { restrictionTo } from '../../domain/tokens/restriction.ts';
import { isScope, type Viewer } from '../../domain/viewer.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/errors/database-errors.ts';

/** A token that is stored and not revoked. It may have expired. */
export interface StoredToken {
  readonly id: number;
  readonly viewer: Viewer;
  readonly expiresAt: Date | null;
  /** Whether another one has taken its place. */
  readonly isReplaced: boolean;
}

/** What a look-up found out. */
export interface LookUp {
  /** Null: it is unknown, or was revoked. */
  readonly stored: StoredToken | null;
  /** Whether the server is a standby, which can't be written to. */
  readonly isStandby: boolean;
  /** Whether it is a standby to which no primary sends anything, so that it doesn't learn of what was revoked. */
  readonly isCutOff: boolean;
}

interface Row {
  readonly standby: boolean;
  readonly cutOff: boolean;
  readonly id: number | null;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly departments: readonly string[];
  readonly jobIds: readonly string[];
  readonly ratePerMinute: number | null;
  readonly expiresAt: Date | null;
  readonly isReplaced: boolean;
}

/** Of pg_stat_wal_receiver everybody sees that it has a row, which it has while the standby receives. */
const IS_CUT_OFF = 'pg_is_in_recovery() AND NOT EXISTS (SELECT 1 FROM pg_stat_wal_receiver)';

/** Materialized: the table is read before it is joined, so whatever is wrong with it shows for every token, a wrong one, too. */
const FIND_TOKEN = `/* token.find */ WITH t AS MATERIALIZED (
    SELECT id, name, scopes, departments, job_ids::text[] AS "jobIds", rate_per_minute AS "ratePerMinute",
      expires_at AS "expiresAt", replaced_at IS NOT NULL AS "isReplaced"
    FROM access_token WHERE hash = $1 AND revoked_at IS NULL
  ) SELECT pg_is_in_recovery() AS standby, ${IS_CUT_OFF} AS "cutOff", t.* FROM (SELECT) s LEFT JOIN t ON true`;

const ASK_PRIMARY = `/* token.primary */ SELECT ${IS_CUT_OFF} AS "cutOff"`;

/**
 * Looks a token up by its SHA-256, so that the time reveals nothing about stored tokens. Errors: DATABASE_UNAVAILABLE.
 */
export async function lookUpToken(pool: pg.Pool, hash: Uint8Array): Promise<LookUp> {
  const { rows } = await retryOnConflict(() => pool.query<Row>(FIND_TOKEN, [hash])).catch(throwDatabaseError);
  const [row] = rows;
  if (!row) throw new Error('a look-up of a token has no row');
  return { stored: row.id === null ? null : toStored(row, row.id), isStandby: row.standby, isCutOff: row.cutOff };
}

function toStored(
  { name, scopes, jobIds, departments, ratePerMinute, expiresAt, isReplaced }: Row,
  id: number,
): StoredToken {
  const isRestricted = jobIds.length + departments.length > 0;
  return {
    ...{ id, expiresAt, isReplaced },
    viewer: {
      name,
      // Also of a token and the one that takes its place: a rotation gives no second budget.
      caller: `token ${name}`,
      scopes: scopes.filter(isScope),
      restriction: isRestricted ? restrictionTo(jobIds, departments) : null,
      ...(ratePerMinute !== null && { ratePerMinute }),
    },
  };
}

/** Whether the server is a standby that receives nothing from a primary. Errors: those of the database. */
export async function isCutOff(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ cutOff: boolean }>(ASK_PRIMARY);
  return rows[0]?.cutOff === true;
}

/** Whether a token is stored, not revoked and not expired. Errors: DATABASE_UNAVAILABLE. */
export async function isStoredToken(pool: pg.Pool, hash: Uint8Array): Promise<boolean> {
  const { stored } = await lookUpToken(pool, hash);
  return stored !== null && (stored.expiresAt === null || stored.expiresAt.getTime() > Date.now());
}
