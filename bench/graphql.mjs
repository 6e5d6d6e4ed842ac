/** Measures the GraphQL API: its pages, and some questions beside other servers over the same tables. */
import { withBench, withKeptBench } from './database.mjs';
import { ROUNDS, report, samplesInTurn } from './figures.mjs';
import { describeBeside, describeGraphql } from './graphql-report.mjs';
import { openLoad } from './load.mjs';
import { PEER_NAMES, requireSameAnswers, startPeers } from './peers.mjs';
import { newerNode } from './program.mjs';
import { QUESTIONS } from './questions.mjs';
import { whole, writeSection } from './report.mjs';

const CONNECTIONS = [1, 8, 64];
const SECONDS = 3;
/** The size that others are compared with. */
const FEW_ROWS = 10_000;

/** Runs the benchmark of GraphQL with so many rows of the extract; `quick`: a part of it, which is only printed. */
export const benchGraphql = (options) => (options.quick ? measureQuickly(options) : measureAll(options));

async function measureQuickly({ rows, queries = Object.keys(QUESTIONS), peers = PEER_NAMES, programs, ...options }) {
  requireKnown('query', queries, Object.keys(QUESTIONS));
  requireKnown('peer', peers, PEER_NAMES);
  const { connections = [1, 8], rounds = 3, seconds = 1, sizes } = options;
  const settings = { queries, connections, rounds, seconds };
  await withKeptBench(rows, async (bench) => {
    const measured = sizes
      ? await measureSizes(bench, rows, (work) => withKeptBench(FEW_ROWS, work), settings)
      : await measureBeside(bench, { peers, programs, ...settings });
    process.stdout.write(`${describeBeside(measured)}\n`);
  });
}

function requireKnown(kind, names, known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no ${kind} ${unknown}; there are ${known.join(', ')}.`);
}

const measureAll = ({ rows, sizes }) =>
  withBench(async (bench) => {
    await bench.load(rows);
    const { measurePages } = await import('./pages.mjs');
    const pages = await measurePages(bench);
    const settings = { queries: Object.keys(QUESTIONS), connections: CONNECTIONS, rounds: ROUNDS, seconds: SECONDS };
    const beside = await measureBeside(bench, { peers: PEER_NAMES, ...settings });
    const withSmall = (work) =>
      withBench(async (small) => {
        await small.load(FEW_ROWS);
        return await work(small);
      });
    const bySize = sizes ? await measureSizes(bench, rows, withSmall, settings) : null;
    const postgres = await bench.version();
    const { version: node } = newerNode();
    await writeSection('graphql', describeGraphql({ rows, postgres, node, pages, beside, bySize, seconds: SECONDS }));
  });

/** Asks each peer each question, after their answers were compared. */
async function measureBeside(bench, { queries, peers: names, programs, ...settings }) {
  const node = newerNode().path;
  const { peers, stop } = await startPeers(bench, { peers: names, programs, node });
  try {
    for (const query of queries) await requireSameAnswers(query, peers);
    return await measureInTurn(peers, { queries, node, ...settings });
  } finally {
    await stop();
  }
}

/** Asks the service each question over few rows and over those of `bench`. `withSmall` does work with a database of few rows. */
async function measureSizes(bench, rows, withSmall, settings) {
  const node = newerNode().path;
  return await withSmall(async (small) => {
    const started = [];
    try {
      for (const [one, size] of [
        [small, FEW_ROWS],
        [bench, rows],
      ])
        started.push({ size, ...(await startPeers(one, { peers: ['ours'], node })) });
      const peers = started.map(({ size, peers: [peer] }) => ({ ...peer, name: `${whole(size)} rows` }));
      return await measureInTurn(peers, { node, ...settings });
    } finally {
      for (const { stop } of started) await stop();
    }
  });
}

/**
 * Asks each peer each question on so many connections, in turn. Gives a list of `{ query, connections, peer, samples }`, a sample a round.
 */
async function measureInTurn(peers, { node, queries, connections, rounds, seconds }) {
  const load = openLoad(node);
  try {
    const cases = queries.flatMap((query) =>
      connections.flatMap((count) => peers.map((peer) => ({ query, connections: count, peer }))),
    );
    const nameOf = (one) => `${one.query}, ${one.connections} at once, ${one.peer.name}`;
    const measure = ({ query, connections: count, peer }) =>
      load.measure({ ...peer, requests: peer.requestsOf(query) }, { connections: count, seconds });
    const tasks = Object.fromEntries(cases.map((one) => [nameOf(one), () => measure(one)]));
    const samples = await samplesInTurn(tasks, report, rounds);
    return cases.map((one) => ({ ...one, peer: one.peer.name, samples: samples[nameOf(one)] }));
  } finally {
    load.close();
  }
}
