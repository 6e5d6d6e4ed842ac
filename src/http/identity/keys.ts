import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { IdentityProvider } from '../../domain/configuration/identity-provider.ts';
import { Failure } from '../../domain/errors.ts';
import { property } from '../../domain/types/property.ts';

/** Timeout for a response of the provider, in milliseconds. */
const KEYS_TIMEOUT_MS = 5_000;

/** Maximum size of a response of the provider, decompressed, in bytes: a key takes some hundred. */
const MAX_RESPONSE_BYTES = 1 << 20;

/** Milliseconds after a failure during which the provider is not queried. */
const PAUSE_MS = 2_000;

/** Milliseconds until known keys are fetched again, and the minimum interval between two fetches for an unknown key. */
const CACHE_MS = 600_000;
const COOLDOWN_MS = 30_000;

/**
 * Returns a function that finds the key with which a token was signed. Keys are fetched from the provider and cached
 * for a while; for an unknown key they are fetched again.
 *
 * Errors of that function: IDENTITY_PROVIDER_UNAVAILABLE; jose's if the provider has no such key.
 */
export function providerKeys(provider: IdentityProvider): JWTVerifyGetKey {
  /** The time of the last fetch by the clock of the system, as jose goes by it. */
  let fetchedAt = 0;
  const fetchAtOnce = fetchWithTimeout();
  const fetchJson: Fetch = (url, init) => {
    fetchedAt = Date.now();
    return fetchAtOnce(url, init);
  };
  let opened: Promise<ReturnType<typeof createRemoteJWKSet>> | null = null;
  const open = async () => {
    const url = new URL(provider.keys ?? (await discoverKeysUrl(provider.issuer, fetchJson)));
    const options = { timeoutDuration: KEYS_TIMEOUT_MS, cooldownDuration: COOLDOWN_MS, cacheMaxAge: CACHE_MS };
    return createRemoteJWKSet(url, { ...options, [customFetch]: fetchJson });
  };
  return async (header, token) => {
    try {
      opened ??= open().catch((error) => {
        opened = null;
        throw error;
      });
      const keys = await opened;
      // A clock that was set back would make keys last for so much longer, and new ones unknown.
      if (Date.now() < fetchedAt) await keys.reload();
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw unavailable(error);
    }
  };
}

/** Returns the IDENTITY_PROVIDER_UNAVAILABLE for a token that can't be checked because no key is available. */
export const unavailable = (cause: unknown): Failure =>
  new Failure(
    'IDENTITY_PROVIDER_UNAVAILABLE',
    'The identity provider’s keys are not available at the moment, so its tokens can’t be checked. Try again shortly.',
    { cause },
  );

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Returns a fetch that, after a failure, fails at once for a while, so that requests don't each wait for an unavailable
 * provider.
 */
function fetchWithTimeout(): Fetch {
  let failure: unknown = null;
  /** Of `performance.now()`. */
  let retryAt = 0;
  return async (url, init) => {
    if (performance.now() < retryAt) throw failure;
    try {
      const response = await fetch(url, init);
      if (!response.ok) throw new Error(`${url} answered with ${response.status}`);
      return new Response(await readResponse(response, url));
    } catch (error) {
      failure = error;
      retryAt = performance.now() + PAUSE_MS;
      throw error;
    }
  };
}

/**
 * Reads a response, counting its bytes as they arrive. Errors: those of the connection; too many bytes, which ends it.
 */
async function readResponse({ body }: Response, url: string): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = body?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    bytes += next.value.length;
    if (bytes > MAX_RESPONSE_BYTES) {
      await reader?.cancel();
      throw new Error(`${url} answered with more than ${MAX_RESPONSE_BYTES} bytes`);
    }
    chunks.push(next.value);
  }
  return new Blob(chunks);
}

/** Returns the URL of the keys from the provider's metadata (OpenID Connect Discovery 1.0, 4). */
async function discoverKeysUrl(issuer: string, fetchJson: Fetch): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetchJson(url, { redirect: 'manual', signal: AbortSignal.timeout(KEYS_TIMEOUT_MS) });
  const found: unknown = await response.json();
  const [foundIssuer, keys] = [property(found, 'issuer'), property(found, 'jwks_uri')];
  if (foundIssuer !== issuer)
    throw new Error(`${url} names the issuer ${JSON.stringify(foundIssuer)}, but JWT_ISSUER is ${issuer}`);
  if (typeof keys !== 'string' || !URL.canParse(keys)) throw new Error(`${url} has no jwks_uri`);
  if (issuer.startsWith('https:') && !keys.startsWith('https:')) throw new Error(`${url} has a jwks_uri without https`);
  return keys;
}
