import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../db/connection/open.ts';
import { beginImport } from '../../db/import/import-session.ts';
import { readDataOrigin } from '../../db/stored-data.ts';
import { DEFAULT_IMPORT, importExtract } from '../../ingest/import/import-extract.ts';
import { PROGRAM_FOLDER } from '../../package-info.ts';
import type { Announce } from '../command-context.ts';

const SAMPLE = path.join(PROGRAM_FOLDER, 'prisma', 'sample', 'interviews-extract.csv');

/**
 * Imports the sample extract if nothing was ever imported, and calls `announce` before. Errors: those of `importExtract`.
 */
export async function loadSample(db: Database, announce: Announce): Promise<void> {
  if ((await readDataOrigin(db.pool)) !== null) return;
  announce('Loading the sample extract…');
  await importExtract(
    [{ name: SAMPLE, bytes: createReadStream(SAMPLE) }],
    { ...DEFAULT_IMPORT, sample: true },
    () => beginImport(db.streams, () => {}),
    async () => {},
  );
}
