import type pg from 'pg';
import { EXPIRES_SOON_MS } from '../../domain/tokens/lifetime.ts';
import { throwDatabaseError } from '../connection/errors/database-errors.ts';

/** A revoked, replaced or expired token needs nothing any more. */
const COUNT = `/* token.expiring */ SELECT count(*)::int AS tokens FROM access_token
  WHERE revoked_at IS NULL AND replaced_at IS NULL AND expires_at > $1 AND expires_at <= $2`;

/** Returns how many tokens in use expire within 14 days. Errors: DATABASE_UNAVAILABLE. */
export async function countExpiringTokens(pool: pg.Pool): Promise<number> {
  const now = Date.now();
  const bounds = [now, now + EXPIRES_SOON_MS].map((at) => new Date(at).toISOString());
  const { rows } = await pool.query<{ tokens: number }>(COUNT, bounds).catch(throwDatabaseError);
  return rows[0]?.tokens ?? 0;
}
