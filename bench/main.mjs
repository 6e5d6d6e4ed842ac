/** The command line of the benchmarks: `npm run bench -- extract [--rows 1000000]`. */
import { parseArgs } from 'node:util';
import { benchExtract } from './extract.mjs';
import { endAll } from './program.mjs';

const USAGE = 'Usage: npm run bench -- extract [--rows 1000000]';
const FEWEST_ROWS = 1_000;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { rows: { type: 'string', default: '1000000' } },
    });
    const rows = Number(values.rows);
    if (positionals.join() === 'extract' && Number.isInteger(rows) && rows >= FEWEST_ROWS) return { rows };
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
  await benchExtract(options);
}
