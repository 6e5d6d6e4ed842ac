/**
 * What a viewer sees who is restricted to some rows: what there would be if nothing else had been imported. A second service has imported only
 * these rows, with the same secret, so that all ids are the same; every field and route answers the restricted viewer as it answers there.
 */
import { type GraphQLOutputType, getNamedType, isObjectType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CanonicalRow, FIELD_INDEX } from '../../src/domain/fields.ts';
import { EXTRACT_PATH, SUMMARY_PATH } from '../../src/domain/paths.ts';
import type { Restriction, Scope, Viewer } from '../../src/domain/viewer.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Random } from '../../src/generate/random.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createLog } from '../../src/log.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { OperationFuzz } from '../kit/fuzz-operations.ts';
import { ask, type Json } from '../kit/graphql.ts';
import { importNames } from '../kit/import-names.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { rowOf, type Values } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let whole: Service;
let part: Service;
let rows: CanonicalRow[];
let jobs: string[];
let restriction: Restriction;

const SCOPES: readonly Scope[] = ['read', 'personal'];
const tokens = new Map<string, Viewer>();

const jobOf = (row: CanonicalRow): string => row[FIELD_INDEX.jobId] ?? '';

beforeAll(async () => {
  rows = readCanonical([...generateExtract({ rows: 300, seed: 21 })].join(''));
  const all = [...new Set(rows.map(jobOf))].filter((job) => job !== '').sort();
  jobs = all.slice(0, Math.ceil(all.length / 3));
  restriction = { jobIds: jobs, departments: [] };
  tokens.set('restricted', { name: 'tests', caller: 'tests', scopes: SCOPES, restriction });
  // The same rows, said in other ways.
  const [first = '', ...rest] = jobs;
  const ways = {
    'by departments': { jobIds: [], departments: ['Design', 'Research'] },
    'by department and job': { jobIds: [first, ...rest.slice(0, 1)], departments: ['Research'] },
  };
  for (const [token, way] of Object.entries(ways))
    tokens.set(token, { name: 'tests', caller: 'tests', scopes: SCOPES, restriction: way });
  tokens.set('others', {
    name: 'tests',
    caller: 'tests',
    scopes: SCOPES,
    restriction: { jobIds: jobs.slice(1), departments: [] },
  });
  tokens.set('all', { name: 'tests', caller: 'tests', scopes: SCOPES, restriction: null });
  const start = () => startService({}, createLog('silent'), {}, async (token) => tokens.get(token) ?? null);
  [whole, part] = await Promise.all([start(), start()]);
  const seen = rows.filter((row) => jobs.includes(jobOf(row)));
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.length).toBeLessThan(rows.length / 1.5);
  for (const service of [whole, part]) await service.rows(`UPDATE dataset SET id_secret = '\\x${'ab'.repeat(32)}'`);
  const asOf = Date.parse('2026-06-01T00:00:00Z');
  await whole.import(toCsv(rows), { asOf });
  await part.import(toCsv(seen), { asOf });
  const departmentOf = (job: string) =>
    jobs.includes(job) ? (jobs.indexOf(job) < 2 ? 'Design' : 'Research') : 'Sales';
  const lines = (ids: readonly string[]) => ids.map((id, at) => `${id},Job ${at},${departmentOf(id)}\n`).join('');
  await importNames(whole, { jobs: `jobId,title,department\n${lines([...jobs, ...all.slice(jobs.length)])}` });
  await importNames(part, { jobs: `jobId,title,department\n${lines(jobs)}` });
});
afterAll(async () => {
  await whole?.stop();
  await part?.stop();
});

const asRestricted = (query: string, variables: object = {}, token = 'restricted') =>
  ask(whole, query, variables, { 'x-smarttoken': token });
const asAll = (query: string, variables: object = {}) => ask(part, query, variables, { 'x-smarttoken': 'all' });

/** What may differ: when and what was imported, which is told to everybody. */
const SAME_FOR_ALL = new Set(['version', 'importedAt', 'knownAt', 'sample']);

/** What is measured, which a test of its own compares. */
const MEASURED = new Set(['metrics']);

