import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/connection/open.ts';
import { confirmRows, storedEntityTag } from '../../db/history/known-rows.ts';
import { failureRecorder } from '../../db/history/record-import.ts';
import { beginImport } from '../../db/import/import-session.ts';
import { Failure } from '../../domain/errors.ts';
import { importBusy } from '../../domain/import/import-busy.ts';
import type { ImportFrom } from '../../domain/import/import-record.ts';
import { DEFAULT_IMPORT, importExtract } from '../../ingest/import/import-extract.ts';
import { recordedImport } from '../../ingest/import/recorded-import.ts';
import type { ImportReport } from '../../ingest/import/report.ts';
import { nameOfUpstream, openUpstream, type Upstream, UpstreamBusy } from '../../ingest/upstream/open-upstream.ts';
import type { ServiceLog } from '../../log.ts';

/** Attempts while the upstream is busy or away, and the milliseconds before the second; they double. */
const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1_000;

/** Milliseconds after which a sync is given up, however steadily its bytes come: it holds the import lock. */
const MAX_DURATION_MS = 3_600_000;

/** What a sync needs beside the upstream. */
export interface SyncContext {
  readonly db: Database;
  readonly config: Pick<Config, 'uploads' | 'maxRemovalsPercent'>;
  readonly log: ServiceLog;
}

/**
 * Replaces the stored rows by those of an upstream, all or nothing, and adds it to the history. Returns null if the upstream says that it still
 * has the rows that are stored. Errors: UPSTREAM_FAILED; CONFLICT while an import is running; DATABASE_UNAVAILABLE; `signal`'s.
 */
export async function syncRows(
  { db, config, log }: SyncContext,
  upstream: Upstream,
  signal: AbortSignal,
): Promise<ImportReport | null> {
  const tooLate = AbortSignal.timeout(MAX_DURATION_MS);
  const within = AbortSignal.any([signal, tooLate]);
  const from: ImportFrom = { origin: 'SYNC', upstream: nameOfUpstream(upstream.base), entityTag: null };
  const record = failureRecorder(db.pool, from, (err, message) => log.warn({ err }, message));
  const fetchRows = (): Promise<ImportReport | null> =>
    fetchUnlessStored({ db, config, log }, upstream, from, within).catch((error) => {
      if (!tooLate.aborted || signal.aborted) throw error;
      const message = `${from.upstream} took longer than ${MAX_DURATION_MS / 60_000} minutes; nothing was changed.`;
      throw new Failure('UPSTREAM_FAILED', message, { cause: error });
    });
  return await recordedImport({ dryRun: false, signal }, record, fetchRows);
}

async function fetchUnlessStored(
  context: SyncContext,
  upstream: Upstream,
  from: ImportFrom,
  signal: AbortSignal,
): Promise<ImportReport | null> {
  const { db, config } = context;
  const stored = await storedEntityTag(db.pool, from.upstream ?? '');
  const { rows, asOf } = await askUntilReady(context, upstream, stored, signal);
  if (rows === null) {
    if (await confirmRows(db.streams, { ...from, entityTag: stored }, asOf, signal)) return null;
    throw new Failure('CONFLICT', 'Other rows were imported in the meantime; try again.');
  }
  try {
    return await importExtract(
      [{ name: upstream.base.host, bytes: rows.bytes, maxBytes: config.uploads.maxBytes }],
      { ...DEFAULT_IMPORT, replaceAll: true, maxRemovalsPercent: config.maxRemovalsPercent, asOf },
      () => beginImport(db.streams, { ...from, entityTag: rows.entityTag }, importBusy, signal),
      async () => {},
    );
  } finally {
    rows.close();
  }
}

/**
 * Asks again while the upstream is busy, after the time that it names or a growing one, with up to half of it in addition. `asOf`: the time that
 * the rows are known at, in milliseconds since 1970. It is what the upstream says, but never later than the request, whose time it is otherwise:
 * that before the last attempt, in whole seconds.
 */
async function askUntilReady(
  { config, log }: SyncContext,
  upstream: Upstream,
  stored: string | null,
  signal: AbortSignal,
) {
  for (let tried = 1; ; tried++) {
    const askedAt = Math.floor(Date.now() / 1000) * 1000;
    try {
      const { rows, knownAt } = await openUpstream(upstream, stored, config.uploads, signal);
      return { rows, asOf: Math.min(knownAt ?? askedAt, askedAt) };
    } catch (error) {
      if (!(error instanceof UpstreamBusy) || tried === MAX_ATTEMPTS || signal.aborted) throw error;
      const pause = (error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (tried - 1)) * (1 + Math.random() / 2);
      log.info({ reason: error.message, milliseconds: Math.round(pause) }, 'the upstream is asked again later');
      await sleep(pause, undefined, { signal });
    }
  }
}
