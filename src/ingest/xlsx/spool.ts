import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../domain/errors.ts';

/** Maximum size of a temporary file, also where uploads have no limit: the disk has one. A sheet that is full takes some hundred MB. */
const MAX_BYTES = 4 * 2 ** 30;

/** A file that only this process knows. */
export interface SpooledFile {
  readonly fd: number;
  close(): Promise<void>;
}

/**
 * Copies a stream into a temporary file, because a ZIP archive is read from its end. The file loses its name before anything is written, so
 * that it is gone once it is closed, and also if the process is killed. Errors: PAYLOAD_TOO_LARGE; those of the stream and of the file system.
 */
export async function spool(bytes: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'interviews-workbook-'));
  const file = await open(path.join(folder, 'workbook'), 'wx+', 0o600);
  // Some systems keep the name of an open file; it is removed once the file is closed.
  const remove = () => rm(folder, { recursive: true, force: true }).catch(() => {});
  await remove();
  const close = async () => {
    await file.close();
    await remove();
  };
  try {
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > MAX_BYTES)
        throw new Failure(
          'PAYLOAD_TOO_LARGE',
          `The workbook has more than ${MAX_BYTES} bytes; save its first sheet as CSV.`,
        );
      await file.writeFile(chunk);
    }
    return { fd: file.fd, close };
  } catch (error) {
    await close();
    throw error;
  }
}
