/**
 * The tests that a service whose rows are distributed answers as one with the same rows on one Postgres does: operations, filters and orders of
 * GraphQL, rows of OData and of the extract, also for those who see a part.
 */
import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entityOf, type Relation } from '../../src/domain/entities.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { Random } from '../../src/generate/random.ts';
import { NAMES } from '../../src/graphql/connection/names.ts';
import { schema } from '../../src/graphql/schema.ts';
import { readCookbook } from './cookbook.ts';
import { anyWhere, ENTITY_NAMES, listOf, readTables, type Tables, type Where } from './filters.ts';
import { OperationFuzz } from './fuzz-operations.ts';
import { ask, data, type Json } from './graphql.ts';
import { importNames } from './import-names.ts';
import { propertyRuns } from './property-runs.ts';
import { ADMIN_TOKEN, type Service } from './service.ts';

const GOLDEN = new URL('../golden/operations/', import.meta.url);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** Once there are so many differences the rest would say little more. */
const ENOUGH = 20;

/** Two services with the same rows. */
export interface BothServices {
  readonly one: Service;
  readonly apart: Service;
  /** Removes what is left once they have stopped. */
  readonly drop?: () => Promise<void>;
}

const tokens = new Map<string, Viewer>();
/** The tokens of these tests; both services need it. */
export const findToken = async (token: string) => tokens.get(token) ?? null;

/** Names jobs and candidates, some of them alike but for accents and case. */
export async function nameAll(service: Service): Promise<void> {
  const jobs = await service.rows('SELECT job_id AS id FROM job ORDER BY 1');
  const candidates = await service.rows('SELECT candidate_profile_id AS id FROM candidate ORDER BY 1');
  const departments = ['Design', 'Research', 'Sales'];
  const first = ['Zoë', 'José', 'Anna', 'annika', '', 'Łukasz'];
  const jobLines = jobs.map(({ id }, at) => `${id},Job ${at % 7},${departments[at % 3]}\n`);
  const candidateLines = candidates.map(({ id }, at) => `${id},${first[at % 6]},Doe ${at % 40}\n`);
  await importNames(service, {
    jobs: `jobId,title,department\n${jobLines.join('')}`,
    candidates: `candidateProfileId,firstName,lastName\n${candidateLines.join('')}`,
  });
}

/** What is of the moment. */
const masked = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}(?=\.)|(?<="(requestId|at)":")[^"]*/g, '…');

