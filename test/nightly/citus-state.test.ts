/** On a cluster of Citus (CITUS_URL, test/kit/citus.ts) each answer is of one state of the rows, whatever happens to them and to the servers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXTRACT_PATH, GRAPHQL_PATH, METRICS_PATH } from '../../src/domain/paths.ts';
import { CITUS_URL, citusDatabase, nodesOf } from '../kit/citus.ts';
import { Command, eventually, run } from '../kit/command.ts';
import type { TestDatabase } from '../kit/database.ts';
import { extract, rowsIn } from '../kit/generated.ts';
import { type Connection, withClient } from '../kit/server.ts';

const SECONDS = Number(process.env.CITUS_SECONDS ?? 90);
const TOKEN = 'admin-token-of-the-tests';

const READ = rowsIn(extract({ rows: 600, seed: 7 }));

/** The same rows, each time with another generation in what is stored at the nodes (rooms) and at the coordinator (names). */
function generation(number: number): string {
  const mark = `gen-${number}.`;
  return JSON.stringify(
    READ.map((row) => ({
      ...row,
      room: mark,
      creatorLastName: mark,
      interviewerLastName: row.interviewerEmployeeId && mark,
    })),
  );
}

const OPERATION = `{
  dataset { version appointments }
  interviews(first: 100) { totalCount nodes { timeSlots { room appointments { row { room } } } interviewers { lastName } } }
  metrics(groupBy: [ROOM]) { groups { key { room } values { appointments } } }
  interviewers(first: 30) { nodes { lastName } }
}`;

interface Metrics {
  readonly groups: readonly { readonly values: { readonly appointments: number } }[];
}

/** What is asked, and how many rows the answer says there are, in each of the ways that it says it. */
const QUESTIONS: Readonly<Record<string, { path: string; body?: object; rows: (text: string) => number[] }>> = {
  GraphQL: {
    path: GRAPHQL_PATH,
    body: { query: OPERATION },
    rows: (text) => {
      const { dataset, metrics } = JSON.parse(text).data as { dataset: { appointments: number }; metrics: Metrics };
      return [dataset.appointments, metrics.groups.reduce((sum, { values }) => sum + values.appointments, 0)];
    },
  },
  'an export': { path: `${EXTRACT_PATH}?format=csv`, rows: (text) => [rowsIn(text).length] },
  metrics: {
    path: `${METRICS_PATH}?metrics=appointments&groupBy=room&format=json`,
    rows: (text) => [
      (JSON.parse(text).content as { appointments: number }[]).reduce((sum, { appointments }) => sum + appointments, 0),
    ],
  },
};

