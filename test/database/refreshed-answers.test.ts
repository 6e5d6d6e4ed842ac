/** Answers that are computed again after an import: whoever asks next finds them kept, and right. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRICS_PATH, ODATA_PATH } from '../../src/domain/paths.ts';
import { createLog } from '../../src/log.ts';
import { extract, rowsIn } from '../kit/generated.ts';
import { ask, type Json } from '../kit/graphql.ts';
import { untilBlocked, whileLocked } from '../kit/locked.ts';
import { costlyStatements, EAGER, refreshLog } from '../kit/refreshed.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';
import { viewersByToken } from '../kit/viewers.ts';

/** A Thursday, the Friday after it, and the Monday of the next week. */
const THURSDAY = '2026-11-26T09:30:00Z';
const FRIDAY = '2026-11-27T02:00:00Z';
const MONDAY = '2026-11-30T02:00:00Z';

const rowsOf = (count: number) => extract({ rows: count, seed: 5, from: '2026-09-01', until: '2026-12-20' });
const JOB = rowsIn(rowsOf(200))[0]?.jobId ?? '';

/** Keeps answers, but computes none again. */
let service: Service;
beforeAll(async () => {
  const viewers = viewersByToken({
    [ADMIN_TOKEN]: {},
    'one job': { restriction: { jobIds: [JOB], departments: [] } },
  });
  service = await startService({}, createLog('silent'), {}, viewers);
  await importRows(200, THURSDAY);
});
afterAll(() => service?.stop());

const importRows = (count: number, asOf: string) =>
  service.import(rowsOf(count), { replaceAll: true, asOf: Date.parse(asOf) });
/** What an import does that changes nothing else. */
const moveVersion = () => service.rows('UPDATE dataset SET version = version + 1');

/** Does work with an instance that computes answers again; `refreshed` waits until it has. */
async function withEager(
  work: (eager: Service, refreshed: () => Promise<number>) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const { log, refreshed } = refreshLog();
  const eager = await service.another(env, log, EAGER);
  try {
    await work(eager, () => refreshed(service));
  } finally {
    await eager.stop();
  }
}

/** Looks at the data as the dashboard does, by resolved days, and as a download and OData do. */
async function look(at: Service): Promise<Json> {
  const frame = await ask(
    at,
    `{ dataset { appointments interviews }
       period: metrics(period: { last: { count: 4, unit: WEEK, andCurrent: true } }) { at period { from to } }
       week: metrics(period: { last: { count: 1, unit: WEEK } }) { period { from to } }
       today: metrics(period: { last: { count: 0, unit: DAY, andCurrent: true } }) { period { from } } }`,
  );
  const { dataset, period, week, today } = frame.data;
  const answer = await ask(
    at,
    `query ($period: MetricPeriod!, $week: MetricPeriod!, $ahead: MetricPeriod!, $at: DateTime!) {
       weeks: metrics(period: $period, at: $at, groupBy: [WEEK, SLOT_STATE]) { groups { key { text } values { slots } } }
       week: metrics(period: $week, at: $at, compareTo: PREVIOUS_PERIOD) { total { heldSlots } previousTotal { heldSlots } }
       ahead: metrics(period: $ahead, at: $at, groupBy: [INTERVIEWER], first: 5) { groups { key { text } values { overlapping } } groupCount }
       all: metrics(at: $at) { total { appointments unknownTime } } }`,
    { period: period.period, week: week.period, ahead: today.period, at: period.at },
  );
  expect([frame.errors, answer.errors]).toEqual([undefined, undefined]);
  const texts = [];
  for (const path of [
    `${METRICS_PATH}?metrics=heldSlots,feedbackRate&groupBy=week&last=4-weeks&total=true`,
    `${ODATA_PATH}/MetricsByWeek?$select=id,slots`,
  ])
    texts.push((await (await at.get(path)).text()).replaceAll(at.url, ''));
  return { dataset, at: period.at, answer: answer.data, texts };
}

