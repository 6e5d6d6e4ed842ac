/** Measures `npm run import`. */
import { writeChanged } from './changed-file.mjs';
import { withBench } from './database.mjs';
import { figureOf, ROUNDS, report } from './figures.mjs';
import { describeImport } from './import-report.mjs';
import { parseRate } from './parse.mjs';
import { writeSection } from './report.mjs';

/** Runs the benchmark of the import with so many rows; its memory also with a tenth and a hundredth of them. */
export const benchImport = ({ rows }) =>
  withBench(async (bench) => {
    const peaks = [];
    for (const size of [rows / 100, rows / 10].map(Math.floor)) {
      report(`${size} rows: importing`);
      peaks.push({ rows: size, peak: (await bench.importIntoEmpty(await bench.generate(size))).peak });
    }
    report(`generating ${rows} rows`);
    const { rates, peak } = await measureImports(bench, await bench.generate(rows));
    peaks.push({ rows, peak });
    await writeSection('import', describeImport({ rows, postgres: await bench.version(), rates, peaks }));
  });

async function measureImports(bench, file) {
  const changedFile = bench.file('changed.csv');
  await writeChanged(file, changedFile);
  const rates = { empty: [], unchanged: [], changed: [], parse: [] };
  let peak = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [name, run] of [
      ['empty', () => bench.importIntoEmpty(file)],
      ['unchanged', () => bench.import(file)],
      ['changed', () => bench.import(changedFile)],
      ['parse', async () => ({ rate: await parseRate(file), peak: 0 })],
    ]) {
      report(`import, round ${round} of ${ROUNDS}: ${name}`);
      const result = await run();
      rates[name].push(result.rate);
      peak = Math.max(peak, result.peak);
    }
  }
  return {
    rates: Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, figureOf(all)])),
    peak,
  };
}
