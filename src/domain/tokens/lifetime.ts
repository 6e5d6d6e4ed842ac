import { Failure, shown } from '../errors.ts';

const UNITS = { h: 3_600_000, d: 86_400_000 } as const;
const DAY_MS = UNITS.d;

/** The longest lifetime that can be written, in days. */
const MAX_DAYS = 36_500;

/** From so many milliseconds before its end on, a token counts as one that expires soon. */
export const EXPIRES_SOON_MS = 14 * DAY_MS;

const FORM =
  'a time from now, such as 12h or 90d, a day, such as 2027-01-31, or a moment, such as 2027-01-31T12:00:00Z';

/**
 * Returns when a token ends, of which a user has written `text`; a day belongs to its lifetime, in UTC.
 * @param label how the user names the option
 * @param now in milliseconds since 1970
 * @throws Failure BAD_USER_INPUT unless it is a moment to come, at most 100 years ahead
 */
export function readExpiry(text: string, label: string, now: number): Date {
  const [at, isRight] = [momentOf(text.trim(), now), text.length <= 40];
  if (!isRight || at === null)
    throw new Failure('BAD_USER_INPUT', `${label}: ${shown(text)} is not accepted; accepted are ${FORM}.`);
  if (at <= now || at > now + MAX_DAYS * DAY_MS)
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: ${shown(text)} is ${at <= now ? 'over already' : `more than ${MAX_DAYS} days ahead`}; give ${FORM}.`,
    );
  return new Date(at);
}

/** Returns the milliseconds since 1970 of a moment; null if the text is none. */
function momentOf(text: string, now: number): number | null {
  const lifetime = lifetimeOf(text);
  if (lifetime !== null) return now + lifetime;
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d)?Z)?$/.exec(text) ?? [];
  if (day === undefined) return null;
  const start = Date.parse(`${day}T00:00:00Z`);
  // JavaScript takes the 31st of a month of 30 days for the 1st of the next.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return null;
  const at = time === undefined ? start + DAY_MS : Date.parse(day + time);
  return Number.isNaN(at) ? null : at;
}

/** Returns the milliseconds of a time such as `12h` or `90d`; null if the text is none. */
function lifetimeOf(text: string): number | null {
  const [, number, unit] = /^(\d{1,6})([hd])$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * UNITS[unit as keyof typeof UNITS];
}

/**
 * Returns for how long a token that is replaced is still accepted, in milliseconds.
 * @param label how the user names the option
 * @throws Failure BAD_USER_INPUT unless it is a time up to 90 days, such as `0h`, `24h` or `7d`
 */
export function readOverlap(text: string, label: string): number {
  const overlap = text.length > 10 ? null : lifetimeOf(text.trim());
  if (overlap === null || overlap > 90 * DAY_MS)
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: ${shown(text)} is not accepted; it is a time up to 90d, such as 0h, 24h or 7d.`,
    );
  return overlap;
}

/**
 * Returns when a token ends that is issued now.
 * @param asked the end that was asked for; null: none
 * @param label how the user names the option
 * @param maxLifetimeMs the longest lifetime, which is also that of a token for which none is asked; null: unlimited
 * @throws Failure BAD_USER_INPUT if it would live longer
 */
export function endOf(asked: Date | null, label: string, maxLifetimeMs: number | null, now: number): Date | null {
  if (maxLifetimeMs === null) return asked;
  const latest = new Date(now + maxLifetimeMs);
  if (asked === null) return latest;
  // What was written as that many days may have become a day that belongs to it.
  if (asked.getTime() >= latest.getTime() + DAY_MS)
    throw new Failure(
      'BAD_USER_INPUT',
      `${label}: the token would end at ${asked.toISOString()}; the latest that TOKEN_MAX_LIFETIME allows is ${latest.toISOString()}.`,
    );
  return asked < latest ? asked : latest;
}

/** Returns when a token ends that takes the place of one with this lifetime; as `endOf`, for the end that was asked for. */
export function endOfNext(
  asked: Date | null,
  lifetimeMs: number | null,
  label: string,
  maxLifetimeMs: number | null,
  now: number,
): Date | null {
  if (asked !== null || lifetimeMs === null) return endOf(asked, label, maxLifetimeMs, now);
  return new Date(now + Math.min(lifetimeMs, maxLifetimeMs ?? lifetimeMs));
}
