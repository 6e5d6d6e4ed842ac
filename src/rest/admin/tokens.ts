import type { FastifyInstance } from 'fastify';
import { REVOKE_PATH, ROTATE_PATH, TOKENS_PATH } from '../../domain/paths.ts';
import { tokenState } from '../../domain/tokens/state.ts';
import type { IssuedToken, RotatedToken, Rotation, TokenEntry } from '../../domain/tokens/token-entry.ts';
import type { TokenRequest } from '../../domain/tokens/token-request.ts';
import type { Restriction } from '../../domain/viewer.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { administratorRoutes } from './administrator-routes.ts';
import { readCreation, readRevocation, readRotationBody } from './token-request.ts';

/** What administers the stored tokens. */
interface TokenStore {
  list(): Promise<readonly TokenEntry[]>;
  issue(request: TokenRequest): Promise<IssuedToken>;
  rotate(rotation: Rotation): Promise<RotatedToken>;
  revoke(name: string): Promise<void>;
  /** Returns the departments and jobs of a restriction that no stored job has. */
  findUnknown(restriction: Restriction): Promise<readonly string[]>;
}

interface TokenRoutes {
  readonly store: TokenStore;
  /** The longest lifetime of a token, in milliseconds; null: unlimited. */
  readonly maxLifetimeMs: number | null;
  /** Milliseconds without a byte of a body after which a request is aborted. */
  readonly timeoutMs: number;
}

/**
 * Serves the administration of tokens, as `npm run token` does, for the scope `admin`: that includes every other scope and all rows, so nobody
 * can issue a token that may do more than their own (docs/tokens.md).
 */
export function tokenRoutes(
  app: FastifyInstance,
  admit: Admit,
  { store, maxLifetimeMs, timeoutMs }: TokenRoutes,
): void {
  const { reads, changes } = administratorRoutes(app, admit, timeoutMs);
  reads(TOKENS_PATH, async () => {
    const now = Date.now();
    return { tokens: (await store.list()).map((entry) => entryOf(entry, now)) };
  });
  changes(TOKENS_PATH, 201, async ({ body, by, asked }) => {
    const request = readCreation(body, maxLifetimeMs, Date.now());
    // Before the token is there: if this fails, nobody holds one that was never shown.
    const unknown = request.restriction ? await store.findUnknown(request.restriction) : [];
    const issued = await store.issue(request);
    asked.value('token', issued.name);
    for (const scope of issued.scopes) asked.value('scopes', scope);
    app.log.info({ token: issued.name, scopes: issued.scopes, by }, 'a token was created');
    return { token: issued.token, ...entryOf(issued, Date.now()), unknown };
  });
  changes(ROTATE_PATH, 201, async ({ body, by, asked }) => {
    const { issued, formerEndsAt } = await store.rotate(readRotationBody(body, maxLifetimeMs, Date.now()));
    asked.value('token', issued.name);
    app.log.info({ token: issued.name, formerEndsAt, by }, 'a token was rotated');
    return { token: issued.token, ...entryOf(issued, Date.now()), formerEndsAt };
  });
  changes(REVOKE_PATH, 200, async ({ body, by, asked }) => {
    const name = readRevocation(body);
    await store.revoke(name);
    asked.value('token', name);
    app.log.info({ token: name, by }, 'a token was revoked');
    return { name, revoked: true };
  });
}

/** What is told of a token: everything but the token itself. */
function entryOf(entry: TokenEntry, now: number): object {
  const { name, scopes, departments, jobIds, ratePerMinute, createdAt, expiresAt, replacedAt, revokedAt, usedAt } =
    entry;
  return {
    ...{ name, scopes, departments, jobs: jobIds, rate: ratePerMinute === null ? null : `${ratePerMinute}/min` },
    ...{ state: tokenState(entry, now), createdAt, expiresAt, replacedAt, revokedAt, usedAt },
  };
}
