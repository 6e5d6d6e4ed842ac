import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ClientBase } from 'pg';
import { temporaryPath } from '../folder/data-folder.ts';

/** Timeout of the query, in milliseconds. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Returns whether the server at the other end of a connection works on this cluster, and not on one of which it is a
 * copy. Only that server sees a file created just now, whatever path or container it sees the folder through.
 *
 * Errors: those of `pg` and of the file system.
 */
export async function isServing(client: ClientBase, cluster: string): Promise<boolean> {
  const file = temporaryPath(join(cluster, `proof-${randomBytes(16).toString('hex')}`));
  try {
    await writeFile(file, '', { flag: 'wx', mode: 0o600 });
    const query = {
      text: 'SELECT size FROM pg_stat_file($1, true)',
      values: [basename(file)],
      query_timeout: ANSWER_TIMEOUT_MS,
    };
    const { rows } = await client.query<{ size: string | null }>(query);
    return rows[0]?.size === '0';
  } catch (error) {
    // The folder is no longer at its path.
    if (error instanceof Error && 'syscall' in error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(file, { force: true });
  }
}
