import { Failure, shown } from '../../domain/errors.ts';
import type { IssuedToken, RotatedToken, Rotation, TokenEntry } from '../../domain/tokens/token-entry.ts';
import type { TokenRequest } from '../../domain/tokens/token-request.ts';
import type { Scope } from '../../domain/viewer.ts';
import { retryOnConflict, throwDatabaseError } from '../connection/errors/database-errors.ts';
import { LOCKS } from '../connection/locks/locks.ts';
import type { PrismaClient } from '../generated/client.ts';
import { hashOfSecret, newSecret } from './secret.ts';

/** The name of the token that the first start on an embedded database creates. */
export const FIRST_TOKEN_NAME = 'first start';

/** What a token has if nothing else is asked for. */
const PLAIN = { expiresAt: null, restriction: null, ratePerMinute: null };

/**
 * Creates a token of 32 random letters and digits and returns it; only its SHA-256 is stored.
 * Errors: CONFLICT if a token of that name is in use.
 */
export const createToken = async (prisma: PrismaClient, name: string, scopes: readonly Scope[]): Promise<string> =>
  (await issueToken(prisma, { name, scopes, ...PLAIN })).token;

/** Creates a token as asked for. Errors: CONFLICT if a token of that name is in use. */
export async function issueToken(
  prisma: PrismaClient,
  { name, scopes, expiresAt, restriction, ratePerMinute }: TokenRequest,
): Promise<IssuedToken> {
  const { jobIds, departments } = restriction ?? { jobIds: [], departments: [] };
  const token = newSecret();
  const data = {
    ...{ name, hash: hashOfSecret(token), scopes: [...scopes], expiresAt, ratePerMinute },
    ...{ jobIds: [...jobIds], departments: [...departments] },
  };
  const entry = await changeTokens(prisma, async (transaction) => {
    if (await transaction.accessToken.findFirst({ where: inUseNow(name) }))
      throw new Failure(
        'CONFLICT',
        `There is a token named ${shown(name)} already; revoke or rotate it, or choose another name.`,
      );
    return await transaction.accessToken.create({ data, omit: { hash: true } });
  });
  return { ...entry, token };
}

type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/**
 * Changes tokens, one change after the other: of two that create a token, the second must find the first one's, and a revocation the one that a
 * rotation is just issuing. Errors: those of the work; DATABASE_UNAVAILABLE.
 */
const changeTokens = <T>(prisma: PrismaClient, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
  retryOnConflict(() =>
    prisma.$transaction(async (transaction) => {
      await transaction.$executeRaw`/* token.lock */ SELECT pg_advisory_xact_lock(${LOCKS.tokens}::bigint)`;
      return await work(transaction);
    }),
  ).catch(throwDatabaseError);

/** Selects the token of a name that is in use and that no other one has replaced. */
const inUseNow = (name: string) => ({
  ...{ name, revokedAt: null, replacedAt: null },
  OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
});

/**
 * Issues a new token of a name, with the scopes, the restriction and the rate of the old one, which ends after the overlap, or earlier if it
 * would have anyway. Of two rotations at once, one succeeds. Errors: NOT_FOUND if no token of that name is in use.
 */
export async function rotateToken(prisma: PrismaClient, { name, overlapMs, endOf }: Rotation): Promise<RotatedToken> {
  const token = newSecret();
  return await changeTokens(prisma, async (transaction) => {
    const now = Date.now();
    // By one statement: instances of an older version take no lock.
    const [replaced] = await transaction.$queryRaw<{ id: number }[]>`/* token.replace */
        UPDATE access_token SET replaced_at = ${new Date(now)} WHERE name = ${name} AND revoked_at IS NULL
        AND replaced_at IS NULL AND (expires_at IS NULL OR expires_at > ${new Date(now)}) RETURNING id`;
    const former = replaced && (await transaction.accessToken.findUnique({ where: { id: replaced.id } }));
    if (!former) throw notInUse(name);
    const { scopes, departments, jobIds, ratePerMinute } = former;
    const formerEndsAt = new Date(Math.min(now + overlapMs, former.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY));
    await transaction.accessToken.updateMany({
      where: { name, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: formerEndsAt } }] },
      data: { expiresAt: formerEndsAt },
    });
    const lifetimeMs = former.expiresAt && former.expiresAt.getTime() - former.createdAt.getTime();
    const data = {
      ...{ name, hash: hashOfSecret(token), scopes, departments, jobIds, ratePerMinute },
      expiresAt: endOf(lifetimeMs),
    };
    const entry = await transaction.accessToken.create({ data, omit: { hash: true } });
    return { issued: { ...entry, token }, formerEndsAt };
  });
}

/** Returns all tokens ever created, oldest first. */
export const listTokens = (prisma: PrismaClient): Promise<TokenEntry[]> =>
  retryOnConflict(() => prisma.accessToken.findMany({ omit: { hash: true }, orderBy: { id: 'asc' } })).catch(
    throwDatabaseError,
  );

/**
 * Revokes the token of a name permanently, and those that it has replaced; within a second, no request with them is accepted. Errors:
 * NOT_FOUND if there is none that wasn't revoked.
 */
export async function revokeToken(prisma: PrismaClient, name: string): Promise<void> {
  const { count } = await changeTokens(prisma, ({ accessToken }) =>
    accessToken.updateMany({ where: { name, revokedAt: null }, data: { revokedAt: new Date() } }),
  );
  if (count === 0) throw notInUse(name);
}

const notInUse = (name: string): Failure =>
  new Failure('NOT_FOUND', `No token named ${shown(name)} is in use; \`npm run token -- list\` shows them.`);

/** Returns what administers the tokens of a database. Errors: those of each. */
export const tokenStore = (prisma: PrismaClient) => ({
  list: () => listTokens(prisma),
  issue: (request: TokenRequest) => issueToken(prisma, request),
  rotate: (rotation: Rotation) => rotateToken(prisma, rotation),
  revoke: (name: string) => revokeToken(prisma, name),
});
