/**
 * Loaded into the service by tests (`node --import`): on SIGUSR2 it collects the garbage and says on standard error what is left, as one line
 * of JSON.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Milliseconds until the second collection, with which goes what was waiting for its finalizers. */
const PAUSE_MS = 500;

process.on('SIGUSR2', () => {
  collect();
  setTimeout(() => {
    collect();
    const { heapUsed: heap, external: buffers, rss: resident } = process.memoryUsage();
    const active = {};
    for (const kind of process.getActiveResourcesInfo()) active[kind] = (active[kind] ?? 0) + 1;
    process.stderr.write(`${JSON.stringify({ memory: { heap, buffers, resident, active } })}\n`);
  }, PAUSE_MS).unref();
});
