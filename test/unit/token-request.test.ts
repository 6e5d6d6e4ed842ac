/** What may be asked of a new token, and what is said of the rest. */
import { describe, expect, test } from 'vitest';
import { readExpiry, readOverlap } from '../../src/domain/tokens/lifetime.ts';
import { readRotation } from '../../src/domain/tokens/rotation.ts';
import { tokenState } from '../../src/domain/tokens/state.ts';
import { readTokenRequest, type TokenWords } from '../../src/domain/tokens/token-request.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const DAY = 86_400_000;
const JOB = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const LABELS = {
  ...{ name: '--name', scopes: '--scope', expires: '--expires' },
  ...{ departments: '--department', jobs: '--job', rate: '--rate' },
};
const PLAIN = { name: 'a', scopes: ['read'], departments: [], jobs: [], expires: undefined, rate: undefined };

const read = (words: Partial<TokenWords>, maxLifetimeMs: number | null = null) =>
  readTokenRequest({ ...PLAIN, ...words }, LABELS, maxLifetimeMs, NOW);

describe('the end of a token', () => {
  test.each([
    ['90d', '2027-02-27T12:00:00.000Z'],
    ['12h', '2026-11-30T00:00:00.000Z'],
    ['2027-01-31', '2027-02-01T00:00:00.000Z'],
    ['2026-11-29', '2026-11-30T00:00:00.000Z'],
    ['2027-01-31T12:00:00Z', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31T12:00Z', '2027-01-31T12:00:00.000Z'],
  ])('%s is %s', (text, end) => {
    expect(readExpiry(text, '--expires', NOW).toISOString()).toBe(end);
  });

  test.each([
    '',
    '90',
    '90m',
    'never',
    '-1d',
    '2027-02-29',
    '2027-04-31',
    '2027-13-01',
    '2027-01-31T12:00:00',
    '2027-01-31T25:00:00Z',
    '31.1.2027',
    ' '.repeat(50),
  ])('%j is not accepted', (text) => {
    expect(() => readExpiry(text, '--expires', NOW)).toThrow(
      /^--expires: ".*" is not accepted; accepted are a time from now, such as 12h or 90d, a day, /,
    );
  });

  test.each([
    ['0d', 'is over already'],
    ['2026-11-28', 'is over already'],
    ['2026-11-29T11:59:59Z', 'is over already'],
    ['36501d', 'is more than 36500 days ahead'],
  ])('%s %s', (text, reason) => {
    expect(() => readExpiry(text, '--expires', NOW)).toThrow(`--expires: "${text}" ${reason}; give`);
  });

  test('is never, or as far ahead as TOKEN_MAX_LIFETIME, unless asked for', () => {
    expect(read({}).expiresAt).toBeNull();
    expect(read({}, 30 * DAY).expiresAt?.toISOString()).toBe('2026-12-29T12:00:00.000Z');
    expect(read({ expires: '30d' }, 30 * DAY).expiresAt?.toISOString()).toBe('2026-12-29T12:00:00.000Z');
    expect(read({ expires: '2026-12-29' }, 30 * DAY).expiresAt?.toISOString()).toBe('2026-12-29T12:00:00.000Z');
    expect(() => read({ expires: '31d' }, 30 * DAY)).toThrow(
      '--expires: the token would end at 2026-12-30T12:00:00.000Z; the latest that TOKEN_MAX_LIFETIME allows is 2026-12-29T12:00:00.000Z.',
    );
  });
});

describe('a token', () => {
  test('has a restriction in one form, however it was written', () => {
    const other = '00000000-0000-0000-0000-000000000001';
    expect(
      read({ departments: ['Sales', 'Design', 'Sales'], jobs: [JOB.toUpperCase(), other, JOB] }).restriction,
    ).toEqual({ departments: ['Design', 'Sales'], jobIds: [other, JOB] });
    expect(read({}).restriction).toBeNull();
  });

  test.each<[Partial<TokenWords>, string]>([
    [{ name: ' ' }, '--name: " " is not accepted; a name has 1 to 100 printable characters.'],
    [
      { name: ' ADMIN_TOKEN 2' },
      '--name: "ADMIN_TOKEN 2" is what a token of the configuration is called; choose another name.',
    ],
    [{ name: 'a\nb' }, '--name: "a\\nb" is not accepted; a name has 1 to 100 printable characters.'],
    [{ name: 'a'.repeat(101) }, 'is not accepted; a name has 1 to 100 printable characters.'],
    [{ scopes: ['read', 'all'] }, '--scope: "all" is not a scope; the scopes are read, personal, write, admin.'],
    [{ scopes: [] }, '--scope: "" is not a scope; the scopes are read, personal, write, admin.'],
    [{ jobs: ['7'] }, '--job: "7" is not accepted; it is the UUID of a job.'],
    [{ departments: [''] }, '--department: "" is not accepted; it is a name of 1 to 200 printable characters.'],
    [{ jobs: Array(101).fill(JOB) }, '--job: 101 are given; at most 100 are accepted.'],
    [
      { jobs: [JOB], scopes: ['read', 'write'] },
      '--scope: a token that is restricted to departments or jobs can’t have the scope write, which is about all rows.',
    ],
    [{ departments: ['Sales'], scopes: ['admin'] }, 'can’t have the scope admin, which is about all rows.'],
    [{ rate: '60' }, '--rate: "60" is not accepted; it is a number of requests per minute from 1/min to 1000000/min.'],
    [{ rate: '0/min' }, '--rate: "0/min" is not accepted;'],
    [{ rate: '1000001/min' }, '--rate: "1000001/min" is not accepted;'],
  ])('%j is refused', (words, message) => {
    expect(() => read(words)).toThrow(message);
  });

  test('has a rate of its own', () => {
    expect(read({ rate: '120/min' }).ratePerMinute).toBe(120);
    expect(read({}).ratePerMinute).toBeNull();
  });
});

describe('a rotation', () => {
  const rotation = (words: object, maxLifetimeMs: number | null = null) =>
    readRotation(
      { name: 'a', overlap: '24h', expires: undefined, ...words },
      { name: 'NAME', overlap: '--overlap', expires: '--expires' },
      maxLifetimeMs,
      NOW,
    );
  const end = (lifetimeMs: number | null, words: object = {}, max: number | null = null) =>
    rotation(words, max).endOf(lifetimeMs)?.toISOString() ?? null;

  test('gives the new token the lifetime of the old one, or the one asked for, within TOKEN_MAX_LIFETIME', () => {
    expect(end(null)).toBeNull();
    expect(end(10 * DAY)).toBe('2026-12-09T12:00:00.000Z');
    expect(end(10 * DAY, { expires: '1d' })).toBe('2026-11-30T12:00:00.000Z');
    expect(end(10 * DAY, {}, 5 * DAY)).toBe('2026-12-04T12:00:00.000Z');
    expect(end(null, {}, 5 * DAY)).toBe('2026-12-04T12:00:00.000Z');
    expect(() => rotation({ expires: '10d' }, 5 * DAY)).toThrow('the latest that TOKEN_MAX_LIFETIME allows');
  });

  test('accepts the old one for a while', () => {
    expect([readOverlap('0h', '--overlap'), readOverlap('7d', '--overlap')]).toEqual([0, 7 * DAY]);
    for (const text of ['91d', '1w', '', '24'])
      expect(() => readOverlap(text, '--overlap')).toThrow(
        `--overlap: ${JSON.stringify(text)} is not accepted; it is a time up to 90d, such as 0h, 24h or 7d.`,
      );
  });
});

test.each([
  [{}, 'in use'],
  [{ expiresAt: NOW + DAY }, 'in use, until 2026-11-30T12:00:00.000Z'],
  [{ expiresAt: NOW }, 'expired 2026-11-29T12:00:00.000Z'],
  [{ expiresAt: NOW + DAY, replacedAt: NOW - DAY }, 'replaced, until 2026-11-30T12:00:00.000Z'],
  [{ expiresAt: NOW - DAY, replacedAt: NOW - DAY }, 'replaced, ended 2026-11-28T12:00:00.000Z'],
  [{ expiresAt: NOW - DAY, revokedAt: NOW - DAY }, 'revoked 2026-11-28T12:00:00.000Z'],
])('a token with %j is listed as %s', (dates: {
  expiresAt?: number;
  replacedAt?: number;
  revokedAt?: number;
}, state) => {
  const date = (at: number | undefined) => (at === undefined ? null : new Date(at));
  const { expiresAt, replacedAt, revokedAt } = dates;
  expect(
    tokenState({ expiresAt: date(expiresAt), replacedAt: date(replacedAt), revokedAt: date(revokedAt) }, NOW),
  ).toBe(state);
});
