/** Measures what the audit log costs at a thousand requests a second: with each policy, side by side, on one database. */
import { cpuOfPostgres, cpuOfProcess } from './cpu.mjs';
import { withBench } from './database.mjs';
import { figureOf, ROUNDS, report, samplesInTurn } from './figures.mjs';
import { graphqlRequest, openLoad, quantilesOf } from './load.mjs';
import { startProduction } from './program.mjs';
import { QUESTIONS } from './questions.mjs';
import { circumstances, spread, table, whole, writeSection } from './report.mjs';

/** Milliseconds between two requests. */
const EVERY = 1;
const POLICIES = ['off', 'continue', 'require'];
const HEAD = [
  'AUDIT',
  ...['requests/s', 'least – greatest', 'p50, ms', 'least – greatest', 'p99, ms', 'least – greatest'],
  ...['CPU, ms: Node', 'Postgres', 'lost connections'],
];

/** Runs the benchmark of the audit log with so many rows of the extract. */
export const benchAudit = ({ rows, quick, rounds = ROUNDS, seconds = quick ? 2 : 5 }) =>
  withBench(async (bench) => {
    await bench.load(rows);
    const headers = {
      'content-type': 'application/json',
      accept: '*/*',
      'x-smarttoken': await bench.token('audited', 'read,personal'),
    };
    const found = await bench.sql('SELECT interview_id AS id FROM interview ORDER BY md5(interview_id) LIMIT 200');
    const requests = found.map(({ id }) =>
      graphqlRequest(headers, JSON.stringify({ query: QUESTIONS.Q2.ours, variables: { id } })),
    );
    const node = process.execPath;
    const postmaster = await bench.postmaster();
    const load = openLoad(node);
    const services = {};
    try {
      for (const policy of POLICIES)
        services[policy] = await startProduction({ connection: bench.connection, node, settings: { AUDIT: policy } });
      const measured = await samplesInTurn(
        Object.fromEntries(
          POLICIES.map((policy) => [policy, () => measure(load, services[policy], postmaster, { requests, seconds })]),
        ),
        report,
        rounds,
      );
      const [{ bytes, entries }] = await bench.sql(
        "SELECT pg_total_relation_size('audit_entry')::float8 AS bytes, count(*)::int AS entries FROM audit_entry",
      );
      const text = describe({ rows, postgres: await bench.version(), seconds, measured, bytes, entries });
      if (quick) process.stdout.write(`${text}\n`);
      else await writeSection('audit', text);
    } finally {
      load.close();
      for (const service of Object.values(services)) await service.stop();
    }
  });

/** Asks a service at its pace for some seconds. */
async function measure(load, { url, pid }, postmaster, { requests, seconds }) {
  const used = () => [cpuOfProcess(pid), cpuOfPostgres(postmaster)];
  const [before, begun] = [used(), performance.now()];
  const { kinds } = await load.tell('pace', { url, requests, every: EVERY, seconds });
  const [after, elapsed] = [used(), (performance.now() - begun) / 1000];
  const [{ milliseconds, failed, firstFailure }] = Object.values(kinds);
  // A connection that was idle may just have been closed when the next request is sent on it.
  if (failed > milliseconds.length / 10) throw new Error(`${failed} requests failed: ${firstFailure}`);
  const { count, p50, p99 } = quantilesOf(milliseconds);
  const [ofNode, ofPostgres] = after.map((value, at) => ((value - before[at]) * 1000) / count);
  return { rate: count / elapsed, p50, p99, failed, node: ofNode, postgres: ofPostgres };
}

const describe = ({ rows, postgres, seconds, measured, bytes, entries }) =>
  `${circumstances({ rows, postgres })}
One interview by GraphQL, a request every ${EVERY} ms whether or not the last is answered, for ${seconds} seconds a round, to three services on one database: each has
a policy of its own. Requests a second below 1,000 say that the machine is too busy for more.

${table(
  HEAD,
  Object.entries(measured).map(([policy, samples]) => {
    const of = (read) => figureOf(samples.map(read));
    return [
      `\`${policy}\``,
      ...spread(of(({ rate }) => rate)),
      ...spread(
        of(({ p50 }) => p50),
        1,
      ),
      ...spread(
        of(({ p99 }) => p99),
        1,
      ),
      ...['node', 'postgres'].map(
        (server) =>
          spread(
            of((sample) => sample[server]),
            2,
          )[0],
      ),
      spread(of((sample) => sample.failed))[0],
    ];
  }),
)}
${whole(entries)} entries take ${whole(bytes / entries)} bytes each, with their indexes.
`;
