/** Names and reviews expire by themselves while the service runs: once a day, by one instance (docs/retention.md). */
import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noteEvents } from '../../src/app/note-events.ts';
import { scheduledRetention } from '../../src/cli/service/scheduled-retention.ts';
import { readConfig } from '../../src/config.ts';
import { beginImport } from '../../src/db/import/import-session.ts';
import type { AuditEntry } from '../../src/domain/audit/entry.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import type { ServiceEvents } from '../../src/domain/service-events.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { metricsAddress, scrape } from '../kit/scrape.ts';
import { type Service, startService } from '../kit/service.ts';

const FILE = csvOf([
  rowWith({ interviewId: 'a', interviewerReview: 'Canary' }),
  rowWith({ interviewId: 'b', interviewStartDate: '2099-01-01T00:00:00', interviewerReview: 'Kept' }),
]);

const serviceLog = memoryLog();
let service: Service;
beforeAll(async () => {
  service = await startService({ METRICS_PORT: '0', RETENTION_MONTHS: '12' }, serviceLog.log);
});
afterAll(() => service?.stop());
beforeEach(async () => {
  await service.clear();
  await service.rows('UPDATE dataset SET retained_from = NULL, retained_at = NULL');
  await service.import(FILE);
});

const [applied, refused] = ['retention: applied', 'retention: failed; nothing has expired'];
const retainedAt = async () => (await service.rows('SELECT retained_at AS at FROM dataset'))[0]?.at ?? null;

/** Starts instances at the same time, lets them run until something holds, and returns the lines of their logs, and how often rows changed. */
async function whileRunning(instances: number, until: (lines: () => Record<string, unknown>[]) => Promise<void>) {
  const [log, stop] = [memoryLog('debug'), new AbortController()];
  const config = readConfig({ DATABASE_URL: 'postgresql://u@127.0.0.1/d', RETENTION_MONTHS: '12' });
  let changes = 0;
  const events: ServiceEvents = new EventEmitter();
  const audited: AuditEntry[] = [];
  noteEvents({ note: (entry) => void audited.push(entry), commit: async () => {} }, events);
  const running = Array.from({ length: instances }, () =>
    scheduledRetention(service.db, { config, log: log.log, signal: stop.signal }, events, async () => void changes++),
  );
  try {
    await until(log.lines);
  } finally {
    stop.abort();
    await Promise.all(running);
  }
  return { lines: log.lines(), changes, audited };
}

const untilSaid = (message: string) => async (lines: () => Record<string, unknown>[]) =>
  await expect.poll(() => lines().map(({ msg }) => msg), { timeout: 20_000 }).toContain(message);

test('of three instances one does it, and says what it did; the next start on that day does nothing', async () => {
  const version = async () => (await service.rows('SELECT version FROM dataset'))[0]?.version;
  const { lines, changes, audited } = await whileRunning(3, untilSaid(applied));
  // Those of level debug say that one looks again later.
  expect(lines.filter(({ level }) => level !== 20)).toEqual([
    expect.objectContaining({
      msg: applied,
      rows: 1,
      interviews: 1,
      names: 0,
      before: expect.stringMatching(/^\d{4}-/),
    }),
  ]);
  expect(changes).toBe(1);
  expect(audited).toMatchObject([
    { action: 'ERASE', target: 'RETENTION_MONTHS', rows: 1, outcome: 'SUCCESS', actor: { kind: 'SERVICE' } },
  ]);
  const csv = await service.export('csv');
  expect(csv).not.toContain('Canary');
  expect(csv).toContain('Kept');
  const { samples } = await scrape(metricsAddress(serviceLog));
  const at = Number(samples.get('interviews_retention_timestamp_seconds')) * 1000;
  expect(at).toBe(((await retainedAt()) as Date).getTime());
  expect(Number(samples.get('interviews_retention_months'))).toBe(12);

  const before = [await version(), at];
  await service.import(FILE);
  await whileRunning(1, async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  expect([await version(), ((await retainedAt()) as Date).getTime()]).toEqual(before);
});

test('an import that is running is not held up: it is looked at again later', async () => {
  const session = await beginImport(service.db.streams, FROM_COMMAND, () => {});
  try {
    const { lines } = await whileRunning(1, untilSaid('retention: an import is running; after it is soon enough'));
    expect(lines).toHaveLength(1);
    expect(await retainedAt()).toBeNull();
  } finally {
    await session.rollback();
  }
});

test('a clock that may be wrong is not followed, and the log says so', async () => {
  await service.rows("UPDATE dataset SET imported_at = now() - interval '3 years', known_at = NULL");
  const { lines } = await whileRunning(1, untilSaid(refused));
  expect(JSON.stringify(lines)).toContain('npm run retain -- --any-clock');
  expect(await service.export('csv')).toContain('Canary');
});
