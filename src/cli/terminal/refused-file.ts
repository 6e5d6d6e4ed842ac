import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../domain/errors.ts';
import type { ExtractSource } from '../../ingest/rows/read-extract.ts';
import { STANDARD_INPUT } from './source.ts';

/**
 * Writes the refused rows of a source to a new file next to it and returns the file's name; never replaces another
 * file. Errors: BAD_USER_INPUT if it can't be written; then no file is left.
 */
export async function writeRefused(source: ExtractSource, csv: AsyncIterable<string>): Promise<string> {
  const { file, handle } = await newFileBeside(source.name);
  try {
    for await (const text of csv) await handle.appendFile(text).catch((error) => unwritable(file, error));
    await handle.close();
    return file;
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(file, { force: true });
    throw error;
  }
}

async function newFileBeside(name: string): Promise<{ file: string; handle: FileHandle }> {
  const source = path.parse(name === STANDARD_INPUT ? 'standard-input' : name.replace(/\.gz$/, ''));
  for (let number = 1; ; number++) {
    const file = path.join(source.dir, `${source.name}.refused${number === 1 ? '' : `-${number}`}.csv`);
    const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      return unwritable(file, error);
    });
    if (handle) return { file, handle };
  }
}

function unwritable(file: string, error: Error): never {
  throw new Failure(
    'BAD_USER_INPUT',
    `The refused rows can’t be written to ${file}, so nothing was saved: ${error.message}.`,
    { cause: error },
  );
}