/** Everything that a type's fields give, so many levels deep. */
function everything(output: GraphQLOutputType, levels: number): string {
  const type = getNamedType(output);
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(({ name }) => !SAME_FOR_ALL.has(name) && !MEASURED.has(name));
  const selected = fields.flatMap(({ name, args, type: of }) => {
    const isLeaf = !isObjectType(getNamedType(of));
    if (args.some(isRequiredArgument) || (!isLeaf && levels === 0)) return [];
    const limit = args.some((one) => one.name === 'first') ? '(first: 3)' : '';
    return [`${name}${limit}${everything(of, levels - 1)}`];
  });
  return selected.length === 0 ? ' { __typename }' : ` { ${selected.join(' ')} }`;
}

const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  // A restricted token is never one of an administrator.
  ({ type, extensions }) => getNamedType(type).name.endsWith('Connection') && extensions.scope !== 'admin',
);

describe.each(lists.map(({ name, type }) => [name, type] as const))('%s', (name, type) => {
  test('gives the items that visible rows name, with all that hangs on them', async () => {
    const query = `{ list: ${name}(first: 4)${everything(type, 3)} }`;
    const answer = await asRestricted(query);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.list.nodes.length).toBeGreaterThan(0);
    expect(answer.data).toEqual((await asAll(query)).data);
  });

  test('has as many items as visible rows name, in every order', async () => {
    const order = getNamedType(type).name.replace('Connection', 'OrderField');
    const fields = schema.getType(order);
    if (!fields || !('getValues' in fields)) throw new Error(`there is no ${order}`);
    for (const { name: field } of fields.getValues()) {
      const query = `{ list: ${name}(first: 500, orderBy: [{ field: ${field} }]) { totalCount edges { cursor node { id } } } }`;
      const answer = await asRestricted(query);
      expect(answer.data, field).toEqual((await asAll(query)).data);
    }
  });

  test('tells nothing of others, asked for by their ids', async () => {
    const { data } = await ask(whole, `{ list: ${name}(first: 500) { nodes { id } } }`, {}, { 'x-smarttoken': 'all' });
    const ids: string[] = data.list.nodes.map(({ id }: { id: string }) => id);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const answer = await asRestricted(query, { ids });
    expect(answer.data).toEqual((await asAll(query, { ids })).data);
    const hidden = ids.filter((_, at) => answer.data.nodes[at] === null);
    expect(hidden.length).toBeGreaterThan(0);
    for (const id of hidden.slice(0, 3))
      expect(await asRestricted('query ($id: ID!) { node(id: $id) { id } }', { id })).toMatchObject({
        data: { node: null },
      });
  });
});

test('the dataset counts what is visible', async () => {
  const query =
    '{ dataset { appointments interviews interviewers candidates jobs applications firstStart lastStart } }';
  expect(await asRestricted(query)).toEqual(await asAll(query));
});

describe('metrics', () => {
  const measures = schema.getType('MetricValues');
  const selections = isObjectType(measures)
    ? Object.values(measures.getFields()).map(({ name, type }) => `${name}${everything(type, 3)}`)
    : [];

  test.each(selections)('%s measures what is visible, in total, in groups and of each item', async (selection) => {
    const total = `{ metrics(groupBy: [JOB]) { total { ${selection} } } }`;
    const answer = await asRestricted(total);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual((await asAll(total)).data);
    for (const groups of [
      `{ metrics(groupBy: [WEEK, INTERVIEWER]) { groupCount groups { key { text interviewer { id } } values { ${selection} } } } }`,
      `{ metrics(groupBy: [JOB]) { groupCount groups { key { text job { id } } values { ${selection} } } } }`,
      `{ jobs(first: 50) { nodes { id metrics { ${selection} } } } }`,
      `{ interviewers(first: 50) { nodes { id metrics { ${selection} } } } }`,
    ]) {
      const [restricted, all] = [await asRestricted(groups), await asAll(groups)];
      expect(restricted.data ?? null, groups).toEqual(all.data ?? null);
    }
  });
});

