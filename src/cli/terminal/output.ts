import { createWriteStream } from 'node:fs';
import { link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../config.ts';
import { Failure } from '../../domain/errors.ts';

/** What a file is to be like. */
interface FileOptions {
  /** Its mode; otherwise that of the file it takes the place of, or what the process makes by itself. */
  readonly mode?: number;
  /** Refuse to take the place of another file, and say that this option allows it. */
  readonly unlessForced?: string;
  /** Ends the writing. */
  readonly signal?: AbortSignal;
}

/**
 * Writes chunks to a file, or to standard output where `file` is undefined or `-`. A file appears whole or not at all, and what has appeared
 * is on the disk.
 * Errors: BAD_USER_INPUT where the file can't be written. A reader of standard output that leaves ends it quietly.
 */
export async function writeOutput(
  chunks: AsyncIterable<Buffer | string> | Iterable<string>,
  file: string | undefined,
  { npmBanner }: Config,
): Promise<void> {
  if (file === undefined || file === '-') {
    if (npmBanner && !process.stdout.isTTY)
      process.stderr.write('npm has put a banner of its own before this output: use `npm run -s`, or --output FILE.\n');
    await pipeline(chunks, process.stdout, { end: false }).catch((error) => {
      if (!isCode(error, 'EPIPE')) unwritable('Standard output', error);
    });
    return;
  }
  await writeFileWhole(chunks, file, {});
}

/** The part of writeOutput that is about files. */
export async function writeFileWhole(
  chunks: AsyncIterable<Buffer | string> | Iterable<string>,
  file: string,
  { mode, unlessForced, signal }: FileOptions,
): Promise<void> {
  const aborted = signal && { signal };
  const found = await stat(file).catch(() => null);
  if (found && !found.isFile()) {
    // A device or a pipe is written to; a file in its place would be another thing.
    await pipeline(chunks, createWriteStream(file), { ...aborted }).catch((error) => unwritable(file, error));
    return;
  }
  if (found && unlessForced !== undefined) throw inTheWay(file, unlessForced);
  const target = found ? await realpath(file) : file;
  const unfinished = `${target}.unfinished-${process.pid}`;
  const given = mode ?? (found ? found.mode & 0o777 : undefined);
  try {
    const stream = createWriteStream(unfinished, {
      flags: 'wx',
      flush: true,
      ...(given !== undefined && { mode: given }),
    });
    await pipeline(chunks, stream, { ...aborted });
    if (unlessForced === undefined) await rename(unfinished, target);
    else await renameToNew(unfinished, target, unlessForced);
    await syncFolder(path.dirname(target));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    unwritable(file, error);
  }
}

/** Like rename, but never over another file, also one that came just now; where links can't be made, as good as that can be known. */
async function renameToNew(unfinished: string, target: string, unlessForced: string): Promise<void> {
  try {
    await link(unfinished, target);
    await rm(unfinished);
  } catch (error) {
    if (isCode(error, 'EEXIST') || (await stat(target).catch(() => null))) throw inTheWay(target, unlessForced);
    await rename(unfinished, target);
  }
}

const inTheWay = (file: string, unlessForced: string): Failure =>
  new Failure(
    'BAD_USER_INPUT',
    `${file} is there already; name another file, or say ${unlessForced} to take its place.`,
  );

/** Brings a new name in a folder to the disk. Not every system can, and some do it by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Errors of the file system are the file's fault; others are thrown on. */
function unwritable(file: string, error: unknown): never {
  if (!(error instanceof Error && 'syscall' in error)) throw error;
  throw new Failure('BAD_USER_INPUT', `${file} can’t be written: ${'code' in error ? error.code : error.message}.`, {
    cause: error,
  });
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
