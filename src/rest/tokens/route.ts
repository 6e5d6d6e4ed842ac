import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkNames, parametersOf } from '../../domain/parameters.ts';
import { REVOKE_PATH, ROTATE_PATH, TOKENS_PATH } from '../../domain/paths.ts';
import { tokenState } from '../../domain/tokens/state.ts';
import type { IssuedToken, RotatedToken, Rotation, TokenEntry } from '../../domain/tokens/token-entry.ts';
import type { TokenRequest } from '../../domain/tokens/token-request.ts';
import { requireScope } from '../../domain/viewer.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';
import { uploadedText } from '../import/upload.ts';
import { checkJson, MAX_BODY_BYTES, readCreation, readRevocation, readRotationBody } from './request.ts';

/** What administers the stored tokens. */
interface TokenStore {
  list(): Promise<readonly TokenEntry[]>;
  issue(request: TokenRequest): Promise<IssuedToken>;
  rotate(rotation: Rotation): Promise<RotatedToken>;
  revoke(name: string): Promise<void>;
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
  const admitAdministrator = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'admin');
    checkNames(parametersOf(request), []);
    return viewer.name;
  };

  app.get(TOKENS_PATH, async (request, reply) => {
    await admitAdministrator(request, reply);
    const now = Date.now();
    return { tokens: (await store.list()).map((entry) => entryOf(entry, now)) };
  });

  /** A route that changes something. `change` gets the body as text, and who asks. */
  const changes = (url: string, status: number, change: (body: string, by: string) => Promise<object>) => {
    const administrators = new WeakMap<FastifyRequest, string>();
    // Runs before Fastify reads Content-Type, so that whoever is no administrator hears that first.
    const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
      administrators.set(request, await admitAdministrator(request, reply));
      checkJson(request.headers);
    };
    app.post(url, { onRequest }, async (request, reply) => {
      const body = await uploadedText(request.raw, { maxBytes: MAX_BODY_BYTES, timeoutMs });
      return await reply.code(status).send(await change(body, administrators.get(request) ?? ''));
    });
  };

  changes(TOKENS_PATH, 201, async (body, by) => {
    const issued = await store.issue(readCreation(body, maxLifetimeMs, Date.now()));
    app.log.info({ token: issued.name, scopes: issued.scopes, by }, 'a token was created');
    return { token: issued.token, ...entryOf(issued, Date.now()) };
  });
  changes(ROTATE_PATH, 201, async (body, by) => {
    const { issued, formerEndsAt } = await store.rotate(readRotationBody(body, maxLifetimeMs, Date.now()));
    app.log.info({ token: issued.name, formerEndsAt, by }, 'a token was rotated');
    return { token: issued.token, ...entryOf(issued, Date.now()), formerEndsAt };
  });
  changes(REVOKE_PATH, 200, async (body, by) => {
    const name = readRevocation(body);
    await store.revoke(name);
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