/** Compares both services, which `open` starts. `operations`: how many at random, and what share of the filters at random. */
export function sameReads(open: () => Promise<BothServices>, operations: number, filters: number): void {
  let both: BothServices;
  let one: Service;
  let apart: Service;
  let tables: Tables;

  beforeAll(async () => {
    both = await open();
    ({ one, apart } = both);
    tables = await readTables(one);
    const jobs = await one.rows('SELECT job_id AS id FROM job ORDER BY 1 LIMIT 3');
    const viewer = { name: 'tests', caller: 'tests', scopes: ['read', 'personal'] as const };
    const jobIds = jobs.map(({ id }) => String(id));
    tokens.set(ADMIN_TOKEN, { ...viewer, scopes: ['admin'], restriction: null });
    tokens.set('jobs', { ...viewer, restriction: { jobIds, departments: [] } });
    tokens.set('department', { ...viewer, restriction: { jobIds: [], departments: ['Design'] } });
  }, 600_000);
  afterAll(async () => {
    await apart?.stop();
    await one?.stop();
    await both?.drop?.();
  });

  const differences: string[] = [];
  async function compare(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<void> {
    const [expected, given] = await Promise.all([one, apart].map((service) => ask(service, query, variables, headers)));
    const [there, here] = [expected, given].map((answer) => masked(JSON.stringify(answer)));
    expect(there).not.toContain('NOT_AUTHENTICATED');
    if (there !== here)
      differences.push(
        `${query} ${JSON.stringify(variables)}\n  one: ${there?.slice(0, 700)}\n  apart: ${here?.slice(0, 700)}`,
      );
    if (differences.length >= ENOUGH) expectNone();
  }
  function expectNone(): void {
    const found = differences.splice(0);
    expect(found.join('\n\n')).toBe('');
  }

  test('to every golden operation', async () => {
    for (const file of await readdir(GOLDEN)) {
      if (!file.endsWith('.graphql')) continue;
      const variables = await readFile(new URL(file.replace('.graphql', '.variables.json'), GOLDEN), 'utf8').catch(
        () => '{}',
      );
      await compare(await readFile(new URL(file, GOLDEN), 'utf8'), JSON.parse(variables));
    }
    expectNone();
  });

  test('to every question of the cookbook', async () => {
    for (const { query, variables } of await readCookbook()) await compare(query, variables);
    expectNone();
  });

  const listed = (entity: (typeof ENTITY_NAMES)[number]) =>
    `query ($where: ${NAMES[entity]}Where) { ${listOf(entity)}(first: 5, where: $where) { totalCount nodes { id } } }`;
  const ROOTS = ENTITY_NAMES.filter((entity) => entity !== 'timeSlot');
  const through = (name: string, { many }: Relation): Where[] =>
    many
      ? [{ [name]: { some: {} } }, { [name]: { none: {} } }, { [name]: { atLeast: { count: 2 } } }]
      : [{ [name]: {} }, { not: { [name]: {} } }];

  test.each(ROOTS)('to filters of %ss through each relation', async (entity) => {
    const [other = ''] = Object.keys(entityOf(entity).attributes);
    for (const [name, relation] of Object.entries(entityOf(entity).relations))
      for (const where of through(name, relation)) {
        await compare(listed(entity), { where });
        await compare(
          listed(entity),
          { where: { or: [where, { [other]: { isNull: true } }] } },
          { 'x-smarttoken': 'department' },
        );
      }
    expectNone();
  });

  test.each(ROOTS)('to filters of %ss at random', async (entity) => {
    await fc.assert(
      fc.asyncProperty(anyWhere(tables, entity), fc.constantFrom(null, 'jobs', 'department'), async (where, token) => {
        await compare(listed(entity), { where }, token === null ? {} : { 'x-smarttoken': token });
      }),
      { numRuns: propertyRuns(filters), seed: SEED },
    );
    expectNone();
  });

  test('to operations at random', async () => {
    const { interviews } = await data(one, '{ interviews(first: 30) { edges { cursor node { id interviewId } } } }');
    const known = interviews.edges.flatMap(({ cursor, node }: Json) => [cursor, node.id, node.interviewId]);
    const fuzz = new OperationFuzz(schema, new Random(SEED), known);
    for (let count = 0; count < operations; count++) {
      const { body, isWellFormed } = fuzz.next();
      if (!isWellFormed) continue;
      const { query, variables } = JSON.parse(body);
      const token = ['', 'jobs', 'department'][count % 3];
      await compare(query, variables, token ? { 'x-smarttoken': token } : {});
    }
    expectNone();
  });

  test('to long cursors, names sorted and searched, and pages walked in both directions', async () => {
    for (const orderBy of ['CANDIDATE_LAST_NAME', 'JOB_TITLE', 'CANDIDATE_FIRST_NAME', 'DURATION', 'STARTS_AT'])
      for (const way of ['first', 'last']) {
        const bound = way === 'first' ? 'after' : 'before';
        const query = `query ($at: String, $nulls: NullsOrder!) { interviews(${way}: 40, ${bound}: $at, orderBy: [{field: ${orderBy}, nulls: $nulls}]) { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id candidate { lastName } job { title } } } }`;
        for (const nulls of ['FIRST', 'LAST']) {
          await compare(query, { nulls });
          const { interviews } = await data(one, query, { nulls });
          const { startCursor, endCursor } = interviews.pageInfo;
          const at = way === 'first' ? endCursor : startCursor;
          for (const token of ['', 'department'])
            await compare(query, { nulls, at }, token ? { 'x-smarttoken': token } : {});
        }
      }
    expectNone();
  });

  test('to an export of all that follows a page, among rows with a create time and among those without', async () => {
    const [{ count } = { count: 0 }] = await one.rows(
      'SELECT count(*)::int AS count FROM appointment WHERE interview_create_date IS NOT NULL',
    );
    for (const limit of [1, 500, Number(count) + 1]) {
      const { headers } = await one.get(`/analytics/interviews?format=csv&limit=${limit}`);
      const [, after] = /[?&]after=([^&>]+)/.exec(headers.get('link') ?? '') ?? [];
      expect(after).toBeDefined();
      const [there, here] = await Promise.all(
        [one, apart].map(
          async (service) => await (await service.get(`/analytics/interviews?format=csv&after=${after}`)).text(),
        ),
      );
      expect(here).toBe(there);
    }
  });

  test.each([
    ...['Interviews', 'Appointments'].flatMap((set) => [
      `/odata/v4/${set}?$top=20&$count=true`,
      `/odata/v4/${set}?$skip=3&$top=7`,
    ]),
    '/odata/v4/Interviews?$orderby=startsAt desc&$top=20',
    "/odata/v4/Appointments?$filter=contains(interviewLocation,'e')&$top=20&$count=true",
    '/analytics/interviews?format=csv',
    '/analytics/interviews?format=csv&interviewType=VIDEO&fields=interviewId,jobId',
    '/analytics/interviews?format=json&limit=10',
    '/analytics/interviews/summary',
  ])('at %s', async (path) => {
    for (const token of [null, 'jobs', 'department']) {
      const headers: Record<string, string> = token === null ? {} : { 'x-smarttoken': token };
      const [there, here] = await Promise.all(
        [one, apart].map(async (service) => {
          const response = await service.get(path, { headers });
          return `${response.status} ${(await response.text()).replaceAll(service.url, '')}`;
        }),
      );
      expect(there?.slice(0, 3)).toBe('200');
      expect(here).toBe(there);
    }
  });
}
