import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { eventually } from '../kit/command.ts';
import { addLargeRows, download } from '../kit/download.ts';
import { data } from '../kit/graphql.ts';
import { type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';
const HEADERS = ['limit', 'remaining', 'concurrent-limit', 'concurrent-remaining'].map((name) => `x-ratelimit-${name}`);

const VIEWER = `{ viewer { rateBudget {
  pointLimit pointsRemaining pointsPerSecond limitPerSecond remaining concurrentLimit concurrentRemaining
} } }`;

const told = (response: Response) => HEADERS.map((name) => response.headers.get(name));

async function expectLimited(response: Response, message: string): Promise<void> {
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await response.json()).toEqual({ message, errors: [{ code: 'RATE_LIMITED', message }] });
}

describe('requests in a second', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ RATE_LIMIT_PER_SECOND: '3', RATE_LIMIT_CONCURRENT: '8' });
  });
  afterAll(() => service?.stop());

  /** Sends requests until one is refused; a second may end in between. */
  async function refused(headers: Record<string, string>): Promise<Response> {
    return await eventually(async () => {
      const answers = await Promise.all(Array.from({ length: 4 }, () => service.get(PATH, { headers })));
      const over = answers.find(({ status }) => status === 429);
      if (!over) throw new Error('none was refused');
      return over;
    });
  }

  test('are counted for each token, and what is over is refused', async () => {
    const other = await createToken(service.db.prisma, 'other', ['read', 'personal']);
    const over = await refused({});
    expect(told(over).slice(0, 3)).toEqual(['3', '0', '8']);
    await expectLimited(over, 'More than 3 requests in one second.');
    const response = await service.get(PATH, { headers: { 'x-smarttoken': other } });
    expect(response.status).toBe(200);
    expect(told(response)).toEqual(['3', '2', '8', '7']);
    await eventually(async () => expect((await service.get(PATH)).status).toBe(200));
  });

  test('are counted by the address without a valid token', async () => {
    await refused({ 'x-smarttoken': 'nobodys' });
    const response = await service.get(PATH, { headers: { 'x-smarttoken': 'nobody-elses' } });
    expect([401, 429]).toContain(response.status);
    expect(told(response).every((header) => header !== null)).toBe(true);
  });

  test('are told in every answer', async () => {
    const writer = await createToken(service.db.prisma, 'writer', ['write', 'personal']);
    const answers: [number, string, RequestInit][] = [
      [200, '', {}],
      [200, '', { method: 'HEAD' }],
      [304, '', { headers: { 'if-none-match': '*' } }],
      [400, '?colour=red', {}],
      [401, '', { headers: { 'x-smarttoken': 'nobodys' } }],
      [403, '', { headers: { 'x-smarttoken': writer } }],
      [406, '', { headers: { accept: 'text/html' } }],
      [415, '', { method: 'POST', body: new FormData() }],
      [422, '', { method: 'POST', body: new Uint8Array(1) }],
    ];
    for (const [status, query, init] of answers) {
      const response = await eventually(async () => {
        const answer = await service.get(PATH + query, init);
        await answer.text();
        if (answer.status === 429) throw new Error('too early');
        return answer;
      });
      expect(response.status).toBe(status);
      expect(told(response)).toEqual(['3', expect.stringMatching(/^[0-2]$/), '8', '7']);
    }
  });

  test('are told by GraphQL, whose requests are not counted among them', async () => {
    await eventually(async () => expect((await service.get(PATH)).headers.get('x-ratelimit-remaining')).toBe('2'));
    for (let round = 0; round < 5; round++)
      expect((await data(service, VIEWER)).viewer.rateBudget).toMatchObject({
        limitPerSecond: 3,
        // That second may have ended.
        remaining: expect.toSatisfy((number) => number === 2 || number === 3),
        concurrentLimit: 8,
        concurrentRemaining: 8,
      });
  });

  test('are counted by the address for GraphQL too, without a valid token', async () => {
    const answers = await eventually(async () => {
      const all = await Promise.all(
        Array.from({ length: 4 }, () =>
          service.get('/graphql?query={__typename}', { headers: { 'x-smarttoken': 'nobodys' } }),
        ),
      );
      expect(all.map(({ status }) => status)).toContain(429);
      return all;
    });
    for (const answer of answers) expect(told(answer).every((header) => header !== null)).toBe(true);
  });

  test('are not counted elsewhere', async () => {
    for (let round = 0; round < 10; round++) {
      const response = await service.get('/healthz');
      expect([response.status, ...told(response)]).toEqual([200, null, null, null, null]);
    }
  });
});

