import type { FastifyBaseLogger } from 'fastify';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { IdentityProvider } from '../../domain/configuration/identity-provider.ts';
import { Failure } from '../../domain/errors.ts';
import { SCOPES, type Scope, type Viewer } from '../../domain/viewer.ts';
import type { FindViewer } from '../authenticate.ts';
import { providerKeys, unavailable } from './keys.ts';
import { reasonOf } from './reason.ts';
import { restrictionFromClaims } from './restriction.ts';

/** Only asymmetric algorithms: the key that checks a signature must not be able to create one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds by which the clocks may differ. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** Claims that may contain scopes: a space-separated text (RFC 8693, 4.2) or a list. */
const SCOPE_CLAIMS = ['scope', 'scp', 'permissions'];

/** Minimum interval between two log lines about tokens that can't be checked, in milliseconds. */
const LOG_INTERVAL_MS = 60_000;

/** A JWT begins with a base64url-encoded JSON header and a dot (RFC 7515, 3.1); our own tokens contain no dots. */
const JWT = /^eyJ[\w-]*\./;

/**
 * Returns a `findViewer` that also accepts tokens of the identity provider.
 *
 * Errors for those: NOT_AUTHENTICATED, which says what is wrong; IDENTITY_PROVIDER_UNAVAILABLE, which is also logged,
 * if the provider's keys are needed and not available.
 */
export function withIdentityProvider(
  provider: IdentityProvider,
  findViewer: FindViewer,
  log: FastifyBaseLogger,
): FindViewer {
  const logOutage = outageLogger(log);
  const keys = providerKeys(provider);
  const { issuer, audience } = provider;
  const rules = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['sub', 'exp'],
  };
  return async (token) => {
    if (!JWT.test(token)) return await findViewer(token);
    const { payload } = await jwtVerify(token, keys, rules).catch((error) => {
      if (error instanceof errors.JOSEError) throw new Failure('NOT_AUTHENTICATED', faultOf(error));
      // Other errors come from using a key, for example one that is too short.
      const failure = error instanceof Failure ? error : unavailable(error);
      logOutage(failure);
      throw failure;
    });
    return viewerFromClaims(payload, provider);
  };
}

/**
 * Returns a function that logs why tokens can't be checked and how many were refused for that reason; at most once per
 * interval, since every line would say the same.
 */
function outageLogger(log: FastifyBaseLogger): (failure: Failure) => void {
  let loggedAt = Number.NEGATIVE_INFINITY;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let refused = 0;
  return ({ cause }) => {
    // Refusals of a long-past outage don't belong to this one.
    if (Date.now() > refusedAt + LOG_INTERVAL_MS) refused = 0;
    refusedAt = Date.now();
    refused++;
    if (Date.now() < loggedAt + LOG_INTERVAL_MS) return;
    log.error(
      { refused, reason: reasonOf(cause) },
      'the identity provider’s keys are not available: its tokens are refused',
    );
    loggedAt = Date.now();
    refused = 0;
  };
}

function viewerFromClaims(payload: JWTPayload, provider: IdentityProvider): Viewer {
  const { issuer, scopePrefix } = provider;
  const { sub } = payload;
  if (typeof sub !== 'string' || sub === '') throw new Failure('NOT_AUTHENTICATED', unacceptable('sub'));
  const words = SCOPE_CLAIMS.flatMap((claim) => {
    const value = payload[claim];
    return typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  });
  const scopes = SCOPES.filter((scope: Scope) => words.includes(scopePrefix + scope));
  const restriction = restrictionFromClaims(payload, provider);
  return { name: sub, caller: `jwt ${issuer} ${sub}`, scopes, restriction, issuer };
}

/** Returns what is wrong with a token, for its sender. Of what was expected it reveals only the form. */
function faultOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) return claimReason(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The token’s signature is invalid.';
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is not signed with an accepted algorithm; accepted are ${ALGORITHMS.join(', ')}.`;
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token is signed with a key that the identity provider doesn’t have.';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token doesn’t say which key it is signed with (kid).';
  return 'The token is not a well-formed JWT.';
}

function claimReason({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The token has no ${claim} claim.`;
  if (reason === 'invalid') return unacceptable(claim);
  if (claim === 'iss') return 'The token’s issuer isn’t trusted by this service.';
  if (claim === 'aud') return 'The token isn’t intended for this service (claim aud).';
  if (claim === 'nbf') return 'The token is not valid yet.';
  return unacceptable(claim);
}

const unacceptable = (claim: string): string => `The token’s ${claim} claim is invalid.`;
