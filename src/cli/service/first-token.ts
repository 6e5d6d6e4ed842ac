import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createToken, FIRST_TOKEN_NAME, listTokens, viewerOfToken } from '../../db/tokens.ts';
import type { OpenDatabase } from './database.ts';

/**
 * The token for the first download: made at the first start on an embedded database and kept in its folder, readable by
 * its owner only. Null where it was revoked, or where tokens are made but not this one.
 */
export async function firstToken(db: OpenDatabase): Promise<string | null> {
  if (!db.embedded) return null;
  const file = fileOf(db.embedded);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return (await viewerOfToken(db.prisma, null, kept.trim())) ? kept.trim() : null;
  if ((await listTokens(db.prisma)).length > 0) return null;
  const token = await createToken(db.prisma, FIRST_TOKEN_NAME, ['read', 'personal']);
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/**
 * Removes the file of that token where the database doesn't know it: after a restore, which brings tokens of its own. True where one was
 * removed.
 */
export async function forgetUnknownToken(db: OpenDatabase): Promise<boolean> {
  if (!db.embedded) return false;
  const file = fileOf(db.embedded);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept === null || (await viewerOfToken(db.prisma, null, kept.trim()))) return false;
  await rm(file);
  return true;
}

const fileOf = ({ dataDir }: { readonly dataDir: string }): string => path.join(dataDir, 'token');
