/** GraphQL operations take points from a bucket of their token, which gets back what they did not need. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELD_COST, ITEM_COST, NESTED_PAGE_COST, PAGE_COST, RELATION_COST } from '../../src/graphql/costs.ts';
import { DOCUMENT_POINTS, MAX_COST, MIN_OPERATIONS_IN_BUCKET, REQUEST_POINTS } from '../../src/graphql/limits.ts';
import { SETTINGS } from '../../src/settings.ts';
import { eventually } from '../kit/command.ts';
import { extract } from '../kit/generated.ts';
import { whileLocked } from '../kit/locked.ts';
import { type Service, startService } from '../kit/service.ts';

const SIZE = 1_400_000;
/** One point comes back per second, so what a test counts hardly changes meanwhile. */
const SLOW = { RATE_LIMIT_POINTS: String(SIZE), RATE_LIMIT_POINTS_PER_SECOND: '1' };
/** Points that may come back while a test counts. */
const TOLERANCE = 60;

const SMALL = '{ dataset { interviews } }';
/** An eighth of the bucket and not a ninth; what it returns is much less. */
const LARGE =
  '{ interviews(first: 500) { nodes { appointments(first: 40) { nodes { id status startsAt endsAt rating } } } } }';
const ofInterview = ITEM_COST + NESTED_PAGE_COST;
const ofAppointment = ITEM_COST + 5 * FIELD_COST;
const REQUESTED = PAGE_COST + RELATION_COST + 500 * (ofInterview + 40 * ofAppointment);

let service: Service;
beforeAll(async () => {
  service = await startService(SLOW);
  await service.import(extract({ rows: 30, seed: 6 }));
});
afterAll(() => service?.stop());

let callers = 0;
/** A token whose bucket is full. */
const newToken = (of = service) => createToken(of.db.prisma, `caller ${callers++}`, ['read', 'personal']);

const send = (token: string, query: string, of = service, accept = 'application/json') =>
  of.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, 'x-smarttoken': token },
    body: JSON.stringify({ query }),
  });

const told = (response: Response, name: string) => Number(response.headers.get(`x-ratelimit-points-${name}`) ?? 'NaN');
const left = (response: Response) => told(response, 'remaining');

/** Expects a number of points, of which some may have come back. */
function expectPoints(found: number, expected: number): void {
  expect(found).toBeGreaterThanOrEqual(expected);
  expect(found).toBeLessThanOrEqual(expected + TOLERANCE);
}

/** Makes the service know a document, which then takes no points of its own. */
const know = async (query: string) => expect((await send(await newToken(), query)).status).toBe(200);

