/** urql with the normalized cache of examples/clients/urql, against the service. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FIELD_INDEX } from '../../src/domain/fields.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { exampleFolder, prepareExample } from '../kit/example.ts';
import { data as dataOf, type Json } from '../kit/graphql.ts';
import {
  BOTH_HALVES,
  INTERVIEWS,
  ONE_HALF,
  OTHER_HALF,
  pagedFields,
  recordingFetch,
  withoutId,
} from '../kit/graphql-clients.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const EXTRACT = [...generateExtract({ rows: 60, seed: 4 })].join('');

let service: Service;
let example: Json;
beforeAll(async () => {
  prepareExample('clients/urql', false);
  example = await import(`${exampleFolder('clients/urql')}client.mjs`);
  service = await startService();
  await service.import(EXTRACT);
}, 600_000);
afterAll(() => service?.stop());

let client: Json;
let bodies: Json[];
/** What the client complains of on the console. */
let complaints: unknown[][];
beforeEach(() => {
  const recording = recordingFetch();
  bodies = recording.bodies;
  client = example.createClient({ service: service.url, token: ADMIN_TOKEN, fetch: recording.fetch });
  complaints = [];
  for (const name of ['warn', 'error'] as const)
    vi.spyOn(console, name).mockImplementation((...words) => void complaints.push(words));
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(complaints).toEqual([]);
});

async function query(text: string, variables: object = {}, requestPolicy = 'cache-first'): Promise<Json> {
  const { data, error } = await client.query(text, variables, { requestPolicy }).toPromise();
  expect(error).toBeUndefined();
  return data;
}

const everything = async (where: object = {}): Promise<Json> =>
  (await dataOf(service, INTERVIEWS, { first: 500, where })).interviews;

/** Loads the pages of a list up to its end. */
async function loadAll(variables: object = {}): Promise<Json> {
  for (let after: string | null = null; ; ) {
    const { interviews }: Json = await query(INTERVIEWS, { ...variables, first: 7, ...(after && { after }) });
    if (!interviews.pageInfo.hasNextPage) return interviews;
    after = interviews.pageInfo.endCursor;
  }
}

describe('a list in urql’s normalized cache', () => {
  test('grows by the edges and nodes of each page, and is read again without a request', async () => {
    const expected = await everything();
    const interviews = await loadAll();
    expect(interviews).toMatchObject({ edges: expected.edges, nodes: expected.nodes, totalCount: expected.totalCount });
    expect(bodies).toHaveLength(Math.ceil(expected.totalCount / 7));
    const again = await query(INTERVIEWS, { first: 7 }, 'cache-only');
    expect(again.interviews.edges).toEqual(interviews.edges);
  });

  test('is another one with another filter', async () => {
    const where = { canceled: { eq: true } };
    const [all, canceled] = [await everything(), await everything(where)];
    expect(canceled.totalCount).toBeGreaterThan(0);
    expect((await loadAll()).edges).toMatchObject(all.edges);
    expect((await loadAll({ where })).edges).toMatchObject(canceled.edges);
  });

  test('shows what a query by id has learned', async () => {
    const [{ node }] = (await query(INTERVIEWS, { first: 3 })).interviews.edges;
    const changed = readCanonical(EXTRACT).map((row) =>
      row[FIELD_INDEX.interviewId] === node.interviewId
        ? row.map((cell, place) => (place === FIELD_INDEX.interviewCanceled ? String(!node.canceled) : cell))
        : row,
    );
    expect(await service.import(toCsv(changed))).toMatchObject({ saved: true });
    await query('query ($id: ID!) { node(id: $id) { id ... on Interview { canceled } } }', { id: node.id });
    const again = (await query(INTERVIEWS, { first: 3 }, 'cache-only')).interviews.edges[0].node;
    expect(again).toMatchObject({ id: node.id, canceled: !node.canceled });
    await service.import(EXTRACT);
  });
});

test('what has no id keeps in urql’s cache what several queries select of it', async () => {
  const [one, other] = [await query(ONE_HALF), await query(OTHER_HALF)];
  const both = await query(BOTH_HALVES, {}, 'cache-only');
  expect(both).toMatchObject(one);
  expect(both).toMatchObject(other);
});

test('the example knows all of the schema that urql’s cache has to know', () => {
  const { things, pages } = withoutId();
  expect(Object.keys(example.keys)).toEqual([...things, ...pages].sort());
  expect(
    Object.fromEntries(
      Object.entries(example.resolvers as Record<string, object>).map(([name, fields]) => [
        name,
        Object.keys(fields).sort(),
      ]),
    ),
  ).toEqual(pagedFields());
});
