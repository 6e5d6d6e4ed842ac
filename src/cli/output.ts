import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { Failure } from '../domain/errors.ts';

/**
 * Writes chunks to a file, or to standard output where `file` is undefined or `-`. A file appears whole or not at all.
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
  const found = await stat(file).catch(() => null);
  if (found && !found.isFile()) {
    // A device or a pipe is written to; a file in its place would be another thing.
    await pipeline(chunks, createWriteStream(file)).catch((error) => unwritable(file, error));
    return;
  }
  const target = found ? await realpath(file) : file;
  const unfinished = `${target}.unfinished-${process.pid}`;
  try {
    await pipeline(chunks, createWriteStream(unfinished, { flags: 'wx', ...(found && { mode: found.mode & 0o777 }) }));
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    unwritable(file, error);
  }
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