describe.runIf(CITUS_URL)('at a distributed database', () => {
  let database: TestDatabase;
  let service: Command;
  let url: string;
  let nodes: { readonly coordinator: Connection; readonly workers: readonly Connection[] };
  let next = 1;
  /** The generation that was saved last, and the last that may have been. */
  let saved = 0;
  let begun = 0;

  beforeAll(async () => {
    database = await citusDatabase();
    nodes = await nodesOf(database);
    service = new Command(['start'], {
      DATABASE_URL: database.url,
      ADMIN_TOKEN: TOKEN,
      SAMPLE: 'off',
      PORT: '0',
      RATE_LIMIT_PER_SECOND: '100000',
      LOG_LEVEL: 'error',
    });
    [, url = ''] = await service.prints(/at (http:\S+)\n/);
    expect(await importNext()).toBe(200);
  }, 120_000);
  afterAll(async () => {
    service?.child.kill('SIGKILL');
    await database?.drop();
  });

  async function send(path: string, json: string | null): Promise<{ status: number; text: string }> {
    const response = await fetch(`${url}${path}`, {
      headers: { Authorization: `Bearer ${TOKEN}`, ...(json !== null && { 'Content-Type': 'application/json' }) },
      ...(json !== null && { method: 'POST', body: json }),
    });
    return { status: response.status, text: await response.text() };
  }

  async function importNext(): Promise<number> {
    begun = next++;
    const { status, text } = await send(EXTRACT_PATH, generation(begun));
    if (status === 200) saved = begun;
    else if (status !== 503) throw new Error(`import: ${status} ${text}`);
    return status;
  }

  /** Asks once and checks the answer: all of one generation, not older than what was saved before. Returns the status. */
  async function ask(name: string): Promise<number> {
    const question = QUESTIONS[name];
    if (!question) throw new Error(name);
    const oldest = saved;
    const { status, text } = await send(question.path, question.body ? JSON.stringify(question.body) : null);
    if (status === 503 || (name === 'GraphQL' && text.includes('"DATABASE_UNAVAILABLE"'))) return 503;
    expect({ name, status }).toEqual({ name, status: 200 });
    const seen = new Set(Array.from(text.matchAll(/gen-(\d+)\./g), ([, number]) => Number(number)));
    expect([name, [...seen]]).toEqual([name, [[...seen][0]]]);
    const [only = 0] = seen;
    expect(only).toBeGreaterThanOrEqual(oldest);
    expect(only).toBeLessThanOrEqual(begun);
    for (const rows of question.rows(text)) expect([name, rows]).toEqual([name, READ.length]);
    return status;
  }

  /** Reads without end while something happens, and imports beside it. Returns how often each question was answered, and how often refused. */
  async function readWhile(happens: (until: number) => Promise<void>) {
    const until = performance.now() + SECONDS * 1000;
    const counts = { answered: 0, refused: 0, saved: 0, notSaved: 0 };
    let failed = false;
    const repeat = async (work: () => Promise<void>) => {
      try {
        while (performance.now() < until && !failed) await work();
      } catch (error) {
        failed = true;
        throw error;
      }
    };
    const reader = (name: string) =>
      repeat(async () => {
        // A download that ends in its midst fails, and is no answer.
        const status = await ask(name).catch((error: unknown) => {
          if (error instanceof TypeError) return 503;
          throw error;
        });
        counts[status === 200 ? 'answered' : 'refused']++;
        if (status !== 200) await sleep(50);
      });
    const writer = repeat(async () => {
      counts[(await importNext()) === 200 ? 'saved' : 'notSaved']++;
      await sleep(100);
    });
    await Promise.all([
      ...Object.keys(QUESTIONS).flatMap((name) => [reader(name), reader(name)]),
      writer,
      happens(until),
    ]);
    return counts;
  }

  /** Everything is answered again, and all tables agree. */
  async function expectWhole() {
    await eventually(async () => {
      for (const name of Object.keys(QUESTIONS)) expect(await ask(name)).toBe(200);
      expect(await importNext()).toBe(200);
    }, 90_000);
    expect(await run(['verify'], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
  }

  test(
    'no answer mixes two states while imports commit',
    async () => {
      const counts = await readWhile(async () => {});
      expect(counts).toMatchObject({ refused: 0, notSaved: 0 });
      console.log('imports beside reads:', counts);
    },
    SECONDS * 1000 + 60_000,
  );

  test(
    'no answer mixes two states while servers crash',
    async () => {
      let crashes = 0;
      const counts = await readWhile(async (until) => {
        for (const turn of cycle([...nodes.workers, ...nodes.workers, nodes.coordinator])) {
          await sleep(2_000 + Math.random() * 3_000);
          if (performance.now() > until) return;
          await crash(turn);
          crashes++;
        }
      });
      expect(counts.answered).toBeGreaterThan(SECONDS);
      console.log(`${crashes} crashes:`, counts);
      await expectWhole();
    },
    SECONDS * 1000 + 200_000,
  );

  test(
    'no answer lacks rows while shards move between servers',
    async () => {
      let moves = 0;
      const counts = await readWhile(async (until) => {
        while (performance.now() < until) {
          await withClient(nodes.coordinator, (client) => moveShard(client.query.bind(client)));
          moves++;
        }
      });
      expect(moves).toBeGreaterThan(0);
      console.log(`${moves} moves:`, counts);
      await expectWhole();
    },
    SECONDS * 1000 + 200_000,
  );

  test('nobody reads a change of which a server that crashed has no part yet, until the coordinator has told it again', async () => {
    const [worker] = nodes.workers;
    if (!worker) throw new Error('no worker');
    const before = await ask('an export');
    expect(before).toBe(200);
    // What there is after a worker has died between PREPARE TRANSACTION and COMMIT PREPARED: its part, and the record of the commit.
    const { rows: shards } = await withClient(nodes.coordinator, (client) =>
      client.query<{ name: string; groupid: number }>(
        `SELECT s.shard_name AS name, p.groupid FROM citus_shards s JOIN pg_dist_placement p USING (shardid)
         WHERE s.table_name = 'appointment'::regclass AND s.nodeport = $1 LIMIT 1`,
        [worker.port],
      ),
    );
    const [shard] = shards;
    if (!shard) throw new Error('no shard');
    const gid = `citus_0_${process.pid}_4000000000_1`;
    await withClient(worker, async (client) => {
      await client.query(`BEGIN; UPDATE ${shard.name} SET room = room; PREPARE TRANSACTION '${gid}'`);
    });
    await withClient(nodes.coordinator, (client) =>
      client.query(
        `WITH moved AS (UPDATE dataset SET version = version + 1) INSERT INTO pg_dist_transaction (groupid, gid) VALUES ($1, $2)`,
        [shard.groupid, gid],
      ),
    );
    for (const [name, { path, body }] of Object.entries(QUESTIONS)) {
      const { text } = await send(path, body ? JSON.stringify(body) : null);
      expect([name, text]).toEqual([
        name,
        expect.stringContaining('A server of the cluster stopped while a change was saved'),
      ]);
    }
    await withClient(nodes.coordinator, (client) => client.query('SELECT recover_prepared_transactions()'));
    for (const name of Object.keys(QUESTIONS)) expect(await ask(name)).toBe(200);
  }, 60_000);
});

function* cycle<T>(all: readonly T[]): Generator<T> {
  for (;;) yield* all;
}

/** Kills a server process of the server as the system does for want of memory, so that it recovers from a crash. */
const crash = (server: Connection): Promise<void> =>
  withClient(server, async (client) => {
    client.on('error', () => {});
    await client.query(`COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'`).catch(() => {});
  }).catch(() => {});

/** Moves a shard, with those of the same interviews in the other tables, from the server that has most to the one that has fewest. */
async function moveShard(query: (text: string) => Promise<unknown>): Promise<void> {
  await query(`DO $$ DECLARE found record; BEGIN
    SELECT s.shardid, s.nodename, s.nodeport, t.nodename AS to_name, t.nodeport AS to_port INTO found
    FROM citus_shards s JOIN pg_dist_node t ON t.nodeport <> s.nodeport AND t.shouldhaveshards
    WHERE s.table_name = 'appointment'::regclass
    ORDER BY (SELECT count(*) FROM citus_shards o WHERE o.nodeport = s.nodeport) DESC, random() LIMIT 1;
    PERFORM citus_move_shard_placement(found.shardid, found.nodename, found.nodeport, found.to_name, found.to_port, 'block_writes');
  END $$`);
}
