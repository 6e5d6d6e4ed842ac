/** Measures what a polite client notices of others: of heavy GraphQL operations, and of a mixed load with imports and exports. */
import { readFile } from 'node:fs/promises';
import { withBench } from './database.mjs';
import { report } from './figures.mjs';
import { graphqlRequests } from './hostile-graphql.mjs';
import { graphqlRequest, openLoad, quantilesOf } from './load.mjs';
import { residentOf } from './memory.mjs';
import { describeMixed } from './mixed-report.mjs';
import { newerNode, runCommand, startWatchedProduction } from './program.mjs';
import { QUESTIONS } from './questions.mjs';
import { writeSection } from './report.mjs';

/** Milliseconds from one request of the polite client, and of the mixed load, to the next. */
const EVERY = 50;
const TIMES = { storm: 20, mixed: 300 };
const QUICK_TIMES = { storm: 4, mixed: 15 };

const HEAVY = `{ interviews(first: 500) { nodes { id interviewId startsAt
  appointments(first: 7) { nodes { id status interviewer { employeeId } } } } } }`;
const GREATEST = '500 interviews by their ids with nearly all that an operation may cost';

const IMPORTS = 40;
const ROWS_OF_IMPORT = 50;
/** Of 20 requests of the mixed load. */
const MIX = { graphql: 16, imports: 3, exports: 1 };
const EXPORT = '/analytics/interviews?format=csv&limit=10000';

/** Runs the benchmark of a polite client with so many rows of the extract. */
export const benchMixed = ({ rows, quick }) =>
  withBench(async (bench) => {
    await bench.load(rows);
    const times = quick ? QUICK_TIMES : TIMES;
    const node = newerNode();
    const measured = await measure(bench, times, node.path);
    const postgres = await bench.version();
    const text = describeMixed({ rows, postgres, node: node.version, times, every: EVERY, mix: MIX, ...measured });
    if (quick) process.stdout.write(`${text}\n`);
    else await writeSection('mixed', text);
  });

async function measure(bench, times, node) {
  const ids = (await bench.sql('SELECT interview_id AS id FROM interview ORDER BY md5(interview_id) LIMIT 500')).map(
    ({ id }) => id,
  );
  const headersOf = async (name, scopes = 'read,personal') => ({
    'content-type': 'application/json',
    accept: 'application/json',
    'x-smarttoken': await bench.token(name, scopes),
  });
  const asked = (headers, query, variables) => graphqlRequest(headers, JSON.stringify({ query, variables }));
  const politeHeaders = await headersOf('polite');
  const polite = ids.map((id) => asked(politeHeaders, QUESTIONS.Q2.ours, { id }));
  const others = [];
  for (const name of ['first', 'second', 'third']) others.push(await headersOf(name));
  const heavy = others.map((headers) => asked(headers, HEAVY));
  const greatest = graphqlRequests(ids)
    .find(({ name }) => name === GREATEST)
    .request();
  const mix = await mixOf(bench, ids, others[0], await headersOf('writer', 'read,write'));

  const service = await startWatchedProduction(bench.connection, node);
  const [politeLoad, otherLoad] = [openLoad(node), openLoad(node)];
  const { url } = service;
  const pace = (load, requests, seconds) => load.tell('pace', { url, requests, every: EVERY, seconds });
  /** What the polite client sees while `work` is done, and for how long the loop was held at most. */
  async function beside(label, seconds, work) {
    report(label);
    await service.longestHold();
    const [{ kinds }, other] = await Promise.all([pace(politeLoad, polite, seconds), work()]);
    const { milliseconds, failed, firstFailure } = kinds.GraphQL;
    return { polite: { ...quantilesOf(milliseconds), failed, firstFailure }, other, hold: await service.longestHold() };
  }
  async function storm(requests, connections) {
    await otherLoad.tell('open', { url, requests: polite, connections });
    await otherLoad.tell('aim', { requests });
    const { milliseconds, failed } = await otherLoad.tell('run', { seconds: times.storm, tolerant: true });
    return { ...quantilesOf(milliseconds), failed };
  }
  try {
    await beside('warming up', Math.min(5, times.storm), async () => null);
    const unloaded = await beside('unloaded', times.storm, async () => null);
    const heavies = await beside('24 heavy operations', times.storm, () => storm(heavy, 24));
    const greatests = await beside('8 of the greatest cost', times.storm, () =>
      storm([graphqlRequest(others[0], greatest.body)], 8),
    );
    const memory = watchMemory(service.pid);
    const mixed = await beside('mixed load', times.mixed, async () => (await pace(otherLoad, mix, times.mixed)).kinds);
    for (const [name, kind] of Object.entries(mixed.other))
      mixed.other[name] = { ...quantilesOf(kind.milliseconds), failed: kind.failed, firstFailure: kind.firstFailure };
    return { unloaded, heavies, greatests, mixed, memory: memory() };
  } finally {
    politeLoad.close();
    otherLoad.close();
    await service.stop();
  }
}

/** 20 requests after another as often as the imports have files: each file is imported once. */
async function mixOf(bench, ids, readerHeaders, writerHeaders) {
  const files = [];
  for (let seed = 1; seed <= IMPORTS; seed++) {
    const file = bench.file(`import-${seed}.csv`);
    const args = ['--rows', String(ROWS_OF_IMPORT), '--seed', String(1_000 + seed), '--output', file];
    await runCommand(bench.dataDir, ['generate', ...args]);
    files.push(await readFile(file, 'utf8'));
  }
  const questions = ['Q2', 'Q1', 'Q2n', 'Q3'].map((name) => QUESTIONS[name]);
  let asked = 0;
  const graphql = () => {
    const { ours, byId } = questions[asked++ % questions.length];
    const variables = byId ? { id: ids[asked % ids.length] } : undefined;
    return graphqlRequest(readerHeaders, JSON.stringify({ query: ours, variables }));
  };
  let imported = 0;
  const extract = () => ({
    kind: 'import',
    path: '/analytics/interviews',
    method: 'POST',
    headers: { ...writerHeaders, 'content-type': 'text/csv' },
    body: files[imported++ % files.length],
    exclusive: true,
  });
  const download = () => ({ kind: 'export', path: EXPORT, method: 'GET', headers: readerHeaders });
  // Imports and the export are spread among the others.
  const twenty = () =>
    Array.from({ length: MIX.graphql + MIX.imports + MIX.exports }, (_, at) => {
      if (at === 9) return download();
      return at % 6 === 5 ? extract() : graphql();
    });
  return Array.from({ length: IMPORTS }, twenty).flat();
}

/** Watches the resident memory of a process; the function given ends that and gives its bytes second by second. */
function watchMemory(pid) {
  const bytes = [];
  const timer = setInterval(() => bytes.push(residentOf(pid)), 1_000);
  return () => {
    clearInterval(timer);
    return bytes;
  };
}
