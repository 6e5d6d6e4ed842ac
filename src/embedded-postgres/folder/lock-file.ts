import { link, readFile, rename, rm } from 'node:fs/promises';
import { temporaryPath } from './data-folder.ts';

/** A file that says which process holds something. Its text identifies it. */
export interface LockFile {
  readonly file: string;
  readonly text: string;
}

/** Reads a lock file; returns undefined if there is none. Errors: those of the file system. */
export async function readText(file: string): Promise<LockFile | undefined> {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return text === undefined ? undefined : { file, text };
}

/**
 * Removes a lock file, our own or that of a process that has ended. If another process has already removed it and
 * created its own, that file is put back (Postgres checks its own once a minute). It never throws.
 */
export async function removeStale({ file, text }: LockFile): Promise<void> {
  const aside = temporaryPath(file);
  await rename(file, aside).catch(() => {});
  const found = (await readText(aside).catch(() => undefined))?.text;
  if (found !== undefined && found !== text) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}
