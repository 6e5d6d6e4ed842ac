/** What the log says of a request: who asked, from where, for what, and how much they got. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extract } from '../kit/generated.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const { log, lines, text } = memoryLog();
let service: Service;
beforeAll(async () => {
  service = await startService({ TRUST_PROXY: '127.0.0.1' }, log);
  await service.import(extract({ rows: 300, seed: 4 }));
});
afterAll(() => service?.stop());

/** Sends a request and returns its line in the log. */
async function lineOf(path: string, init: RequestInit = {}): Promise<Record<string, unknown> | undefined> {
  const response = await service.get(path, init);
  await response.text();
  const id = response.headers.get('x-request-id');
  const find = () => lines().find(({ msg, reqId }) => msg === 'request' && reqId === id);
  await expect.poll(find).toBeDefined();
  return find();
}

const graphql = (query: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});

describe('the line of a request', () => {
  test('has the caller, the address, the rows and the bytes of a download', async () => {
    const line = await lineOf('/analytics/interviews?format=csv&interviewId=secret');
    expect(line).toMatchObject({
      ...{ method: 'GET', path: '/analytics/interviews', status: 200 },
      ...{ caller: 'ADMIN_TOKEN', address: '127.0.0.1', rows: 0 },
    });
    const all = await lineOf('/analytics/interviews?format=csv');
    expect(all).toMatchObject({ rows: 300 });
    expect(all?.bytes).toBeGreaterThan(10_000);
    expect(text()).not.toContain('secret');
    expect(text()).not.toContain(ADMIN_TOKEN);
  });

  test('has the name of a GraphQL operation, and the code of its error', async () => {
    const named = graphql('query Ask { viewer { name } }');
    expect(await lineOf('/graphql', named)).toMatchObject({ operation: 'Ask', caller: 'ADMIN_TOKEN' });
    const two = await lineOf('/graphql', graphql('query Two { interviews(first: 2) { nodes { timeSlots { id } } } }'));
    expect(two).toMatchObject({ operation: 'Two', rows: 2 });
    const failed = await lineOf('/graphql', graphql('query Fail { interviews(first: -1) { nodes { id } } }'));
    expect(failed).toMatchObject({ operation: 'Fail', code: 'BAD_USER_INPUT' });
  });

  test('has the groups of metrics as rows', async () => {
    const metrics = '/analytics/interviews/metrics?metrics=heldSlots&groupBy=interviewType';
    const [, ...groups] = (await (await service.get(metrics)).text()).trimEnd().split('\n');
    expect(await lineOf(metrics)).toMatchObject({ path: '/analytics/interviews/metrics', rows: groups.length });
    expect(groups.length).toBeGreaterThan(1);
  });

  test('has the code of a refused request, and no caller whose token is unknown', async () => {
    const line = await lineOf('/analytics/interviews', { headers: { 'X-SmartToken': 'unknown' } });
    expect(line).toMatchObject({ status: 401, code: 'NOT_AUTHENTICATED' });
    expect(line).not.toHaveProperty('caller');
  });
});

describe('behind a proxy', () => {
  test('the address is the one that the proxy names, and the id is its own', async () => {
    const headers = { 'X-Forwarded-For': '198.51.100.7, 203.0.113.9', 'X-Request-Id': 'proxy-1234' };
    const line = await lineOf('/analytics/interviews?format=csv&limit=1', { headers });
    expect(line).toMatchObject({ reqId: 'proxy-1234', address: '203.0.113.9' });
  });

  test('an id that is none, and a trace that is none, are not taken up', async () => {
    const headers = { 'X-Request-Id': 'a b', traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` };
    const line = await lineOf('/analytics/interviews?format=csv&limit=1', { headers });
    expect(line?.reqId).toMatch(/^[0-9a-f-]{36}$/);
    expect(line).not.toHaveProperty('traceId');
    const traced = await lineOf('/analytics/interviews?format=csv&limit=1', {
      headers: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
    });
    expect(traced).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
  });

  test('without TRUST_PROXY a client says nothing about its address or the id', async () => {
    const direct = memoryLog();
    const another = await service.another({ TRUST_PROXY: 'off' }, direct.log);
    try {
      const response = await another.get('/analytics/interviews?format=csv&limit=1', {
        headers: { 'X-Forwarded-For': '198.51.100.7', 'X-Request-Id': 'mine' },
      });
      await response.text();
      const find = () => direct.lines().find(({ msg }) => msg === 'request');
      await expect.poll(find).toMatchObject({ address: '127.0.0.1' });
      expect(find()?.reqId).not.toBe('mine');
    } finally {
      await another.stop();
    }
  });
});
