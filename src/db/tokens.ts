import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { Failure, shown } from '../domain/errors.ts';
import { isScope, type Scope, type Viewer } from '../domain/viewer.ts';
import { retryOnConflict, throwDatabaseError } from './connection/errors/database-errors.ts';
import type { PrismaClient } from './generated/client.ts';

/** The name of the token that the first start on an embedded database creates. */
export const FIRST_TOKEN_NAME = 'first start';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 32;

const sha256 = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());

/** A token as `token list` shows it. The token itself is not stored. */
export interface TokenEntry {
  readonly id: number;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/**
 * Creates a token of 32 random letters and digits (190 bits) and returns it; only its SHA-256 is stored.
 * Errors: CONFLICT if a token of that name is in use.
 */
export async function createToken(prisma: PrismaClient, name: string, scopes: readonly Scope[]): Promise<string> {
  const token = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const inUse = await retryOnConflict(() => prisma.accessToken.findFirst({ where: { name, revokedAt: null } })).catch(
    throwDatabaseError,
  );
  if (inUse)
    throw new Failure(
      'CONFLICT',
      `There is a token named ${shown(name)} already; revoke it first or choose another name.`,
    );
  const data = { name, hash: sha256(token), scopes: [...scopes] };
  await retryOnConflict(() => prisma.accessToken.create({ data })).catch(throwDatabaseError);
  return token;
}

/** Returns all tokens ever created, oldest first. */
export const listTokens = (prisma: PrismaClient): Promise<TokenEntry[]> =>
  retryOnConflict(() => prisma.accessToken.findMany({ omit: { hash: true }, orderBy: { id: 'asc' } })).catch(
    throwDatabaseError,
  );

/** Revokes a token permanently; within a second, no request with it is accepted. Errors: NOT_FOUND if no token of that name is in use. */
export async function revokeToken(prisma: PrismaClient, name: string): Promise<void> {
  const { count } = await retryOnConflict(() =>
    prisma.accessToken.updateMany({ where: { name, revokedAt: null }, data: { revokedAt: new Date() } }),
  ).catch(throwDatabaseError);
  if (count === 0)
    throw new Failure('NOT_FOUND', `No token named ${shown(name)} is in use; \`npm run token -- list\` shows them.`);
}

/** Milliseconds for which a viewer is remembered. A revoked token is refused after at most so long, by every instance. */
const REMEMBERED_MS = 1_000;

/** The maximum number of remembered viewers. */
const MAX_REMEMBERED = 1_000;

/**
 * Returns a function that finds the viewer of a token, or null. Requests of a token that come within a second share one look-up. Unknown and
 * revoked tokens are not remembered, so that a new token is accepted at once. Errors: DATABASE_UNAVAILABLE.
 */
export function tokenFinder(pool: pg.Pool, adminTokens: readonly string[]): (token: string) => Promise<Viewer | null> {
  const hashes = adminTokens.map(sha256);
  const remembered = new LRUCache<string, Promise<Viewer | null>>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  return (token) => {
    const known = remembered.get(token);
    if (known) return known;
    const found = viewerOfToken(pool, hashes, token);
    remembered.set(token, found);
    const forget = () => {
      if (remembered.peek(token) === found) remembered.delete(token);
    };
    found.then((viewer) => viewer ?? forget(), forget);
    return found;
  };
}

const FIND_TOKEN = '/* token.find */ SELECT name, scopes FROM access_token WHERE hash = $1 AND revoked_at IS NULL';

/**
 * Returns the viewer of a token, or null. The token is looked up by its SHA-256, so that the time reveals nothing about stored tokens; the
 * administrators' tokens from the environment, of which these are the SHA-256s, are compared in constant time. Errors: DATABASE_UNAVAILABLE.
 */
async function viewerOfToken(pool: pg.Pool, adminHashes: readonly Uint8Array[], token: string): Promise<Viewer | null> {
  const hash = sha256(token);
  const administrator = adminHashes.findIndex((known) => timingSafeEqual(hash, known));
  if (administrator >= 0) {
    // Each of several has a name of its own: the log then shows whether the old one is still in use.
    const name = administrator === 0 ? 'ADMIN_TOKEN' : `ADMIN_TOKEN ${administrator + 1}`;
    return { name, caller: `token ${name}`, scopes: ['admin'], restriction: null };
  }
  const { rows } = await retryOnConflict(() =>
    pool.query<Pick<TokenEntry, 'name' | 'scopes'>>(FIND_TOKEN, [hash]),
  ).catch(throwDatabaseError);
  const [entry] = rows;
  if (!entry) return null;
  return { name: entry.name, caller: `token ${entry.name}`, scopes: entry.scopes.filter(isScope), restriction: null };
}

/** Whether a token is stored and not revoked. Errors: DATABASE_UNAVAILABLE. */
export const isStoredToken = async (pool: pg.Pool, token: string): Promise<boolean> =>
  (await viewerOfToken(pool, [], token)) !== null;
