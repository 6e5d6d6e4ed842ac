import type { FastifyBaseLogger } from 'fastify';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { IdentityProvider } from '../../domain/configuration/identity-provider.ts';
import { Failure } from '../../domain/errors.ts';
import { SCOPES, type Scope, type Viewer } from '../../domain/viewer.ts';
import type { FindViewer } from '../authenticate.ts';
import { providerKeys, unavailable } from './keys.ts';
import { reasonOf } from './reason.ts';

/** Only with a pair of keys: whoever can check a signature must not be able to make one. */
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

/** Seconds by which clocks may differ. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** The claims that scopes may stand in: a text with blanks between them (RFC 8693, 4.2), or a list. */
const SCOPE_CLAIMS = ['scope', 'scp', 'permissions'];

/** Milliseconds between two lines of the log that say that tokens can't be checked. */
const LOG_INTERVAL_MS = 60_000;

/** A JWT begins with a header of JSON and a dot (RFC 7515, 3.1); our own tokens have no dots. */
const JWT = /^eyJ[\w-]*\./;

/**
 * Takes the tokens of an identity provider, too. Errors of those: NOT_AUTHENTICATED, saying what is wrong; IDENTITY_PROVIDER_UNAVAILABLE
 * where its keys are needed and can't be had, of which the log is told.
 */
export function withIdentityProvider(
  provider: IdentityProvider | null,
  findViewer: FindViewer,
  log: FastifyBaseLogger,
): FindViewer {
  if (provider === null) return findViewer;
  const tell = outages(log);
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
      // What else fails is the use of a key, such as a short one.
      const failure = error instanceof Failure ? error : unavailable(error);
      tell(failure);
      throw failure;
    });
    return viewerFromClaims(payload, provider);
  };
}

/** Tells the log why tokens can't be checked and how many were refused for it: once in a while, for every one of them would say the same. */
function outages(log: FastifyBaseLogger): (failure: Failure) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  let refused = 0;
  return ({ cause }) => {
    // Those of an outage long ago are not of this one.
    if (Date.now() > lastAt + LOG_INTERVAL_MS) refused = 0;
    lastAt = Date.now();
    refused++;
    if (Date.now() < toldAt + LOG_INTERVAL_MS) return;
    log.error(
      { refused, reason: reasonOf(cause) },
      'the identity provider’s keys can’t be had: its tokens are refused',
    );
    toldAt = Date.now();
    refused = 0;
  };
}

function viewerFromClaims(payload: JWTPayload, { issuer, scopePrefix }: IdentityProvider): Viewer {
  const { sub } = payload;
  if (typeof sub !== 'string' || sub === '') throw new Failure('NOT_AUTHENTICATED', unacceptable('sub'));
  const words = SCOPE_CLAIMS.flatMap((claim) => {
    const value = payload[claim];
    return typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  });
  const scopes = SCOPES.filter((scope: Scope) => words.includes(scopePrefix + scope));
  return { name: sub, caller: `jwt ${issuer} ${sub}`, scopes, restriction: null };
}

/** What is wrong with a token, for who sent it; nothing of what was expected but the form. */
function faultOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) return claimReason(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The token’s signature is wrong.';
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is not signed with an algorithm that is accepted; those are ${ALGORITHMS.join(', ')}.`;
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token is signed with a key that the identity provider doesn’t have.';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token doesn’t say which key it is signed with (kid).';
  return 'The token is no well-formed JWT.';
}

function claimReason({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `The token lacks the claim ${claim}.`;
  if (reason === 'invalid') return unacceptable(claim);
  if (claim === 'iss') return 'The token comes from another issuer than this service takes tokens from.';
  if (claim === 'aud') return 'The token is for another audience than this service.';
  if (claim === 'nbf') return 'The token is not valid yet.';
  return unacceptable(claim);
}

const unacceptable = (claim: string): string => `The token’s claim ${claim} is not what it has to be.`;
