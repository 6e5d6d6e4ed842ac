/** Random operations against two oracles: the rows against Prisma, and the execution against graphql-js. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildSchema, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Random } from '../../src/generate/random.ts';
import { IS_DISTRIBUTED } from '../kit/database.ts';
import { readTables, type Tables } from '../kit/filters.ts';
import { OperationFuzz } from '../kit/fuzz-operations.ts';
import { type Answer, ask, type Json } from '../kit/graphql.ts';
import { anyPage, asAnswer, toGraphql, toPrisma } from '../kit/prisma-oracle.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
let tables: Tables;
beforeAll(async () => {
  service = await startService();
  await service.import([...generateExtract({ rows: 400, seed: 12 })].join(''));
  tables = await readTables(service);
});
afterAll(() => service?.stop());

test('any page of any selection has the rows, the values and the order that Prisma finds', {
  skip: IS_DISTRIBUTED,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyPage(tables), async (page) => {
      const { query, variables } = toGraphql(page);
      const prisma = toPrisma(page);
      const model = (service.db.prisma as unknown as Record<string, Json>)[page.asked.entity];
      const [answer, rows, count] = await Promise.all([
        ask(service, query, variables),
        model.findMany(prisma.page),
        model.count({ where: prisma.where }),
      ]);
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual(asAnswer(page, rows, count));
    }),
    { numRuns: propertyRuns(40) },
  );
});

/** Introspection beside data is left to graphql-js, and with it the whole operation. */
const FOR_GRAPHQL_JS = 'introspected: __schema { queryType { name } }';

/** Returns an operation that asks the same, but has to be executed by graphql-js; null if it can't be parsed. */
function forGraphqlJs(query: string): { same: string; other: string } | null {
  try {
    const document = parse(query);
    const [added] = (parse(`{ ${FOR_GRAPHQL_JS} }`).definitions[0] as OperationDefinitionNode).selectionSet.selections;
    const definitions = document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && added
        ? {
            ...definition,
            selectionSet: { ...definition.selectionSet, selections: [...definition.selectionSet.selections, added] },
          }
        : definition,
    );
    return { same: print(document), other: print({ ...document, definitions }) };
  } catch {
    return null;
  }
}

/**
 * Errors without what may differ: where they are in the text, and the order in which fields fail. Of several errors that make the same field
 * above them null, the first ends its execution (GraphQL, "Handling Execution Errors"), and which one that is depends on time: then only the
 * path of that null is certain.
 */
const errorsOf = ({ data, errors = [] }: Answer) => {
  const certain: string[] = [];
  const nullsAbove = new Set<string>();
  for (const { message, path = [], extensions } of errors) {
    const depthOfNull = path.findIndex((_, depth) => valueAt(data, path.slice(0, depth)) == null);
    if (depthOfNull === -1) certain.push(JSON.stringify([path, message, extensions.code]));
    else nullsAbove.add(JSON.stringify(path.slice(0, depthOfNull)));
  }
  return { certain: certain.sort(), nullsAbove: [...nullsAbove].sort() };
};

const valueAt = (data: Json, path: readonly unknown[]): Json =>
  path.reduce((value: Json, key) => value?.[key as string], data);

test('any operation is answered as graphql-js answers it, with errors and nulls too', async () => {
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  const first = (await ask(service, '{ interviews(first: 5) { edges { cursor node { id interviewId job { id } } } } }'))
    .data;
  const known: string[] = first.interviews.edges.flatMap(({ cursor, node }: Json) => [
    cursor,
    node.id,
    node.interviewId,
  ]);
  const numRuns = propertyRuns(100);
  let answered = 0;
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const { body } = new OperationFuzz(schema, new Random(seed), known).next();
      let operation: { query?: unknown; variables?: object } = {};
      try {
        operation = JSON.parse(body) ?? {};
      } catch {
        return;
      }
      const both = typeof operation.query === 'string' ? forGraphqlJs(operation.query) : null;
      if (!both || JSON.stringify(operation).includes('requestId')) return;
      const [compiled, executed] = [
        await ask(service, both.same, operation.variables),
        await ask(service, both.other, operation.variables),
      ];
      // One more root field may exceed a limit.
      if (executed.errors?.some(({ extensions }) => extensions.code === 'QUERY_TOO_COMPLEX')) return;
      const { introspected, ...data } = executed.data ?? {};
      expect(errorsOf(compiled)).toEqual(errorsOf(executed));
      expect(compiled.data ?? null).toEqual(executed.data ? data : null);
      if (compiled.data) answered++;
      if (compiled.errors) failed++;
    }),
    { numRuns },
  );
  expect(answered).toBeGreaterThan(numRuns / 10);
  expect(failed).toBeGreaterThan(numRuns / 60);
});

test('an operation that takes several turns is answered as graphql-js answers it, with what other statements read', async () => {
  const names = Array.from({ length: 25 }, (_, at) => `a${at}: interviewId`).join(' ');
  const query = `{ interviews(first: 400) { nodes { ${names} job { jobId interviews(first: 2) { totalCount nodes { interviewId } } }
    timeSlots { startTime appointments { status } } appointments(first: 5, last: null) { edges { cursor node { rating } } } } } }`;
  const both = forGraphqlJs(query);
  const [compiled, executed] = [await ask(service, both?.same ?? ''), await ask(service, both?.other ?? '')];
  expect(compiled.errors).toBeUndefined();
  expect(Object(compiled).extensions.cost.actual).toBeGreaterThan(10_000);
  const { introspected, ...data } = executed.data ?? {};
  expect(compiled.data).toEqual(data);
});

test('fields of one name that lead to different pages have each its own', async () => {
  const query = `{ interviews(first: 6) { nodes { a: job { x: interviews(first: 1) { totalCount nodes { id } } }
      b: job { x: appointments(first: 2) { totalCount nodes { id } } } y: appointments(first: 1) { nodes { id } } }
    edges { node { y: appointments(first: 2) { nodes { id } } } } } }`;
  const alone = await ask(
    service,
    `{ interviews(first: 6) { nodes { job { interviews(first: 1) { totalCount nodes { id } } appointments(first: 2) { totalCount nodes { id } } }
      one: appointments(first: 1) { nodes { id } } two: appointments(first: 2) { nodes { id } } } } }`,
  );
  const { nodes, edges } = (await ask(service, query)).data.interviews;
  for (const [index, { job, one, two }] of alone.data.interviews.nodes.entries()) {
    expect(nodes[index]).toEqual({ a: { x: job.interviews }, b: { x: job.appointments }, y: one });
    expect(edges[index].node).toEqual({ y: two });
  }
});
