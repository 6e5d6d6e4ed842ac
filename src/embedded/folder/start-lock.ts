import { randomBytes } from 'node:crypto';
import { open, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { textProperty } from '../../domain/types/property.ts';
import type { DataFolder } from './data-folder.ts';
import { ownHome } from './home.ts';
import { type LockFile, readText, removeStale } from './lock-file.ts';

/** Milliseconds between two signs of life of the holder, and without one, after which there is none any more. */
const TOUCH_EVERY_MS = 1_000;
const ABANDONED_LOCK_MS = 10_000;

/**
 * The right to start a server on a data folder. Postgres has a lock of its own, which knows other servers by their process ids, and so
 * doesn't see one that begins in another container in the same moment.
 */
export class StartLock {
  readonly #lock: LockFile;
  readonly #heart: NodeJS.Timeout;

  /** Undefined while another process starts a server. Errors: those of the file system; then no lock stays. */
  static async take(folder: DataFolder): Promise<StartLock | undefined> {
    const file = fileOf(folder);
    const text = `${process.pid}\n${(await ownHome()) ?? ''}\n${randomBytes(8).toString('hex')}\n`;
    if (await make(file, text)) return new StartLock({ file, text });
    const lock = await readText(file);
    if (lock && (await isAbandoned(lock))) await removeStale(lock);
    return undefined;
  }

  private constructor(lock: LockFile) {
    this.#lock = lock;
    this.#heart = setInterval(() => {
      const now = new Date();
      utimes(lock.file, now, now).catch(() => {});
    }, TOUCH_EVERY_MS).unref();
  }

  /** Gives the lock back; one that another process took meanwhile, since this one was suspended for long, stays. */
  async release(): Promise<void> {
    clearInterval(this.#heart);
    await removeStale(this.#lock);
  }
}

/** Makes a lock file; false where there is one. Errors: those of the file system; then none stays. */
async function make(file: string, text: string): Promise<boolean> {
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

/** Whether a server is being started on the folder. */
export async function isStarting(folder: DataFolder): Promise<boolean> {
  const lock = await readText(fileOf(folder));
  return lock !== undefined && !(await isAbandoned(lock));
}

const fileOf = ({ path }: DataFolder): string => join(path, 'postgres.starting');

/** Whether the process that took the lock has ended: at once where its id says so, otherwise after it gave no sign of life for some time. */
async function isAbandoned({ file, text }: LockFile): Promise<boolean> {
  const [pid, home] = text.split('\n');
  if (home && home === (await ownHome()) && !isProcess(Number(pid))) return true;
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
