/** docs/cookbook.md: every question is answered as the rows say, with just the scopes that it names. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import type { FieldKey } from '../../src/domain/fields.ts';
import { type Recipe, readCookbook } from '../kit/cookbook.ts';
import { ANSWERS } from '../kit/cookbook-answers.ts';
import { disputedZones } from '../kit/disputed-zones.ts';
import { ascending, Stated, startsAt } from '../kit/expected-from-rows.ts';
import { extract, type Row, rowsIn } from '../kit/generated.ts';
import { type Answer, ask, type Json } from '../kit/graphql.ts';
import { type Service, startService } from '../kit/service.ts';

const file = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const RECIPES = await readCookbook();

/** The fields of a row that a variable of a recipe names; in other data than the sample it takes what is most common there. */
const PICKED: Readonly<Record<string, FieldKey>> = {
  jobId: 'jobId',
  candidateProfileId: 'candidateProfileId',
  applicationId: 'applicationId',
  interviewId: 'interviewId',
  employeeId: 'interviewerEmployeeId',
  creatorEmployeeId: 'creatorEmployeeId',
};

function mostCommon(rows: readonly Row[], key: FieldKey): string {
  const counts = new Map<string, number>();
  for (const { [key]: value } of rows) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

/** The variables with what they name in other rows: those of the week that the cookbook looks at. */
function transferred(variables: Recipe['variables'], rows: readonly Row[]): Recipe['variables'] {
  const week = rows.filter((row) => /^2026-11-2[3-7]/.test(startsAt(row) ?? '') && row.interviewCanceled !== 'true');
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, PICKED[name] ? mostCommon(week, PICKED[name]) : value]),
  );
}

/** The variables as an answer takes them: instants in UTC. */
const inUtc = (variables: Recipe['variables']) =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      /[+-]\d\d:\d\d$/.test(value ?? '') ? `${new Date(value ?? '').toISOString().slice(0, 19)}Z` : (value ?? ''),
    ]),
  );

/** The data with every list in one order, so that only what is in it counts, and with numbers as exact as two computations agree. */
function inOneOrder(value: Json): Json {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) {
    const texts = value.map((one) => JSON.stringify(inOneOrder(one))).sort();
    return texts.map((one) => JSON.parse(one));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inOneOrder(inner)]));
}

/** Whether the data have anything in them: a list with a thing, or a count above 0. */
const saysSomething = (value: Json): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : value !== null &&
      typeof value === 'object' &&
      Object.entries(value).some(([name, inner]) =>
        name === 'totalCount' ? (inner as number) > 0 : saysSomething(inner),
      );

/** An extract of which Node and the database know the instants alike. */
async function withoutDisputedZones(service: Service, csv: string): Promise<string> {
  const zones = new Set(rowsIn(csv).flatMap(({ interviewTimeZone }) => interviewTimeZone ?? []));
  const disputed = await disputedZones(service, zones, '2026-09-01T00:00:00Z', '2027-02-01T00:00:00Z');
  return disputed.reduce((text, zone) => text.replaceAll(zone, 'America/Los_Angeles'), csv);
}

let services: Record<string, { service: Service; stated: Stated; tokens: Record<string, string> }>;

beforeAll(async () => {
  const extracts = {
    'the sample': await file('prisma/sample/interviews-extract.csv'),
    'two busy months': extract({ rows: 1500, seed: 4, from: '2026-10-01', until: '2026-11-24T08:00:00' }),
  };
  services = {};
  for (const [name, generated] of Object.entries(extracts)) {
    const service = await startService();
    const csv = await withoutDisputedZones(service, generated);
    services[name] = { service, stated: new Stated(rowsIn(csv)), tokens: {} };
    expect(await service.import(csv)).toMatchObject({ saved: true });
    for (const scopes of [['read'], ['read', 'personal']] as const)
      services[name].tokens[scopes.join()] = await createToken(service.db.prisma, scopes.join('-'), scopes);
  }
});
afterAll(async () => {
  for (const { service } of Object.values(services ?? {})) await service.stop();
});

/** All pages of a recipe that takes a cursor, as one. */
async function answerOf({ query, scopes }: Recipe, variables: object, data: string): Promise<Answer> {
  const { service, tokens } = services[data] as (typeof services)[string];
  const send = (after: string | null) =>
    ask(
      service,
      query,
      { ...variables, ...('after' in variables && { after }) },
      {
        'x-smarttoken': tokens[scopes.join()] ?? '',
      },
    );
  const answer = await send(null);
  for (const connection of Object.values(answer.data ?? {}) as Json[]) {
    while (connection?.pageInfo?.hasNextPage) {
      const next = await send(connection.pageInfo.endCursor);
      expect(next.errors).toBeUndefined();
      const { nodes, pageInfo }: Json = Object.values(next.data).at(-1);
      connection.nodes.push(...nodes);
      connection.pageInfo = pageInfo;
    }
    delete connection?.pageInfo;
  }
  return answer;
}

test('every question has an answer in test/kit/cookbook-answers.ts', () => {
  expect(RECIPES.length).toBeGreaterThanOrEqual(20);
  expect(RECIPES.map(({ operation }) => operation).sort()).toEqual(Object.keys(ANSWERS).sort());
});

describe.each(['the sample', 'two busy months'])('on %s', (data) => {
  test.each(RECIPES)('$question', async (recipe) => {
    const { stated } = services[data] as (typeof services)[string];
    const variables = data === 'the sample' ? recipe.variables : transferred(recipe.variables, stated.rows);
    const expected = ANSWERS[recipe.operation];
    const answer = await answerOf(recipe, variables, data);
    expect(answer.errors).toBeUndefined();
    expect(saysSomething(answer.data)).toBe(true);
    expect(inOneOrder(answer.data)).toEqual(inOneOrder(expected?.data(stated, inUtc(variables))));
    const order = expected?.order?.(answer.data) ?? [];
    const sorted = [...order].sort(ascending);
    expect(order).toEqual(expected?.descending ? sorted.reverse() : sorted);
  });
});

test.each(RECIPES)('$question needs no more and no less than it says', async (recipe) => {
  const answer = await answerOf({ ...recipe, scopes: ['read'] }, recipe.variables, 'the sample');
  expect(answer.errors?.[0]?.extensions.code).toBe(recipe.scopes.includes('personal') ? 'FORBIDDEN' : undefined);
});
