/** Sends requests of the greatest size, each made to take long, and measures how long they hold up everybody else. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withBench } from './database.mjs';
import { report } from './figures.mjs';
import { graphqlRequests } from './hostile-graphql.mjs';
import { importRequests } from './hostile-imports.mjs';
import { describeHostile } from './hostile-report.mjs';
import { runCommand, startWatchedService } from './program.mjs';
import { writeSection } from './report.mjs';

/** More rows don’t make these requests larger. */
const MOST_ROWS = 20_000;
const TIMES = 3;
const POLL_EVERY = 5;
const GIVEN_UP_AFTER = 60_000;

/** Runs the benchmark of hostile requests over so many rows of the extract. */
export const benchHostile = ({ rows }) =>
  withBench(async (bench) => {
    const stored = Math.min(rows, MOST_ROWS);
    await bench.load(stored);
    const token = async (name, scope) =>
      (await runCommand(bench.dataDir, ['token', 'create', '--name', name, '--scope', scope])).stdout.trim();
    const [reader, writer] = [await token('reader', 'read'), await token('writer', 'read,write')];
    const service = await startWatchedService(bench.dataDir);
    try {
      const ids = await bench.sql('SELECT interview_id AS id FROM interview ORDER BY interview_id LIMIT 500');
      const graphql = await measureAll(service, reader, graphqlRequests(ids.map(({ id }) => id)));
      const imports = await measureAll(service, writer, importRequests());
      const postgres = await bench.version();
      await writeSection('hostile', describeHostile({ rows: stored, postgres, graphql, imports, times: TIMES }));
    } finally {
      await service.stop();
    }
  });

async function measureAll(service, token, requests) {
  const measured = [];
  for (const { name, request } of requests) {
    report(name);
    const figures = [];
    // Once before, for what is loaded or compiled when it is first used.
    for (let time = 0; time <= TIMES; time++) {
      const { path, ...init } = request();
      const bytes = Buffer.byteLength(init.body ?? path);
      const headers = { 'x-smarttoken': token, ...init.headers };
      figures.push({ bytes, ...(await measure(service, path, { ...init, headers })) });
    }
    const [, ...counted] = figures;
    const most = (key) => Math.max(...counted.map((figure) => figure[key]));
    measured.push({
      name,
      bytes: most('bytes'),
      answer: counted.at(-1).answer,
      longestHold: most('longestHold'),
      longestPoll: most('longestPoll'),
      milliseconds: most('milliseconds'),
    });
  }
  return measured;
}

/** Sends a request, and meanwhile asks again and again whether the service lives. */
async function measure(service, path, init) {
  await service.longestHold();
  let longestPoll = 0;
  let isOver = false;
  const polling = (async () => {
    while (!isOver) {
      const begun = performance.now();
      await (await fetch(`${service.url}/healthz`)).text();
      longestPoll = Math.max(longestPoll, performance.now() - begun);
      await sleep(POLL_EVERY);
    }
  })();
  const begun = performance.now();
  const answer = await answerTo(`${service.url}${path}`, init);
  const milliseconds = performance.now() - begun;
  isOver = true;
  await polling;
  return { answer, milliseconds, longestPoll, longestHold: await service.longestHold() };
}

/** The status and the code of the first error. */
async function answerTo(url, init) {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(GIVEN_UP_AFTER) });
    const text = await response.text();
    return [response.status, ...(/"code":"(\w+)"/.exec(text)?.slice(1) ?? [])].join(' ');
  } catch (error) {
    return error.name === 'TimeoutError' ? `none in ${GIVEN_UP_AFTER / 1000} s` : `none: ${error.cause?.code}`;
  }
}