describe('the bucket of a token', () => {
  test('is told by headers: its size, what is left of it, and what comes back', async () => {
    await know(SMALL);
    const response = await send(await newToken(), SMALL);
    expect([told(response, 'limit'), told(response, 'per-second')]).toEqual([SIZE, 1]);
    expectPoints(left(response), SIZE - REQUEST_POINTS);
    expect(response.headers.get('x-ratelimit-limit')).toBeNull();
  });

  test('is told by an operation that asks for it', async () => {
    const query = '{ viewer { rateBudget { pointLimit pointsRemaining pointsPerSecond } } }';
    await know(query);
    const { data } = await (await send(await newToken(), query)).json();
    expect(data.viewer.rateBudget).toMatchObject({ pointLimit: SIZE, pointsPerSecond: 1 });
    expectPoints(data.viewer.rateBudget.pointsRemaining, SIZE - REQUEST_POINTS);
  });

  test('pays more for a document that the service does not know yet, valid or not', async () => {
    const token = await newToken();
    expectPoints(left(await send(token, '{ dataset { candidates } }')), SIZE - REQUEST_POINTS - DOCUMENT_POINTS);
    expectPoints(left(await send(token, '{ nothing }')), SIZE - 2 * (REQUEST_POINTS + DOCUMENT_POINTS));
  });

  test('lets a page ask 15 small things at once, time after time', async () => {
    const token = await newToken();
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 15 }, () => send(token, SMALL)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    }
  });

  test('lacks what an operation requests while that runs, and gets back what it did not need', async () => {
    await know(LARGE);
    const token = await newToken();
    const running = await whileLocked(service, 'interview', async () => {
      const sent = [send(token, LARGE)];
      await eventually(async () => expect(left(await send(token, '{ __typename }'))).toBeLessThan(SIZE - REQUESTED));
      return sent;
    });
    const [response] = await Promise.all(running);
    const { data, extensions } = await (response as Response).json();
    const { nodes } = data.interviews;
    const appointments = nodes.flatMap(
      (interview: { appointments: { nodes: object[] } }) => interview.appointments.nodes,
    );
    const actual = PAGE_COST + ofInterview * nodes.length + ofAppointment * appointments.length;
    expect(extensions.cost).toMatchObject({ requested: REQUESTED, actual });
    const before = left(await send(token, SMALL));
    expectPoints(left(await send(token, LARGE)), before - Math.max(actual, REQUEST_POINTS));
  });

  test('gets back nothing of an operation that takes too long', async () => {
    const impatient = await service.another({ ...SLOW, GRAPHQL_TIMEOUT_SECONDS: '1' });
    try {
      const token = await newToken(impatient);
      const response = await whileLocked(impatient, 'interview', () => send(token, LARGE, impatient));
      expect((await response.json()).errors[0].extensions.code).toBe('TIMEOUT');
      expectPoints(left(response), SIZE - DOCUMENT_POINTS - REQUESTED);
    } finally {
      await impatient.stop();
    }
  });

  test.each([
    'application/json',
    'application/graphql-response+json',
  ])('that is empty refuses more, to clients that accept %s, and says when enough is there', async (accept) => {
    const token = await newToken();
    const refused = await whileLocked(service, 'interview', async () => {
      const sent = Array.from({ length: 9 }, () => send(token, LARGE, service, accept));
      const first = await Promise.race(sent);
      const others = (
        await Promise.all(Array.from({ length: 15 }, () => send(token, '{ __typename }', service, accept)))
      ).map(({ status }) => status);
      return { first, others, sent };
    });
    expect(refused.first.status).toBe(429);
    const { errors, message } = await refused.first.json();
    const [, needs = '', remaining = ''] =
      /^The request needs (\d+) points, and (\d+) of 1400000 are left; 1 come back per second\.$/.exec(message) ?? [];
    expect(Number(refused.first.headers.get('retry-after'))).toBe(Number(needs) - Number(remaining));
    expect(errors).toEqual([{ code: 'RATE_LIMITED', message, extensions: { code: 'RATE_LIMITED' } }]);
    expect(new Set(refused.others)).toEqual(new Set([200]));
    const statuses = (await Promise.all(refused.sent)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(8);
    // Another token has a bucket of its own.
    expect((await send(await newToken(), LARGE, service, accept)).status).toBe(200);
  });
});

test.each([
  ['graphql-js executes', '{ node(id: "x") { id } interviews(first: 10) { nodes { id } } }'],
  ['is compiled', '{ interviews(first: 10) { nodes { id } } }'],
])('the actual cost of an operation that %s counts what was returned', async (_way, query) => {
  const [{ count } = {}] = await service.rows('SELECT count(*)::int FROM interview');
  expect(Number(count)).toBeGreaterThan(3);
  const ids = (
    await (
      await service.get(`/graphql?query=${encodeURIComponent('{ interviews(first: 3) { nodes { id } } }')}`)
    ).json()
  ).data.interviews.nodes;
  const asked = query.replace('"x"', `"${ids[0].id}"`);
  const { extensions } = await (await service.get(`/graphql?query=${encodeURIComponent(asked)}`)).json();
  const missing = 10 - Math.min(10, Number(count));
  expect(extensions.cost.actual).toBe(extensions.cost.requested - missing * (ITEM_COST + FIELD_COST));
});

test('a bucket that is too small for the greatest operations is refused at the start', async () => {
  const least = MIN_OPERATIONS_IN_BUCKET * MAX_COST;
  await expect(service.another({ RATE_LIMIT_POINTS: String(least - 1) })).rejects.toThrow(
    `RATE_LIMIT_POINTS: ${least - 1} must be 0, or at least ${least}: 4 times the greatest cost of an operation.`,
  );
  expect(Number(SETTINGS.RATE_LIMIT_POINTS.default)).toBeGreaterThanOrEqual(least);
});

test('a token has at most as many GraphQL requests in progress as is allowed, waiting ones included', async () => {
  const limited = await service.another({ RATE_LIMIT_GRAPHQL_CONCURRENT: '7' });
  try {
    const token = await newToken(limited);
    const { refused, sent } = await whileLocked(limited, 'interview', async () => {
      const all = Array.from({ length: 8 }, () => send(token, LARGE, limited));
      return { refused: await Promise.race(all), sent: all };
    });
    expect([refused.status, (await refused.json()).message]).toEqual([
      429,
      'More than 7 concurrent requests; wait for one to finish.',
    ]);
    expect(refused.headers.get('x-ratelimit-concurrent-limit')).toBe('7');
    expect((await Promise.all(sent)).map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 429]);
  } finally {
    await limited.stop();
  }
});