describe('after an import', () => {
  test.each([
    ['on the next day', 250, FRIDAY],
    ['in the next week', 300, MONDAY],
    ['that moves the clock alone', 200, FRIDAY],
  ])('%s, what was asked lately is answered without a look at rows, and as if it were asked anew', async (_when, count, asOf) => {
    await service.rows(`UPDATE dataset SET known_at = '${THURSDAY}'`);
    await importRows(200, THURSDAY);
    await withEager(async (eager, refreshed) => {
      const before = await look(eager);
      await importRows(count, asOf);
      expect(await refreshed()).toBeGreaterThan(5);
      const { result, statements } = await recordStatements(() => look(eager));
      expect(costlyStatements(statements)).toEqual([]);
      expect(result).toEqual(await look(service));
      expect(result).not.toEqual(before);
    });
  });

  test('nothing is computed for whom it is not: what a token sees of one job is kept for nobody else', async () => {
    await withEager(async (eager, refreshed) => {
      const query = '{ metrics(groupBy: [APPLICATION_STEP]) { groups { key { text } values { candidates } } } }';
      const asked = async (instance: Service, token: string) => {
        const { result, statements } = await recordStatements(() =>
          ask(instance, query, {}, { 'x-smarttoken': token }),
        );
        return { answer: result, looked: costlyStatements(statements).length > 0 };
      };
      await asked(eager, 'one job');
      await moveVersion();
      expect(await refreshed()).toBe(1);
      const ofOne = await asked(eager, 'one job');
      const ofAll = await asked(eager, ADMIN_TOKEN);
      expect([ofOne.looked, ofAll.looked]).toEqual([false, true]);
      expect(ofOne.answer).toEqual((await asked(service, 'one job')).answer);
      expect(ofAll.answer).toEqual((await asked(service, ADMIN_TOKEN)).answer);
      expect(ofOne.answer).not.toEqual(ofAll.answer);
    });
  });

  test('at most so much is computed again, what was asked last', async () => {
    await withEager(async (eager, refreshed) => {
      const MOST = 64;
      for (let from = 0; from < MOST + 6; from += 10) {
        const fields = Array.from(
          { length: 10 },
          (_, index) =>
            `m${index}: metrics(at: "2026-11-${10 + from / 10}T00:00:${10 + index}Z") { total { heldSlots } }`,
        );
        expect((await ask(eager, `{ ${fields.join('\n')} }`)).errors).toBeUndefined();
      }
      await moveVersion();
      expect(await refreshed()).toBe(MOST);
    });
  });
});

describe('while answers are computed again', () => {
  /** Metrics that read the table of interviews, which the test can lock. */
  const BLOCKED = '{ metrics(where: { interview: { canceled: { eq: false } } }) { total { candidates } } }';

  test('nobody waits for them: they give way, and are computed afterwards', async () => {
    await withEager(
      async (eager, refreshed) => {
        await ask(eager, BLOCKED);
        const answer = await whileLocked(service, 'interview', async () => {
          await moveVersion();
          await untilBlocked(service, 1);
          return await ask(eager, '{ metrics(where: { status: { eq: PENDING } }) { total { appointments } } }');
        });
        expect(answer.errors).toBeUndefined();
        expect(await refreshed()).toBeGreaterThanOrEqual(1);
        const { statements } = await recordStatements(() => ask(eager, BLOCKED));
        expect(costlyStatements(statements)).toEqual([]);
      },
      { METRICS_AT_ONCE: '1' },
    );
  });

  test('another import is not answered with former rows', async () => {
    await withEager(async (eager, refreshed) => {
      await ask(eager, BLOCKED);
      const importing = await whileLocked(service, 'interview', async () => {
        await moveVersion();
        await untilBlocked(service, 1);
        const begun = importRows(320, MONDAY);
        await untilBlocked(service, 2);
        return { begun };
      });
      await importing.begun;
      expect(await refreshed()).toBe(1);
      const { result, statements } = await recordStatements(() => ask(eager, BLOCKED));
      expect(costlyStatements(statements)).toEqual([]);
      expect(result).toEqual(await ask(service, BLOCKED));
    });
  });

  test('the service stops at once', async () => {
    const eager = await service.another({}, createLog('silent'), EAGER);
    await ask(eager, BLOCKED);
    await whileLocked(service, 'interview', async () => {
      await moveVersion();
      await untilBlocked(service, 1);
      await eager.stop();
      await untilBlocked(service, 0);
    });
  });
});
