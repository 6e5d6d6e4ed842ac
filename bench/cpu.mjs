/** CPU time of processes by the system's own accounts (/proc); elsewhere it is not measured (null). */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const CLOCK_TICKS = (() => {
  try {
    return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  } catch {
    return 100;
  }
})();

/** A process's parent, and its own ticks and those of its ended children, by /proc/<pid>/stat. Null where it is gone. */
function accountOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [own, ended] = [
      [11, 12],
      [13, 14],
    ].map((indices) => indices.reduce((sum, index) => sum + Number(fields[index]), 0));
    return { parent: Number(fields[1]), own, ended };
  } catch {
    return null;
  }
}

const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** Seconds of CPU that a process has used until now, with all its threads. */
export function cpuOfProcess(pid) {
  const account = accountOf(pid);
  return account && account.own / CLOCK_TICKS;
}

/** Seconds of CPU that a Postgres server has used until now: its main process, those below it, and those that have ended. */
export function cpuOfPostgres(postmaster) {
  for (let main = accountOf(postmaster); main !== null; ) {
    const living = pids()
      .map(accountOf)
      .filter((account) => account?.parent === postmaster);
    const after = accountOf(postmaster);
    // Otherwise one has ended meanwhile, which may stand in neither account.
    if (after?.ended === main.ended)
      return living.reduce((sum, { own }) => sum + own, main.own + main.ended) / CLOCK_TICKS;
    main = after;
  }
  return null;
}

/** Seconds of CPU that the ended children of a process have used, for which it has waited. */
export function cpuOfEndedChildren(pid) {
  const account = accountOf(pid);
  return account && account.ended / CLOCK_TICKS;
}
