/** What becomes of reads at a hot standby that stand in the way of what it has to replay. */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openExport } from '../../src/db/query/rows/export.ts';
import { OPERATOR } from '../../src/domain/viewer.ts';
import { readRequest } from '../../src/extract/request.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { eventually } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { type Instance, postAll, startOn, told } from '../kit/instance.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { hasPostgresPair, PostgresPair } from '../kit/postgres-pair.ts';
import { withClient } from '../kit/server.ts';
import { ADMIN_TOKEN } from '../kit/service.ts';

/** Enough that a download is far larger than what the sockets between can hold. */
const ROWS = 40_000;
const EXPORT = '/analytics/interviews?format=csv';
/** What Postgres says; where the transaction waits for its client it may end the connection with it. */
const CONFLICT = /^(canceling statement|terminating connection) due to conflict with recovery$/;
const GRAPHQL = { accept: 'application/graphql-response+json' };

/** While somebody holds the lock 7 of a server, statements on these tables wait there, in the middle of their work. */
const GATES = `CREATE FUNCTION gate() RETURNS boolean LANGUAGE plpgsql STABLE AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN true; END';
  ${['appointment', 'interview', 'time_slot']
    .map(
      (table) =>
        `ALTER TABLE ${table} RENAME TO ${table}_stored; CREATE VIEW ${table} AS SELECT * FROM ${table}_stored WHERE gate();`,
    )
    .join('\n')}`;

/** Reads of every kind of all rows. Another `day` makes other questions of them, whose answers nobody has kept. */
const readsOf = (day: number): readonly string[] => {
  const from = `2001-01-0${day}T00:00:00Z`;
  const graphql = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
  return [
    `${EXPORT}&startsFrom=${from}`,
    `/analytics/interviews?limit=5&startsFrom=${from}`,
    `/analytics/interviews/summary?startsFrom=${from}`,
    `/analytics/interviews/metrics?metrics=heldSlots,feedbackRate&groupBy=week&startsFrom=${from}`,
    graphql(
      `{ interviews(first: 5, where: { startsAt: { gte: "${from}" } }) { totalCount nodes { id job { title } } } }`,
    ),
    graphql(
      `{ metrics(groupBy: [MONTH], where: { startsAt: { gte: "${from}" } }) { groups { key { text } values { heldSlots } } } }`,
    ),
    `/odata/v4/Interviews?$top=3&$count=true&$format=application/json;odata.metadata=none&$filter=startsAt ge ${from}`,
  ];
};

