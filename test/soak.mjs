/**
 * `npm run soak -- --minutes 30 --rows 20000 --seed 7`: faults at random under load (test/nightly/soak.test.ts), for so long, with states of so
 * many rows. The seed, which is printed, repeats a run.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rows: { type: 'string', default: '20000' },
    seed: { type: 'string' },
  },
});
for (const [name, value] of Object.entries(values))
  if (!/^\d+(\.\d+)?$/.test(value)) throw new Error(`--${name} ${value} is not a number`);

const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'nightly', 'test/nightly/soak.test.ts', '--disable-console-intercept'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      SOAK_MINUTES: values.minutes,
      SOAK_ROWS: values.rows,
      ...(values.seed && { SOAK_SEED: values.seed }),
    },
  },
);
process.exitCode = status ?? 1;
