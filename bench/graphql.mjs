/** Measures the GraphQL API: its pages, and some questions beside other servers over the same tables. */
import { withBench, withKeptBench } from './database.mjs';
import { ROUNDS, report, samplesInTurn } from './figures.mjs';
import { describeBeside, describeGraphql } from './graphql-report.mjs';
import { openLoad } from './load.mjs';
import { PEER_NAMES, requireSameAnswers, startPeers } from './peers.mjs';
import { newerNode } from './program.mjs';
import { QUESTIONS } from './questions.mjs';
import { writeSection } from './report.mjs';

const CONNECTIONS = [1, 8, 64];
const SECONDS = 3;

/** Runs the benchmark of GraphQL with so many rows of the extract; `quick`: a part of it, which is only printed. */
export const benchGraphql = (options) => (options.quick ? measureQuickly(options) : measureAll(options));

async function measureQuickly({ rows, queries = Object.keys(QUESTIONS), peers = PEER_NAMES, programs, ...settings }) {
  requireKnown('query', queries, Object.keys(QUESTIONS));
  requireKnown('peer', peers, PEER_NAMES);
  const { connections = [1, 8], rounds = 3, seconds = 1 } = settings;
  await withKeptBench(rows, async (bench) => {
    const beside = await measureBeside(bench, { queries, peers, programs, connections, rounds, seconds });
    process.stdout.write(`${describeBeside(beside)}\n`);
  });
}

function requireKnown(kind, names, known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no ${kind} ${unknown}; there are ${known.join(', ')}.`);
}

const measureAll = ({ rows }) =>
  withBench(async (bench) => {
    await bench.load(rows);
    const { measurePages } = await import('./pages.mjs');
    const pages = await measurePages(bench);
    const beside = await measureBeside(bench, {
      queries: Object.keys(QUESTIONS),
      peers: PEER_NAMES,
      connections: CONNECTIONS,
      rounds: ROUNDS,
      seconds: SECONDS,
    });
    const postgres = await bench.version();
    const { version: node } = newerNode();
    await writeSection('graphql', describeGraphql({ rows, postgres, node, pages, beside, seconds: SECONDS }));
  });

/**
 * Asks each peer each question on so many connections, in turn, after their answers were compared. Gives a list of
 * `{ query, connections, peer, samples }`, a sample a round.
 */
async function measureBeside(bench, { queries, peers: names, programs, connections, rounds, seconds }) {
  const node = newerNode().path;
  const { peers, stop } = await startPeers(bench, { peers: names, programs, node });
  const load = openLoad(node);
  try {
    for (const query of queries) await requireSameAnswers(query, peers);
    const cases = queries.flatMap((query) =>
      connections.flatMap((count) => peers.map((peer) => ({ query, connections: count, peer }))),
    );
    const nameOf = (one) => `${one.query}, ${one.connections} at once, ${one.peer.name}`;
    const tasks = Object.fromEntries(
      cases.map((one) => [
        nameOf(one),
        () =>
          load.measure(
            { ...one.peer, bodies: one.peer.bodiesOf(one.query) },
            { connections: one.connections, seconds },
          ),
      ]),
    );
    const samples = await samplesInTurn(tasks, report, rounds);
    return cases.map((one) => ({ ...one, peer: one.peer.name, samples: samples[nameOf(one)] }));
  } finally {
    load.close();
    await stop();
  }
}
