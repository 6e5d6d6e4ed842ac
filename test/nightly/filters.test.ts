/** What the database does for a filter through anything that things hang together with, at 200,000 rows. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTITIES, type EntityName, entityOf, type Relation } from '../../src/domain/entities.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { NAMES } from '../../src/graphql/connection/names.ts';
import { ENTITY_NAMES, listOf, type Where } from '../kit/filters.ts';
import { data, type Json } from '../kit/graphql.ts';
import { type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';

const ROWS = 200_000;
/**
 * Pages of the database that a statement may read, and rows that its steps may look at. A step that reads what it needs by an index takes 3 to 5
 * pages for each row; one that compares pairs looks at ten thousand million.
 */
const MAX_PAGES = 10 * ROWS;
const MAX_ROWS = 20 * ROWS;

let service: Service;
let client: pg.Client;
beforeAll(async () => {
  service = await startService();
  expect(await service.import([...generateExtract({ rows: ROWS, seed: 3 })].join(''))).toMatchObject({ saved: true });
  client = new pg.Client(service.connection);
  await client.connect();
}, 600_000);
afterAll(async () => {
  await client?.end();
  await service?.stop();
});

const WEEK = { startsAt: { gte: '2026-03-02T00:00:00Z', lt: '2026-03-09T00:00:00Z' } };
/** What holds for a part of the things of each kind. */
const SOME: Readonly<Record<EntityName, Where>> = {
  appointment: WEEK,
  interview: WEEK,
  timeSlot: WEEK,
  employee: { name: { contains: 'ann' } },
  candidate: { firstName: { isNull: true } },
  job: { title: { isNull: true } },
  application: { stage: { eq: 'INTERVIEW' } },
};

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** The rows that all steps of a plan gave or looked at in vain. */
const rowsOf = (plan: Plan): number =>
  (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Join Filter'] ?? 0)) *
    plan['Actual Loops'] +
  (plan.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0);

/** Asks for a list with a filter, and then explains the statements that the service sent for it. */
async function expectBounded(entity: EntityName, where: Where): Promise<void> {
  const query = `query ($where: ${NAMES[entity]}Where) { ${listOf(entity)}(first: 3, where: $where) { totalCount nodes { id } } }`;
  const { statements } = await recordStatements(() => data(service, query, { where }));
  const own = statements.filter(({ text }) => /^\/\* (page|count)\./.test(text));
  expect(own).toHaveLength(1);
  for (const { text, values } of own) {
    const { rows } = await client.query<{ 'QUERY PLAN': Json }>(
      `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`,
      [...values],
    );
    const plan: Plan = rows[0]?.['QUERY PLAN'][0].Plan;
    const told = JSON.stringify({ where, text });
    expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], told).toBeLessThan(MAX_PAGES);
    expect(rowsOf(plan), told).toBeLessThan(MAX_ROWS);
  }
}

/** The filters through a relation, each with everything and with a part of what it leads to. */
const filtersThrough = (name: string, { to, many }: Relation): Where[] =>
  [{}, SOME[to]].flatMap((where): Where[] =>
    many
      ? [
          { [name]: { some: where } },
          { [name]: { every: where } },
          { [name]: { none: where } },
          { [name]: { atLeast: { count: 2, where } } },
        ]
      : [{ [name]: where }, { not: { [name]: where } }],
  );

describe.each(
  ENTITY_NAMES.filter((entity) => entity !== 'timeSlot'),
)('%ss are filtered without comparing pairs', (entity) => {
  test.each(Object.entries(entityOf(entity).relations))('by their %s', async (name, relation) => {
    for (const where of filtersThrough(name, relation)) await expectBounded(entity, where);
  });

  test.each(Object.entries(entityOf(entity).relations))('by their %s or something else', async (name, relation) => {
    const [other] = Object.keys(entityOf(entity).attributes);
    for (const where of filtersThrough(name, relation))
      await expectBounded(entity, { or: [where, { [other ?? '']: { isNull: true } }] });
  });
});

test('appointments are filtered by those of their time slots without comparing pairs', async () => {
  const { appointments } = ENTITIES.timeSlot.relations;
  for (const timeSlot of filtersThrough('appointments', appointments)) await expectBounded('appointment', { timeSlot });
});

test.each<[EntityName, Where]>([
  ['job', { candidates: { some: { interviews: { some: { canceled: { eq: true } } } } } }],
  ['job', { candidates: { atLeast: { count: 2, where: { jobs: { atLeast: { count: 2 } } } } } }],
  ['job', { interviewers: { atLeast: { count: 2, where: { interviews: { atLeast: { count: 2, where: WEEK } } } } } }],
  ['job', { appointments: { atLeast: { count: 2, where: { interviewer: { name: { contains: 'ann' } } } } } }],
  ['employee', { interviews: { every: { interviewers: { none: { interviews: { some: WEEK } } } } } }],
  ['candidate', { or: [{ timeSlots: { some: WEEK } }, { not: { jobs: { atLeast: { count: 2 } } } }] }],
])('%ss are filtered by %j without comparing pairs', async (entity, where) => {
  await expectBounded(entity, where);
});
