import { randomBytes } from 'node:crypto';
import { chown, link, readFile, rm, writeFile } from 'node:fs/promises';
import type { Account } from '../server/program.ts';
import { exists, halfMade } from './data-folder.ts';

/** Makes the database user's password where there is none yet. Of two simultaneous calls one's stays. */
export async function ensurePassword(file: string, account: Account | undefined): Promise<void> {
  if (await exists(file)) return;
  const complete = halfMade(file);
  await writeFile(complete, randomBytes(24).toString('base64url'), { mode: 0o600 });
  // initdb reads it.
  if (account) await chown(complete, account.uid, account.gid);
  await link(complete, file).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(complete);
}

/** The password that a file holds. Errors: those of the file system. */
export async function readPassword(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}
