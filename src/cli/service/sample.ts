import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../db/connection/open.ts';
import { beginImport } from '../../db/import/import-session.ts';
import { importExtract } from '../../ingest/import/import-extract.ts';
import { PROGRAM_FOLDER } from '../../package-info.ts';

const SAMPLE = path.join(PROGRAM_FOLDER, 'prisma', 'sample', 'interviews-extract.csv');

/** Imports the sample extract if nothing was ever imported. Errors: those of `importExtract`. */
export async function loadSample(db: Database): Promise<void> {
  const dataset = await db.prisma.dataset.findFirst();
  if (dataset?.importedAt) return;
  await importExtract(
    [{ name: SAMPLE, bytes: createReadStream(SAMPLE) }],
    {
      allowMissingColumns: false,
      dateFormat: null,
      skipInvalid: false,
      replaceAll: false,
      maxRemovalsPercent: null,
      dryRun: false,
      sample: true,
    },
    () => beginImport(db.streams, () => {}),
    async () => {},
  );
}
