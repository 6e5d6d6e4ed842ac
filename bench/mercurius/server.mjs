/**
 * Mercurius over the tables of the service, as its documentation recommends: loaders that read what a level asks for with one prepared
 * statement, and `jit`. Prints its address. Argument: the connection as JSON.
 */
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';

const [connection = '{}'] = process.argv.slice(2);

const { TIMESTAMP, TIMESTAMPTZ, INT8 } = pg.types.builtins;
pg.types.setTypeParser(TIMESTAMP, (text) => text.replace(' ', 'T'));
pg.types.setTypeParser(TIMESTAMPTZ, (text) => text.replace(' ', 'T').replace('+00', 'Z'));
pg.types.setTypeParser(INT8, Number);

const pool = new pg.Pool({ ...JSON.parse(connection), max: 10 });

const SCHEMA = `
  type Query {
    interview(interviewId: String!): Interview
    interviews(first: Int!): Interviews!
    interviewers(first: Int!): Interviewers!
  }
  type Interviews { nodes: [Interview!]! }
  type Interviewers { nodes: [Interviewer!]! }
  type Applications { nodes: [Application!]! }
  type Appointments { totalCount: Int!  nodes: [Appointment!]! }
  type Interview {
    interviewId: String!  startsAt: String  endsAt: String  type: String  location: String
    job: Job  candidate: Candidate  timeSlots: [TimeSlot!]!
  }
  type Job { jobId: String!  title: String  interviews(first: Int!): Interviews! }
  type Candidate { candidateProfileId: String!  applications(first: Int!): Applications! }
  type Application { applicationId: String!  job: Job }
  type TimeSlot { startTime: String  endTime: String  appointments: [Appointment!]! }
  type Appointment { startsAt: String  endsAt: String  status: String  interviewer: Interviewer }
  type Interviewer {
    employeeId: String!  firstName: String  lastName: String
    appointments(first: Int!): Appointments!
  }
`;

/** The columns of each type, under the names of its fields. */
const INTERVIEW = `interview_id AS "interviewId", starts_at AS "startsAt", ends_at AS "endsAt", type, location, job_id AS "jobId",
  candidate_profile_id AS "candidateProfileId"`;
const JOB = 'job_id AS "jobId", title';
const CANDIDATE = 'candidate_profile_id AS "candidateProfileId"';
const APPLICATION =
  'application_id AS "applicationId", job_id AS "jobId", candidate_profile_id AS "candidateProfileId"';
const SLOT = 'interview_id AS "interviewId", slot_id AS "slotId", start_time AS "startTime", end_time AS "endTime"';
const APPOINTMENT = `interview_id AS "interviewId", slot_id AS "slotId", starts_at AS "startsAt", ends_at AS "endsAt",
  interviewer_status AS status, interviewer_employee_id AS "employeeId"`;
const EMPLOYEE = 'employee_id AS "employeeId", first_name AS "firstName", last_name AS "lastName"';

const names = new Map();

/** Runs a statement under a name of its own, so that Postgres prepares it once for each connection. */
async function rows(text, values) {
  if (!names.has(text)) names.set(text, createHash('sha256').update(text).digest('hex').slice(0, 32));
  return (await pool.query({ name: names.get(text), text, values })).rows;
}

const distinct = (values) => [...new Set(values.filter((value) => value !== null))];

/** A loader of a to-one relation: what the column `field` of the parents leads to. */
const one = (columns, table, column, type, field) => async (queries) => {
  const keys = distinct(queries.map(({ obj }) => obj[field]));
  const found = keys.length
    ? await rows(`SELECT ${columns} FROM ${table} WHERE ${column} = ANY($1::${type}[])`, [keys])
    : [];
  const byKey = new Map(found.map((row) => [row[field], row]));
  return queries.map(({ obj }) => byKey.get(obj[field]) ?? null);
};

/** A loader of a list of each parent. */
const all = (columns, table, on, fields, order) => async (queries) => {
  const keyOf = (row) => fields.map((field) => row[field]).join();
  const parameters = on.map(([, type], at) => `$${at + 1}::${type}[]`).join();
  const found = await rows(
    `SELECT ${columns} FROM ${table} WHERE (${on.map(([column]) => column)}) IN (SELECT * FROM unnest(${parameters})) ORDER BY ${order}`,
    fields.map((field) => queries.map(({ obj }) => obj[field])),
  );
  const lists = Map.groupBy(found, keyOf);
  return queries.map(({ obj }) => lists.get(keyOf(obj)) ?? []);
};

