import { randomBytes } from 'node:crypto';
import { open, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { textProperty } from '../../domain/types/property.ts';
import type { DataFolder } from './data-folder.ts';
import { type LockFile, readText, removeStale } from './lock-file.ts';
import { ownPidNamespace } from './pid-namespace.ts';

/** Interval at which the holder touches the lock file, and age from which on the lock is abandoned, in milliseconds. */
const TOUCH_INTERVAL_MS = 1_000;
const ABANDONED_LOCK_MS = 10_000;

/**
 * The right to start a server on a data folder. Postgres has a lock of its own, but it identifies other servers by
 * their process ids, so it doesn't see one that another container starts at the same moment.
 */
export class StartLock {
  readonly #lock: LockFile;
  readonly #heartbeat: NodeJS.Timeout;

  /**
   * Acquires the lock; returns undefined while another process starts a server. Errors: those of the file system; then
   * no lock file remains.
   */
  static async acquire(folder: DataFolder): Promise<StartLock | undefined> {
    const file = fileOf(folder);
    const text = `${process.pid}\n${(await ownPidNamespace()) ?? ''}\n${randomBytes(8).toString('hex')}\n`;
    if (await createLockFile(file, text)) return new StartLock({ file, text });
    const lock = await readText(file);
    if (lock && (await isAbandoned(lock))) await removeStale(lock);
    return undefined;
  }

  private constructor(lock: LockFile) {
    this.#lock = lock;
    this.#heartbeat = setInterval(() => {
      const now = new Date();
      utimes(lock.file, now, now).catch(() => {});
    }, TOUCH_INTERVAL_MS).unref();
  }

  /**
   * Releases the lock. If this process was suspended for long and another has acquired it in the meantime, that one's
   * lock stays.
   */
  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    await removeStale(this.#lock);
  }
}

/** Creates a lock file; returns false if there is one. Errors: those of the file system; then no lock file remains. */
async function createLockFile(file: string, text: string): Promise<boolean> {
  const handle = await open(file, 'wx', 0o644).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!handle) return false;
  try {
    await handle.writeFile(text);
    return true;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Returns whether a process is starting a server on the folder. Errors: those of the file system. */
export async function isStarting(folder: DataFolder): Promise<boolean> {
  const lock = await readText(fileOf(folder));
  return lock !== undefined && !(await isAbandoned(lock));
}

const fileOf = ({ path }: DataFolder): string => join(path, 'postgres.starting');

/**
 * Returns whether the process that holds the lock has ended: at once if its process id shows that, otherwise after it
 * has not touched the file for some time.
 */
async function isAbandoned({ file, text }: LockFile): Promise<boolean> {
  const [pid, namespace] = text.split('\n');
  if (namespace && namespace === (await ownPidNamespace()) && !isProcess(Number(pid))) return true;
  const touched = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  return touched !== undefined && Date.now() - touched > ABANDONED_LOCK_MS;
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return textProperty(error, 'code') === 'EPERM';
  }
}
