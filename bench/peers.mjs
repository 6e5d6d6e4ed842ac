/** Who is asked the questions of the GraphQL benchmark, and how each is started and asked. */
import path from 'node:path';
import { graphqlRequest } from './load.mjs';
import { build, startBare, startMercurius, startPostgraphile, startProduction } from './program.mjs';
import { QUESTIONS } from './questions.mjs';

const statements = Object.fromEntries(Object.entries(QUESTIONS).map(([name, { bare }]) => [name, bare]));

/** Each starts from `{ bench, node }`; `query` gives what a question is in its dialect. */
const PEERS = {
  ours: {
    start: ({ bench, node }) => startProduction({ connection: bench.connection, node }),
    query: (name) => QUESTIONS[name].ours,
  },
  postgraphile: {
    start: ({ bench, node }) => startPostgraphile(bench.connection, node),
    query: (name) => QUESTIONS[name].postgraphile,
  },
  mercurius: {
    start: ({ bench, node }) => startMercurius(bench.connection, node),
    query: (name) => QUESTIONS[name].ours,
  },
  bare: {
    start: ({ bench, node }) => startBare(bench.connection, statements, node),
    query: (name) => name,
  },
};

export const PEER_NAMES = Object.keys(PEERS);

/** The name of a folder, or its path where another has the same. */
const nameOf = (folder, folders) => {
  const name = path.basename(path.resolve(folder));
  const alike = folders.filter((one) => path.basename(path.resolve(one)) === name);
  return alike.length > 1 || PEER_NAMES.includes(name) ? path.resolve(folder) : name;
};

/** The service of another checkout, which is built first. */
const otherProgram = (folder) => ({
  start({ bench, node }) {
    build(folder);
    return startProduction({ connection: bench.connection, node, folder });
  },
  query: PEERS.ours.query,
});

/**
 * Starts some peers and the services of other checkouts on a database, the services first. Gives for each `{ name, url, headers, pid, postmaster, bodiesOf, requestsOf, ask }`
 * and, beside them, what stops all. `bodiesOf(question)`, `requestsOf(question)`: the bodies, or the requests, that ask it. `ask(body)`: the data of an answer.
 */
export async function startPeers(bench, { peers, programs = [], node }) {
  const ids = (await bench.sql('SELECT interview_id AS id FROM interview ORDER BY md5(interview_id) LIMIT 200')).map(
    ({ id }) => id,
  );
  const postmaster = await bench.postmaster();
  const token = await bench.token(`benchmark ${Date.now()}`, 'read,personal');
  const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-smarttoken': token };
  const [own, others] = [peers.filter((name) => name === 'ours'), peers.filter((name) => name !== 'ours')];
  const chosen = new Map([
    ...own.map((name) => [name, PEERS[name]]),
    ...programs.map((folder) => [nameOf(folder, programs), otherProgram(path.resolve(folder))]),
    ...others.map((name) => [name, PEERS[name]]),
  ]);
  const started = [];
  const stop = () => Promise.all(started.map((peer) => peer.stop()));
  try {
    for (const [name, { start, query }] of chosen) {
      const server = await start({ bench, node });
      started.push({
        ...server,
        name,
        headers,
        postmaster,
        bodiesOf(question) {
          const variables = QUESTIONS[question].byId ? ids.map((id) => ({ id })) : [undefined];
          return variables.map((values) => JSON.stringify({ query: query(question), variables: values }));
        },
        requestsOf(question) {
          return this.bodiesOf(question).map((body) => graphqlRequest(headers, body));
        },
        async ask(body) {
          const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
          const { data, errors } = await response.json();
          if (errors) throw new Error(`${name}: ${errors[0].message}`);
          return data;
        },
      });
    }
    return { peers: started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Throws where two peers answer a question otherwise; they are asked a few times where it has an id. */
export async function requireSameAnswers(question, peers) {
  const answersOf = async (peer) => {
    const answers = [];
    for (const body of peer.bodiesOf(question).slice(0, 5)) answers.push(plain(await peer.ask(body)));
    return JSON.stringify(answers);
  };
  const [first, ...others] = peers;
  const expected = await answersOf(first);
  for (const peer of others) {
    const found = await answersOf(peer);
    if (found !== expected) throw new Error(`${question}: ${differenceOf(first.name, expected, peer.name, found)}`);
  }
}

/** An answer in one form: lists of PostGraphile are connections, and dates are written in several ways. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string')
    return value.replace(
      /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.0+)?(Z?)(\+00:00)?$/,
      (_, date, z, zero) => date + (z || (zero ? 'Z' : '')),
    );
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value).sort();
  if (keys.join() === 'nodes') return plain(value.nodes);
  return Object.fromEntries(keys.map((key) => [key, plain(value[key])]));
}

/** Shows where two texts begin to differ. */
function differenceOf(oneName, one, otherName, other) {
  const at = [...one].findIndex((character, index) => character !== other[index]);
  const near = (text) => text.slice(Math.max(0, at - 100), at + 100);
  return `the answers differ.\n${oneName}: …${near(one)}…\n${otherName}: …${near(other)}…`;
}
