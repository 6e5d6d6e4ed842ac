import { open, stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { Failure } from '../../domain/errors.ts';
import type { ExtractSource } from '../../ingest/rows/read-extract.ts';

/** Name of standard input in reports. */
export const STANDARD_INPUT = 'standard input';

/** Bytes per read of a file. */
const BLOCK_BYTES = 1 << 18;

/**
 * Opens a file, or standard input for `-`, with its size in bytes (0 if unknown); the signal aborts reading. Errors:
 * BAD_USER_INPUT if it can't be read.
 */
export async function openSource(
  file: string,
  signal: AbortSignal,
): Promise<ExtractSource & { readonly size: number }> {
  if (file === '-') return { name: STANDARD_INPUT, bytes: addAbortSignal(signal, process.stdin), size: 0 };
  const unreadable = (error: Error): never => {
    throw new Failure('BAD_USER_INPUT', `${file} can’t be read: ${error.message}.`, { cause: error });
  };
  const found = await stat(file).catch(unreadable);
  if (found.isDirectory()) throw new Failure('BAD_USER_INPUT', `${file} is a folder; name the files in it.`);
  const handle = await open(file).catch(unreadable);
  return { name: file, bytes: handle.createReadStream({ signal, highWaterMark: BLOCK_BYTES }), size: found.size };
}
