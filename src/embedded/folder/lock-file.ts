import { link, readFile, rename, rm } from 'node:fs/promises';
import { halfMade } from './data-folder.ts';

/** A file that says which process has something, and its text, by which it is known again. */
export interface LockFile {
  readonly file: string;
  readonly text: string;
}

/** Reads a lock file; undefined where there is none. */
export async function readText(file: string): Promise<LockFile | undefined> {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return text === undefined ? undefined : { file, text };
}

/**
 * Removes a lock file, our own or that of a process that has ended. Where another process has done so too and has already made its own,
 * that is put back (Postgres looks for its own once a minute).
 */
export async function removeStale({ file, text }: LockFile): Promise<void> {
  const aside = halfMade(file);
  await rename(file, aside).catch(() => {});
  const found = (await readText(aside).catch(() => undefined))?.text;
  if (found !== undefined && found !== text) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}
