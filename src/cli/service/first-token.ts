import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashOfSecret } from '../../db/tokens/secret.ts';
import { isStoredToken } from '../../db/tokens/stored-token.ts';
import { createToken, FIRST_TOKEN_NAME, listTokens } from '../../db/tokens/tokens.ts';
import type { OpenDatabase } from './database.ts';

/**
 * Returns the token for the first download. It is created at the first start on an embedded database and stored in its
 * folder, readable by its owner only. Null if it was revoked, or if there are tokens but not this one.
 */
export async function firstToken(db: OpenDatabase): Promise<string | null> {
  if (!db.embedded) return null;
  const file = fileOf(db.embedded);
  const stored = await readFile(file, 'utf8').catch(() => null);
  if (stored !== null) return (await isStoredToken(db.pool, hashOfSecret(stored.trim()))) ? stored.trim() : null;
  if ((await listTokens(db.prisma)).length > 0) return null;
  const token = await createToken(db.prisma, FIRST_TOKEN_NAME, ['read', 'personal']);
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/**
 * Removes the file of that token if the database doesn't know it, as after a restore, which brings its own tokens.
 * Returns whether it was removed.
 */
export async function forgetUnknownToken(db: OpenDatabase): Promise<boolean> {
  if (!db.embedded) return false;
  const file = fileOf(db.embedded);
  const stored = await readFile(file, 'utf8').catch(() => null);
  if (stored === null || (await isStoredToken(db.pool, hashOfSecret(stored.trim())))) return false;
  await rm(file);
  return true;
}

const fileOf = ({ dataDir }: { readonly dataDir: string }): string => path.join(dataDir, 'token');
