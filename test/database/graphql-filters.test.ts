/** Filters through all that things hang together with: what they let through is what looking at each row for itself lets through. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EntityName, entityOf } from '../../src/domain/entities.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { NAMES } from '../../src/graphql/connection/names.ts';
import {
  anyWhere,
  ENTITY_NAMES,
  holds,
  listOf,
  type Row,
  readTables,
  relatedRows,
  type Tables,
  valueIn,
} from '../kit/filters.ts';
import { data, type Json } from '../kit/graphql.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
let tables: Tables;
beforeAll(async () => {
  service = await startService();
  expect(await service.import([...generateExtract({ rows: 250, seed: 9 })].join(''))).toMatchObject({ saved: true });
  tables = await readTables(service);
});
afterAll(() => service?.stop());

/** The lists of the root. */
const LISTS = ENTITY_NAMES.filter((entity) => entity !== 'timeSlot');
/** The field of a thing that tells it from the others of its kind. */
const ID: Readonly<Partial<Record<EntityName, string>>> = {
  interview: 'interviewId',
  employee: 'employeeId',
  candidate: 'candidateProfileId',
  job: 'jobId',
  application: 'applicationId',
};
const idOf = (entity: EntityName, row: Row): Json => {
  const attribute = entityOf(entity).attributes[ID[entity] ?? ''];
  return attribute && valueIn(row, attribute);
};
const idsOf = (entity: EntityName, rows: readonly Row[]): Json[] => rows.map((row) => idOf(entity, row)).sort();

describe.each(LISTS)('the list of each %s', (entity) => {
  test('gives, with any filter, those for which it holds', async () => {
    const selection = ID[entity] ?? 'id';
    const filters = anyWhere(tables, entity);
    await fc.assert(
      fc.asyncProperty(filters, async (where) => {
        const { list } = await data(
          service,
          `query ($where: ${NAMES[entity]}Where) { list: ${listOf(entity)}(first: 500, where: $where) { totalCount nodes { ${selection} } } }`,
          { where },
        );
        const expected = tables[entity].filter((row) => holds(tables, entity, where, row));
        expect(list.totalCount).toBe(expected.length);
        expect(list.nodes).toHaveLength(expected.length);
        if (ID[entity]) expect(list.nodes.map((node: Json) => node[selection]).sort()).toEqual(idsOf(entity, expected));
      }),
      { numRuns: propertyRuns(8) },
    );
  });
});

/** What hangs on a thing in pages, as its kind and the name of the relation. */
const PAGES: readonly (readonly [EntityName, string])[] = [
  ['employee', 'interviews'],
  ['employee', 'createdInterviews'],
  ['candidate', 'applications'],
  ['candidate', 'interviews'],
  ['job', 'applications'],
  ['job', 'interviews'],
  ['job', 'candidates'],
  ['application', 'interviews'],
];
/** And in lists that come as a whole. */
const WHOLE: readonly (readonly [EntityName, string])[] = [
  ['interview', 'interviewers'],
  ['candidate', 'jobs'],
  ['job', 'interviewers'],
];

/** Puts rows into the order that their list has by itself. */
function ordered(entity: EntityName, rows: readonly Row[]): Row[] {
  // What states no start comes last.
  const place = (row: Row) => `${entity === 'interview' ? (row.starts_at ?? '~') : ''} ${idOf(entity, row)}`;
  return [...rows].sort((one, other) => (place(one) < place(other) ? -1 : 1));
}

test.each(
  PAGES,
)('the first and the last of each %s’s %s are those for which any filter holds', async (entity, name) => {
  const relation = entityOf(entity).relations[name];
  if (!relation) throw new Error(`${entity} has no ${name}`);
  const { to } = relation;
  const query = `query ($where: ${NAMES[to]}Where) { list: ${listOf(entity)}(first: 100) { nodes { ${ID[entity]}
    first: ${name}(first: 2, where: $where) { totalCount nodes { ${ID[to]} } pageInfo { hasNextPage } }
    last: ${name}(last: 2, where: $where) { nodes { ${ID[to]} } } } } }`;
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constant({}), anyWhere(tables, to, 2, 2)), async (where) => {
      const { list } = await data(service, query, { where });
      expect(list.nodes).toHaveLength(Math.min(100, tables[entity].length));
      for (const { first, last, [ID[entity] ?? '']: id } of list.nodes) {
        const parent = tables[entity].find((row) => idOf(entity, row) === id) ?? {};
        const rows = relatedRows(tables, parent, relation).filter((row) => holds(tables, to, where, row));
        const expected = ordered(to, rows).map((row) => ({ [ID[to] ?? '']: idOf(to, row) }));
        expect(first).toEqual({
          totalCount: expected.length,
          nodes: expected.slice(0, 2),
          pageInfo: { hasNextPage: expected.length > 2 },
        });
        expect(last.nodes).toEqual(expected.slice(-2));
      }
    }),
    { numRuns: propertyRuns(4) },
  );
});

test.each(WHOLE)('each %s’s %s are all that its rows name, each once', async (entity, name) => {
  const relation = entityOf(entity).relations[name];
  if (!relation) throw new Error(`${entity} has no ${name}`);
  const { to } = relation;
  const { list } = await data(
    service,
    `{ list: ${listOf(entity)}(first: 500) { nodes { ${ID[entity]} others: ${name} { ${ID[to]} } } } }`,
  );
  for (const { others, [ID[entity] ?? '']: id } of list.nodes) {
    const parent = tables[entity].find((row) => idOf(entity, row) === id) ?? {};
    const expected = ordered(to, relatedRows(tables, parent, relation));
    expect(others.map((one: Json) => one[ID[to] ?? ''])).toEqual(expected.map((row) => idOf(to, row)));
  }
});
