/**
 * Measures metrics over a large extract: answers of the service to GraphQL, each at a clock of its own, so that none is kept; the same
 * answer once more, which is; PostGraphile with its aggregates where it can say the like; and SQL by hand.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { withBench } from './database.mjs';
import { figureOf, report, samplesInTurn } from './figures.mjs';
import { describeMetrics } from './metrics-report.mjs';
import { newerNode, startPostgraphile, startProduction } from './program.mjs';
import { writeSection } from './report.mjs';

const TEN = `appointments interviews heldSlots heldHours cancellation { value } feedback { value }
  feedbackWithin { value } timeToFeedback { percentileOfDue given { p90 } } feedbackBacklog { total } interviewerDecline { value }`;
const FIVE = 'interviews heldSlots cancellation { value } feedback { value } feedbackWithin { value }';
const WEEK = `date_trunc('week', start_time)::date`;
const QUARTER = `start_time >= '2026-01-01' AND start_time < '2026-04-01'`;
const held = (at) => `interview_canceled IS NOT TRUE AND ends_at <= '${at}'`;
const due = (at) =>
  `${held(at)} AND interviewer_employee_id IS NOT NULL AND interviewer_status IS DISTINCT FROM 'DECLINED'`;
/** The five measures, as one would write them: distinct counts, and what the rows say. */
const byHand = (key, at, where = 'true') => `SELECT ${key}, count(DISTINCT interview_id),
  count(DISTINCT slot_id) FILTER (WHERE ${held(at)}), count(DISTINCT interview_id) FILTER (WHERE interview_canceled),
  count(*) FILTER (WHERE ${due(at)}),
  count(*) FILTER (WHERE ${due(at)} AND (interviewer_review IS NOT NULL OR interviewer_rating IS NOT NULL)),
  count(*) FILTER (WHERE ${due(at)} AND time_to_provide_feedback <= 24)
  FROM appointment WHERE ${where} GROUP BY ${key}`;

/** The questions: of a clock, in GraphQL, in SQL by hand, and as PostGraphile can say it. */
const questions = (interviewer) => ({
  'all rows by week, five measures': {
    ours: (at) => `{ metrics(groupBy: [WEEK], at: "${at}") { groups { key { text } values { ${FIVE} } } } }`,
    sql: (at) => byHand(WEEK, at),
  },
  'the same with total': {
    ours: (at) =>
      `{ metrics(groupBy: [WEEK], at: "${at}") { groups { key { text } values { ${FIVE} } } total { ${FIVE} } } }`,
  },
  'all rows by month and interviewer, ten measures and p90, the first 1,000': {
    ours: (at) =>
      `{ metrics(groupBy: [MONTH, INTERVIEWER], first: 1000, at: "${at}") { groups { key { text } values { ${TEN} } } } }`,
    sql: (at) => byHand(`date_trunc('month', start_time)::date, interviewer_employee_id`, at),
  },
  'a quarter by week and job, the first 1,000': {
    ours: (
      at,
    ) => `{ metrics(period: { from: "2026-01-01", to: "2026-04-01" }, groupBy: [WEEK, JOB], fill: false, first: 1000, at: "${at}") {
      groups { key { text } values { ${FIVE} } } } }`,
    sql: (at) => byHand(`${WEEK}, job_id`, at, QUARTER),
  },
  'a quarter by week': {
    ours: (at) => `{ metrics(period: { from: "2026-01-01", to: "2026-04-01" }, groupBy: [WEEK], at: "${at}") {
      groups { key { text } values { ${FIVE} } } } }`,
    sql: (at) => byHand(WEEK, at, QUARTER),
  },
  'a year of one interviewer by month': {
    ours: (
      at,
    ) => `{ metrics(where: { interviewer: { employeeId: { eq: "${interviewer}" } } }, period: { from: "2026-01-01", to: "2027-01-01" },
      groupBy: [MONTH], at: "${at}") { groups { key { text } values { ${TEN} } } } }`,
    sql: (at) => byHand(`date_trunc('month', start_time)::date`, at, `interviewer_employee_id = '${interviewer}'`),
  },
  'the metrics of 50 interviewers': {
    ours: (at) => `{ interviewers(first: 50) { nodes { employeeId metrics(at: "${at}") { ${TEN} } } } }`,
    sql: (at) =>
      byHand(
        'interviewer_employee_id',
        at,
        'interviewer_employee_id IN (SELECT employee_id FROM employee ORDER BY employee_id LIMIT 50)',
      ),
  },
  'appointments and interviews by job': {
    ours: (at) =>
      `{ metrics(groupBy: [JOB], first: 1000, at: "${at}") { groups { key { text } values { appointments interviews } } } }`,
    sql: () => 'SELECT job_id, count(*), count(DISTINCT interview_id) FROM appointment GROUP BY job_id',
    postgraphile: `{ allAppointments { groupedAggregates(groupBy: [JOB_ID]) { keys distinctCount { rowId interviewId } } } }`,
  },
});

