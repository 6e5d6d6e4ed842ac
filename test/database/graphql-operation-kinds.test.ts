/** Access, cost and the snapshot hold for operations of every kind: for mutations and subscriptions, too, though the schema has none yet. */
import { EventEmitter, on } from 'node:events';
import { extendSchema, type GraphQLObjectType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeptCounts } from '../../src/db/kept/kept-counts.ts';
import type { Scope } from '../../src/domain/viewer.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import type { Context } from '../../src/graphql/context.ts';
import { Documents } from '../../src/graphql/operation/document.ts';
import { createExecute, type Executed } from '../../src/graphql/operation/execute.ts';
import { operationQueue } from '../../src/graphql/operation/operation-queue.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createLog } from '../../src/log.ts';
import { type Service, startService } from '../kit/service.ts';

const imported = new EventEmitter();

/** The schema of the service with a mutation and a subscription, of which each has a field that is personal. */
function withAllKinds() {
  const extended = extendSchema(
    schema,
    parse(`type Mutation { count: Int! names: Int! }
      type Subscription { counted: Int! named: Int! }
      extend schema { mutation: Mutation subscription: Subscription }`),
  );
  const count = async (_root: unknown, _args: object, { query }: Context) => {
    const [row] = await query<{ count: number; isReadOnly: string }>(
      `SELECT count(*)::int AS count, current_setting('transaction_read_only') AS "isReadOnly" FROM appointment` as never,
    );
    expect(row?.isReadOnly).toBe('on');
    return row?.count;
  };
  const fields = (type: GraphQLObjectType | null | undefined) => type?.getFields() ?? {};
  for (const field of [
    ...Object.values(fields(extended.getMutationType())),
    ...Object.values(fields(extended.getSubscriptionType())),
  ])
    Object.assign(field, {
      resolve: count,
      subscribe: () => on(imported, 'rows'),
      extensions: /name/.test(field.name) ? { scope: 'personal' } : {},
    });
  return extended;
}

let service: Service;
let perform: (query: string, scopes?: Scope[]) => Promise<Executed>;
beforeAll(async () => {
  service = await startService();
  await service.import([...generateExtract({ rows: 20, seed: 1 })].join(''));
  const extended = withAllKinds();
  const run = createExecute(extended, new Documents(extended), {
    milliseconds: 5_000,
    inTurn: operationQueue(10, 5_000).inTurn,
  });
  perform = (query, scopes = ['read']) =>
    run({
      query,
      variables: {},
      request: {
        db: service.db,
        readMetrics: async () => ({ groups: [], groupCount: 0 }),
        keptCounts: new KeptCounts(50),
        viewer: { name: 'tests', caller: 'tests', scopes, restriction: null },
        budget: { points: () => null, perSecond: () => null, atOnce: async () => null },
        points: { take: async () => {}, giveBack: () => {} },
        requestId: 'tests',
        signal: new AbortController().signal,
        log: createLog('silent') as never,
        record: {},
      },
    });
});
afterAll(() => service?.stop());

const REFUSED = { errors: [{ extensions: { code: 'FORBIDDEN', scope: 'personal' } }] };

describe('a mutation', () => {
  test('answers from a snapshot, with its cost', async () => {
    expect(await perform('mutation { count }')).toMatchObject({
      data: { count: 20 },
      extensions: { cost: { requested: 1 } },
    });
  });
  test('of a personal field is refused without the scope', async () => {
    expect(await perform('mutation { names }')).toMatchObject(REFUSED);
    expect(await perform('mutation { names }', ['read', 'personal'])).toMatchObject({ data: { names: 20 } });
  });
});

describe('a subscription', () => {
  test('answers each event from a snapshot of its own', async () => {
    const results = await perform('subscription { counted }');
    if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results));
    for (const rows of [20, 21]) {
      if (rows === 21)
        await service.rows(
          `INSERT INTO appointment SELECT (jsonb_populate_record(a, jsonb_build_object('row_id', gen_random_uuid()))).* FROM appointment a LIMIT 1`,
        );
      const next = results.next();
      imported.emit('rows', rows);
      expect((await next).value).toMatchObject({ data: { counted: rows }, extensions: { cost: { requested: 1 } } });
    }
    await results.return?.();
  });
  test('of a personal field is refused before it begins', async () => {
    expect(await perform('subscription { named }')).toMatchObject(REFUSED);
  });
  test('with too many aliases is refused before it begins', async () => {
    const aliases = Array.from({ length: 2_000 }, (_, at) => `a${at}: counted`).join(' ');
    expect(await perform(`subscription { ${aliases} }`)).toMatchObject({
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  });
});
