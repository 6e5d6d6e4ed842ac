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
 * to a function that gives a sample; the result maps it to its samples, a round each. One round before the first warms up and doesn't count.
 */
export async function samplesInTurn(tasks, report, rounds = ROUNDS) {
  const samples = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      report(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${name}`);
      const sample = await task();
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** The same for functions that give numbers; the result maps a name to its figure. */
export async function inTurn(tasks, report) {
  const samples = await samplesInTurn(tasks, report);
  return Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, figureOf(all)]));
}