test('single items that no visible row names are none', async () => {
  const ids = [...new Set(rows.map((row) => row[FIELD_INDEX.interviewId] ?? ''))].slice(0, 60);
  const query = `{ ${ids
    .map((id, at) => `a${at}: interview(interviewId: "${id}") { interviewId }`)
    .slice(0, 20)
    .join(' ')} }`;
  const answer = await asRestricted(query);
  expect(answer).toEqual(await asAll(query));
  expect(Object.values(answer.data)).toContain(null);
});

/** ACCESS_OPERATIONS is how many operations are sent, then at random; FUZZ_SEED repeats a run. */
const { ACCESS_OPERATIONS } = process.env;
const OPERATIONS = Number(ACCESS_OPERATIONS ?? propertyRuns(80));
const SEED = Number(process.env.FUZZ_SEED ?? (ACCESS_OPERATIONS ? Math.floor(Math.random() * 2 ** 31) : 5));

test(
  'any operation answers as if nothing else were there',
  async () => {
    const fuzz = new OperationFuzz(schema, new Random(SEED), jobs);
    let compared = 0;
    for (let sent = 0; sent < OPERATIONS; ) {
      const { body, isWellFormed } = fuzz.next();
      if (!isWellFormed || /dataset|dataVersion|viewer/.test(body)) continue;
      sent++;
      const { query, variables } = JSON.parse(body);
      const [restricted, all] = [await asRestricted(query, variables), await asAll(query, variables)];
      expect(restricted.data ?? null, `FUZZ_SEED=${SEED} ${body}`).toEqual(all.data ?? null);
      if (restricted.data) compared++;
    }
    expect(compared).toBeGreaterThan(OPERATIONS / 12);
  },
  30_000 + OPERATIONS * 100,
);

describe.each(['by departments', 'by department and job'])('a token that is restricted %s', (token) => {
  test('sees the same rows, items and measures as one that is restricted to the jobs', async () => {
    const counts =
      '{ dataset { appointments interviews interviewers candidates jobs applications firstStart lastStart } }';
    for (const query of [counts, ...lists.map(({ name, type }) => `{ ${name}(first: 4)${everything(type, 3)} }`)]) {
      const answer = await asRestricted(query, {}, token);
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual((await asRestricted(query)).data);
    }
    for (const groupBy of ['JOB', 'INTERVIEWER', 'DEPARTMENT']) {
      const metrics = `{ metrics(groupBy: [${groupBy}]) { groups { key { text } values { appointments heldSlots overlapping slots interviews feedback { numerator denominator } } } } }`;
      const measured = await asRestricted(metrics, {}, token);
      expect(measured).toEqual(await asRestricted(metrics));
    }
    const rowsOf = async (as: string) =>
      (await whole.get(`${EXTRACT_PATH}?format=csv`, { headers: { 'x-smarttoken': as } })).text();
    expect(await rowsOf(token)).toBe(await rowsOf('restricted'));
  });

  test('sees what any operation gives that one', async () => {
    const fuzz = new OperationFuzz(schema, new Random(6), jobs);
    for (let at = 0; at < propertyRuns(40); at++) {
      const { body, isWellFormed } = fuzz.next();
      if (!isWellFormed || /viewer/.test(body)) continue;
      const { query, variables } = JSON.parse(body);
      const [one, other] = [await asRestricted(query, variables, token), await asRestricted(query, variables)];
      expect(one.data ?? null, body).toEqual(other.data ?? null);
    }
  });
});

