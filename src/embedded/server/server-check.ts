import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ClientBase } from 'pg';
import { halfMade } from '../folder/data-folder.ts';

/** Milliseconds for the answer. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Whether the server at the other end of a connection works on this cluster, and not on one that it is a copy of: a file that is made only now
 * is seen by that server alone, whatever path or container it sees the folder through.
 */
export async function isServing(client: ClientBase, cluster: string): Promise<boolean> {
  const file = halfMade(join(cluster, `proof-${randomBytes(16).toString('hex')}`));
  try {
    await writeFile(file, '', { flag: 'wx', mode: 0o600 });
    const question = {
      text: 'SELECT size FROM pg_stat_file($1, true)',
      values: [basename(file)],
      query_timeout: ANSWER_TIMEOUT_MS,
    };
    const { rows } = await client.query<{ size: string | null }>(question);
    return rows[0]?.size === '0';
  } catch (error) {
    // The folder has gone from its path.
    if (error instanceof Error && 'syscall' in error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(file, { force: true });
  }
}
