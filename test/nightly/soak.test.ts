/**
 * A service under load, which faults befall at random; its audit log misses nothing. SOAK_MINUTES is for how long, SOAK_ROWS of how many rows the states are, SOAK_SEED repeats a
 * run; `npm run soak` sets them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/generate/random.ts';
import { ask } from '../kit/faults/ask.ts';
import { auditedRequests } from '../kit/faults/audited.ts';
import { FAULTS } from '../kit/faults/faults.ts';
import { knownStates } from '../kit/faults/known-answers.ts';
import { Rig } from '../kit/faults/rig.ts';
import { describeFigures, type Figures, Trial } from '../kit/faults/trial.ts';
import { importOf, READS } from '../kit/faults/works.ts';
import { hasPostgresPair } from '../kit/postgres-pair.ts';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 0.4);
const ROWS = Number(process.env.SOAK_ROWS ?? 3_000);
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 2 ** 31);

/** Bytes that the heap and the buffers may hold more after the faults than before them. */
const MAX_GROWTH = 20 * 2 ** 20;

/** A soak of several minutes has longer faults, and waits at its end until idle connections are closed. */
const IS_LONG = MINUTES > 2;
const IDLE_MS = IS_LONG ? 70_000 : 0;

describe.skipIf(!hasPostgresPair())(`with SOAK_SEED=${SEED}`, () => {
  const random = new Random(SEED);
  let rig: Rig;
  let trial: Trial;
  const figures: Figures[] = [];
  beforeAll(async () => {
    rig = await Rig.start({ disk: `${250 + Math.ceil(ROWS / 50)}m` });
    trial = await Trial.prepare(rig, ROWS, random);
  }, 120_000);
  afterAll(() => rig?.stop());

  const span = (most: number) => 300 + random.below(most * (IS_LONG ? 5 : 1));
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

  test.each([
    [true, 'after it was passed on'],
    [false, 'before it was passed on'],
  ])('an import whose connection is lost at its commit is answered by what became of it (%s: %s)', async (isPassedOn) => {
    const [before, after] = knownStates(ROWS);
    const [csv] = READS['export as CSV'] ?? [];
    if (!before || !after || !csv) throw new Error('too little is known');
    expect(await ask(rig.url, importOf(before.csv))).toMatchObject({ kind: 'whole' });
    // Other transactions are committed meanwhile, too.
    rig.network.cutAt('/* load.copy */', 'COMMIT\0', isPassedOn);
    const answer = await ask(rig.url, importOf(after.csv));
    expect(answer).toMatchObject(isPassedOn ? { kind: 'whole' } : { kind: 'refused', code: 'DATABASE_UNAVAILABLE' });
    expect(await ask(rig.url, csv)).toMatchObject({ kind: 'whole', text: (isPassedOn ? after : before).csv });
    const history = await rig.postgres.rows(
      "SELECT outcome FROM import_record WHERE origin = 'HTTP' ORDER BY id DESC LIMIT 1",
    );
    expect(history).toEqual([{ outcome: isPassedOn ? 'CHANGED' : 'FAILED' }]);
  });

  test(
    `faults at random for ${MINUTES} minutes leave neither memory nor files nor connections behind`,
    async () => {
      const names = Object.keys(FAULTS).filter(
        (name) => !name.startsWith('the service') && !FAULTS[name]?.missing?.(rig),
      );
      await sleep(IDLE_MS);
      const before = await rig.memory();
      const files = rig.openFiles.length;
      const left: string[] = [];
      const end = performance.now() + MINUTES * 60_000;
      while (performance.now() < end) {
        // None comes again before all others have come.
        if (left.length === 0) left.push(...names);
        const [name = ''] = left.splice(random.below(left.length), 1);
        figures.push(await trial.undergo(name, { before: span(1_500), during: span(2_500), after: span(1_000) }));
        console.log(`${name}: ${describeFigures(figures.at(-1) as Figures)}`);
      }
      await sleep(IDLE_MS);
      const after = await rig.memory();
      console.log(
        [
          `${figures.length} faults; the longest outage after one: ${Math.max(...figures.map(({ outage }) => Math.round(outage)))} ms`,
          `heap: ${megabytes(before.heap)}, then ${megabytes(after.heap)}; buffers: ${megabytes(before.buffers)}, then ${megabytes(after.buffers)}`,
          `resident: ${megabytes(before.resident)}, then ${megabytes(after.resident)}; files: ${files}, then ${rig.openFiles.length}`,
          `kept alive by: ${JSON.stringify(before.active)}, then ${JSON.stringify(after.active)}`,
          `requests: ${JSON.stringify(sumOf(figures))}`,
        ].join('\n'),
      );
      expect(after.heap + after.buffers - before.heap - before.buffers).toBeLessThan(MAX_GROWTH);
      expect(rig.openFiles.length).toBeLessThanOrEqual(files);
    },
    MINUTES * 60_000 + 2 * IDLE_MS + 180_000,
  );

  test('told to stop, the service has each of these requests in the audit log, also those that were refused or cut', async () => {
    expect(await rig.stopService()).toBe(0);
    const { right = 0, ...others } = sumOf(figures);
    const audited = await auditedRequests(rig);
    console.log(`audit log: ${JSON.stringify(audited)}`);
    expect(right).toBeGreaterThan(0);
    expect(audited.succeeded).toBeGreaterThanOrEqual(right);
    expect(audited.others).toBeGreaterThanOrEqual(Object.values(others).reduce((sum, count) => sum + count, 0));
  });
});

/** All requests, by what became of them. */
function sumOf(figures: readonly Figures[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { counts } of figures)
    for (const kind of Object.values(counts))
      for (const [what, count] of Object.entries(kind)) sum[what] = (sum[what] ?? 0) + count;
  return sum;
}
