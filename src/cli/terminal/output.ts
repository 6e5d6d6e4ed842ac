import { createWriteStream } from 'node:fs';
import { link, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../config.ts';
import { Failure, shown } from '../../domain/errors.ts';

/** How a file is written. */
interface FileOptions {
  /** File mode. Default: that of the file it replaces, or that of a new file of the process. */
  readonly mode?: number;
  /** Refuse to replace an existing file, and name this option, which allows it. */
  readonly unlessForced?: string;
  /** Aborts writing. */
  readonly signal?: AbortSignal;
}

/**
 * Writes chunks to a file, or to standard output if `file` is undefined or `-`. A file appears complete or not at all,
 * and a file that has appeared is on the disk. Aborting the signal ends it, also while a reader takes nothing.
 *
 * Returns whether all was written: if a reader of standard output leaves, writing ends without an error. Errors:
 * BAD_USER_INPUT if the file can't be written; that of the abort.
 */
export async function writeOutput(
  chunks: AsyncIterable<Buffer | string> | Iterable<string>,
  file: string | undefined,
  { npmBanner }: Config,
  signal?: AbortSignal,
): Promise<boolean> {
  if (file === undefined || file === '-') {
    if (npmBanner && !process.stdout.isTTY)
      process.stderr.write('npm has written its banner before this output: use `npm run -s`, or --output FILE.\n');
    try {
      await pipeToStandardOutput(chunks, signal);
    } catch (error) {
      if (!isClosedPipe(error)) unwritable('Standard output', error);
      return false;
    }
    return true;
  }
  await writeFileAtomically(chunks, file, { ...(signal && { signal }) });
  return true;
}

/**
 * Writes chunks to standard output, which stays open. Errors: those of the chunks and of the stream; that of the abort, also while a reader takes
 * nothing: a pipeline that doesn't end its last stream would wait for it.
 */
export async function pipeToStandardOutput(
  chunks: AsyncIterable<Buffer | string> | Iterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  await Promise.race([pipeline(chunks, process.stdout, { end: false, ...(signal && { signal }) }), aborted]);
}

/**
 * Writes chunks to a file, as `writeOutput` does. Errors: BAD_USER_INPUT if the file can't be written, or exists and
 * `unlessForced` is set.
 */
export async function writeFileAtomically(
  chunks: AsyncIterable<Buffer | string> | Iterable<string>,
  file: string,
  { mode, unlessForced, signal }: FileOptions,
): Promise<void> {
  const signalOption = signal && { signal };
  const found = await stat(file).catch(() => null);
  if (found && !found.isFile()) {
    // A device or a pipe is written to directly: a file must not replace it.
    await pipeline(chunks, createWriteStream(file), { ...signalOption }).catch((error) => unwritable(file, error));
    return;
  }
  if (found && unlessForced !== undefined) throw alreadyExists(file, unlessForced);
  const broken = found ? null : await brokenLink(file);
  // A file in its place would be elsewhere than whoever made the link believes.
  if (broken !== null) throw new Failure('BAD_USER_INPUT', `${file} can’t be written: it ${broken}.`);
  const target = found ? await realpath(file) : file;
  const unfinished = `${target}.unfinished-${process.pid}`;
  const fileMode = mode ?? (found ? found.mode & 0o777 : undefined);
  try {
    const stream = createWriteStream(unfinished, {
      flags: 'wx',
      flush: true,
      ...(fileMode !== undefined && { mode: fileMode }),
    });
    await pipeline(chunks, stream, { ...signalOption });
    if (unlessForced === undefined) await rename(unfinished, target);
    else await renameToNew(unfinished, target, unlessForced);
    await syncFolder(path.dirname(target));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    unwritable(file, error);
  }
}

/**
 * Renames a file without replacing another one, not even one that has just appeared. If links are not supported, it can
 * only check beforehand.
 */
async function renameToNew(unfinished: string, target: string, unlessForced: string): Promise<void> {
  try {
    await link(unfinished, target);
    await rm(unfinished);
  } catch (error) {
    if (isCode(error, 'EEXIST') || (await stat(target).catch(() => null))) throw alreadyExists(target, unlessForced);
    await rename(unfinished, target);
  }
}

const alreadyExists = (file: string, unlessForced: string): Failure =>
  new Failure('BAD_USER_INPUT', `${file} already exists; name another file, or add ${unlessForced} to replace it.`);

/**
 * Returns what is wrong with a file that is a symbolic link to nothing, as after a volume that is not mounted, in words; null if it is none.
 */
export async function brokenLink(file: string): Promise<string | null> {
  const target = await readlink(file).catch(() => null);
  if (target === null || (await stat(file).catch(() => null))) return null;
  return `is a link to ${shown(target)}, where there is no file`;
}

/** Syncs a folder, so that a new name in it is on the disk. Not every system can, and some do it by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Turns errors of the file system into BAD_USER_INPUT; rethrows others. */
function unwritable(file: string, error: unknown): never {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  throw new Failure('BAD_USER_INPUT', `${file} can’t be written: ${'code' in error ? error.code : error.message}.`, {
    cause: error,
  });
}

/** Whether the reader of a pipe has left. */
export const isClosedPipe = (error: unknown): boolean => isCode(error, 'EPIPE');

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
