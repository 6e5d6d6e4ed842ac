/** Instances on a primary and on its hot standby, and what a promotion looks like. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { openConfigured } from '../../src/cli/service/database.ts';
import { readConfig } from '../../src/config.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { hasPostgresPair, PostgresPair } from '../kit/postgres-pair.ts';
import { withClient } from '../kit/server.ts';
import { ADMIN_TOKEN } from '../kit/service.ts';

const EXTRACT = [...generateExtract({ rows: 200, seed: 4 })].join('');
const MORE = [...generateExtract({ rows: 260, seed: 4 })].join('');
const EXPORT = '/analytics/interviews?format=csv';

interface Instance {
  ask(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

async function startOn(url: string): Promise<Instance> {
  const limits = { RATE_LIMIT_PER_SECOND: '0', RATE_LIMIT_CONCURRENT: '0', RATE_LIMIT_POINTS: '0' };
  const config = readConfig({ ADMIN_TOKEN, DATABASE_URL: url, ...limits });
  const log = createLog('silent');
  const db = await openConfigured(config, log);
  const app = createApp({ config, db, log });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    ask: (path, init = {}) =>
      fetch(`${address}${path}`, { ...init, headers: { 'x-smarttoken': ADMIN_TOKEN, ...init.headers } }),
    async stop() {
      await app.close();
      await db.close();
    },
  };
}

const post = (instance: Instance, csv: string) =>
  instance.ask('/analytics/interviews?allowRemovals=true', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: csv,
  });

describe.skipIf(!hasPostgresPair())('a hot standby', () => {
  let pair: PostgresPair;
  let primary: Instance;
  let standby: Instance;

  beforeAll(async () => {
    pair = new PostgresPair();
    const early = await startOn(urlOf(pair.connection('standby'))).catch((error: Error) => error);
    expect(early).toMatchObject({
      message: expect.stringContaining('it is a standby, which only reads: run `npm run migrate` at the primary'),
    });
    primary = await startOn(urlOf(pair.connection('primary')));
    await withClient(pair.connection('primary'), async (client) => {
      await client.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
      await client.query("ALTER SYSTEM SET synchronous_commit = 'remote_apply'");
      await client.query('SELECT pg_reload_conf()');
    });
    await eventually(async () => {
      standby = await startOn(urlOf(pair.connection('standby')));
    });
    expect((await post(primary, EXTRACT)).status).toBe(200);
  }, 120_000);
  afterAll(async () => {
    await standby?.stop();
    await primary?.stop();
    pair?.stop();
  });

  test('gives the same bytes, ETag, summary and GraphQL answers as the primary', async () => {
    const query = encodeURIComponent(
      '{ dataset { version appointments } interviews(first: 50) { nodes { id startsAt job { jobId } } } }',
    );
    for (const path of [
      EXPORT,
      '/analytics/interviews?limit=7',
      '/analytics/interviews/summary',
      '/analytics/interviews/metrics?metrics=heldSlots&groupBy=week',
      `/graphql?query=${query}`,
    ]) {
      const [one, other] = await Promise.all([primary.ask(path), standby.ask(path)]);
      expect(other.status).toBe(200);
      expect(other.headers.get('etag')).toBe(one.headers.get('etag'));
      expect(await other.text()).toBe(await one.text());
    }
  });

  test('says that it is one, and refuses an import in words', async () => {
    expect(await (await standby.ask('/readyz')).json()).toEqual({ status: 'ready', standby: true });
    expect(await (await primary.ask('/readyz')).json()).toEqual({ status: 'ready' });
    const refused = await post(standby, EXTRACT);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(await refused.json()).toMatchObject({
      message: expect.stringContaining('is a standby, which only reads; nothing was saved'),
    });
  });

  test('once promoted under load, has every answered import, answers on, and imports', async () => {
    let ended = false;
    const read: number[] = [];
    const reader = (async () => {
      while (!ended) {
        const response = await standby.ask(EXPORT);
        await response.text();
        read.push(response.status);
      }
    })();
    expect((await post(primary, MORE)).status).toBe(200);
    const saved = await (await primary.ask(EXPORT)).text();
    pair.crashPrimary();
    pair.promote();
    expect(await (await standby.ask(EXPORT)).text()).toBe(saved);
    expect(await (await standby.ask('/readyz')).json()).toEqual({ status: 'ready' });
    expect((await primary.ask(EXPORT)).status).toBe(503);
    await withClient(pair.connection('standby'), (client) =>
      client.query("ALTER SYSTEM SET synchronous_standby_names = ''"),
    );
    await withClient(pair.connection('standby'), (client) => client.query('SELECT pg_reload_conf()'));
    expect((await post(standby, EXTRACT)).status).toBe(200);
    ended = true;
    await reader;
    expect(new Set(read)).toEqual(new Set([200]));
  });
});
