import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Database } from '../db/connection/open.ts';
import { readSyncs } from '../db/history/read-imports.ts';
import { failureRecorder } from '../db/history/record-import.ts';
import { beginImport } from '../db/import/import-session.ts';
import { currentDataState } from '../db/query/data-state.ts';
import { Failure, shown } from '../domain/errors.ts';
import { importBusy } from '../domain/import/import-busy.ts';
import type { ImportFrom } from '../domain/import/import-record.ts';
import { DEFAULT_IMPORT, importExtract } from '../ingest/import/import-extract.ts';
import { recordedImport } from '../ingest/import/recorded-import.ts';
import type { ImportReport } from '../ingest/import/report.ts';
import { nameOfUpstream, openUpstream, type Upstream, UpstreamBusy } from '../ingest/upstream/open-upstream.ts';
import type { ServiceLog } from '../log.ts';
import type { Command } from './command-context.ts';
import { openConfigured } from './service/database.ts';
import { readArguments, refuseSwallowed, wrongUsage } from './terminal/arguments.ts';
import { describeImport } from './terminal/import-report.ts';
import { describeSyncs } from './terminal/sync-status.ts';

const USAGE = 'sync -- --from URL --token-file FILE | --status';

/** Maximum size of the file of the token. */
const MAX_TOKEN_FILE_BYTES = 8_192;

/** Attempts while the upstream is busy or away, and the milliseconds before the second; they double. */
const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1_000;

/** How many syncs `--status` shows. */
const SHOWN_SYNCS = 10;

/** Milliseconds after which a sync is given up, however steadily its bytes come: it holds the import lock. */
const MAX_DURATION_MS = 3_600_000;

export const sync: Command = {
  usage: USAGE,
  about:
    'replace the stored rows by those of another service; nothing changes unless its whole answer is accepted; --status shows the last syncs',
  async run(args, { config, log, signal }) {
    const options = {
      from: { type: 'string' },
      'token-file': { type: 'string' },
      status: { type: 'boolean', default: false },
    } as const;
    const { values } = readArguments({ args, options }, USAGE);
    refuseSwallowed(Object.keys(options), args, config.npmOptions, USAGE);
    if (values.status) {
      if (values.from !== undefined || values['token-file'] !== undefined)
        throw wrongUsage('--status goes without --from and --token-file', USAGE);
      return await printStatus(config, log);
    }
    const base = readUpstreamUrl(values.from);
    const token = await readTokenFile(values['token-file']);
    const within = AbortSignal.any([signal, AbortSignal.timeout(MAX_DURATION_MS)]);
    const db = await openConfigured(config, log);
    try {
      const from: ImportFrom = { origin: 'SYNC', upstream: nameOfUpstream(base), entityTag: null };
      const record = failureRecorder(db.pool, from, (err, message) => log.warn({ err }, message));
      const report = await recordedImport({ dryRun: false, signal }, record, () =>
        fetchRows(db, { base, token }, from, config, within),
      );
      process.stdout.write(describeImport(report, [], { 'dry-run': false, 'skip-invalid': true, extracts: 1 }));
      return report.saved ? 0 : 1;
    } finally {
      await db.close();
    }
  },
};

/** Fetches the rows of an upstream and imports them. Errors: those of openUpstream and importExtract. */
async function fetchRows(
  db: Database,
  upstream: Upstream,
  from: ImportFrom,
  { uploads, maxRemovalsPercent }: Config,
  signal: AbortSignal,
): Promise<ImportReport> {
  // The rows are known at the time before they are asked for, by whole seconds.
  const { extract, askedAt } = await whenReady(signal, async () => {
    const asked = Math.floor(Date.now() / 1000) * 1000;
    return { extract: await openUpstream(upstream, uploads, signal), askedAt: asked };
  });
  try {
    return await importExtract(
      [{ name: upstream.base.host, bytes: extract, maxBytes: uploads.maxBytes }],
      { ...DEFAULT_IMPORT, replaceAll: true, maxRemovalsPercent, asOf: askedAt },
      () => beginImport(db.streams, from, importBusy, signal),
      async () => {},
    );
  } finally {
    await extract.return(undefined);
  }
}

/** Prints the last syncs. Returns 0 if the last one was saved. */
async function printStatus(config: Config, log: ServiceLog): Promise<number> {
  const db = await openConfigured(config, log);
  try {
    const syncs = await readSyncs(db.pool, SHOWN_SYNCS);
    const { knownAt } = await currentDataState(db.pool);
    process.stdout.write(describeSyncs(syncs, knownAt));
    return syncs[0]?.code === null ? 0 : 1;
  } finally {
    await db.close();
  }
}

/** Tries again while the upstream is busy, after the time that it names or a growing one, with up to half of it in addition. */
async function whenReady<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof UpstreamBusy) || tried === MAX_ATTEMPTS || signal.aborted) throw error;
      const pause = error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (tried - 1);
      await sleep(pause * (1 + Math.random() / 2), undefined, { signal });
    }
  }
}

/** Errors: BAD_USER_INPUT. */
function readUpstreamUrl(text = ''): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (
    text.length > 2_000 ||
    !url ||
    !(url.protocol === 'https:' || local) ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  )
    throw wrongUsage(
      `--from: ${text.includes('@') ? 'the value given' : shown(text)} must look like https://interviews.example.org/prefix (http only for localhost)`,
      USAGE,
    );
  return url;
}

/** Errors: BAD_USER_INPUT; no message contains what is in the file. */
async function readTokenFile(file: string | undefined): Promise<string> {
  if (file === undefined)
    throw wrongUsage('--token-file is missing: the file that has the token of the upstream', USAGE);
  const handle = await open(file).catch((error: Error) => {
    throw new Failure('BAD_USER_INPUT', `--token-file: ${file} can’t be read: ${error.message}.`, { cause: error });
  });
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(MAX_TOKEN_FILE_BYTES + 1),
      0,
      MAX_TOKEN_FILE_BYTES + 1,
    );
    const token = buffer.toString('latin1', 0, bytesRead).trim();
    if (bytesRead > MAX_TOKEN_FILE_BYTES || !/^[\x21-\x7e]+$/.test(token))
      throw new Failure(
        'BAD_USER_INPUT',
        `--token-file: ${file} must have one token of printable ASCII characters, in at most ${MAX_TOKEN_FILE_BYTES} bytes.`,
      );
    return token;
  } finally {
    await handle.close();
  }
}
