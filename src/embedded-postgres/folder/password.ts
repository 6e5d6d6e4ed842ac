import { randomBytes } from 'node:crypto';
import { chown, link, readFile, rm, writeFile } from 'node:fs/promises';
import type { Account } from '../server/program.ts';
import { exists, temporaryPath } from './data-folder.ts';

/**
 * Creates the file with the database user's password if there is none yet. Of two simultaneous calls, one password
 * stays. Errors: those of the file system.
 */
export async function ensurePassword(file: string, account: Account | undefined): Promise<void> {
  if (await exists(file)) return;
  const complete = temporaryPath(file);
  await writeFile(complete, randomBytes(24).toString('base64url'), { mode: 0o600 });
  // initdb, which runs as the account, reads it.
  if (account) await chown(complete, account.uid, account.gid);
  await link(complete, file).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(complete);
}

/** Returns the password in a file. Errors: those of the file system. */
export async function readPassword(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}
