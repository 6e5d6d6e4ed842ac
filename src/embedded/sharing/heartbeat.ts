import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Postmaster } from '../server/postmaster.ts';

/** Milliseconds between two signs of life. */
export const BEAT_EVERY_MS = 5_000;

/** Milliseconds to watch for the next one, and the age of the last one from which on there is none to be expected. */
const WATCH_MS = 3 * BEAT_EVERY_MS;
const SILENT_MS = 6 * BEAT_EVERY_MS;

/**
 * Leaves a sign of life for those who share the folder and can neither see the server's process nor reach its socket: the time of its lock
 * file, which means nothing to Postgres.
 */
export async function beat(cluster: string): Promise<void> {
  const now = new Date();
  // A server that has ended in this moment needs none.
  await utimes(join(cluster, 'postmaster.pid'), now, now).catch(() => {});
}

/** Whether somebody is attached to the server that a lock file names: waits for a sign of life where the last one isn't long ago. */
export async function isBeating({ file }: Postmaster): Promise<boolean> {
  const first = await timeOf(file);
  if (first === undefined || Date.now() - first > SILENT_MS) return false;
  for (const end = Date.now() + WATCH_MS; Date.now() < end; await sleep(500)) {
    const now = await timeOf(file);
    if (now !== first) return now !== undefined;
  }
  return false;
}

const timeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
