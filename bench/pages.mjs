/** Measures pages of the GraphQL API in the database: buffers and times of the first page, a far one and the last. */
import pg from 'pg';
import { figureOf, ROUNDS, report } from './figures.mjs';
import { DIST } from './program.mjs';

const { readPage } = await import(new URL('db/query/pages.js', DIST));
const { keyAlone } = await import(new URL('db/query/selection.js', DIST));
const { OPERATOR } = await import(new URL('domain/viewer.js', DIST));
const { sortKeysOf } = await import(new URL('graphql/connection/order.js', DIST));

const SIZE = 50;
/** The page that is far away, in rows before it. */
const FAR = 999 * SIZE;

const ORDERS = {
  interview: ['startsAt', 'createdAt', 'updatedAt', 'interviewId'],
  appointment: ['startsAt', 'interviewCreateDate', 'interviewUpdateDate'],
};

/**
 * Each order, in both directions, with those that state nothing at either end, and with each filter that has an index. Gives for each the
 * buffers of its pages and the milliseconds of the slowest, as EXPLAIN tells them.
 */
export async function measurePages(bench) {
  const client = new pg.Client(bench.connection);
  await client.connect();
  try {
    const filters = await filtersOf(client);
    const measured = [];
    for (const [entity, fields] of Object.entries(ORDERS))
      for (const field of fields)
        for (const [direction, nulls] of [
          ['ASC', 'LAST'],
          ['DESC', 'FIRST'],
          ['DESC', 'LAST'],
          ['ASC', 'FIRST'],
        ])
          for (const [filter, where] of Object.entries(filters[entity])) {
            const name = `${entity}s by ${field} ${direction} NULLS ${nulls}${filter === '' ? '' : `, ${filter}`}`;
            report(`pages: ${name}`);
            const order = sortKeysOf(entity, [{ field, direction, nulls }], OPERATOR);
            measured.push({ name, filtered: filter !== '', ...(await pagesOf(client, { entity, where, order })) });
          }
    return measured;
  } finally {
    await client.end();
  }
}

/** Filters by what has an index, on values that many rows have. */
async function filtersOf(client) {
  const one = async (sql) => (await client.query(sql)).rows[0].value;
  const most = (table, column) =>
    one(
      `SELECT ${column}::text AS value FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
    );
  const quantile = (table, column, part) =>
    one(`SELECT percentile_disc(${part}) WITHIN GROUP (ORDER BY ${column})::text AS value FROM ${table}`);
  const equals = (of, value) => ({ of, is: 'in', values: [value] });
  const job = equals('jobId', await most('appointment', 'job_id'));
  const starts = {
    all: [
      { of: 'startsAt', is: '>=', value: await quantile('interview', 'starts_at', 0.3) },
      { of: 'startsAt', is: '<', value: await quantile('interview', 'starts_at', 0.7) },
    ],
  };
  return {
    interview: {
      '': { all: [] },
      'of the job with the most': job,
      'created by the busiest recruiter': equals('creatorEmployeeId', await most('interview', 'creator_employee_id')),
      'that start in the middle 40 %': starts,
    },
    appointment: {
      '': { all: [] },
      'of the job with the most': job,
      'of the busiest interviewer': equals(
        'interviewerEmployeeId',
        await most('appointment', 'interviewer_employee_id'),
      ),
      'that start in the middle 40 %': starts,
    },
  };
}

async function pagesOf(client, { entity, where, order }) {
  const request = {
    entity,
    where,
    order,
    size: SIZE,
    from: null,
    until: null,
    backward: false,
    selection: keyAlone(entity),
    asks: { keysets: true, more: true, preceded: false, total: false },
  };
  const rows = async (sql, parameters) => (await client.query(sql, parameters)).rows;
  const far = (await readPage(rows, { ...request, size: FAR })).rows.at(-1)?.keyset ?? null;
  const places = { first: request, far: far && { ...request, from: far }, last: { ...request, backward: true } };
  const found = {};
  for (const [name, one] of Object.entries(places)) if (one) found[name] = await explain(client, one);
  return found;
}

async function explain(client, request) {
  const times = [];
  let buffers = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    await readPage(async (sql, parameters) => {
      const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, parameters);
      const [{ Plan, 'Execution Time': took }] = rows[0]['QUERY PLAN'];
      if (round > 0) times.push(took);
      buffers = Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks'];
      return [];
    }, request);
  }
  return { buffers, milliseconds: figureOf(times) };
}
