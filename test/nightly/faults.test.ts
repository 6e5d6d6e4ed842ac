/**
 * Each of the faults of test/kit/faults, with the real parts, while everybody asks, imports and syncs at once. Each answer that is whole is one of
 * a state that was saved; each error has its code; and afterwards nothing is lost, and nothing left over. FAULTS_SEED repeats a run.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/generate/random.ts';
import { eventually } from '../kit/command.ts';
import { ask } from '../kit/faults/ask.ts';
import { FAULTS } from '../kit/faults/faults.ts';
import { knownStates } from '../kit/faults/known-answers.ts';
import { Rig } from '../kit/faults/rig.ts';
import { describeFigures, Trial } from '../kit/faults/trial.ts';
import { importOf, READS } from '../kit/faults/works.ts';
import { hasPostgresPair } from '../kit/postgres-pair.ts';

const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);

describe.skipIf(!hasPostgresPair())(`with FAULTS_SEED=${SEED}`, () => {
  const random = new Random(SEED);
  let rig: Rig;
  let trial: Trial;
  beforeAll(async () => {
    rig = await Rig.start({ disk: '300m' });
    trial = await Trial.prepare(rig, 3_000, random);
  }, 120_000);
  afterAll(() => rig?.stop());

  test.each(Object.keys(FAULTS))('%s, and nothing is lost', async (name) => {
    const why = FAULTS[name]?.missing?.(rig) ?? null;
    if (why !== null) return console.warn(`${name}: left out, ${why}`);
    const figures = await trial.undergo(name, { before: 300 + random.below(700), during: 1_500, after: 300 });
    console.log(`${name}: ${describeFigures(figures)}`);
  });

  test('a connection that the network has lost costs one GraphQL operation, and none of those after it', async () => {
    const [work] = READS.GraphQL ?? [];
    if (!work) throw new Error('nothing is asked of GraphQL');
    const other = await rig.another({});
    expect(await ask(other.url, work)).toMatchObject({ kind: 'whole' });
    rig.network.forget();
    expect(await ask(other.url, work)).toMatchObject({ kind: 'refused' });
    expect(await ask(other.url, work)).toMatchObject({ kind: 'whole' });
    await other.stop();
  });

  test('an import on a connection that the network has lost is refused within seconds, and the next one is saved', async () => {
    const [state] = knownStates(3_000);
    if (!state) throw new Error('nothing is known');
    const other = await rig.another({ SYNC_FROM: '', SYNC_TOKEN: '', SYNC_EVERY: '' });
    const works = [importOf(state.csv), { ...importOf(state.csv), path: '/analytics/interviews?dryRun=true' }];
    for (const work of works) {
      // The upstream is synced at the same time.
      const isWhole = () => eventually(async () => expect(await ask(other.url, work)).toMatchObject({ kind: 'whole' }));
      await isWhole();
      rig.network.forget();
      expect(await ask(other.url, work)).toMatchObject({ kind: 'refused', code: 'DATABASE_UNAVAILABLE' });
      await isWhole();
    }
    await other.stop();
  });

  test('told to stop while the network stalls, an instance answers whoever waits, and ends', async () => {
    const other = await rig.another({});
    const works = Object.values(READS).flatMap(([first]) => first ?? []);
    for (const work of works) expect(await ask(other.url, work)).toMatchObject({ kind: 'whole' });
    rig.network.stall();
    const answers = Promise.all(works.map((work) => ask(other.url, work)));
    const stopped = other.stop();
    for (const answer of await answers) expect(answer.kind).not.toBe('whole');
    expect(await stopped).toBe(0);
    rig.network.goOn();
  });
});
