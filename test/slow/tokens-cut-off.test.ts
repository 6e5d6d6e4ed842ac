/** Tokens at an instance that is cut off from the primary database server: accepted for a while, then 503, and right again afterwards. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createApp } from '../../src/app/create-app.ts';
import { openConfigured } from '../../src/cli/service/database.ts';
import { readConfig } from '../../src/config.ts';
import { createToken, revokeToken } from '../../src/db/tokens/tokens.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../kit/command.ts';
import { type CutProxy, startCutProxy } from '../kit/cut-proxy.ts';
import { urlOf } from '../kit/database.ts';
import { hasPostgresPair, PostgresPair } from '../kit/postgres-pair.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

/** HEAD of the summary asks the database for the token and for nothing else. */
const PATH = '/analytics/interviews/summary';

describe('an instance that loses its database', () => {
  let proxy: CutProxy;
  let service: Service;
  beforeAll(async () => {
    proxy = await startCutProxy(inject('maintenance'));
    const { host, port } = proxy.connection;
    service = await startService({ TOKEN_GRACE: '4s' }, createLog('silent'), { host, port });
  });
  afterAll(async () => {
    proxy?.mend();
    await service?.stop();
    await proxy?.stop();
  });

  const statusOf = async (token: string) =>
    (await service.get(PATH, { method: 'HEAD', headers: { 'x-smarttoken': token } })).status;
  /** Waits until each token is answered so. */
  const until = (expected: Record<string, number>) =>
    eventually(async () => {
      const told = Object.entries(expected).map(async ([token]) => [token, await statusOf(token)]);
      expect(Object.fromEntries(await Promise.all(told))).toEqual(expected);
    });

  test.each([
    'refused',
    'silent',
  ] as const)('while connections are %s, accepts the tokens that it has seen, for TOKEN_GRACE', async (how) => {
    const [seen, unseen, revoked] = await Promise.all(
      ['seen', 'unseen', 'revoked'].map((name) => createToken(service.db.prisma, `${name} ${how}`, ['read'])),
    );
    await until({ [seen as string]: 200, [revoked as string]: 200 });
    proxy.cut(how);
    expect(await statusOf(seen as string)).toBe(200);
    expect(await statusOf(unseen as string)).toBe(503);
    expect(await statusOf('garbage')).toBe(503);
    expect(await statusOf(ADMIN_TOKEN)).toBe(200);
    await service.rows(`UPDATE access_token SET revoked_at = now() WHERE name = 'revoked ${how}'`);
    await until({ [seen as string]: 503, [revoked as string]: 503 });
    const response = await service.get(PATH, { headers: { 'x-smarttoken': seen as string } });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ errors: [{ code: 'DATABASE_UNAVAILABLE' }] });
    expect(await statusOf(ADMIN_TOKEN)).toBe(200);
    proxy.mend();
    await until({ [seen as string]: 200, [unseen as string]: 200, [revoked as string]: 401, garbage: 401 });
  });
});

describe.skipIf(!hasPostgresPair())('an instance on a standby that is cut off from its primary', () => {
  let pair: PostgresPair;
  const stops: (() => Promise<unknown>)[] = [];
  const startOn = async (of: 'primary' | 'standby') => {
    const config = readConfig({
      ADMIN_TOKEN,
      DATABASE_URL: urlOf(pair.connection(of)),
      TOKEN_GRACE: '3s',
      RATE_LIMIT_PER_SECOND: '0',
    });
    const log = createLog('silent');
    const db = await openConfigured(config, log);
    const app = createApp({ config, db, log });
    stops.push(async () => {
      await app.close();
      await db.close();
    });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    return {
      db,
      ask: (token: string, method = 'HEAD') => fetch(url + PATH, { method, headers: { 'x-smarttoken': token } }),
    };
  };
  beforeAll(async () => {
    pair = new PostgresPair();
  }, 60_000);
  afterAll(async () => {
    for (const stop of stops) await stop();
    pair?.stop();
  });

  test('accepts what the standby knows for TOKEN_GRACE, then answers with 503, and again once it is promoted', async () => {
    const primary = await startOn('primary');
    const [token, revoked] = [
      await createToken(primary.db.prisma, 'reader', ['read']),
      await createToken(primary.db.prisma, 'revoked', ['read']),
    ];
    const standby = await eventually(() => startOn('standby'));
    const until = (of: string, status: number) =>
      eventually(async () => expect((await standby.ask(of)).status).toBe(status));
    await until(token, 200);
    await until(revoked, 200);
    await revokeToken(primary.db.prisma, 'revoked');
    await until(revoked, 401);
    expect((await standby.ask(token)).status).toBe(200);
    pair.crashPrimary();
    expect((await standby.ask(token)).status).toBe(200);
    await until(token, 503);
    const refused = await standby.ask(token, 'GET');
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({
      message: expect.stringContaining('is a standby that has been cut off from its primary server for too long'),
      errors: [{ code: 'DATABASE_UNAVAILABLE' }],
    });
    expect((await standby.ask('garbage')).status).toBe(503);
    expect((await standby.ask(ADMIN_TOKEN)).status).toBe(200);
    pair.promote();
    await until(token, 200);
    await until(revoked, 401);
  });
});
