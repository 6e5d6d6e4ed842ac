import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file that only this process knows. */
export interface SpooledFile {
  readonly fd: number;
  readonly size: number;
  close(): Promise<void>;
}

/**
 * Copies a stream into a temporary file, because a ZIP archive is read from its end. The file has lost its name before it is read, so that
 * it is gone once it is closed, and also if the process is killed. Errors: those of the stream and of the file system.
 */
export async function spool(bytes: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'interviews-workbook-'));
  try {
    const file = await open(path.join(folder, 'workbook'), 'wx+', 0o600);
    try {
      let size = 0;
      for await (const chunk of bytes) {
        await file.writeFile(chunk);
        size += chunk.length;
      }
      return { fd: file.fd, size, close: () => file.close() };
    } catch (error) {
      await file.close();
      throw error;
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
