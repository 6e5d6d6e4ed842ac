/** Measures the GraphQL API: its pages, and two queries beside PostGraphile over the same tables. */
import { withBench } from './database.mjs';
import { inTurn, report } from './figures.mjs';
import { describeGraphql } from './graphql-report.mjs';
import { measurePages } from './pages.mjs';
import { newerNode, startPostgraphile, startService, TOKEN } from './program.mjs';
import { writeSection } from './report.mjs';

/** Requests of a round, one after the other and by so many clients at once. */
const REQUESTS = 100;
const CLIENTS = 8;

/** The same question to both: 50 interviews in the order of their start with all that hangs on them, and one by its id. */
const QUERIES = {
  panels: {
    ours: `{ interviews(first: 50) { nodes { interviewId startsAt type
      job { jobId title } candidate { candidateProfileId }
      timeSlots { startTime endTime appointments { status interviewer { employeeId firstName lastName } } } } } }`,
    theirs: `{ allInterviews(first: 50, orderBy: [STARTS_AT_ASC, INTERVIEW_ID_ASC]) { nodes { interviewId startsAt type
      jobByJobId { jobId title } candidateByCandidateProfileId { candidateProfileId }
      timeSlotsByInterviewId(orderBy: [SLOT_ID_ASC]) { nodes { startTime endTime
        appointmentsByInterviewIdAndSlotId { nodes { interviewerStatus employeeByInterviewerEmployeeId { employeeId firstName lastName } } } } } } } }`,
  },
  one: {
    ours: 'query ($id: String!) { interview(interviewId: $id) { interviewId startsAt endsAt: updatedAt type location job { jobId title } } }',
    theirs:
      'query ($id: String!) { interviewByInterviewId(interviewId: $id) { interviewId startsAt endsAt: updatedAt type location jobByJobId { jobId title } } }',
  },
};

/** Runs the benchmark of GraphQL with so many rows of the extract. */
export const benchGraphql = ({ rows }) =>
  withBench(async (bench) => {
    await bench.load(rows);
    const pages = await measurePages(bench);
    const beside = await measureBeside(bench);
    const postgres = await bench.version();
    const { version: node } = newerNode();
    await writeSection(
      'graphql',
      describeGraphql({ rows, postgres, node, pages, beside, requests: REQUESTS, clients: CLIENTS }),
    );
  });

async function measureBeside(bench) {
  const node = newerNode();
  const [ours, theirs] = [
    await startService(bench.dataDir, node.path),
    await startPostgraphile(bench.connection, node.path),
  ];
  try {
    const [{ id }] = await bench.sql(
      'SELECT interview_id AS id FROM interview ORDER BY interview_id OFFSET 1000 LIMIT 1',
    );
    const tasks = {};
    for (const [name, queries] of Object.entries(QUERIES)) {
      const askOurs = asker(ours.url, queries.ours, { id });
      const askTheirs = asker(theirs.url, queries.theirs, { id });
      requireAlike(await askOurs(), await askTheirs());
      for (const [side, ask] of [
        ['ours', askOurs],
        ['theirs', askTheirs],
      ]) {
        tasks[`${name} ${side} alone`] = () => milliseconds(ask, 1);
        tasks[`${name} ${side} together`] = () => milliseconds(ask, CLIENTS);
      }
    }
    return await inTurn(tasks, (what) => report(`beside PostGraphile, ${what}`));
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}

/** Asks a server a query; throws where it answers with an error. */
function asker(url, query, variables) {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-smarttoken': TOKEN },
    body: JSON.stringify({ query, ...(query.includes('$id') && { variables }) }),
  };
  return async () => {
    const { data, errors } = await (await fetch(`${url}/graphql`, request)).json();
    if (errors) throw new Error(`${url}: ${errors[0].message}`);
    return data;
  };
}

/** Milliseconds a request, of many that so many clients send. */
async function milliseconds(ask, clients) {
  let left = REQUESTS;
  const begun = performance.now();
  const client = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (performance.now() - begun) / REQUESTS;
}

/** Throws where two answers don’t tell of the same things: the same ids, in the same order, and as many of everything. */
function requireAlike(one, other) {
  const [mine, yours] = [one, other].map((answer) =>
    [...JSON.stringify(answer).matchAll(/"(interviewId|jobId|candidateProfileId|employeeId)":"([^"]*)"/g)]
      .map(([text]) => text)
      .sort()
      .join(),
  );
  if (mine !== yours || mine === '') throw new Error('the two answer with different things');
}
