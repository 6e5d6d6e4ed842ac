/** What Prometheus is served: GET /metrics on a port of its own. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { PROGRAM_VERSION } from '../../src/package-info.ts';
import { codesIn, readDocument, sectionWithin, tableRows } from '../kit/documents.ts';
import { extract } from '../kit/generated.ts';
import { whileLocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { metricsAddress, scrape } from '../kit/scrape.ts';
import { type Service, startService } from '../kit/service.ts';

const log = memoryLog();
const OPERATIONS = path.join(tmpdir(), `operations-${process.pid}.json`);
let service: Service;
let address = '';
beforeAll(async () => {
  await writeFile(OPERATIONS, JSON.stringify({ listed: 'query Listed { viewer { name } }' }));
  service = await startService({ METRICS_PORT: '0', PERSISTED_OPERATIONS: OPERATIONS }, log.log);
  await service.import(extract({ rows: 300, seed: 4 }));
  address = metricsAddress(log);
});
afterAll(() => service?.stop());

const graphql = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const ask = async (path: string, init: RequestInit = {}) => (await service.get(path, init)).text();

/** How much each sample has grown while something was done. Samples come after the responses. */
async function growth(work: () => Promise<unknown>): Promise<(sample: string) => Promise<number>> {
  const { samples: before } = await scrape(address);
  await work();
  return async (sample) => {
    const grown = async () => ((await scrape(address)).samples.get(sample) ?? 0) - (before.get(sample) ?? 0);
    await expect.poll(grown).toBeGreaterThan(0);
    return await grown();
  };
}

describe('a request', () => {
  test('is counted by route, method and status, with its duration, rows and bytes', async () => {
    const grown = await growth(() => ask('/analytics/interviews?format=csv'));
    const labels = 'route="/analytics/interviews"';
    expect(await grown(`interviews_http_requests_total{${labels},method="GET",status="200"}`)).toBe(1);
    const durations = `interviews_http_request_duration_seconds`;
    expect(await grown(`${durations}_count{${labels},method="GET",operation=""}`)).toBe(1);
    expect(await grown(`interviews_rows_sent_total{${labels}}`)).toBe(300);
    expect(await grown(`interviews_http_sent_bytes_total{${labels}}`)).toBeGreaterThan(10_000);
  });

  test('is counted by the code of its error', async () => {
    const unknown = { headers: { 'X-SmartToken': 'unknown' } };
    const grown = await growth(() => ask('/analytics/interviews', unknown));
    const labels = 'route="/analytics/interviews",method="GET",code="NOT_AUTHENTICATED"';
    expect(await grown(`interviews_http_errors_total{${labels}}`)).toBe(1);
  });

  test('of a path or a method that there is not has no series of its own', async () => {
    const grown = await growth(async () => {
      for (const name of ['one', 'two', 'three']) await ask(`/${name}`);
      await ask('/four', { method: 'DELETE' });
    });
    expect(await grown('interviews_http_requests_total{route="(other)",method="GET",status="404"}')).toBe(3);
    expect(await grown('interviews_http_requests_total{route="(other)",method="(other)",status="404"}')).toBe(1);
  });
});