describe('an interview of which only some rows are visible', () => {
  test('has no candidate, job or appointment that only the others name', async () => {
    const [own = '', other = ''] = [jobs[0], rows.map(jobOf).find((job) => job !== '' && !jobs.includes(job))];
    const [candidate, hidden] = ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '3f2504e0-4f89-41d3-9a0c-0305e82c3302'];
    const row = (values: Values): CanonicalRow => rowOf({ interviewId: 'mixed', ...values });
    const seen = row({
      jobId: own,
      candidateProfileId: candidate,
      interviewerEmployeeId: 'e-seen',
      interviewUpdateDate: '2026-01-01T00:00:00',
    });
    const newest = row({
      jobId: other,
      candidateProfileId: hidden,
      interviewerEmployeeId: 'e-hidden',
      interviewUpdateDate: '2026-02-01T00:00:00',
    });
    await whole.import(toCsv([seen, newest]));
    const { data, errors } = await asRestricted(`{ interview(interviewId: "mixed") {
      candidate { candidateProfileId } job { jobId } interviewers { employeeId }
      appointments { totalCount nodes { candidate { candidateProfileId } interviewer { employeeId } } } timeSlots { appointments { row { jobId } } } } }`);
    expect(errors).toBeUndefined();
    expect(data.interview).toEqual({
      candidate: null,
      job: null,
      interviewers: [{ employeeId: 'e-seen' }],
      appointments: {
        totalCount: 1,
        nodes: [{ candidate: { candidateProfileId: candidate }, interviewer: { employeeId: 'e-seen' } }],
      },
      timeSlots: [{ appointments: [{ row: { jobId: own } }] }],
    });
    const { data: found } = await asRestricted(
      `{ interviews(where: { candidate: { candidateProfileId: { eq: "${hidden}" } } }) { totalCount } }`,
    );
    expect(found.interviews.totalCount).toBe(0);
  });
});

describe('the extract', () => {
  const get = (service: Service, token: string, path: string, headers: Record<string, string> = {}) =>
    service.get(path, { headers: { 'x-smarttoken': token, ...headers } });

  beforeAll(async () => {
    await whole.rows(`DELETE FROM appointment WHERE interview_id = 'mixed'`);
  });

  test.each([
    '?format=csv',
    '?format=json',
    '?format=ndjson&limit=7',
    '?format=csv&interviewType=VIDEO&fields=interviewId,jobId',
  ])('%s has the visible rows, byte for byte', async (query) => {
    const [restricted, all] = [
      await get(whole, 'restricted', EXTRACT_PATH + query),
      await get(part, 'all', EXTRACT_PATH + query),
    ];
    expect(restricted.status).toBe(200);
    expect(await restricted.text()).toBe(await all.text());
    expect(restricted.headers.get('link')).toBe(all.headers.get('link'));
  });

  test('has an ETag of its own for each restriction', async () => {
    const tagOf = async (token: string) => (await get(whole, token, EXTRACT_PATH)).headers.get('etag') ?? '';
    const tags = [await tagOf('restricted'), await tagOf('others'), await tagOf('all')];
    expect(new Set(tags).size).toBe(3);
    for (const [at, token] of ['restricted', 'others', 'all'].entries()) {
      expect((await get(whole, token, EXTRACT_PATH, { 'if-none-match': tags[at] ?? '' })).status).toBe(304);
      expect((await get(whole, token, EXTRACT_PATH, { 'if-none-match': tags[(at + 1) % 3] ?? '' })).status).toBe(200);
    }
  });

  test('is counted as far as it is visible', async () => {
    const summary = async (service: Service, token: string) => {
      const { rows: found, dataset } = (await (
        await get(service, token, `${SUMMARY_PATH}?interviewType=VIDEO`)
      ).json()) as Json;
      return { found, rows: dataset.rows };
    };
    expect(await summary(whole, 'restricted')).toEqual(await summary(part, 'all'));
  });

  test('can’t be changed by who sees only a part of it, whatever scopes the token has', async () => {
    tokens.set('writer', { name: 'writer', caller: 'writer', scopes: ['read', 'write', 'admin'], restriction });
    const response = await get(whole, 'writer', EXTRACT_PATH);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    const refused = await whole.get(EXTRACT_PATH, {
      method: 'POST',
      headers: { 'x-smarttoken': 'writer', 'content-type': 'text/csv' },
      body: toCsv(rows),
    });
    expect(refused.status).toBe(403);
    expect(await ask(whole, '{ viewer { scopes } }', {}, { 'x-smarttoken': 'writer' })).toMatchObject({
      data: { viewer: { scopes: ['READ'] } },
    });
  });
});
