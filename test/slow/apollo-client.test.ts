/** Apollo Client with the cache of examples/clients/apollo, against the service. */
import { parse } from 'graphql';
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

/** Until the client shows what it has. */
const WAIT = { timeout: 30_000 };

let service: Service;
let example: Json;
beforeAll(async () => {
  prepareExample('clients/apollo', false);
  example = await import(`${exampleFolder('clients/apollo')}client.mjs`);
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
  client.stop();
  vi.restoreAllMocks();
  expect(complaints).toEqual([]);
});

const query = async (text: string, variables: object = {}, fetchPolicy = 'cache-first'): Promise<Json> =>
  (await client.query({ query: parse(text), variables, fetchPolicy })).data;

const everything = async (where: object = {}): Promise<Json> =>
  (await dataOf(service, INTERVIEWS, { first: 500, where })).interviews;

/** Loads the pages of a list up to its end. */
async function loadAll(list: Json): Promise<Json> {
  let interviews: Json;
  list.subscribe(({ data }: Json) => {
    interviews = data?.interviews;
  });
  await vi.waitUntil(() => interviews, WAIT);
  while (interviews.pageInfo.hasNextPage) {
    const { endCursor } = interviews.pageInfo;
    await list.fetchMore({ variables: { after: endCursor } });
    await vi.waitUntil(() => interviews.pageInfo.endCursor !== endCursor, WAIT);
  }
  return interviews;
}

describe('a list in Apollo Client', () => {
  test('grows by the edges of each page, and is read again without a request', async () => {
    const expected = await everything();
    const list = client.watchQuery({ query: parse(INTERVIEWS), variables: { first: 7 } });
    const interviews = await loadAll(list);
    expect(interviews.edges).toMatchObject(expected.edges);
    expect(interviews).toMatchObject({ totalCount: expected.totalCount, pageInfo: expected.pageInfo });
    expect(bodies).toHaveLength(Math.ceil(expected.totalCount / 7));
    expect((await query(INTERVIEWS, { first: 3 }, 'cache-only')).interviews.edges).toEqual(interviews.edges);
  });

  test('has the nodes of the last page alone, which are not put together', async () => {
    const { totalCount } = await everything();
    const { nodes, edges } = await loadAll(client.watchQuery({ query: parse(INTERVIEWS), variables: { first: 7 } }));
    expect([nodes.length, edges.length]).toEqual([totalCount % 7 || 7, totalCount]);
  });

  test('is another one with another filter', async () => {
    const where = { canceled: { eq: true } };
    const [all, canceled] = [await everything(), await everything(where)];
    expect(canceled.totalCount).toBeGreaterThan(0);
    await loadAll(client.watchQuery({ query: parse(INTERVIEWS), variables: { first: 7 } }));
    await loadAll(client.watchQuery({ query: parse(INTERVIEWS), variables: { first: 7, where } }));
    expect((await query(INTERVIEWS, {}, 'cache-only')).interviews.edges).toMatchObject(all.edges);
    expect((await query(INTERVIEWS, { where }, 'cache-only')).interviews.edges).toMatchObject(canceled.edges);
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
    expect(again).toEqual({ ...node, canceled: !node.canceled });
    await service.import(EXTRACT);
  });
});

test('what has no id keeps in Apollo Client what several queries select of it', async () => {
  const [one, other] = [await query(ONE_HALF), await query(OTHER_HALF, {}, 'network-only')];
  const both = await query(BOTH_HALVES, {}, 'cache-only');
  expect(both).toMatchObject(one);
  expect(both).toMatchObject(other);
});

test('the example knows all of the schema that Apollo Client’s cache has to know', () => {
  const { possibleTypes, typePolicies } = example;
  const policies = Object.entries(typePolicies as Record<string, { merge?: boolean; fields?: object }>);
  expect(policies.flatMap(([name, { merge }]) => (merge ? [name] : [])).sort()).toEqual(withoutId().things);
  const paged = policies.flatMap(([name, { fields }]) => (fields ? [[name, Object.keys(fields).sort()]] : []));
  expect(Object.fromEntries(paged)).toEqual(pagedFields());
  expect(possibleTypes.Node).toEqual(
    Object.keys(pagedFields())
      .filter((name) => name !== 'Query')
      .concat('Appointment', 'TimeSlot')
      .sort(),
  );
});
