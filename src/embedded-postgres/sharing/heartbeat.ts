import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Postmaster } from '../server/postmaster.ts';

/** Interval between two heartbeats, in milliseconds. */
export const BEAT_INTERVAL_MS = 5_000;

/** Milliseconds to wait for the next heartbeat, and the age of the last one from which on none is expected. */
const WATCH_MS = 3 * BEAT_INTERVAL_MS;
const SILENT_MS = 6 * BEAT_INTERVAL_MS;

/**
 * Sends a heartbeat to processes that share the folder but can neither see the server's process nor reach its socket.
 * It is the modification time of the server's lock file, which means nothing to Postgres. It never throws.
 */
export async function beat(cluster: string): Promise<void> {
  const now = new Date();
  // A server that has just ended needs none.
  await utimes(join(cluster, 'postmaster.pid'), now, now).catch(() => {});
}

/**
 * Returns whether a process is attached to the server that a lock file names. Waits for the next heartbeat if the last
 * one is recent.
 */
export async function isBeating({ file }: Postmaster): Promise<boolean> {
  const first = await lastBeat(file);
  if (first === undefined || Date.now() - first > SILENT_MS) return false;
  for (const deadline = performance.now() + WATCH_MS; performance.now() < deadline; await sleep(500)) {
    const now = await lastBeat(file);
    if (now !== first) return now !== undefined;
  }
  return false;
}

const lastBeat = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
