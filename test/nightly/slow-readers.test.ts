import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { abortSlowReaders } from '../../src/http/limits/slow-readers.ts';
import { eventually } from '../kit/command.ts';
import { activeExports, addLargeRows } from '../kit/download.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';
import { SlowReader } from '../kit/slow-reader.ts';

const PATH = '/analytics/interviews';
const OTHERWISE = 'Try again later, or request pages of up to 10000 rows (limit), which have slots of their own.';

/** Everything the service logs, as one text. */
let logged = '';
const log = pino(
  {},
  {
    write(line: string) {
      logged += line;
    },
  },
);

async function serviceWith(env: Record<string, string>, rows = 3000): Promise<Service> {
  const service = await startService(env, log);
  await addLargeRows(service, rows);
  return service;
}

/** Begins downloads that keep their places. */
async function slowReaders(service: Service, count: number, pace: number): Promise<SlowReader[]> {
  const readers = Array.from({ length: count }, () => new SlowReader(`${service.url}${PATH}`, pace));
  await eventually(async () => expect(await activeExports(service)).toBe(count));
  return readers;
}

/** A download that is left as soon as it is answered; gives the answer. */
async function ask(service: Service, signal?: AbortSignal): Promise<Response> {
  const response = await service.get(PATH, signal ? { signal } : {});
  if (response.status === 200) await response.body?.cancel();
  return response;
}

async function expectBusy(response: Response, message: string): Promise<void> {
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(await response.json()).toEqual({ message, errors: [{ code: 'EXPORTS_BUSY', message }] });
}

describe('ten clients that read slowly', () => {
  let service: Service;
  let readers: SlowReader[];
  /** Bytes that the process had before they came. */
  let memory: number;
  beforeAll(async () => {
    service = await serviceWith({});
    memory = process.memoryUsage().rss;
    readers = await slowReaders(service, 10, 5_000);
  });
  afterAll(async () => {
    for (const reader of readers ?? []) reader.leave();
    await service?.stop();
  });

  test('hold up no page, no import, and nothing that reads no rows', async () => {
    const page = await service.get(`${PATH}?limit=10`);
    expect(((await page.json()) as { content: unknown[] }).content).toHaveLength(10);
    for (const path of ['/healthz', '/readyz']) expect((await service.get(path)).status).toBe(200);
    expect((await service.get(PATH, { method: 'HEAD' })).status).toBe(200);
    expect((await service.get(PATH, { headers: { 'if-none-match': '*' } })).status).toBe(304);
    const body = csvOf([rowOf({ interviewId: 'new' })]);
    const imported = await service.get(PATH, { method: 'POST', headers: { 'content-type': 'text/csv' }, body });
    expect(await imported.json()).toMatchObject({ saved: true, inserted: 1 });
    expect(await activeExports(service)).toBe(10);
  });

  test('make the eleventh wait, until one of them ends; the others go on', async () => {
    let answered = false;
    const eleventh = ask(service).finally(() => {
      answered = true;
    });
    await sleep(500);
    expect(answered).toBe(false);
    readers[0]?.leave();
    expect((await eleventh).status).toBe(200);
    const before = readers.slice(1).map(({ received }) => received);
    await eventually(async () => {
      for (const [at, { received }] of readers.slice(1).entries()) expect(received).toBeGreaterThan(before[at] ?? 0);
    });
    // Ten whole extracts in memory would be far more; heaps of Node 20 and 24 differ by tens of megabytes.
    expect(process.memoryUsage().rss - memory).toBeLessThan(150_000_000);
  });
});

describe('an export without a place', () => {
  test('is refused once it has waited long enough, with the time to try again', async () => {
    const service = await serviceWith({ EXPORTS_AT_ONCE: '1', EXPORT_WAIT_SECONDS: '1' }, 600);
    try {
      const [reader] = await slowReaders(service, 1, 5_000);
      await expectBusy(
        await ask(service),
        `All slots for exports (1) are in use, and none became free within 1 s. ${OTHERWISE}`,
      );
      reader?.leave();
      await eventually(async () => expect((await ask(service)).status).toBe(200));
    } finally {
      await service.stop();
    }
  });

  test('waits in a queue, which is left by clients that leave, and is refused at once when that is full', async () => {
    const service = await serviceWith({ EXPORTS_AT_ONCE: '1', EXPORT_WAIT_SECONDS: '600' }, 600);
    try {
      const [reader] = await slowReaders(service, 1, 5_000);
      const leaving = Array.from({ length: 5 }, () => new AbortController());
      const left = leaving.map(({ signal }) => ask(service, signal).catch((error: Error) => error.name));
      const staying = Array.from({ length: 5 }, () => ask(service));
      const full = `All slots for exports (1) are in use, and 10 more are already waiting. ${OTHERWISE}`;
      const refused = await eventually(async () => {
        const answer = await ask(service, AbortSignal.timeout(200));
        expect(answer.status).toBe(503);
        return answer;
      });
      await expectBusy(refused, full);
      for (const each of leaving) each.abort();
      expect(await Promise.all(left)).toEqual(leaving.map(() => 'AbortError'));
      // There is room for five more, and no sixth.
      const later = await Promise.all(
        Array.from({ length: 6 }, async () => {
          await sleep(200);
          return ask(service, AbortSignal.timeout(2_000)).then(
            ({ status }) => status,
            ({ name }: Error) => name,
          );
        }),
      );
      expect(later.sort()).toEqual([503, ...Array.from({ length: 5 }, () => 'TimeoutError')]);
      reader?.leave();
      expect((await Promise.all(staying)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    } finally {
      await service.stop();
    }
  });
});

test('a client that reads nothing is cut off, and the log says so; one that reads slowly is not', async () => {
  const service = await serviceWith({ EXPORT_STALL_SECONDS: '2' });
  logged = '';
  try {
    const [stalled] = await slowReaders(service, 1, 0);
    const compressed = new SlowReader(`${service.url}${PATH}`, 0, 'gzip');
    const reading = new SlowReader(`${service.url}${PATH}`, 5_000_000);
    const CUT = 'The client read nothing for 2 s. The transfer was cut off.';
    await eventually(async () => expect(logged.split(CUT)).toHaveLength(3));
    // What it could still read ends in the middle.
    let rest = '';
    stalled?.socket.on('data', (piece) => {
      rest = `${rest}${piece.toString('latin1')}`.slice(-10);
    });
    await eventually(async () => expect(stalled?.socket.destroyed).toBe(true));
    expect(rest).not.toMatch(/\r\n0\r\n\r\n$/);
    await sleep(3_000);
    expect(reading.socket.destroyed).toBe(false);
    expect(await activeExports(service)).toBe(1);
    expect(logged.split(CUT)).toHaveLength(3);
    reading.leave();
    compressed.leave();
    expect(logged).not.toContain('"level":50');
  } finally {
    await service.stop();
  }
});

test('an export that takes too long is cut off, however well its client reads', async () => {
  const app = fastify();
  const endless = async function* () {
    for (;;) {
      yield 'x';
      await sleep(10);
    }
  };
  app.get('/', (_request, reply) =>
    reply.send(abortSlowReaders(Readable.from(endless()), reply, { stallTimeoutMs: 0, maxDurationMs: 300 })),
  );
  try {
    const response = await fetch(await app.listen({ port: 0, host: '127.0.0.1' }));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  } finally {
    await app.close();
  }
});
