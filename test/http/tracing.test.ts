/** Traces, as a collector of OpenTelemetry receives them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { PROGRAM_VERSION } from '../../src/package-info.ts';
import { extract } from '../kit/generated.ts';
import { untilBlocked, whileLocked } from '../kit/locked.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { type ReceivedSpan, startOtlpReceiver } from '../kit/otlp-receiver.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const TRACED = { traceparent: `00-${TRACE}-${CALLER}-01` };

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 60, seed: 5 }));
});
afterAll(() => service?.stop());

/** The spans of what an instance does, which sends the last ones when it ends. */
async function spansOf(work: (instance: Service) => Promise<unknown>, env: Record<string, string> = {}) {
  const receiver = await startOtlpReceiver();
  const { log, lines } = memoryLog();
  try {
    const instance = await service.another({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env }, log);
    await work(instance).finally(() => instance.stop());
    const { spans, received } = receiver;
    const childrenOf = (span: ReceivedSpan | undefined) =>
      spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId);
    return { spans, received, lines, childrenOf };
  } finally {
    await receiver.stop();
  }
}

const graphql = (query: string, headers = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query }),
});

describe('a trace', () => {
  test('of a GraphQL operation continues that of the caller, down to the statements', async () => {
    const query = 'query Ask { interviews(first: 2) { nodes { interviewId } } }';
    const { spans, received, lines, childrenOf } = await spansOf((one) =>
      one.get('/graphql', graphql(query, TRACED)).then((response) => response.text()),
    );
    expect(received.resource).toEqual({
      'service.name': 'interviews-data-service',
      'service.version': PROGRAM_VERSION,
    });
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    const request = spans.find(({ parentSpanId }) => parentSpanId === CALLER);
    expect(request).toMatchObject({ name: 'POST /graphql', kind: 2, failed: false });
    expect(request?.attributes).toMatchObject({
      ...{ 'http.request.method': 'POST', 'http.route': '/graphql', 'http.response.status_code': 200 },
      'graphql.operation.name': 'Ask',
    });
    const operation = childrenOf(request).find(({ name }) => name === 'graphql');
    const statement = childrenOf(operation).find(({ name }) => /^[a-z]+\.[a-z]+/.test(name));
    expect(statement?.attributes).toMatchObject({ 'db.system.name': 'postgresql' });
    const line = lines().find(({ msg }) => msg === 'request');
    expect(line).toMatchObject({ traceId: TRACE, reqId: request?.attributes['interviews.request_id'] });
  });

  test('of a download has its COPY, and an id that the log has, too', async () => {
    const { spans, lines, childrenOf } = await spansOf((one) =>
      one.get('/analytics/interviews?format=csv').then((response) => response.text()),
    );
    const request = spans.find(({ name }) => name === 'GET /analytics/interviews');
    expect(request?.attributes).toMatchObject({ 'interviews.rows': 60 });
    expect(request?.parentSpanId).toBeUndefined();
    expect(childrenOf(request).map(({ name }) => name)).toContain('extract.rows');
    expect(lines().find(({ msg }) => msg === 'request')).toMatchObject({ traceId: request?.traceId });
  });

  test('of an import has its steps, with the statements of each', async () => {
    const csv = csvOf([rowOf({ interviewId: 'traced' })]);
    const headers = { 'content-type': 'text/csv' };
    const { spans, childrenOf } = await spansOf((one) =>
      one.get('/analytics/interviews', { method: 'POST', headers, body: csv }).then((response) => response.text()),
    );
    const request = spans.find(({ name }) => name === 'POST /analytics/interviews');
    const steps = childrenOf(request).filter(({ name }) => name.startsWith('import.'));
    expect(steps.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['import.read', 'import.plan', 'import.commit']),
    );
    const inStep = (name: string) => childrenOf(steps.find((step) => step.name === name)).map((span) => span.name);
    expect(inStep('import.plan')).toContain('load.difference');
    expect(inStep('import.commit')).toEqual(expect.arrayContaining(['derive.interview', 'state.commit']));
    expect(childrenOf(request).map(({ name }) => name)).toContain('load.copy');
    expect(spans.filter(({ failed }) => failed)).toEqual([]);
  });

  test('has no token, no caller, no query and no value', async () => {
    const { received } = await spansOf(async (one) => {
      await (await one.get('/analytics/interviews?format=csv&interviewId=hidden-value&search=x')).text();
      await (await one.get('/analytics/interviews?format=csv&interviewId=hidden-value')).text();
      await (
        await one.get(
          '/graphql',
          graphql('{ interviews(where: { interviewId: { eq: "hidden-value" } }) { nodes { id } } }'),
        )
      ).text();
      const bad = csvOf([rowOf({ interviewId: 'hidden-value', applicationId: 'hidden-value' })]);
      await (
        await one.get('/analytics/interviews', { method: 'POST', headers: { 'content-type': 'text/csv' }, body: bad })
      ).text();
    });
    expect(received.text).toContain('INVALID_EXTRACT');
    for (const secret of [ADMIN_TOKEN, 'ADMIN_TOKEN', 'hidden-value', 'SELECT '])
      expect(received.text).not.toContain(secret);
  });

  test('that its caller does not record is not sent', async () => {
    const { spans } = await spansOf((one) =>
      one
        .get('/analytics/interviews?limit=1', { headers: { traceparent: `00-${TRACE}-${CALLER}-00` } })
        .then((r) => r.text()),
    );
    expect(spans).toEqual([]);
  });
});

