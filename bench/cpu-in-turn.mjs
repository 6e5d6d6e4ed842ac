import { cpuOfEndedChildren, cpuOfPostgres, cpuOfProcess } from './cpu.mjs';
import { figureOf, ROUNDS } from './figures.mjs';

/**
 * Runs tasks in turn, round after round; gives the microseconds of the processor for one of `rows`: `client` of the service, or of the program
 * that the task starts and waits for, `postgres`, and `sum`. One round before the first doesn't count. Null where it can't be measured.
 */
export async function cpuInTurn({ service, postmaster }, rows, tasks, report) {
  if (process.platform !== 'linux') return null;
  const samples = Object.fromEntries(Object.keys(tasks).map((name) => [name, { client: [], postgres: [], sum: [] }]));
  const clients = () => cpuOfProcess(service) + cpuOfEndedChildren(process.pid);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      report(`${round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`}: ${name}`);
      const before = [clients(), cpuOfPostgres(postmaster)];
      await task();
      if (round === 0) continue;
      const each = (value) => (value / rows) * 1e6;
      const [client, postgres] = [each(clients() - before[0]), each(cpuOfPostgres(postmaster) - before[1])];
      samples[name].client.push(client);
      samples[name].postgres.push(postgres);
      samples[name].sum.push(client + postgres);
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, of]) => [
      name,
      { client: figureOf(of.client), postgres: figureOf(of.postgres), sum: figureOf(of.sum) },
    ]),
  );
}
