import { beginImport } from '../../src/db/import/import-session.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import { CANDIDATES, JOBS } from '../../src/domain/import/name-lists.ts';
import { DEFAULT_IMPORT, importExtract } from '../../src/ingest/import/import-extract.ts';
import type { ImportReport } from '../../src/ingest/import/report.ts';
import type { Service } from './service.ts';

/** Imports files of names as `npm run import -- --jobs FILE --candidates FILE` does. */
export const importNames = (
  { db }: Pick<Service, 'db'>,
  { jobs, candidates }: { readonly jobs?: string; readonly candidates?: string },
): Promise<ImportReport> =>
  importExtract(
    [],
    { ...DEFAULT_IMPORT, maxRemovalsPercent: null },
    () => beginImport(db.streams, FROM_COMMAND, () => {}),
    async () => {},
    [
      ...(jobs === undefined ? [] : [{ list: JOBS, source: sourceOf('jobs.csv', jobs) }]),
      ...(candidates === undefined ? [] : [{ list: CANDIDATES, source: sourceOf('candidates.csv', candidates) }]),
    ],
  );

const sourceOf = (name: string, text: string) => ({
  name,
  bytes: (async function* () {
    yield Buffer.from(text);
  })(),
});
