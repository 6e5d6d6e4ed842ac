import type { Config } from '../config.ts';
import { readSyncs } from '../db/history/read-imports.ts';
import { exclusiveSync } from '../db/history/sync-lock.ts';
import { readStoredState } from '../db/stored-data.ts';
import { duration } from '../domain/configuration/duration.ts';
import { readUpstreamToken, readUpstreamUrl } from '../domain/configuration/upstream.ts';
import { Failure, shown } from '../domain/errors.ts';
import type { ImportReport } from '../ingest/import/report.ts';
import type { ServiceLog } from '../log.ts';
import { readSecretFile, readSecretOnce } from '../secret-files.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { openConfigured } from './service/database.ts';
import { readArguments, refuseSwallowed, wrongUsage } from './terminal/arguments.ts';
import { describeImport } from './terminal/import-report.ts';
import { describeSyncs } from './terminal/sync-status.ts';
import { syncRepeatedly } from './upstream/sync-repeatedly.ts';
import { syncRows } from './upstream/sync-rows.ts';

const USAGE = 'sync -- --from URL --token-file FILE [--every TIME] | --status';

/** How many syncs `--status` shows. */
const SHOWN_SYNCS = 10;

export const sync: Command = {
  usage: USAGE,
  about:
    'replace the stored rows by those of another service, once or every so often; nothing changes unless its whole answer is accepted; --status shows the last syncs',
  async run(args, { config, log, signal }) {
    const options = {
      from: { type: 'string' },
      'token-file': { type: 'string' },
      every: { type: 'string' },
      status: { type: 'boolean', default: false },
    } as const;
    const { values } = readArguments({ args, options }, USAGE);
    refuseSwallowed(Object.keys(options), args, config.npmOptions, USAGE);
    if (values.status) {
      if ([values.from, values['token-file'], values.every].some((value) => value !== undefined))
        throw wrongUsage('--status goes without other options', USAGE);
      return await printStatus(config, log);
    }
    const base = readOption('--from', values.from, readUpstreamUrl);
    const everyMs = values.every === undefined ? null : readOption('--every', values.every, duration('1s', '7d'));
    const tokenFile = values['token-file'];
    const token = await readTokenFile(tokenFile, everyMs !== null);
    const db = await openAudited(config, log, { action: 'IMPORT', command: 'sync', personal: true, signal });
    try {
      const context = { db, config, log };
      if (everyMs === null) {
        const report = await exclusiveSync(db.streams, signal, () => syncRows(context, { base, token }, signal));
        if (!report?.errors) db.succeeded(report?.read ?? 0);
        process.stdout.write(describeSynced(report));
        return report === null || report.saved ? 0 : 1;
      }
      await syncRepeatedly(
        context,
        {
          ...{ base, everyMs },
          // Read again before each sync, so that a token can be replaced while this runs.
          upstream: async () => ({ base, token: await readTokenFile(tokenFile, true) }),
          onSynced: (report) => process.stdout.write(describeSynced(report)),
          onFailed: (error) => process.stderr.write(`${error instanceof Error ? error.message : error}\n`),
        },
        signal,
      );
      db.succeeded(null);
      return 0;
    } finally {
      await db.close();
    }
  },
};

const describeSynced = (report: ImportReport | null): string =>
  report === null
    ? 'The other service still has the rows that are stored.\n'
    : describeImport(report, [], { 'dry-run': false, 'skip-invalid': true, extracts: 1 });

/** Prints the last syncs. Returns 0 if the last one was saved. */
async function printStatus(config: Config, log: ServiceLog): Promise<number> {
  const db = await openConfigured(config, log);
  try {
    const syncs = await readSyncs(db.pool, SHOWN_SYNCS);
    const { knownAt } = await readStoredState(db.pool);
    process.stdout.write(describeSyncs(syncs, knownAt));
    return syncs[0]?.code === null ? 0 : 1;
  } finally {
    await db.close();
  }
}

/** Errors: BAD_USER_INPUT; a value with an @, which may follow a password, is not shown. */
function readOption<T>(name: string, text: string | undefined, read: (text: string) => T): T {
  if (text === undefined) throw wrongUsage(`${name} is missing`, USAGE);
  try {
    return read(text);
  } catch (error) {
    const value = text.includes('@') ? 'the value given' : shown(text);
    throw wrongUsage(`${name}: ${value} ${error instanceof Error ? error.message : error}`, USAGE);
  }
}

/** `isRepeated`: the file is read before each sync, which a pipe can’t be. Errors: BAD_USER_INPUT; no message contains what is in the file. */
async function readTokenFile(file: string | undefined, isRepeated: boolean): Promise<string> {
  if (file === undefined)
    throw wrongUsage('--token-file is missing: the file that has the token of the upstream', USAGE);
  const refused = (problem: string, cause: unknown) =>
    new Failure('BAD_USER_INPUT', `--token-file: ${problem}.`, { cause });
  const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
  let text: string;
  try {
    text = isRepeated ? readSecretFile(file) : await readSecretOnce(file);
  } catch (error) {
    throw refused(wordsOf(error), error);
  }
  try {
    return readUpstreamToken(text);
  } catch (error) {
    throw refused(`the text in ${shown(file)} ${wordsOf(error)}`, error);
  }
}
