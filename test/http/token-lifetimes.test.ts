/** Tokens that end: by their date, by a rotation, by a revocation; and what is known of their use. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueToken, listTokens, revokeToken, rotateToken } from '../../src/db/tokens/tokens.ts';
import type { TokenRequest } from '../../src/domain/tokens/token-request.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { metricsAddress, scrape } from '../kit/scrape.ts';
import { type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews/summary';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const log = memoryLog();
let service: Service;
beforeAll(async () => {
  service = await startService({ METRICS_PORT: '0' }, log.log);
});
afterAll(() => service?.stop());

const issue = (name: string, parts: Partial<TokenRequest> = {}) =>
  issueToken(service.db.prisma, {
    ...{ name, scopes: ['read'], expiresAt: null, restriction: null, ratePerMinute: null },
    ...parts,
  });
const ask = (token: string, to = service) => to.get(PATH, { headers: { 'x-smarttoken': token } });
const statusOf = async (token: string, to = service) => (await ask(token, to)).status;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds);
const entryOf = async (name: string) => (await listTokens(service.db.prisma)).filter((entry) => entry.name === name);

describe('a token with an end', () => {
  test('is accepted until then, and refused with the time after that, whichever API is asked', async () => {
    const { token } = await issue('short', { expiresAt: fromNow(HOUR) });
    expect(await statusOf(token)).toBe(200);
    await service.rows("UPDATE access_token SET expires_at = now() WHERE name = 'short'");
    await expect.poll(() => statusOf(token), { timeout: 10_000 }).toBe(401);
    for (const path of [PATH, '/graphql?query={__typename}', '/odata/v4/']) {
      const response = await service.get(path, { headers: { 'x-smarttoken': token } });
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get('www-authenticate')).toMatch(
        /error="invalid_token", error_description="The token expired at \d{4}-\d\d-\d\dT[\d:.]+Z\."/,
      );
      expect(await response.text()).toMatch(/The token expired at /);
    }
  });

  test('leaves its name to the next one', async () => {
    await issue('seasonal', { expiresAt: fromNow(-1) });
    await issue('seasonal');
    await expect(issue('seasonal')).rejects.toThrow('There is a token named "seasonal" already');
  });

  test('says so only to whoever has it', async () => {
    await issue('over', { expiresAt: fromNow(-1) });
    const response = await ask('over');
    expect([response.status, (await response.json()).message]).toEqual([401, 'The token is unknown or was revoked.']);
  });

  test('is warned of two weeks ahead, in the log and in a metric', async () => {
    const samples = async () => (await scrape(metricsAddress(log))).samples.get('interviews_tokens_expiring');
    const before = Number(await samples());
    const soon = await issue('soon', { expiresAt: fromNow(13 * DAY) });
    const later = await issue('later', { expiresAt: fromNow(15 * DAY) });
    for (const { token } of [soon, soon, later]) expect(await statusOf(token)).toBe(200);
    const lines = log.lines().filter(({ msg }) => msg === 'a token that is in use expires soon');
    expect(lines.map(({ token }) => token)).toEqual(expect.arrayContaining(['soon']));
    expect(lines.filter(({ token }) => token === 'soon')).toHaveLength(1);
    expect(lines.filter(({ token }) => token === 'later')).toHaveLength(0);
    expect(Number(await samples())).toBe(before + 1);
  });
});

describe('a rotation', () => {
  const rotate = (name: string, overlapMs: number, expiresAt: Date | null = null) =>
    rotateToken(service.db.prisma, { name, overlapMs, endOf: () => expiresAt });

  test('gives a second token of the name, with the same rights, while the first is accepted for a while', async () => {
    const restriction = { departments: ['Sales'], jobIds: [] };
    const first = await issue('rotated', { restriction, ratePerMinute: 100 });
    const { issued, formerEndsAt } = await rotate('rotated', 1_500);
    expect(issued.token).not.toBe(first.token);
    const { scopes, departments, jobIds, ratePerMinute } = first;
    expect(issued).toMatchObject({ scopes, departments, jobIds, ratePerMinute, expiresAt: null, replacedAt: null });
    expect(await statusOf(issued.token)).toBe(200);
    expect([200, 401]).toContain(await statusOf(first.token));
    await expect.poll(() => statusOf(first.token), { timeout: 10_000 }).toBe(401);
    expect((await (await ask(first.token)).json()).message).toBe(`The token expired at ${formerEndsAt.toISOString()}.`);
    expect(await statusOf(issued.token)).toBe(200);
  });

  test('never lets the old one live longer than it would have', async () => {
    const end = fromNow(HOUR);
    await issue('ending', { expiresAt: end });
    expect((await rotate('ending', DAY, fromNow(DAY))).formerEndsAt).toEqual(end);
  });

  test('can be repeated, each for the newest; a revocation ends them all', async () => {
    const first = await issue('thrice');
    const second = (await rotate('thrice', HOUR)).issued;
    const third = (await rotate('thrice', HOUR)).issued;
    for (const { token } of [first, second, third]) expect(await statusOf(token)).toBe(200);
    expect((await entryOf('thrice')).map(({ replacedAt }) => replacedAt !== null)).toEqual([true, true, false]);
    await revokeToken(service.db.prisma, 'thrice');
    for (const { token } of [first, second, third])
      await expect.poll(() => statusOf(token), { timeout: 5_000 }).toBe(401);
    await expect(rotate('thrice', HOUR)).rejects.toThrow('No token named "thrice" is in use');
  });

  test('succeeds once, of several at the same time', async () => {
    await issue('contended');
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => rotate('contended', HOUR)));
    const newest = (await entryOf('contended')).filter(({ replacedAt }) => replacedAt === null);
    const succeeded = results.filter(({ status }) => status === 'fulfilled');
    // One after the other each has the newest to replace.
    expect(succeeded.length).toBeGreaterThan(0);
    expect([newest.length, (await entryOf('contended')).length]).toEqual([1, succeeded.length + 1]);
  });

  test('of an ended or unknown token is refused', async () => {
    await issue('ended', { expiresAt: fromNow(-1) });
    await expect(rotate('ended', HOUR)).rejects.toThrow('No token named "ended" is in use');
    await expect(rotate('nobody', HOUR)).rejects.toThrow('No token named "nobody" is in use');
  });
});

test('a revoked token is refused by every instance within a second or so', async () => {
  const other = await service.another();
  try {
    const { token } = await issue('shared');
    expect([await statusOf(token), await statusOf(token, other)]).toEqual([200, 200]);
    await revokeToken(service.db.prisma, 'shared');
    for (const instance of [service, other])
      await expect.poll(() => statusOf(token, instance), { timeout: 5_000, interval: 50 }).toBe(401);
  } finally {
    await other.stop();
  }
});

describe('the last use of a token', () => {
  test('is written in the background, and not again for a while', async () => {
    const { token } = await issue('used');
    expect((await entryOf('used'))[0]?.usedAt).toBeNull();
    const first = await service.another();
    expect(await statusOf(token, first)).toBe(200);
    // Not by the request itself.
    expect((await entryOf('used'))[0]?.usedAt).toBeNull();
    await first.stop();
    const usedAt = (await entryOf('used'))[0]?.usedAt ?? null;
    expect(Math.abs(Date.now() - (usedAt?.getTime() ?? 0))).toBeLessThan(60_000);
    const second = await service.another();
    expect(await statusOf(token, second)).toBe(200);
    await second.stop();
    expect((await entryOf('used'))[0]?.usedAt).toEqual(usedAt);
  });

  test('is not that of a refused request', async () => {
    const { token } = await issue('refused', { expiresAt: fromNow(-1) });
    const instance = await service.another();
    expect(await statusOf(token, instance)).toBe(401);
    await instance.stop();
    expect((await entryOf('refused'))[0]?.usedAt).toBeNull();
  });

  test('fails no request, and no stop, if it can’t be written', async () => {
    const { token } = await issue('unwritable');
    const instance = await service.another();
    await service.rows('ALTER TABLE access_token ADD CONSTRAINT unused CHECK (used_at IS NULL) NOT VALID');
    try {
      expect(await statusOf(token, instance)).toBe(200);
      await instance.stop();
    } finally {
      await service.rows('ALTER TABLE access_token DROP CONSTRAINT unused');
    }
  });
});

test('a token with a rate of its own has so many requests per minute, of all APIs, and others have theirs', async () => {
  const limited = await service.another({ RATE_LIMIT_PER_SECOND: '1000' });
  try {
    const { token } = await issue('slow', { ratePerMinute: 5 });
    const headers = { 'x-smarttoken': token };
    const answers = [];
    for (const path of [PATH, '/graphql?query={__typename}', PATH, '/odata/v4/', '/graphql?query={__typename}', PATH])
      answers.push(await limited.get(path, { headers }));
    const told = answers.map((answer) => [answer.status, answer.headers.get('x-ratelimit-limit')]);
    expect(told).toEqual([...Array(5).fill([200, '5']), [429, '5']]);
    const over = answers.at(-1) as Response;
    expect((await over.json()).message).toBe('More than 5 requests in one minute.');
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await ask((await issue('usual')).token, limited);
    expect([other.status, other.headers.get('x-ratelimit-limit')]).toEqual([200, '1000']);
  } finally {
    await limited.stop();
  }
});
