/**
 * Measures how many reads are answered by one instance and two, on a primary alone and with a standby. All share one machine, so it tells what
 * a second process or server costs and takes off the primary, not what a second machine gives.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { cpuOfPostgres, cpuOfProcess } from './cpu.mjs';
import { ROUNDS, report, samplesInTurn } from './figures.mjs';
import { graphqlRequest, openLoad } from './load.mjs';
import { withPostgresPair } from './postgres-pair.mjs';
import { runOn, startProduction, urlOf } from './program.mjs';
import { QUESTIONS } from './questions.mjs';
import { describeReaders } from './readers-report.mjs';
import { writeSection } from './report.mjs';

const SEED = '7';
const EXTRACT = '/analytics/interviews';
const MONTH = 'startsFrom=2026-03-01&startsBefore=2026-04-01';

/** The processes that send the load, each of which has its share of the connections. */
const SENDERS = 2;

/** What is asked, by its name: each gives its next request. */
function kindsOf(headers, ids) {
  let asked = 0;
  const get = (path) => ({ kind: 'REST', path, method: 'GET', headers });
  const graphql = (query, variables) => graphqlRequest(headers, JSON.stringify({ query, variables }));
  /** Of a quarter without so many seconds of its beginning and its end, where there is nearly nothing. */
  const metrics = (less, lessAtEnd) => {
    const from = secondText(Date.UTC(2026, 0, 1) + 1000 * less);
    const before = secondText(Date.UTC(2026, 3, 1) - 1000 * lessAtEnd);
    return get(
      `${EXTRACT}/metrics?metrics=heldSlots,feedbackRate&groupBy=week&startsFrom=${from}&startsBefore=${before}`,
    );
  };
  const kinds = {
    'a page of 50 interviews (GraphQL)': () => graphql(QUESTIONS.Q1.ours),
    'one interview (GraphQL)': () => graphql(QUESTIONS.Q2.ours, { id: ids[asked++ % ids.length] }),
    'a month as CSV': () => get(`${EXTRACT}?format=csv&${MONTH}`),
    'metrics of a quarter, kept': () => metrics(0, 0),
    // No two are of the same time, so none is kept.
    'metrics of a quarter, not kept': () => {
      asked++;
      return metrics(1 + (asked % 3_600), Math.floor(asked / 3_600));
    },
  };
  const all = Object.values(kinds);
  return { ...kinds, 'all of them in turn': () => all[asked++ % all.length]() };
}

const secondText = (instant) => new Date(instant).toISOString().slice(0, 19);

/** How many requests a sender may need of a kind in a round. */
const REQUESTS = 4_000;

/** Runs the benchmark of readers with so many rows of the extract. */
export const benchReaders = ({ rows, quick, connections: [connections = 8] = [], rounds = ROUNDS, seconds }) =>
  withPostgresPair(async ({ folder, primary, standby }) => {
    const node = process.execPath;
    const length = seconds ?? (quick ? 1 : 3);
    const { ids, token, postgres } = await load(folder, primary, standby, rows);
    const headers = { 'content-type': 'application/json', accept: '*/*', 'x-smarttoken': token };
    const started = [];
    // Entries of the audit log are written at the primary, wherever an instance reads.
    const settings = { AUDIT_DATABASE_URL: urlOf(primary.connection) };
    const start = async (connection, replica) => {
      const instance = await startProduction({ connection, replica, node, settings });
      started.push(instance);
      return instance;
    };
    const senders = Array.from({ length: SENDERS }, () => openLoad(node));
    try {
      const one = await start(primary.connection);
      const setups = {
        'one instance on a primary': [one, one],
        'one instance on a primary, with a standby as replica': await start(
          primary.connection,
          standby.connection,
        ).then((instance) => [instance, instance]),
        'two instances on a primary': [one, await start(primary.connection)],
        'two instances, one on a primary and one on a standby': [one, await start(standby.connection)],
      };
      const measured = {};
      for (const [kind, next] of Object.entries(kindsOf(headers, ids))) {
        report(kind);
        const tasks = Object.fromEntries(
          Object.entries(setups).map(([name, instances]) => [
            name,
            () => measure(senders, instances, { primary, standby }, next, { connections, seconds: length }),
          ]),
        );
        measured[kind] = await samplesInTurn(tasks, report, rounds);
      }
      const text = describeReaders({ rows, postgres, connections, seconds: length, measured });
      if (quick) process.stdout.write(`${text}\n`);
      else await writeSection('readers', text);
    } finally {
      for (const sender of senders) sender.close();
      for (const instance of started) await instance.stop();
    }
  });

/** Fills the primary, and waits until the standby has all of it; gives what is asked for, and with which token. */
async function load(folder, primary, standby, rows) {
  report(`${rows} rows: importing`);
  const file = `${folder}/rows.csv`;
  await runOn(primary.connection, ['generate', '--rows', String(rows), '--seed', SEED, '--output', file]);
  await runOn(primary.connection, ['migrate']);
  await runOn(primary.connection, ['import', file]);
  const token = await runOn(primary.connection, ['token', 'create', '--name', 'readers', '--scope', 'read,personal']);
  const client = new pg.Client(primary.connection);
  await client.connect();
  try {
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
    const found = await client.query('SELECT interview_id AS id FROM interview ORDER BY md5(interview_id) LIMIT 200');
    const { rows: told } = await client.query(
      "SELECT pg_current_wal_lsn()::text AS lsn, current_setting('server_version') AS version",
    );
    await untilReplayed(standby, told[0].lsn);
    return { ids: found.rows.map(({ id }) => id), token: token.trim(), postgres: told[0].version };
  } finally {
    await client.end();
  }
}

async function untilReplayed({ connection }, lsn) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query('SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS done', [lsn]);
      if (rows[0].done) return;
      await sleep(100);
    }
  } finally {
    await client.end();
  }
}

/**
 * Asks instances for some seconds, each from a sender of its own. Gives requests a second, and the milliseconds of CPU that a request cost the
 * instances and each server.
 */
async function measure(senders, instances, { primary, standby }, next, { connections, seconds }) {
  await Promise.all(
    senders.map((sender, index) =>
      sender.tell('open', {
        url: instances[index].url,
        requests: Array.from({ length: REQUESTS }, next),
        connections: Math.ceil(connections / senders.length),
      }),
    ),
  );
  const used = () => ({
    node: [...new Set(instances)].reduce((sum, { pid }) => sum + cpuOfProcess(pid), 0),
    primary: cpuOfPostgres(primary.postmaster),
    standby: cpuOfPostgres(standby.postmaster),
  });
  const before = used();
  const answers = await Promise.all(senders.map((sender) => sender.tell('run', { seconds })));
  const after = used();
  const count = answers.reduce((sum, { milliseconds }) => sum + milliseconds.length, 0);
  const each = (of) => ((after[of] - before[of]) * 1000) / count;
  return {
    rate: count / Math.max(...answers.map((answer) => answer.seconds)),
    node: each('node'),
    primary: each('primary'),
    standby: each('standby'),
  };
}
