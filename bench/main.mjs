/** The command line of the benchmarks: `npm run bench -- extract|import|graphql|hostile [--rows 1000000]`. */
import { parseArgs } from 'node:util';
import { endAll } from './program.mjs';

/** What can be measured; a benchmark is loaded only when it is asked for. */
const BENCHMARKS = {
  extract: async () => (await import('./extract.mjs')).benchExtract,
  import: async () => (await import('./import.mjs')).benchImport,
  graphql: async () => (await import('./graphql.mjs')).benchGraphql,
  hostile: async () => (await import('./hostile.mjs')).benchHostile,
};

const USAGE = `Usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [--rows 1000000]`;
const FEWEST_ROWS = 1_000;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { rows: { type: 'string', default: '1000000' } },
    });
    const rows = Number(values.rows);
    const benchmark = Object.hasOwn(BENCHMARKS, positionals.join()) ? BENCHMARKS[positionals.join()] : null;
    if (benchmark && Number.isInteger(rows) && rows >= FEWEST_ROWS) return { benchmark, rows };
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
  }
  return null;
}

const options = readArguments();
if (options === null) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  // Without the processes that are measured the measurement fails, and then cleans up.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, endAll);
  const run = await options.benchmark();
  await run(options);
}