/** Begins a download that is let in, and reads no more of it, so that it keeps its place. */
const hold = (address: string) =>
  eventually(async () => {
    const { request, response } = await download(address);
    response.on('error', () => {});
    if (response.statusCode === 200) return { request };
    request.destroy();
    throw new Error('no place was free');
  });

describe('requests at once', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ RATE_LIMIT_CONCURRENT: '2' });
    await addLargeRows(service);
  }, 60_000);
  afterAll(() => service?.stop());

  const free = () => eventually(async () => expect(told(await service.get(`${PATH}?limit=1`))[3]).toBe('1'));

  test('are refused above the limit, for this token only, until one ends', async () => {
    const other = await createToken(service.db.prisma, 'other', ['read', 'personal']);
    const slow = await Promise.all([download(`${service.url}${PATH}`), download(`${service.url}${PATH}`)]);
    for (const { response } of slow) response.on('error', () => {});
    const over = await service.get(PATH);
    expect(told(over)).toEqual([null, null, '2', '0']);
    await expectLimited(over, 'More than 2 concurrent requests; wait for one to finish.');
    expect((await service.get(`${PATH}?limit=1`, { headers: { 'x-smarttoken': other } })).status).toBe(200);
    slow[0]?.request.destroy();
    await eventually(async () => expect((await service.get(`${PATH}?limit=1`)).status).toBe(200));
    slow[1]?.request.destroy();
    await free();
  });

  test('are told by GraphQL: those for the extract', async () => {
    const { request } = await hold(`${service.url}${PATH}`);
    const { viewer } = await data(service, VIEWER);
    expect(viewer.rateBudget).toMatchObject({ concurrentLimit: 2, concurrentRemaining: 1 });
    request.destroy();
    await free();
  });

  test('give their place back exactly once, however they end', async () => {
    const address = `${service.url}${PATH}`;
    const endings: (() => Promise<unknown>)[] = [
      () => service.get(`${PATH}?limit=1`).then((response) => response.text()),
      () => service.get(PATH, { method: 'HEAD' }),
      () => service.get(PATH, { headers: { 'if-none-match': '*' } }),
      () => service.get(`${PATH}?limit=0`).then((response) => response.text()),
      async () => (await download(address)).request.destroy(),
      async () => {
        const leaving = new AbortController();
        setTimeout(() => leaving.abort(), 1);
        await service.get(PATH, { signal: leaving.signal }).catch(() => {});
      },
      async () => {
        const { response } = await download(address);
        response.on('error', () => {});
        response.resume();
        await eventually(async () => {
          await service.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY (/* extract%'",
          );
          expect(response.closed).toBe(true);
        });
      },
    ];
    for (const end of endings) {
      await Promise.all([end(), end()]);
      await free();
    }
    // Were the place of the one that leaves given back twice, that of the one that stays would be taken for free.
    const stays = await hold(address);
    (await hold(address)).request.destroy();
    const held = [stays, await hold(address)];
    expect((await service.get(PATH)).status).toBe(429);
    for (const { request } of held) request.destroy();
  });
});

test('limits that are off have no headers, and GraphQL tells none', async () => {
  const service = await startService();
  try {
    expect(told(await service.get(PATH))).toEqual([null, null, null, null]);
    expect((await data(service, VIEWER)).viewer.rateBudget).toEqual({
      pointLimit: null,
      pointsRemaining: null,
      pointsPerSecond: null,
      limitPerSecond: null,
      remaining: null,
      concurrentLimit: null,
      concurrentRemaining: null,
    });
  } finally {
    await service.stop();
  }
});
