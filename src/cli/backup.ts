import { beginBackup } from '../db/backup/take-backup.ts';
import { Failure } from '../domain/errors.ts';
import { PROGRAM_VERSION } from '../package-info.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments, wrongUsage } from './terminal/arguments.ts';
import { isClosedPipe, pipeToStandardOutput, writeFileAtomically } from './terminal/output.ts';
import { showProgress } from './terminal/progress.ts';
import { describeRows, totalRows } from './terminal/rows.ts';

const USAGE = 'backup -- FILE [--force]';

/** Readable by its owner only: it contains names, reviews and hashes of tokens. */
const MODE = 0o600;

export const backup: Command = {
  usage: USAGE,
  about:
    'write everything that is stored to a file, while the service runs; - writes to standard output, --force replaces an existing file',
  async run(args, { config, log, signal }) {
    const { values, positionals } = readArguments(
      { args, allowPositionals: true, options: { force: { type: 'boolean', default: false } } },
      USAGE,
    );
    const [file, ...rest] = positionals;
    if (file === undefined || file === '') throw wrongUsage('The file to write is missing', USAGE);
    if (rest.length > 0) throw wrongUsage('A backup is one file', USAGE);
    if (file === '-') requirePlainOutput(config.npmBanner);

    // Nothing is migrated before the backup, even if the program is newer than the database.
    const command = { action: 'BACKUP', command: 'backup', personal: true, signal } as const;
    const db = await openAudited(config, log, command, { migrations: 'ignore' });
    const abort = new AbortController();
    const aborted = AbortSignal.any([signal, abort.signal]);
    try {
      const { bytes, rows, estimate } = await beginBackup(db, PROGRAM_VERSION, aborted);
      db.count(() => totalRows(rows));
      const progress = showProgress('writing', estimate);
      try {
        const watchedBytes = reportRows(bytes, rows, progress.add);
        if (file === '-') await writeToStandardOutput(watchedBytes, aborted, db.cut);
        else
          await writeFileAtomically(watchedBytes, file, {
            mode: MODE,
            signal: aborted,
            ...(!values.force && { unlessForced: '--force' }),
          });
      } finally {
        progress.stop();
      }
      db.succeeded(totalRows(rows));
      const report = file === '-' ? process.stderr : process.stdout;
      report.write(`Backed up ${db.location}: ${describeRows(rows)}.\n`);
      return 0;
    } finally {
      abort.abort();
      await db.close();
    }
  },
};

/** Passes the bytes on, and calls `add` with the number of rows in each chunk. */
async function* reportRows(
  bytes: AsyncIterable<Buffer>,
  rows: ReadonlyMap<string, number>,
  add: (rows: number) => void,
): AsyncGenerator<Buffer> {
  let reported = 0;
  for await (const block of bytes) {
    add(totalRows(rows) - reported);
    reported = totalRows(rows);
    yield block;
  }
}

/** Checks standard output. Errors: BAD_USER_INPUT if npm has already written to it, or it is a terminal. */
function requirePlainOutput(npmBanner: boolean): void {
  if (process.stdout.isTTY)
    throw new Failure('BAD_USER_INPUT', 'Standard output is a terminal, and a backup is binary: name a file.');
  if (npmBanner)
    throw new Failure(
      'BAD_USER_INPUT',
      'npm has written its banner before the backup: use `npm run -s backup -- -`, or name a file.',
    );
}

/** Unlike for other output, it is an error if the reader leaves, of which `onLeft` is told: what it has read is no backup. */
async function writeToStandardOutput(
  bytes: AsyncIterable<Buffer>,
  signal: AbortSignal,
  onLeft: () => void,
): Promise<void> {
  await pipeToStandardOutput(bytes, signal).catch((error: unknown) => {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    if (isClosedPipe(error)) onLeft();
    throw new Failure(
      'BAD_USER_INPUT',
      `Standard output can’t be written, and the backup is incomplete: ${error.message}.`,
      {
        cause: error,
      },
    );
  });
}
