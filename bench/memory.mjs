/** Memory of processes, as Linux tells it; elsewhere it is not measured (null). */
import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_EVERY = 50;

/** A figure of /proc/<pid>/<file> in bytes, or null where there is none. */
function figure(pid, file, name) {
  try {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
    return found ? Number(found[1]) * 1024 : null;
  } catch {
    return null;
  }
}

/** The resident memory of a process in bytes. */
export const residentOf = (pid) => figure(pid, 'status', 'VmRSS');

/** A process's share: what it shares with others (Postgres' buffers) counts once for all of them together. */
const shareOf = (pid) => figure(pid, 'smaps_rollup', 'Pss') ?? residentOf(pid) ?? 0;

/** Watches the peak of a process's own memory while it lives; the function given ends that and gives the bytes. */
export function watchPeak(pid) {
  let peak = null;
  const look = () => {
    peak = Math.max(peak ?? 0, figure(pid, 'status', 'VmHWM') ?? 0) || null;
  };
  const timer = setInterval(look, SAMPLE_EVERY);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** All processes that descend from some, and those themselves. */
function treeOf(roots) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The command's name stands in parentheses and may hold anything; the parent is the second word after it.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
      } catch {
        return [];
      }
    });
  const tree = new Set(roots);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid);
  }
  return [...tree];
}

/**
 * Runs `work` and gives the peaks meanwhile: `node` of the process `service` (resident), `tree` of it and the `postmaster` with all that
 * descend from them (proportional).
 */
export async function peaksWhile({ service, postmaster }, work) {
  const peaks = { node: null, tree: null };
  const look = () => {
    const node = residentOf(service);
    if (node === null) return;
    peaks.node = Math.max(peaks.node ?? 0, node);
    const tree = treeOf([service, postmaster]).reduce((sum, pid) => sum + shareOf(pid), 0);
    peaks.tree = Math.max(peaks.tree ?? 0, tree);
  };
  const timer = setInterval(look, 4 * SAMPLE_EVERY);
  try {
    await work();
    look();
    return peaks;
  } finally {
    clearInterval(timer);
  }
}
