import { Failure, shown } from '../errors.ts';
import { isScope, type Restriction, SCOPES, type Scope } from '../viewer.ts';
import { endOf, readExpiry } from './lifetime.ts';
import { isDepartment, isJobId, MAX_DEPARTMENT_LENGTH, MAX_RESTRICTED_TO, restrictionTo } from './restriction.ts';

/** A token to be issued. */
export interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null: it doesn't end. */
  readonly expiresAt: Date | null;
  /** The rows that it sees; null: all. */
  readonly restriction: Restriction | null;
  /** Null: the limits of all tokens. */
  readonly ratePerMinute: number | null;
}

/** The same in the words of a user. */
export interface TokenWords {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly departments: readonly string[];
  readonly jobs: readonly string[];
  readonly expires: string | undefined;
  /** `60/min`. */
  readonly rate: string | undefined;
}

/** How the user names what a message is about: `--name`, or `name`. */
export type TokenLabels = Readonly<Record<keyof TokenWords, string>>;

const MAX_NAME_LENGTH = 100;
const MAX_RATE = 1_000_000;

/**
 * Reads what a token is to be.
 * @param maxLifetimeMs the longest lifetime, in milliseconds; null: unlimited
 * @param now in milliseconds since 1970
 * @throws Failure BAD_USER_INPUT, naming the option, its value and what is accepted
 */
export function readTokenRequest(
  words: TokenWords,
  labels: TokenLabels,
  maxLifetimeMs: number | null,
  now: number,
): TokenRequest {
  const { departments, jobs } = words;
  const scopes = readScopes(words.scopes, labels.scopes);
  checkEach(
    departments,
    labels.departments,
    isDepartment,
    `a name of 1 to ${MAX_DEPARTMENT_LENGTH} printable characters`,
  );
  checkEach(jobs, labels.jobs, isJobId, 'the UUID of a job');
  const isRestricted = departments.length + jobs.length > 0;
  const tooMuch = scopes.find((scope) => scope === 'write' || scope === 'admin');
  if (isRestricted && tooMuch !== undefined)
    throw new Failure(
      'BAD_USER_INPUT',
      `${labels.scopes}: a token that is restricted to departments or jobs can’t have the scope ${tooMuch}, which is about all rows.`,
    );
  const asked = words.expires === undefined ? null : readExpiry(words.expires, labels.expires, now);
  return {
    name: readNewName(words.name, labels.name),
    scopes,
    expiresAt: endOf(asked, labels.expires, maxLifetimeMs, now),
    restriction: isRestricted ? restrictionTo(jobs, departments) : null,
    ratePerMinute: words.rate === undefined ? null : readRate(words.rate, labels.rate),
  };
}

/** What the tokens of ADMIN_TOKEN are called in the log and by the rate limits. */
const OF_CONFIGURATION = /^ADMIN_TOKEN(?: \d+)?$/;

/** Reads the name of a new token. Errors: BAD_USER_INPUT. */
function readNewName(text: string, label: string): string {
  const name = readTokenName(text, label);
  if (OF_CONFIGURATION.test(name))
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: ${shown(name)} is what a token of the configuration is called; choose another name.`,
    );
  return name;
}

/** Reads the name of a token. Errors: BAD_USER_INPUT. */
export function readTokenName(text: string, label: string): string {
  const name = text.length > 2 * MAX_NAME_LENGTH ? '' : text.trim();
  if (name === '' || name.length > MAX_NAME_LENGTH || /[\p{Cc}\p{Surrogate}]/u.test(name))
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: ${shown(text)} is not accepted; a name has 1 to ${MAX_NAME_LENGTH} printable characters.`,
    );
  return name;
}

function readScopes(words: readonly string[], label: string): Scope[] {
  const given = [...new Set(words.map((word) => word.trim()))];
  const wrong = given.find((word) => !isScope(word));
  if (wrong !== undefined || given.length === 0)
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: ${shown(wrong ?? '')} is not a scope; the scopes are ${SCOPES.join(', ')}.`,
    );
  return given.filter(isScope);
}

function checkEach(values: readonly string[], label: string, isRight: (value: string) => boolean, what: string): void {
  if (values.length > MAX_RESTRICTED_TO)
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: ${values.length} are given; at most ${MAX_RESTRICTED_TO} are accepted.`,
    );
  const wrong = values.find((value) => !isRight(value));
  if (wrong !== undefined)
    throw new Failure('BAD_USER_INPUT', `${label}: ${shown(wrong)} is not accepted; it is ${what}.`);
}

function readRate(text: string, label: string): number {
  const rate = Number(/^(\d{1,7})\/min$/.exec(text.trim())?.[1]);
  if (!(rate >= 1 && rate <= MAX_RATE))
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: ${shown(text)} is not accepted; it is a number of requests per minute from 1/min to ${MAX_RATE}/min.`,
    );
  return rate;
}