describe('a GraphQL operation', () => {
  const durationOf = (operation: string) =>
    `interviews_http_request_duration_seconds_count{route="/graphql",method="POST",operation="${operation}"}`;

  test('is counted by its name, with its cost', async () => {
    const grown = await growth(async () => {
      await ask('/graphql', graphql({ query: 'query Ask { interviews(first: 3) { nodes { interviewId } } }' }));
      await ask('/graphql', graphql({ query: '{ viewer { name } }' }));
    });
    expect(await grown(durationOf('Ask'))).toBe(1);
    expect(await grown(durationOf('(anonymous)'))).toBe(1);
    expect(await grown('interviews_graphql_cost_total{kind="requested"}')).toBeGreaterThan(0);
    expect(await grown('interviews_graphql_cost_total{kind="actual"}')).toBeGreaterThan(0);
  });

  test('that costs too much is counted as refused', async () => {
    const nested = 'interviews(first: 500) { nodes { timeSlots { appointments { interview { timeSlots { id } } } } } }';
    const grown = await growth(() => ask('/graphql', graphql({ query: `{ a: ${nested} b: ${nested} c: ${nested} }` })));
    expect(await grown('interviews_graphql_cost_total{kind="refused"}')).toBeGreaterThan(0);
  });

  test('has a name of its own while there are few, and one of the file always', async () => {
    const grown = await growth(async () => {
      for (let number = 0; number < 110; number++)
        await ask('/graphql', graphql({ query: `query Name${number} { viewer { name } }` }));
      await ask('/graphql', graphql({ documentId: 'listed' }));
    });
    expect(await grown(durationOf('Name7'))).toBe(1);
    expect(await grown(durationOf('(other)'))).toBeGreaterThan(5);
    expect(await grown(durationOf('Listed'))).toBe(1);
    const { samples } = await scrape(address);
    expect(
      [...samples.keys()].filter((name) => name.includes('operation="Name') && name.includes('_count')).length,
    ).toBeLessThanOrEqual(100);
  });
});

describe('an import over HTTP', () => {
  const post = (body: string) =>
    ask('/analytics/interviews', { method: 'POST', headers: { 'content-type': 'text/csv' }, body });

  test('is counted with what became of its rows, and moves the time of the last one', async () => {
    const grown = await growth(() => post(csvOf([rowOf({ interviewId: 'counted' })])));
    expect(await grown('interviews_imports_total{origin="http",outcome="saved"}')).toBe(1);
    expect(await grown('interviews_import_rows_total{origin="http",change="inserted"}')).toBe(1);
    expect(await grown('interviews_last_import_timestamp_seconds')).toBeGreaterThan(0);
    expect(await grown('interviews_data_version')).toBeGreaterThan(0);
  });

  test('that is refused is counted with the code and its rows', async () => {
    const grown = await growth(() => post(csvOf([rowOf({ interviewId: 'bad', applicationId: 'no-uuid' })])));
    expect(await grown('interviews_imports_total{origin="http",outcome="refused"}')).toBe(1);
    expect(await grown('interviews_import_rows_total{origin="http",change="refused"}')).toBe(1);
    const labels = 'route="/analytics/interviews",method="POST",code="INVALID_EXTRACT"';
    expect(await grown(`interviews_http_errors_total{${labels}}`)).toBe(1);
  });
});

test('the version, the pools, the queues and the database show as they are', async () => {
  await service.import(csvOf([rowOf({ interviewId: 'just now' })]));
  const [stored] = await service.rows(
    'SELECT version::float, extract(epoch FROM imported_at)::float AS at FROM dataset',
  );
  const { samples } = await scrape(address);
  expect(samples.get('interviews_data_version')).toBe(stored?.version);
  expect(samples.get('interviews_last_import_timestamp_seconds')).toBe(stored?.at);
  expect(samples.get(`interviews_build_info{version="${PROGRAM_VERSION}",node="${process.version}"}`)).toBe(1);
  expect(samples.get('interviews_database_connections_max{pool="operations"}')).toBe(10);
  expect(samples.get('interviews_queue_slots{queue="downloads"}')).toBe(10);
  expect(samples.get('interviews_queue_waiting{queue="operations"}')).toBe(0);
  expect(samples.get('interviews_database_up')).toBe(1);
});

test('a database that does not answer shows as down, with what it told last, and holds no connection for each scrape', async () => {
  const { samples: before } = await scrape(address);
  await whileLocked(service, 'dataset', async () => {
    await Promise.all([scrape(address), scrape(address), scrape(address)]);
    const { samples } = await scrape(address);
    expect(samples.get('interviews_database_up')).toBe(0);
    const last = 'interviews_last_import_timestamp_seconds';
    expect(samples.get(last)).toBe(before.get(last));
    expect(samples.get('interviews_database_connections{pool="statements",state="in_use"}')).toBe(1);
  });
  await expect.poll(async () => (await scrape(address)).samples.get('interviews_database_up')).toBe(1);
});