test('concurrent requests that wait for connections have their own statements', async () => {
  const traceOf = (number: number) => String(number).padStart(32, 'a');
  const numbers = Array.from({ length: 30 }, (_, number) => number + 1);
  const ask = async (one: Service, number: number) => {
    const traceparent = `00-${traceOf(number)}-${CALLER}-01`;
    const headers = { traceparent, 'if-none-match': '"none"' };
    await (await one.get('/analytics/interviews?limit=1', { headers })).text();
  };
  const { spans, childrenOf } = await spansOf(async (one) => {
    const asked = await whileLocked(service, 'dataset', async () => {
      const all = numbers.map((number) => ask(one, number));
      await untilBlocked(service, 10);
      return { all };
    });
    await Promise.all(asked.all);
  });
  for (const number of numbers) {
    const own = spans.filter(({ traceId }) => traceId === traceOf(number));
    const request = own.find(({ parentSpanId }) => parentSpanId === CALLER);
    // Before the rows, and in their snapshot.
    expect(own.filter(({ name }) => name === 'dataset.clock').length, `of ${number}`).toBe(2);
    expect(childrenOf(request).every(({ traceId }) => traceId === request?.traceId)).toBe(true);
  }
});

test('the headers for the collector are sent to it, and not logged', async () => {
  const { received, lines } = await spansOf((one) => one.get('/analytics/interviews?limit=1').then((r) => r.text()), {
    OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20collector-secret,X-Tenant=hiring',
    OTEL_SERVICE_NAME: 'hiring-data',
  });
  expect(received.headers).toMatchObject({ authorization: 'Bearer collector-secret', 'x-tenant': 'hiring' });
  expect(received.resource).toMatchObject({ 'service.name': 'hiring-data' });
  expect(JSON.stringify(lines())).not.toContain('collector-secret');
});

describe('a collector', () => {
  let log: ReturnType<typeof memoryLog>;
  beforeEach(() => {
    log = memoryLog();
  });

  test('that cannot be reached delays no request and no end, and the log says so once', async () => {
    const instance = await service.another({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }, log.log);
    for (let number = 0; number < 20; number++)
      expect((await instance.get('/analytics/interviews?limit=1')).status).toBe(200);
    await instance.stop();
    expect(log.lines().filter(({ msg }) => msg === 'spans can’t be sent').length).toBeLessThanOrEqual(1);
  });

  test('that never answers delays no request and no end', async () => {
    const silent = await startOtlpReceiver({ isSilent: true });
    const instance = await service.another({ OTEL_EXPORTER_OTLP_ENDPOINT: silent.url }, log.log);
    expect((await instance.get('/analytics/interviews?limit=1')).status).toBe(200);
    await instance.stop();
    expect(silent.received.requests).toBe(1);
    await silent.stop();
  });
});

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'must look like https://'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'no header', 'the value given must look like Name=value,Other=value'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'A=%zz', 'the value given must look like Name=value,Other=value'],
])('%s=%s is refused', (name, value, message) => {
  const set = {
    DATABASE_URL: 'postgresql://a@b/c',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    [name]: value,
  };
  expect(() => readConfig(set)).toThrow(message);
});
