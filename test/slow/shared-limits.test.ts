import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { issueToken } from '../../src/db/tokens/tokens.ts';
import { Command, eventually } from '../kit/command.ts';
import { freshDatabase } from '../kit/database.ts';
import { addLargeRows, download } from '../kit/download.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { hasRedis, REDIS_PASSWORD, TestRedis } from '../kit/redis.ts';
import { withClient } from '../kit/server.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';
const AWAY = 'Redis is unavailable: until it is back, each instance counts requests on its own';
const BACK = 'Redis is back: the instances share their request counts again';

const left = (response: Response) => response.headers.get('x-ratelimit-concurrent-remaining');

/** Begins a download that keeps its place. */
async function hold(url: string) {
  const { request, response } = await download(url + PATH);
  response.on('error', () => {});
  expect(response.statusCode).toBe(200);
  return request;
}

test.each([
  'localhost:6379',
  'http://user:hidden@host',
  'redis://',
  'redis://user:hidden@host:99999',
  'redis://user:hidden@host/zero',
  'redis://user:hidden@host?db=1',
])('REDIS_URL=%s is refused with what is right, and not shown', (REDIS_URL) => {
  const read = () => readConfig({ REDIS_URL });
  expect(read).toThrow('REDIS_URL: the value given must look like redis://user:password@host:6379/0');
  expect(read).not.toThrow('hidden');
});

describe.runIf(hasRedis())('instances that share a Redis', () => {
  let redis: TestRedis;
  let instances: Service[];
  const logs = [memoryLog(), memoryLog()];
  const said = (message: string) => logs.map(({ text }) => text().split(message).length - 1);
  beforeAll(async () => {
    redis = await TestRedis.start();
    const env = {
      REDIS_URL: redis.url,
      RATE_LIMIT_PER_SECOND: '40',
      RATE_LIMIT_CONCURRENT: '2',
      RATE_LIMIT_POINTS: '1200000',
      RATE_LIMIT_POINTS_PER_SECOND: '1',
    };
    instances = await Promise.all(logs.map(({ log }) => startService(env, log)));
    await Promise.all(instances.map((service) => addLargeRows(service, 600)));
  }, 60_000);
  afterAll(async () => {
    await Promise.all((instances ?? []).map((service) => service.stop()));
    await redis?.stop();
    expect(logs.map(({ text }) => text()).join('')).not.toContain(REDIS_PASSWORD);
  });

  const page = (at: number) => (instances[at] as Service).get(`${PATH}?limit=1`);
  const url = (at: number) => (instances[at] as Service).url;

  /** A place that one of them gives counts at the other. */
  async function expectShared(): Promise<void> {
    const held = await eventually(() => hold(url(0)));
    await eventually(async () => expect(left(await page(1))).toBe('0'));
    held.destroy();
    await eventually(async () => expect(left(await page(1))).toBe('1'));
  }

  /** A place that one of them gives doesn't count at the other. */
  async function expectApart(): Promise<void> {
    const held = await hold(url(0));
    const response = await page(1);
    expect([response.status, left(response)]).toEqual([200, '1']);
    held.destroy();
  }

  test('count the requests of a second together', async () => {
    const over = await eventually(async () => {
      const answers = await Promise.all(
        Array.from({ length: 44 }, async (_, at) => await (instances[at % 2] as Service).get(PATH, { method: 'HEAD' })),
      );
      const messages = await Promise.all(answers.map((answer) => answer.headers.get('x-ratelimit-remaining')));
      expect(Math.max(...messages.map(Number))).toBe(39);
      expect(messages.filter((remaining) => remaining === '0').length).toBeGreaterThan(1);
      return answers;
    });
    expect(over.some(({ status }) => status === 429)).toBe(true);
    await eventually(async () => expect((await page(0)).status).toBe(200));
  });

  test('count the requests of a minute together, of a token with a rate of its own', async () => {
    const terms = { scopes: ['read'], expiresAt: null, restriction: null, ratePerMinute: 4 } as const;
    const tokens = await Promise.all(
      instances.map(({ db }) => issueToken(db.prisma, { name: 'with a rate of its own', ...terms })),
    );
    const answers = [];
    for (const at of [0, 1, 0, 1, 0]) {
      const headers = { 'x-smarttoken': tokens[at]?.token ?? '' };
      const answer = await (instances[at] as Service).get(`${PATH}/summary`, { method: 'HEAD', headers });
      answers.push([answer.status, answer.headers.get('x-ratelimit-remaining')]);
    }
    expect(answers).toEqual([
      [200, '3'],
      [200, '2'],
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ]);
  });

  test('count the requests at once together, and give their places back', async () => {
    await expectShared();
    const held = [await eventually(() => hold(url(0))), await hold(url(1))];
    const answers = [await page(0), await page(1)];
    expect(answers.map(({ status }) => status)).toEqual([429, 429]);
    for (const request of held) request.destroy();
    await eventually(async () => expect(left(await page(0))).toBe('1'));
  });

  /** What an operation at one of them leaves of the points; a new document takes 5,500 of them, and few come back. */
  let documents = 0;
  async function pointsLeft(at: number): Promise<number> {
    const response = await (instances[at] as Service).get(`/graphql?query={__typename}%23${documents++}`);
    expect(response.status).toBe(200);
    return Number(response.headers.get('x-ratelimit-points-remaining'));
  }
  const expectNear = (found: number, expected: number) => {
    expect(found).toBeGreaterThanOrEqual(expected);
    expect(found).toBeLessThan(expected + 100);
  };

  test('take the points of a token from one bucket, and give back what was not needed', async () => {
    const before = await pointsLeft(0);
    expectNear(await pointsLeft(1), before - 5_500);
    const large = await (instances[0] as Service).get(
      `/graphql?query=${encodeURIComponent('{ jobs(first: 500) { nodes { jobId title department } } }')}`,
    );
    const { requested, actual } = (await large.json()).extensions.cost;
    expect([requested, actual < requested]).toEqual([3_100, true]);
    expectNear(await pointsLeft(1), before - 2 * 5_500 - 5_000 - Math.max(500, actual));
  });

  test('go on by themselves while it is down, and together once it is back', async () => {
    const before = await hold(url(0));
    await redis.crash();
    await eventually(async () => expect(said(AWAY)).toEqual([1, 1]));
    await expectApart();
    for (const at of [0, 1]) expectNear(await pointsLeft(at), 1_200_000 - 5_500);
    await redis.run();
    await eventually(async () => expect(said(BACK)).toEqual([1, 1]));
    // It comes back empty; what is still under way counts again.
    await eventually(async () => expect(left(await page(1))).toBe('0'));
    before.destroy();
    await eventually(async () => expect(left(await page(1))).toBe('1'));
    await expectShared();
    expect(said(AWAY)).toEqual([1, 1]);
  });

  test('go on by themselves while it hangs', async () => {
    redis.hang();
    try {
      expect((await Promise.all([page(0), page(1)])).map(({ status }) => status)).toEqual([200, 200]);
      await expectApart();
    } finally {
      redis.goOn();
    }
    await eventually(expectShared);
  });
});

