/** One instance syncs from another that imports, through a network that fails at random points in every way: it never holds half of anything. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncRows } from '../../src/cli/upstream/sync-rows.ts';
import { createLog } from '../../src/log.ts';
import { run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const ROUNDS = 40;
const LIMITS = { uploads: { maxBytes: 1 << 26, timeoutMs: 300 }, maxRemovalsPercent: 20 };

/** Random numbers that the seed, which a failure prints, repeats. */
const SEED = Number(process.env.SYNC_SEED ?? Date.now() % 2 ** 32);
let state = SEED;
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}
const below = (end: number): number => Math.floor(random() * end);

/** A state of the upstream: most of the interviews, each of which says the number of the state. */
function stateOf(number: number): string {
  const ids = Array.from({ length: 300 }, (_, id) => id).filter(() => random() < 0.95);
  return csvOf(
    ids.map((id) =>
      rowWith({
        interviewId: `i${String(id).padStart(4, '0')}`,
        interviewers: '1',
        interviewDuration: null,
        interviewLocation: `State ${number} ${Math.trunc(random() * 1e9)}`,
      }),
    ),
  );
}

const canned = (head: string, body: string | Buffer = '') =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`),
    Buffer.from(body),
  ]);
const csvHead = '200 OK\r\nContent-Type: text/csv';
const packed = gzipSync(stateOf(0));
const CANNED: Readonly<Record<string, Buffer>> = {
  'status 429': canned('429 Slow down\r\nRetry-After: 0'),
  'status 503': canned('503 Away\r\nRetry-After: Sun, 29 Nov 2026 00:00:00 GMT'),
  'status 401': canned('401 Unauthorized'),
  'a redirect': canned('302 Found\r\nLocation: /elsewhere'),
  'a page': canned('200 OK\r\nContent-Type: text/html', '<html>'),
  JSON: canned(csvHead, '{"message":"no"}'),
  'no rows': canned(csvHead, csvOf([])),
  'nothing at all': canned(csvHead),
  'truncated gzip': canned(`${csvHead}\r\nContent-Encoding: gzip`, packed.subarray(0, packed.length >> 1)),
  'no end': Buffer.from(`HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\n${stateOf(0)}`),
};

/** What happens to the bytes of an answer after so many: `none` lets them through. */
const BROKEN = ['none', 'cut', 'reset', 'stall', 'corrupt', 'slow'] as const;
const FAULTS = [...BROKEN, ...Object.keys(CANNED)];

/** Passes connections on to a server; `fault` and `after` are those of the next answer. */
class FaultyNetwork {
  fault = 'none';
  after = 0;
  /** The size of the last answer that came through. */
  size = 20_000;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(port: number) {
    this.#server = createServer((client) => {
      const { fault, after } = this;
      const answer = CANNED[fault];
      // What is asked again, because the fault came before the headers, gets through.
      if (!answer) this.fault = 'none';
      this.#keep(client);
      if (answer) {
        client.once('data', () => client.end(answer));
        return;
      }
      const server = this.#keep(connect(port, '127.0.0.1'));
      client.pipe(server);
      let sent = 0;
      const onData = async (bytes: Buffer) => {
        const rest = after - sent;
        sent += bytes.length;
        if (fault === 'none' || rest >= bytes.length || rest < 0) return void client.write(bytes);
        if (fault === 'corrupt') {
          bytes[rest] = (bytes[rest] ?? 0) ^ (1 << below(8));
          return void client.write(bytes);
        }
        if (fault === 'slow') {
          server.pause();
          for (let at = 0; at < bytes.length; at += 4_000) {
            client.write(bytes.subarray(at, at + 4_000));
            await sleep(5);
          }
          server.resume();
          return;
        }
        server.pause();
        client.write(bytes.subarray(0, rest), () => {
          if (fault === 'cut') client.end();
          if (fault === 'reset') client.resetAndDestroy();
        });
      };
      server.on('data', (bytes: Buffer) => void onData(bytes));
      server.on('close', () => {
        if (fault === 'none') this.size = sent;
        if (fault !== 'stall') client.end();
      });
      client.on('close', () => server.destroy());
    });
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket)));
    return socket;
  }

  async listen(): Promise<URL> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

let service: Service;
let upstream: Service;
let network: FaultyNetwork;
let base: URL;

beforeAll(async () => {
  [service, upstream] = await Promise.all([startService(), startService()]);
  network = new FaultyNetwork(Number(new URL(upstream.url).port));
  base = await network.listen();
});

afterAll(async () => {
  network.close();
  await Promise.all([service.stop(), upstream.stop()]);
});

test(`what is synced is always one state of the upstream (SYNC_SEED=${SEED})`, async () => {
  const states = new Set<string>();
  const next = async () => {
    const csv = stateOf(states.size);
    states.add(csv);
    await upstream.import(csv, { replaceAll: true, maxRemovalsPercent: null });
  };
  await next();
  await service.import(await upstream.export('csv'), { replaceAll: true });
  const stop = new AbortController();
  const until = async (work: () => Promise<void>) => {
    while (!stop.signal.aborted) await work();
  };
  const importing = until(async () => {
    await next();
    await sleep(below(300));
  });
  const reading = until(async () => {
    const text = await (await service.get('/analytics/interviews?format=csv')).text();
    expect(states.has(text), `a state of the upstream, not ${text.length} characters of something else`).toBe(true);
  });
  const ended: Record<string, Set<string>> = {};
  const context = { db: service.db, config: LIMITS, log: createLog('silent') };
  const syncing = (async () => {
    try {
      for (let round = 0; round < ROUNDS; round++) {
        // Every fault comes, and others at random points.
        const fault = FAULTS[round] ?? FAULTS[below(BROKEN.length)] ?? 'none';
        network.fault = fault;
        // The headers, of which an answer that stalls has a minute, are less than that.
        network.after = fault === 'stall' ? 2_000 + below(network.size - 3_000) : below(network.size);
        const interrupt = new AbortController();
        const timer = random() < 0.15 ? setTimeout(() => interrupt.abort(), below(150)) : undefined;
        const outcome = await syncRows(context, { base, token: ADMIN_TOKEN }, interrupt.signal).then(
          (report) => (report === null ? 'the same' : report.saved ? 'saved' : 'refused'),
          () => 'failed',
        );
        clearTimeout(timer);
        ended[fault] = new Set([...(ended[fault] ?? []), outcome]);
        expect(states.has(await service.export('csv')), `a state of the upstream after ${fault}`).toBe(true);
      }
    } finally {
      stop.abort();
    }
  })();
  await Promise.all([syncing, importing, reading]);
  for (const fault of Object.keys(CANNED))
    expect(
      [...(ended[fault] ?? [])].filter((outcome) => !['failed', 'refused'].includes(outcome)),
      fault,
    ).toEqual([]);
  expect([...(ended.none ?? [])]).toContain('saved');

  network.fault = 'none';
  await syncRows(context, { base, token: ADMIN_TOKEN }, new AbortController().signal);
  expect(await service.export('csv')).toBe(await upstream.export('csv'));
  expect(await run(['verify'], { DATABASE_URL: urlOf(service.connection) })).toMatchObject({ code: 0 });
}, 120_000);
