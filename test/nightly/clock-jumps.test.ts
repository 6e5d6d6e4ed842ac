/** A clock that is set while the service and its database run: by libfaketime, which stands between them and the clock of the system. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/generate/random.ts';
import { eventually, run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { ask } from '../kit/faults/ask.ts';
import { FakedClock, hasFakedClock } from '../kit/faults/faked-clock.ts';
import { FAULTS } from '../kit/faults/faults.ts';
import { knownStates } from '../kit/faults/known-answers.ts';
import { Rig } from '../kit/faults/rig.ts';
import { Trial } from '../kit/faults/trial.ts';
import { importOf } from '../kit/faults/works.ts';
import { hasPostgresPair } from '../kit/postgres-pair.ts';

const ROWS = 1_000;
const CSV = knownStates(ROWS)[0]?.csv ?? '';
const PAGE = { method: 'GET', path: '/analytics/interviews?limit=1', headers: {} } as const;

describe.skipIf(!hasFakedClock() || !hasPostgresPair())('a clock', () => {
  let clock: FakedClock;
  let rig: Rig;
  let trial: Trial;

  beforeAll(async () => {
    clock = new FakedClock();
    rig = await Rig.start({ disk: '400m', clock });
    trial = await Trial.prepare(rig, ROWS, new Random(1));
  }, 120_000);
  afterAll(async () => {
    await rig?.stop();
    clock?.remove();
  });

  test.each(
    Object.keys(FAULTS).filter((name) => name.startsWith('the clock')),
  )('%s, and nothing is lost', async (name) => {
    await trial.undergo(name, { before: 300, during: 1_000, after: 300 });
  });

  /** Whether the rows are known at a time to come, by the right clock, which is that of the tests. */
  const known = async () => {
    const now = new Date().toISOString();
    const [row] = await rig.postgres.rows(
      `SELECT known_at > timestamptz '${now}' + interval '1 day' AS ahead, known_at > timestamptz '${now}' - interval '1 hour' AS near FROM dataset`,
    );
    return row;
  };

  test('that was ahead leaves no rows of a time to come: the next import states the right one', async () => {
    // A process that has had nothing to do may see the new clock only with its next look.
    const imported = async (state: { ahead: boolean; near: boolean }) =>
      await eventually(async () => {
        expect(await ask(rig.url, importOf(CSV))).toMatchObject({ kind: 'whole' });
        expect(await known()).toEqual(state);
      });
    await clock.set('+2d');
    await imported({ ahead: true, near: true });
    await clock.set('+0');
    await imported({ ahead: false, near: true });
  });

  test('that was ahead during a sync does not keep the next one waiting until then', async () => {
    const syncs = async () => (await rig.postgres.rows("SELECT FROM import_record WHERE origin = 'SYNC'")).length;
    await clock.set('+2d');
    const before = await syncs();
    await eventually(async () => expect(await syncs()).toBeGreaterThan(before));
    await clock.set('+0');
    const after = await syncs();
    await eventually(async () => expect(await syncs()).toBeGreaterThan(after + 1), 20_000);
  });

  test('that is set back by an hour refuses nobody for an hour: a limit of requests holds for a second', async () => {
    const limited = await rig.another({ RATE_LIMIT_PER_SECOND: '2' });
    const page = () => ask(limited.url, PAGE).catch((error: Error) => error.message);
    try {
      await eventually(async () => {
        const answers = await Promise.all([page(), page(), page(), page()]);
        expect(answers).toContainEqual(expect.stringContaining('RATE_LIMITED'));
      });
      await clock.set('-1h');
      expect(await page()).toMatchObject({ kind: 'whole' });
    } finally {
      await clock.set('+0');
      await limited.stop();
    }
  });

  test('that is years ahead lets no name or review expire: somebody has to confirm it', async () => {
    const retain = () =>
      run(['retain', '--json'], { DATABASE_URL: urlOf(rig.postgres.connection), RETENTION_MONTHS: '600' });
    const first = await retain();
    expect(first).toMatchObject({ code: 0 });
    try {
      await clock.set('+1200d');
      const stderr = expect.stringMatching(
        /The clock of the database says \d{4}-.* `npm run retain -- --any-clock` once\.\n$/,
      );
      expect(await retain()).toMatchObject({ code: 1, stdout: '', stderr });
    } finally {
      await clock.set('+0');
    }
    const { before } = JSON.parse(first.stdout);
    expect(JSON.parse((await retain()).stdout)).toMatchObject({ before, rows: 0 });
  });
});