describe.skipIf(!hasPostgresPair())('at a standby that waits for no read', () => {
  let pair: PostgresPair;
  let primary: Instance;
  let standby: Instance;
  let replica: Instance;
  const log = memoryLog();
  const replicaLog = memoryLog();

  const at = <Row extends object>(of: 'primary' | 'standby', statement: string): Promise<Row[]> =>
    withClient(pair.connection(of), async (client) => (await client.query<Row>(statement)).rows);

  beforeAll(async () => {
    pair = new PostgresPair({ max_standby_streaming_delay: '0', hot_standby_feedback: 'off' });
    primary = await startOn(urlOf(pair.connection('primary')));
    expect((await postAll(primary, [...generateExtract({ rows: ROWS, seed: 4 })].join(''))).status).toBe(200);
    await at('primary', 'CREATE TABLE churn (n int)');
    await at('primary', 'INSERT INTO churn VALUES (1)');
    await replayed();
    const url = urlOf(pair.connection('standby'));
    standby = await startOn(url, {}, log.log);
    replica = await startOn(urlOf(pair.connection('primary')), { DATABASE_REPLICA_URL: url }, replicaLog.log);
  }, 180_000);
  afterAll(async () => {
    for (const instance of [replica, standby, primary]) await instance?.stop();
    pair?.stop();
  });

  /** Removes a version of a row for good, which a snapshot at the standby might still read. */
  async function removeVersion(): Promise<string> {
    // It stays while somebody at the primary may read it, such as an ANALYZE of the server's own.
    await eventually(async () => {
      await at('primary', 'UPDATE churn SET n = n + 1');
      await at('primary', 'VACUUM churn');
      const left = await at(
        'primary',
        "SELECT n_dead_tup::int AS count FROM pg_stat_all_tables WHERE relname = 'churn'",
      );
      expect(left).toEqual([{ count: 0 }]);
    });
    const [row] = await at<{ lsn: string }>('primary', 'SELECT pg_current_wal_lsn()::text AS lsn');
    return row?.lsn ?? '';
  }

  const hasReplayed = async (lsn: string): Promise<boolean> => {
    const [row] = await at<{ done: boolean }>('standby', `SELECT pg_last_wal_replay_lsn() >= '${lsn}' AS done`);
    return row?.done === true;
  };

  /** Waits until the standby has all that is at the primary. */
  async function replayed(): Promise<void> {
    const [row] = await at<{ lsn: string }>('primary', 'SELECT pg_current_wal_lsn()::text AS lsn');
    await eventually(async () => expect(await hasReplayed(row?.lsn ?? '')).toBe(true));
  }

  /** The transactions of a state or a kind of waiting at the standby. */
  const transactions = async (which: string): Promise<string[]> =>
    (
      await at<{ name: string }>(
        'standby',
        `SELECT pid || ' ' || xact_start AS name FROM pg_stat_activity WHERE datname = current_database() AND ${which}`,
      )
    ).map(({ name }) => name);
  const AT_GATES = "wait_event_type = 'Lock'";
  const untilAtGates = (count: number) =>
    eventually(async () => expect(await transactions(AT_GATES)).toHaveLength(count), 20_000);

  /** Lets the standby replay what all transactions there stand in the way of, and waits until they are gone. */
  async function conflict(): Promise<void> {
    const before = new Set(
      await transactions("xact_start IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid()"),
    );
    expect(before.size).toBeGreaterThan(0);
    await removeVersion();
    await eventually(async () => {
      const left = await transactions('xact_start IS NOT NULL');
      expect(left.filter((name) => before.has(name))).toEqual([]);
    }, 20_000);
  }

  /** Does work while nobody passes the gates of the standby. */
  const whileClosed = <T>(work: (open: () => Promise<unknown>) => Promise<T>): Promise<T> =>
    withClient(pair.connection('standby'), async (client) => {
      await client.query('SELECT pg_advisory_lock(7)');
      return await work(() => client.query('SELECT pg_advisory_unlock(7)'));
    });

  /** A download that nobody reads, once all that is between its client and the standby's database is full. */
  async function stuckDownload(): Promise<http.IncomingMessage> {
    const request = http.get(`${standby.url}${EXPORT}`, { headers: { 'x-smarttoken': ADMIN_TOKEN } });
    const response = await new Promise<http.IncomingMessage>((resolve) => request.on('response', resolve));
    onTestFinished(() => void request.destroy());
    expect(response.statusCode).toBe(200);
    for (
      let stuck = 0;
      stuck < 20;
      stuck = (await transactions("wait_event = 'ClientWrite'")).length === 1 ? stuck + 1 : 0
    )
      await sleep(50);
    return response;
  }

  test('a download that is canceled looks cut, and the log says why; while its client reads nothing, replay waits', async () => {
    let response: http.IncomingMessage | undefined;
    let lsn = '';
    await eventually(async () => {
      // Where a socket still takes a little when the conflict comes, the download ends at once: another one shows what is asked here.
      if ((await transactions("wait_event = 'ClientWrite'")).length === 0) {
        response?.destroy();
        response = await stuckDownload();
      }
      // What is removed may be older than what the download reads.
      lsn = await removeVersion();
      await sleep(1_000);
      expect(await hasReplayed(lsn)).toBe(false);
    }, 60_000);
    const readOn = async () => {
      for await (const _ of response ?? []);
    };
    await expect(readOn()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await eventually(async () => expect(await hasReplayed(lsn)).toBe(true));
    const cut = expect.objectContaining({
      level: 50,
      msg: 'a transfer was interrupted, and its connection was closed',
      err: expect.objectContaining({ message: expect.stringMatching(CONFLICT) }),
    });
    const problems = log.lines().filter(({ level }) => Number(level) > 30);
    expect(problems).toContainEqual(cut);
    expect(problems).toEqual(problems.map(() => cut));
    expect(await told(await standby.ask(EXPORT))).toBe(await told(await primary.ask(EXPORT)));
  }, 90_000);

  test('rows that have all arrived are whole, although their snapshot is ended while they wait for their reader', async () => {
    const request = readRequest(
      new Map([
        ['format', ['csv']],
        ['limit', ['100']],
      ]),
      () => expect.unreachable(),
      OPERATOR,
    );
    const { rows } = await openExport(standby.db, request, new AbortController().signal, 0);
    await eventually(async () => expect(await transactions("state = 'idle in transaction'")).toHaveLength(1));
    await conflict();
    let bytes = '';
    for await (const piece of rows) bytes += piece.toString('latin1');
    expect(bytes.split('\n')).toHaveLength(101);
  });

  describe('where it cancels what has sent nothing yet', () => {
    beforeAll(async () => {
      await at('primary', GATES);
      await replayed();
    }, 60_000);

    const ask = (instance: Instance, path: string) =>
      instance.ask(path, { headers: path.startsWith('/graphql') ? GRAPHQL : {} });

    test.each(readsOf(1))('it is tried again, and answered: %s', async (path) => {
      const answer = await whileClosed(async (open) => {
        const asked = ask(standby, path);
        await untilAtGates(1);
        await conflict();
        await untilAtGates(1);
        await open();
        return await asked;
      });
      expect(await told(answer)).toBe(await told(await primary.ask(path)));
    });

    test.each(readsOf(2))('a second time, it is answered with 503 and when to come back: %s', async (path) => {
      const logged = log.lines().length;
      const answer = await whileClosed(async () => {
        const asked = ask(standby, path);
        await untilAtGates(1);
        await conflict();
        await untilAtGates(1);
        await conflict();
        return await asked;
      });
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await answer.text()).toContain('because of a conflict with another one. Try again.');
      const messages = log
        .lines()
        .slice(logged)
        .map(({ err }) => (err as Error | undefined)?.message);
      expect(messages).toContainEqual(expect.stringMatching(CONFLICT));
    });

    test('a second time, an instance with a replica asks the primary, and the replica again later', async () => {
      const where = async () => (await (await replica.ask('/readyz')).json()).reads;
      // Another read may have been canceled there shortly before.
      await eventually(async () => expect(await where()).toBe('replica'));
      const [download = '', , , metrics = '', graphql = ''] = readsOf(3);
      const paths = [download, metrics, graphql];
      const answers = await whileClosed(async () => {
        const asked = paths.map((path) => ask(replica, path));
        await untilAtGates(paths.length);
        await conflict();
        await untilAtGates(paths.length);
        await conflict();
        const all = await Promise.all(asked);
        expect(await where()).toBe('primary');
        return all;
      });
      for (const [index, path] of paths.entries())
        expect([path, await told(answers[index] as Response)]).toEqual([path, await told(await primary.ask(path))]);
      expect(replicaLog.lines()).toContainEqual(
        expect.objectContaining({
          msg: 'reads go to another server now',
          reason: 'a read there was canceled by what it had to replay',
        }),
      );
      await eventually(async () => expect(await where()).toBe('replica'));
    });

    test('also an operation whose connection is ended while it waits for its turn', async () => {
      const one = await startOn(urlOf(pair.connection('standby')), { METRICS_AT_ONCE: '1' });
      try {
        const [, , , , , holds = ''] = readsOf(4);
        const query =
          '{ jobs(first: 3) { nodes { jobId } } metrics(groupBy: [JOB]) { groups { key { text } values { heldSlots } } } }';
        const waits = `/graphql?query=${encodeURIComponent(query)}`;
        const asked = await whileClosed(async (open) => {
          const first = one.ask(holds, { headers: GRAPHQL });
          await untilAtGates(1);
          const second = one.ask(waits, { headers: GRAPHQL });
          await eventually(async () => expect(await transactions("state = 'idle in transaction'")).toHaveLength(1));
          await conflict();
          await untilAtGates(1);
          await open();
          return await Promise.all([first, second]);
        });
        for (const [index, path] of [holds, waits].entries())
          expect([path, await told(asked[index] as Response)]).toEqual([path, await told(await primary.ask(path))]);
      } finally {
        await one.stop();
      }
    });
  });
});
