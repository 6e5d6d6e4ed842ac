import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../db/connection/open.ts';
import { beginImport } from '../../db/import/import-session.ts';
import { readDataOrigin } from '../../db/stored-data.ts';
import { FROM_SAMPLE } from '../../domain/import/import-record.ts';
import { CANDIDATES, JOBS } from '../../domain/import/name-lists.ts';
import { DEFAULT_IMPORT, importExtract } from '../../ingest/import/import-extract.ts';
import type { ExtractSource } from '../../ingest/rows/read-extract.ts';
import { PROGRAM_FOLDER } from '../../package-info.ts';
import type { Announce } from '../command-context.ts';

/** The time that the sample is of, in milliseconds since 1970: the default `--until` of `npm run generate`. Nothing in it happened later. */
const SAMPLE_TAKEN = Date.UTC(2027, 0, 1);

/** A file of the sample. */
function sampleFile(name: string): ExtractSource {
  const file = path.join(PROGRAM_FOLDER, 'prisma', 'sample', name);
  return { name: file, bytes: createReadStream(file) };
}

/**
 * Imports the sample extract with the names of its jobs and candidates if nothing was ever imported, and calls `announce` before. Errors: those
 * of `importExtract`.
 */
export async function loadSample(db: Database, announce: Announce): Promise<void> {
  if ((await readDataOrigin(db.pool)) !== null) return;
  announce('Loading the sample extract…');
  await importExtract(
    [sampleFile('interviews-extract.csv')],
    { ...DEFAULT_IMPORT, sample: true, asOf: Date.now() < SAMPLE_TAKEN ? null : SAMPLE_TAKEN },
    () => beginImport(db.streams, FROM_SAMPLE, () => {}),
    async () => {},
    [
      { list: JOBS, source: sampleFile('jobs.csv') },
      { list: CANDIDATES, source: sampleFile('candidates.csv') },
    ],
  );
}
