/** Measures what operations of each kind take in CPU time, beside what they cost (src/graphql/costs.ts). */
import { withBench } from './database.mjs';
import { report } from './figures.mjs';
import { graphqlRequest, openLoad } from './load.mjs';
import { newerNode, startProduction } from './program.mjs';
import { circumstances, table, whole, writeSection } from './report.mjs';

const SECONDS = 3;
const QUICK_SECONDS = 1;

const interviews = (below) => `{ interviews(first: 500) { nodes { ${below} } } }`;
const PANEL = 'timeSlots { startTime endTime appointments { status } }';

/** Operations of one kind each, and some of many. */
const OPERATIONS = {
  'one interview by a page': '{ interviews(first: 1) { nodes { interviewId } } }',
  '500 interviews': interviews('interviewId'),
  'with 9 fields': interviews('interviewId startsAt endsAt type location duration timeZone createdAt updatedAt'),
  'with a cursor': '{ interviews(first: 500) { edges { cursor node { interviewId } } } }',
  'with their job': interviews('job { jobId }'),
  'with job and candidate': interviews('job { jobId } candidate { candidateProfileId }'),
  'with time slots': interviews('timeSlots { startTime }'),
  'with time slots, appointments, interviewers': interviews(
    'timeSlots { startTime appointments { status interviewer { employeeId } } }',
  ),
  'with a page of 5 appointments': interviews('appointments(first: 5) { nodes { status } }'),
  'of those accepted': interviews('appointments(first: 5, where: { status: { eq: ACCEPTED } }) { nodes { status } }'),
  'with the number of appointments': interviews('appointments { totalCount }'),
  'with their interviewers': interviews('interviewers { employeeId }'),
  '100 interviewers with an appointment':
    '{ interviewers(first: 100) { nodes { appointments(first: 1) { nodes { status } } } } }',
  '100 jobs with 5 interviews': '{ jobs(first: 100) { nodes { interviews(first: 5) { nodes { interviewId } } } } }',
  '100 jobs with their interviewers': '{ jobs(first: 100) { nodes { interviewers { employeeId } } } }',
  'a count of all interviews': '{ interviews { totalCount } }',
  'a filter and a count':
    '{ interviews(first: 50, where: { type: { eq: VIDEO } }) { totalCount nodes { interviewId } } }',
  'an order without an index':
    '{ interviews(first: 50, orderBy: [{ field: CANDIDATE_STATUS }]) { nodes { interviewId } } }',
  '500 interviews with all that hangs on them': interviews(
    `interviewId startsAt type job { jobId title } candidate { candidateProfileId } ${PANEL}
     appointments(first: 10) { nodes { status rating interviewer { employeeId firstName lastName } } } interviewers { employeeId firstName lastName }`,
  ),
};

/** Runs the benchmark of costs over so many rows of the extract. */
export const benchCost = ({ rows, quick }) =>
  withBench(async (bench) => {
    await bench.load(rows);
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-smarttoken': await bench.token('costs', 'read,personal'),
    };
    const node = newerNode();
    const service = await startProduction({ connection: bench.connection, node: node.path });
    const load = openLoad(node.path);
    const postmaster = await bench.postmaster();
    const measured = [];
    try {
      for (const [label, query] of Object.entries(OPERATIONS)) {
        report(label);
        const request = graphqlRequest(headers, JSON.stringify({ query }));
        const { extensions, errors } = await (await fetch(`${service.url}/graphql`, { ...request })).json();
        if (errors) throw new Error(`${label}: ${errors[0].message}`);
        const target = {
          name: label,
          url: service.url,
          requests: [request],
          pid: service.pid,
          postmaster,
        };
        const times = { connections: 1, seconds: quick ? QUICK_SECONDS : SECONDS };
        // Once before, for what is compiled when it is first used.
        await load.measure(target, { ...times, seconds: 1 });
        measured.push({ label, ...extensions.cost, ...(await load.measure(target, times)) });
      }
    } finally {
      load.close();
      await service.stop();
    }
    const text = describeCost({ rows, postgres: await bench.version(), node: node.version, measured });
    if (quick) process.stdout.write(`${text}\n`);
    else await writeSection('cost', text);
  });

const describeCost = ({ rows, postgres, node, measured }) =>
  `${circumstances({ rows, postgres, node })}
One operation after another on one connection. A price of 1 is meant to be about a microsecond of CPU on an idle machine.

${table(
  ['operation', 'requested', 'actual', 'CPU, ms: Node', 'Postgres', 'µs ÷ actual', 'p50, ms'],
  measured.map(({ label, requested, actual, node: ofNode, postgres: ofPostgres, p50 }) => [
    label,
    whole(requested),
    whole(actual),
    ...[ofNode, ofPostgres].map((one) => one?.toFixed(2) ?? 'not measured'),
    ofNode === null ? '' : (((ofNode + ofPostgres) * 1000) / actual).toFixed(2),
    p50.toFixed(1),
  ]),
)}`;
