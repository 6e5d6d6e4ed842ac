/** Samples become figures. */

/** How often each thing is measured. */
export const ROUNDS = 5;

/** Says what is being done; standard output is for the figures. */
export const report = (line) => process.stderr.write(`${line}\n`);

/** The median, the least and the greatest of some numbers. */
export function figureOf(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/**
 * Measures several things in turn, round after round, so that whatever else the machine does meets all of them alike. `tasks` maps a name
 * to a function that gives a number; the result maps it to its figure. One round before the first warms up and doesn't count.
 */
export async function inTurn(tasks, report) {
  const samples = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      report(`${round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`}: ${name}`);
      const sample = await task();
      if (round > 0) samples[name].push(sample);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, figureOf(all)]));
}