test('what has not happened yet is 0 where its labels are known, so that the first time is an increase', async () => {
  const own = memoryLog();
  const fresh = await service.another({ METRICS_PORT: '0' }, own.log);
  try {
    const { samples } = await scrape(metricsAddress(own));
    expect(samples.get('interviews_imports_total{origin="http",outcome="refused"}')).toBe(0);
    expect(samples.get('interviews_import_rows_total{origin="http",change="removed"}')).toBe(0);
    expect(samples.get('interviews_imports_total{origin="sync",outcome="failed"}')).toBe(0);
    expect(samples.get('interviews_rate_limited_total{limit="points"}')).toBe(0);
    expect(samples.get('interviews_graphql_cost_total{kind="refused"}')).toBe(0);
  } finally {
    await fresh.stop();
  }
});

test('docs/monitoring.md lists every metric, and no other', async () => {
  const { names } = await scrape(address);
  const named = tableRows(sectionWithin(readDocument('docs/monitoring.md'), 'Metrics')).flatMap(([cell = '']) =>
    codesIn(cell),
  );
  const listed = named.map((code) => code.replace(/\{.*\}$/, ''));
  expect(listed.filter((name) => name.startsWith('interviews_')).sort()).toEqual(
    names.filter((name) => name.startsWith('interviews_')).sort(),
  );
  expect(names).toEqual(expect.arrayContaining(listed));
});

describe('the port of the metrics', () => {
  test('requires one of its tokens, which open nothing else', async () => {
    const own = memoryLog();
    const tokens = ['metrics-token-number-one', 'metrics-token-number-two'];
    const closed = await service.another({ METRICS_PORT: '0', METRICS_TOKEN: tokens.join(' ') }, own.log);
    try {
      const where = metricsAddress(own);
      const refused = await fetch(where);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="metrics"');
      expect(await refused.text()).not.toContain('interviews_');
      expect((await fetch(where, { headers: { Authorization: 'Bearer admin-token-of-the-tests' } })).status).toBe(401);
      for (const token of tokens) {
        await scrape(where, { Authorization: `Bearer ${token}` });
        expect((await closed.get('/analytics/interviews', { headers: { 'X-SmartToken': token } })).status).toBe(401);
      }
      expect(own.text()).not.toContain('metrics-token');
    } finally {
      await closed.stop();
    }
  });

  test('serves nothing else, and the port of the APIs serves no metrics', async () => {
    expect((await fetch(new URL('/analytics/interviews', address))).status).toBe(404);
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
    expect((await service.get('/metrics')).status).toBe(404);
  });

  test('that is taken stops the start, with the setting to change', async () => {
    const { port } = new URL(address);
    await expect(service.another({ METRICS_PORT: port })).rejects.toThrow(
      `METRICS_PORT: ${port} on 127.0.0.1 is in use by another program`,
    );
  });
});

test('a token without a port is refused', () => {
  const set = { DATABASE_URL: 'postgresql://a@b/c', METRICS_TOKEN: 'metrics-token-number-one' };
  expect(() => readConfig(set)).toThrow('METRICS_PORT: is missing, but METRICS_TOKEN requires it');
});

test('a request over a rate limit is counted by the limit', async () => {
  const own = memoryLog();
  const limited = await service.another({ METRICS_PORT: '0', RATE_LIMIT_PER_SECOND: '1' }, own.log);
  try {
    for (let number = 0; number < 4; number++) await (await limited.get('/analytics/interviews?limit=1')).text();
    const where = metricsAddress(own);
    const counted = async () => (await scrape(where)).samples.get('interviews_rate_limited_total{limit="per_second"}');
    await expect.poll(counted).toBeGreaterThan(0);
  } finally {
    await limited.stop();
  }
});