/** A resolver of a connection: its parent’s key, and how many are asked for. Its fields have loaders. */
const connectionOf =
  (kind, field) =>
  (parent, { first }) => ({ kind, key: parent[field], first });

/** Kinds of connections: what they read for the key of each parent. */
const KINDS = {
  jobInterviews: [INTERVIEW, 'interview', 'job_id', 'uuid', 'starts_at, interview_id'],
  applications: [APPLICATION, 'application', 'candidate_profile_id', 'uuid', 'application_id'],
  appointments: [APPOINTMENT, 'appointment', 'interviewer_employee_id', 'text', 'starts_at, interview_id, row_id'],
};

/** Loads the items of connections: those of one kind and size with one statement. */
async function nodes(queries) {
  // Those of the root are loaded already.
  const asked = queries.filter(({ obj }) => !obj.nodes);
  const groups = Map.groupBy(asked, ({ obj }) => `${obj.kind} ${obj.first}`);
  const lists = new Map();
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const [
        {
          obj: { kind, first },
        },
      ] = group;
      const [columns, table, column, type, order] = KINDS[kind];
      const keys = distinct(group.map(({ obj }) => obj.key));
      const found = await rows(
        `SELECT o.owner, r.* FROM unnest($1::${type}[]) o(owner) CROSS JOIN LATERAL
          (SELECT ${columns} FROM ${table} WHERE ${column} = o.owner ORDER BY ${order} LIMIT $2) r`,
        [keys, first],
      );
      const byOwner = Map.groupBy(found, ({ owner }) => owner);
      for (const { obj } of group) lists.set(obj, byOwner.get(obj.key) ?? []);
    }),
  );
  return queries.map(({ obj }) => obj.nodes ?? lists.get(obj));
}

async function totalCount(queries) {
  const keys = distinct(queries.map(({ obj }) => obj.key));
  const counts = await rows(
    `SELECT interviewer_employee_id AS key, count(*) AS count FROM appointment WHERE interviewer_employee_id = ANY($1::text[]) GROUP BY 1`,
    [keys],
  );
  const byKey = new Map(counts.map(({ key, count }) => [key, count]));
  return queries.map(({ obj }) => byKey.get(obj.key) ?? 0);
}

const resolvers = {
  Query: {
    interview: async (_, { interviewId }) =>
      (await rows(`SELECT ${INTERVIEW} FROM interview WHERE interview_id = $1`, [interviewId]))[0] ?? null,
    interviews: async (_, { first }) => ({
      nodes: await rows(`SELECT ${INTERVIEW} FROM interview ORDER BY starts_at, interview_id LIMIT $1`, [first]),
    }),
    interviewers: async (_, { first }) => ({
      nodes: await rows(`SELECT ${EMPLOYEE} FROM employee ORDER BY employee_id LIMIT $1`, [first]),
    }),
  },
  Job: { interviews: connectionOf('jobInterviews', 'jobId') },
  Candidate: { applications: connectionOf('applications', 'candidateProfileId') },
  Interviewer: {
    appointments: connectionOf('appointments', 'employeeId'),
  },
};

/** Without Mercurius' cache of a request, which would write each parent as JSON; the loaders skip keys that come twice themselves. */
const uncached = (loader) => ({ loader, opts: { cache: false } });
const loaded = (fields) => Object.fromEntries(Object.entries(fields).map(([name, loader]) => [name, uncached(loader)]));

const loaders = {
  Interview: loaded({
    job: one(JOB, 'job', 'job_id', 'uuid', 'jobId'),
    candidate: one(CANDIDATE, 'candidate', 'candidate_profile_id', 'uuid', 'candidateProfileId'),
    timeSlots: all(SLOT, 'time_slot', [['interview_id', 'text']], ['interviewId'], 'start_time, end_time, slot_id'),
  }),
  Application: loaded({ job: one(JOB, 'job', 'job_id', 'uuid', 'jobId') }),
  TimeSlot: loaded({
    appointments: all(
      APPOINTMENT,
      'appointment',
      [
        ['interview_id', 'text'],
        ['slot_id', 'uuid'],
      ],
      ['interviewId', 'slotId'],
      'interviewer_employee_id, row_id',
    ),
  }),
  Appointment: loaded({ interviewer: one(EMPLOYEE, 'employee', 'employee_id', 'text', 'employeeId') }),
  Interviews: loaded({ nodes }),
  Applications: loaded({ nodes }),
  Appointments: loaded({ nodes, totalCount }),
};

const app = Fastify();
await app.register(mercurius, { schema: SCHEMA, resolvers, loaders, jit: 1 });
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
process.once('SIGTERM', () => process.exit(0));