/** Seconds after which idle connections of Postgres have told the statistics what they read. */
const STATISTICS_SECONDS = 11;

/** Returns how many pages of 8 kB Postgres has read so far, from its cache or the disk, in a database whose connections are idle. */
async function pagesRead(client) {
  await sleep(1000 * STATISTICS_SECONDS);
  const { rows } = await client.query(
    'SELECT (blks_hit + blks_read)::float8 AS pages FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0].pages;
}

/** Runs each of some questions once, and returns how many pages Postgres read for it. */
async function pagesOf(client, asked) {
  const pages = {};
  let before = await pagesRead(client);
  for (const [name, ask] of Object.entries(asked)) {
    await ask();
    const after = await pagesRead(client);
    pages[name] = after - before;
    before = after;
  }
  return pages;
}

/** Runs the benchmark of metrics over so many rows of the extract. */
export const benchMetrics = ({ rows, quick }) =>
  withBench(async (bench) => {
    await bench.load(rows);
    const node = newerNode();
    const [{ id }] = await bench.sql(
      'SELECT interviewer_employee_id AS id FROM appointment WHERE interviewer_employee_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1',
    );
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-smarttoken': await bench.token('metrics', 'read,personal'),
    };
    const ours = await startProduction({ connection: bench.connection, node: node.path });
    const postgraphile = await startPostgraphile(bench.connection, node.path, { aggregates: true });
    const client = new pg.Client(bench.connection);
    await client.connect();
    /** Sends an operation; gives the milliseconds until its answer. */
    const ask = async (url, query) => {
      const begun = performance.now();
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
      const { errors } = await response.json();
      if (errors) throw new Error(`${query}: ${errors[0].message}`);
      return performance.now() - begun;
    };
    let second = 0;
    const nextClock = () =>
      new Date(Date.parse('2026-12-01T00:00:00Z') + 1000 * second++).toISOString().replace('.000', '');
    let lastClock;
    const measured = [];
    try {
      for (const [label, { ours: question, sql, postgraphile: other }] of Object.entries(questions(id))) {
        report(label);
        const { kept, ...asked } = {
          ours: () => {
            lastClock = nextClock();
            return ask(ours.url, question(lastClock));
          },
          kept: () => ask(ours.url, question(lastClock)),
          ...(sql && {
            sql: async () => {
              const begun = performance.now();
              await client.query(sql(nextClock()));
              return performance.now() - begun;
            },
          }),
          ...(other && { postgraphile: () => ask(postgraphile.url, other) }),
        };
        const samples = await samplesInTurn({ ...asked, kept }, () => {}, quick ? 2 : undefined);
        measured.push({
          label,
          pages: quick ? {} : await pagesOf(client, asked),
          ...Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, figureOf(all)])),
        });
      }
    } finally {
      await client.end();
      await ours.stop();
      await postgraphile.stop();
    }
    const text = describeMetrics({ rows, postgres: await bench.version(), node: node.version, measured });
    if (quick) process.stdout.write(`${text}\n`);
    else await writeSection('metrics', text);
  });
