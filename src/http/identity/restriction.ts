import type { JWTPayload } from 'jose';
import type { IdentityProvider } from '../../domain/configuration/identity-provider.ts';
import { Failure } from '../../domain/errors.ts';
import { isDepartment, isJobId, MAX_RESTRICTED_TO, restrictionTo } from '../../domain/tokens/restriction.ts';
import type { Restriction } from '../../domain/viewer.ts';

/** The value of a claim that says that its token sees all rows. */
const ALL = '*';

/**
 * Returns the rows that a verified token sees; null: all, if no claim is configured, or one says so. A token that says nothing is refused: what
 * an identity provider forgets must not show everything.
 *
 * Errors: FORBIDDEN if the token has none of the configured claims; NOT_AUTHENTICATED if one of them is malformed.
 */
export function restrictionFromClaims(
  payload: JWTPayload,
  { departmentsClaim, jobsClaim }: Pick<IdentityProvider, 'departmentsClaim' | 'jobsClaim'>,
): Restriction | null {
  const claims = [departmentsClaim, jobsClaim].filter((claim) => claim !== null);
  if (claims.length === 0) return null;
  if (claims.every((claim) => payload[claim] === undefined))
    throw new Failure(
      'FORBIDDEN',
      `The token doesn’t say which rows it may see: it has no claim ${claims.join(' and no ')}.`,
    );
  const [departments, jobs] = [
    valuesOf(payload, departmentsClaim, isDepartment),
    valuesOf(payload, jobsClaim, isJobId),
  ];
  return departments === ALL || jobs === ALL ? null : restrictionTo(jobs, departments);
}

/** Returns the values of a claim, which is a text or a list of texts; none if the token doesn't have it. */
function valuesOf(
  payload: JWTPayload,
  claim: string | null,
  isRight: (value: string) => boolean,
): readonly string[] | typeof ALL {
  const value = claim === null ? undefined : payload[claim];
  if (value === undefined) return [];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 1 && values[0] === ALL) return ALL;
  const texts = values.filter((one) => typeof one === 'string').filter(isRight);
  if (values.length > MAX_RESTRICTED_TO || texts.length < values.length)
    throw new Failure('NOT_AUTHENTICATED', `The token’s ${claim} claim is invalid.`);
  return texts;
}
