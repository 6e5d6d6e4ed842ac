/** Processor time of processes, from the system's own accounts (proc(5)); elsewhere than on Linux it is not measured (null). */
import { readFileSync } from 'node:fs';
import { figureOf, ROUNDS } from './figures.mjs';

/** Seconds of one tick of /proc (USER_HZ). */
const TICK = 1 / 100;

/** Seconds of the processor that a process took, and those that its ended children took. */
function seconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in parentheses and may hold anything.
    const [user, system, childrenUser, childrenSystem] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number);
    return { own: (user + system) * TICK, children: (childrenUser + childrenSystem) * TICK };
  } catch {
    return { own: 0, children: 0 };
  }
}

/** Postgres: the postmaster, its sessions, and those that have ended. */
function postgresSeconds(postmaster) {
  const sessions = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ');
  const { own, children } = seconds(postmaster);
  return sessions.reduce((sum, pid) => sum + seconds(pid).own, own + children);
}

/**
 * Runs tasks in turn, round after round; gives the microseconds of the processor for one of `rows`: `client` of the service, or of the program
 * that the task starts and waits for, `postgres`, and `sum`. One round before the first doesn't count.
 */
export async function cpuInTurn({ service, postmaster }, rows, tasks, report) {
  if (process.platform !== 'linux') return null;
  const samples = Object.fromEntries(Object.keys(tasks).map((name) => [name, { client: [], postgres: [], sum: [] }]));
  const clients = () => seconds(service).own + seconds(process.pid).children;
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      report(`${round === 0 ? 'warming up' : `round ${round} of ${ROUNDS}`}: ${name}`);
      const before = [clients(), postgresSeconds(postmaster)];
      await task();
      if (round === 0) continue;
      const each = (value) => (value / rows) * 1e6;
      const [client, postgres] = [each(clients() - before[0]), each(postgresSeconds(postmaster) - before[1])];
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