describe.runIf(hasRedis())('an instance', () => {
  test('that is killed gives its places back', async () => {
    const redis = await TestRedis.start();
    const database = await freshDatabase();
    await addLargeRows(
      { rows: async (sql) => await withClient(database.connection, async (client) => (await client.query(sql)).rows) },
      600,
    );
    const env = {
      DATABASE_URL: database.url,
      PORT: '0',
      ADMIN_TOKEN,
      REDIS_URL: redis.url,
      RATE_LIMIT_CONCURRENT: '2',
    };
    const commands = [new Command(['start'], env), new Command(['start'], env)] as const;
    try {
      const urls = await Promise.all(commands.map(async (each) => (await each.prints(/http:\S+/))[0]));
      for (const request of await Promise.all([hold(urls[0] ?? ''), hold(urls[0] ?? '')]))
        request.on('error', () => {});
      const ask = () => fetch(`${urls[1]}${PATH}?limit=1`, { headers: { 'x-smarttoken': ADMIN_TOKEN } });
      expect((await ask()).status).toBe(429);
      await commands[0].kill('SIGKILL');
      expect((await ask()).status).toBe(429);
      await eventually(async () => expect((await ask()).status).toBe(200));
    } finally {
      for (const command of commands) await command.kill('SIGKILL');
      await database.drop();
      await redis.stop();
    }
  }, 60_000);

  test('whose Redis refuses it serves all the same, and says why in the log', async () => {
    const redis = await TestRedis.start();
    const { log, text } = memoryLog();
    const service = await startService(
      { REDIS_URL: redis.url.replace(':password', ':wrong'), RATE_LIMIT_CONCURRENT: '2' },
      log,
    );
    try {
      expect(left(await service.get(PATH))).toBe('1');
      expect(text()).toContain(AWAY);
      expect(text()).toContain('WRONGPASS');
      expect(text()).not.toContain('wrong-of');
    } finally {
      await service.stop();
      await redis.stop();
    }
  });
});
