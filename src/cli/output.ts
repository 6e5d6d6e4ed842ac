import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
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
    try {
      await pipeline(chunks, process.stdout, { end: false });
    } catch (error) {
      if (!isCode(error, 'EPIPE')) throw error;
    }
    return;
  }
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    await pipeline(chunks, createWriteStream(unfinished, { flags: 'wx' }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    if (error instanceof Error && 'path' in error)
      throw new Failure('BAD_USER_INPUT', `${file} can’t be written: ${error.message}.`);
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
