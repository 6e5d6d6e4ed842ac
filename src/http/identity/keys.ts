import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { IdentityProvider } from '../../domain/configuration/identity-provider.ts';
import { Failure } from '../../domain/errors.ts';
import { property } from '../../domain/types/property.ts';

/** Milliseconds for an answer of the provider. */
const KEYS_TIMEOUT_MS = 5_000;

/** Bytes of an answer of the provider, unpacked: keys take some hundred each. */
const MAX_RESPONSE_BYTES = 1 << 20;

/** Milliseconds that the provider isn't asked after it failed. */
const PAUSE_MS = 2_000;

/** Milliseconds until keys that are known are fetched again, and the least between two fetches for a key that isn't. */
const CACHE_MS = 600_000;
const COOLDOWN_MS = 30_000;

/**
 * Finds the key that a token was signed with: at the provider, and then here, for a while. A key that isn't known is looked for there again.
 * Errors: IDENTITY_PROVIDER_UNAVAILABLE; jose's where the provider has no such key.
 */
export function providerKeys(provider: IdentityProvider): JWTVerifyGetKey {
  const ask = fetchWithTimeout();
  let opened: Promise<JWTVerifyGetKey> | null = null;
  const open = async () => {
    const url = new URL(provider.keys ?? (await discoverKeysUrl(provider.issuer, ask)));
    const options = { timeoutDuration: KEYS_TIMEOUT_MS, cooldownDuration: COOLDOWN_MS, cacheMaxAge: CACHE_MS };
    return createRemoteJWKSet(url, { ...options, [customFetch]: ask });
  };
  return async (header, token) => {
    try {
      opened ??= open().catch((error) => {
        opened = null;
        throw error;
      });
      const keys = await opened;
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw unavailable(error);
    }
  };
}

/** The failure of a check that has no key it could use. */
export const unavailable = (cause: unknown): Failure =>
  new Failure(
    'IDENTITY_PROVIDER_UNAVAILABLE',
    'The identity provider’s keys can’t be had at the moment, so its tokens can’t be checked. Try again shortly.',
    { cause },
  );

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A fetch that fails at once for a while after it has failed: nobody waits again and again for what isn't there. */
function fetchWithTimeout(): Fetch {
  let failure: unknown = null;
  let askAgainAt = 0;
  return async (url, init) => {
    if (Date.now() < askAgainAt) throw failure;
    try {
      const response = await fetch(url, init);
      if (!response.ok) throw new Error(`${url} answered with ${response.status}`);
      return new Response(await readResponse(response, url));
    } catch (error) {
      failure = error;
      askAgainAt = Date.now() + PAUSE_MS;
      throw error;
    }
  };
}

/** The bytes of an answer, counted as they come. Errors: those of the connection; where there are too many, which ends it. */
async function readResponse({ body }: Response, url: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = body?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    bytes += next.value.length;
    if (bytes > MAX_RESPONSE_BYTES) {
      await reader?.cancel();
      throw new Error(`${url} answered with more than ${MAX_RESPONSE_BYTES} bytes`);
    }
    pieces.push(next.value);
  }
  return new Blob(pieces);
}

/** Where the provider says that its keys are (OpenID Connect Discovery 1.0, 4). */
async function discoverKeysUrl(issuer: string, ask: Fetch): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await ask(url, { redirect: 'manual', signal: AbortSignal.timeout(KEYS_TIMEOUT_MS) });
  const found: unknown = await response.json();
  const [said, keys] = [property(found, 'issuer'), property(found, 'jwks_uri')];
  if (said !== issuer) throw new Error(`${url} names the issuer ${JSON.stringify(said)}, and JWT_ISSUER ${issuer}`);
  if (typeof keys !== 'string' || !URL.canParse(keys)) throw new Error(`${url} names no jwks_uri`);
  if (issuer.startsWith('https:') && !keys.startsWith('https:'))
    throw new Error(`${url} names a jwks_uri without https`);
  return keys;
}
