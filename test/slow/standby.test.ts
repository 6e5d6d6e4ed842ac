/** Instances on a primary and on its hot standby, and what a promotion looks like. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { eventually } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { type Instance, postAll as post, startOn, told } from '../kit/instance.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { hasPostgresPair, PostgresPair } from '../kit/postgres-pair.ts';
import { withClient } from '../kit/server.ts';

const EXTRACT = [...generateExtract({ rows: 200, seed: 4 })].join('');
const MORE = [...generateExtract({ rows: 260, seed: 4 })].join('');
const EXPORT = '/analytics/interviews?format=csv';

/** What is told by an answer that may be cut at any point, which nobody takes for a whole one. */
const toldOrCut = (asked: Promise<Response>): Promise<string | number> => asked.then(told).catch(() => 'cut');

describe.skipIf(!hasPostgresPair())('a hot standby', () => {
  let pair: PostgresPair;
  let primary: Instance;
  let standby: Instance;
  let either: Instance;
  let preferring: Instance;

  let reading: Instance;
  const log = memoryLog();

  /** Whether what is answered by the primary is on the standby, too. */
  const setSynchronous = (names: '*' | '') =>
    withClient(pair.connection('primary'), async (client) => {
      await client.query(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
      await client.query("ALTER SYSTEM SET synchronous_commit = 'remote_apply'");
      await client.query('SELECT pg_reload_conf()');
    });

  beforeAll(async () => {
    pair = new PostgresPair();
    const early = await startOn(urlOf(pair.connection('standby'))).catch((error: Error) => error);
    expect(early).toMatchObject({
      message: expect.stringContaining('it is a standby, which only reads: run `npm run migrate` at the primary'),
    });
    primary = await startOn(urlOf(pair.connection('primary')));
    await setSynchronous('*');
    await eventually(async () => {
      standby = await startOn(urlOf(pair.connection('standby')), {}, log.log);
    });
    either = await startOn(pair.urlOfBoth('primary'));
    preferring = await startOn(pair.urlOfBoth('prefer-standby'));
    reading = await startOn(pair.urlOfBoth('primary'), { DATABASE_REPLICA_URL: urlOf(pair.connection('standby')) });
    expect((await post(either, EXTRACT)).status).toBe(200);
  }, 120_000);
  afterAll(async () => {
    for (const instance of [primary, standby, either, preferring, reading]) await instance?.stop();
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
      const one = await primary.ask(path);
      const text = await one.text();
      expect(one.status).toBe(200);
      for (const instance of [standby, either, preferring, reading]) {
        const other = await instance.ask(path);
        expect(other.headers.get('etag')).toBe(one.headers.get('etag'));
        expect(await other.text()).toBe(text);
      }
    }
  });

  test('says that it is one, and refuses an import in words', async () => {
    for (const instance of [standby, preferring]) {
      expect(await (await instance.ask('/readyz')).json()).toEqual({ status: 'ready', standby: true });
      const refused = await post(instance, EXTRACT);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).not.toBeNull();
      expect(await refused.json()).toMatchObject({
        message: expect.stringContaining('is a standby, which only reads; nothing was saved'),
      });
    }
    for (const instance of [primary, either])
      expect(await (await instance.ask('/readyz')).json()).toEqual({ status: 'ready' });
    const lines = log.lines().filter(({ msg }) => String(msg).includes('is a standby, which only reads'));
    expect(lines.map(({ level, err }) => [level, err])).toEqual([[30, undefined]]);
  });

  test('has the entries of its audit log written at the primary', async () => {
    const url = urlOf(pair.connection('standby'));
    const settings = { AUDIT: 'require', AUDIT_DATABASE_URL: urlOf(pair.connection('primary')) };
    const audited = await startOn(url, settings);
    try {
      const response = await audited.ask('/analytics/interviews/summary');
      expect(response.status).toBe(200);
      const entries = await withClient(pair.connection('primary'), async (client) => {
        const id = response.headers.get('x-request-id');
        return (await client.query('SELECT action, outcome FROM audit_entry WHERE request_id = $1', [id])).rows;
      });
      expect(entries).toEqual([{ action: 'READ', outcome: 'SUCCESS' }]);
    } finally {
      await audited.stop();
    }
    await expect(startOn(url, { AUDIT: 'require' })).rejects.toThrow(
      'AUDIT: require needs a database that can be written, and DATABASE_URL is a standby; set AUDIT_DATABASE_URL',
    );
    const silent = memoryLog();
    await (await startOn(url, { AUDIT: 'continue' }, silent.log)).stop();
    expect(silent.text()).toContain('the database is a standby, so the audit log can’t be written');
  });

  test('is not taken for a primary: the start names each server, and what is wrong with it', async () => {
    const url = urlOf(pair.connection('standby'));
    const refused = await startOn(`${url}&target_session_attrs=read-write`).catch((error: Error) => error);
    expect(refused).toMatchObject({
      message: expect.stringMatching(
        /can’t be reached: .*:5433: it is a standby, and target_session_attrs=read-write\.$/,
      ),
    });
    const missing = url.replace('port=5433', 'port=5433,1');
    expect(
      await startOn(`${missing.replace(/host=([^&]*)/, 'host=$1,$1')}&target_session_attrs=primary`).catch(
        (error: Error) => error,
      ),
    ).toMatchObject({ message: expect.stringMatching(/:5433: it is a standby, .*:1: connect ENOENT/) });
  });

  test('as a replica serves the reads of an instance that imports, which sees its own imports at once', async () => {
    const where = async () => (await (await reading.ask('/readyz')).json()).reads;
    const replay = (what: 'pause' | 'resume') =>
      withClient(pair.connection('standby'), (client) => client.query(`SELECT pg_wal_replay_${what}()`));
    // At its start, the replica may have been a moment behind.
    await eventually(async () => expect(await where()).toBe('replica'));
    expect((await post(reading, MORE)).status).toBe(200);
    expect(await told(await reading.ask(EXPORT))).toBe(await told(await primary.ask(EXPORT)));
    expect(await where()).toBe('replica');
    await setSynchronous('');
    await replay('pause');
    const more = await told(await reading.ask(EXPORT));
    expect((await post(primary, EXTRACT)).status).toBe(200);
    // Another instance's import is there once the replica has replayed it.
    expect(await told(await reading.ask(EXPORT))).toBe(more);
    expect(await where()).toBe('replica');
    expect((await post(reading, MORE)).status).toBe(200);
    expect((await post(reading, EXTRACT)).status).toBe(200);
    const extract = await told(await primary.ask(EXPORT));
    expect(extract).not.toBe(more);
    expect(await told(await reading.ask(EXPORT))).toBe(extract);
    expect(await where()).toBe('primary');
    await replay('resume');
    await eventually(async () => expect(await where()).toBe('replica'));
    expect(await told(await reading.ask(EXPORT))).toBe(extract);
  });

  test('that is behind as a replica fails no import: its entry in the audit log says what it saved', async () => {
    const replica = { DATABASE_REPLICA_URL: urlOf(pair.connection('standby')) };
    const behind = await startOn(urlOf(pair.connection('primary')), { ...replica, AUDIT: 'continue' });
    const entries = async () =>
      await withClient(
        pair.connection('primary'),
        async (client) =>
          (await client.query(`SELECT outcome, rows::int, code FROM audit_entry WHERE action = 'IMPORT' ORDER BY at`))
            .rows,
      );
    const replay = (what: 'pause' | 'resume') =>
      withClient(pair.connection('standby'), (client) => client.query(`SELECT pg_wal_replay_${what}()`));
    try {
      await setSynchronous('');
      await replay('pause');
      expect((await post(behind, MORE)).status).toBe(200);
      expect((await behind.ask('/readyz').then((response) => response.json())).reads).toBe('primary');
      await eventually(async () => expect(await entries()).toEqual([{ outcome: 'SUCCESS', rows: 260, code: null }]));
    } finally {
      await replay('resume');
      await behind.stop();
    }
  });

  test('that is away as a replica is replaced by the primary, and used again once it is back', async () => {
    const extract = await told(await primary.ask(EXPORT));
    pair.crashStandby();
    const answers = new Set<string | number>();
    await eventually(async () => {
      answers.add(await toldOrCut(reading.ask(EXPORT)));
      expect(await (await reading.ask('/readyz')).json()).toEqual({ status: 'ready', reads: 'primary' });
    });
    expect(await told(await reading.ask(EXPORT))).toBe(extract);
    expect((await post(reading, MORE)).status).toBe(200);
    const more = await told(await reading.ask(EXPORT));
    expect(more).toBe(await told(await primary.ask(EXPORT)));
    const late = await startOn(urlOf(pair.connection('primary')), {
      DATABASE_REPLICA_URL: urlOf(pair.connection('standby')),
    });
    expect(await told(await late.ask(EXPORT))).toBe(more);
    pair.restartStandby();
    for (const instance of [reading, late]) {
      await eventually(async () =>
        expect(await (await instance.ask('/readyz')).json()).toEqual({ status: 'ready', reads: 'replica' }),
      );
      expect(await told(await instance.ask(EXPORT))).toBe(more);
    }
    await late.stop();
    for (const answer of answers) expect([extract, 503, 'cut']).toContain(answer);
  });

  test('of another database is no replica: the start says so', async () => {
    const other = { ...pair.connection('standby'), database: 'template1' };
    expect(
      await startOn(urlOf(pair.connection('primary')), { DATABASE_REPLICA_URL: urlOf(other) }).catch(
        (error: Error) => error,
      ),
    ).toMatchObject({ message: expect.stringContaining('DATABASE_REPLICA_URL: leads to another database') });
  });

  test('of the coordinator of a cluster is not read: its rows are elsewhere, and further on', async () => {
    // All that an instance knows a distributed database by; test/nightly has real ones.
    const change = (statement: string) => withClient(pair.connection('primary'), (client) => client.query(statement));
    await setSynchronous('*');
    await change('CREATE VIEW read_gate AS SELECT 1 AS gate');
    const late = await startOn(urlOf(pair.connection('primary')), {
      DATABASE_REPLICA_URL: urlOf(pair.connection('standby')),
    });
    try {
      expect(await (await late.ask('/readyz')).json()).toEqual({ status: 'ready', reads: 'primary' });
      expect(await told(await late.ask(EXPORT))).toBe(await told(await primary.ask(EXPORT)));
    } finally {
      await late.stop();
      await change('DROP VIEW read_gate');
    }
  });

  test('once promoted under load, has every answered import, and instances go on without a restart', async () => {
    await setSynchronous('*');
    expect((await post(either, EXTRACT)).status).toBe(200);
    const states = new Map([[EXTRACT, await told(await primary.ask(EXPORT))]]);
    expect((await post(either, MORE)).status).toBe(200);
    states.set(MORE, await told(await primary.ask(EXPORT)));
    let ended = false;
    const answers = new Set<string | number>();
    const read = async (instance: Instance) => {
      // A connection that is cut is an answer that nobody takes for a whole one.
      while (!ended) answers.add(await toldOrCut(instance.ask(EXPORT)));
    };
    /** The extract of the last import that was answered with success, and of the one after it that may have been saved or not. */
    let [answered, open] = [MORE, MORE];
    let imports = 0;
    const write = async () => {
      while (!ended) {
        open = answered === MORE ? EXTRACT : MORE;
        const status = await toldOrCut(post(either, open));
        if (typeof status === 'string' && status !== 'cut') {
          answered = open;
          imports++;
        } else expect(['cut', 503]).toContain(status);
      }
    };
    const load = [read(either), read(standby), read(preferring), read(reading), write()];
    await eventually(async () => expect(imports).toBeGreaterThan(2));
    pair.crashPrimary();
    const possible = [answered, open].map((extract) => states.get(extract));
    pair.promote();
    expect(possible).toContain(await told(await standby.ask(EXPORT)));
    const before = imports;
    await eventually(async () => expect(imports).toBeGreaterThan(before + 2));
    ended = true;
    await Promise.all(load);
    for (const answer of answers) expect([...states.values(), 503, 'cut']).toContain(answer);
    expect((await primary.ask(EXPORT)).status).toBe(503);
    for (const instance of [standby, either, preferring, reading]) {
      expect(await (await instance.ask('/readyz')).json()).toMatchObject({ status: 'ready' });
      expect((await post(instance, EXTRACT)).status).toBe(200);
      expect(await told(await instance.ask(EXPORT))).toBe(states.get(EXTRACT));
    }
  });
});
