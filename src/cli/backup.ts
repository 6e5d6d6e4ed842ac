import { pipeline } from 'node:stream/promises';
import { beginBackup } from '../db/backup/take-backup.ts';
import { Failure } from '../domain/errors.ts';
import { PROGRAM_VERSION } from '../program.ts';
import type { Command } from './command-context.ts';
import { openConfigured } from './service/database.ts';
import { readArguments, wrongUsage } from './terminal/arguments.ts';
import { writeFileWhole } from './terminal/output.ts';
import { showProgress } from './terminal/progress.ts';
import { describeRows, totalRows } from './terminal/rows.ts';

const USAGE = 'backup -- FILE [--force]';

/** For its owner only: names, reviews and hashes of tokens are in it. */
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

    // It takes what is there, also where the program is newer: nothing is changed before it is saved.
    const db = await openConfigured(config, log, { migrations: 'ignore' });
    const abort = new AbortController();
    const either = AbortSignal.any([signal, abort.signal]);
    try {
      const { bytes, rows, estimate } = await beginBackup(db.streams, PROGRAM_VERSION, either);
      const progress = showProgress('writing', estimate);
      try {
        const watchedBytes = watching(bytes, rows, progress.add);
        if (file === '-') await writeToStandardOutput(watchedBytes, either);
        else
          await writeFileWhole(watchedBytes, file, {
            mode: MODE,
            signal: either,
            ...(!values.force && { unlessForced: '--force' }),
          });
      } finally {
        progress.stop();
      }
      const report = file === '-' ? process.stderr : process.stdout;
      report.write(`Backed up ${db.location}: ${describeRows(rows)}.\n`);
      return 0;
    } finally {
      abort.abort();
      await db.close();
    }
  },
};

/** The same bytes; `add` is told how many rows came with each. */
async function* watching(
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

/** Errors: BAD_USER_INPUT where npm has written into it already, or it is a terminal. */
function requirePlainOutput(npmBanner: boolean): void {
  if (process.stdout.isTTY)
    throw new Failure('BAD_USER_INPUT', 'Standard output is a terminal, and a backup is no text: name a file.');
  if (npmBanner)
    throw new Failure(
      'BAD_USER_INPUT',
      'npm has put a banner of its own before the backup: use `npm run -s backup -- -`, or name a file.',
    );
}

/** Unlike for other output, a reader that leaves is a fault: what it took is no backup. */
async function writeToStandardOutput(bytes: AsyncIterable<Buffer>, signal: AbortSignal): Promise<void> {
  await pipeline(bytes, process.stdout, { end: false, signal }).catch((error: unknown) => {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new Failure(
      'BAD_USER_INPUT',
      `Standard output can’t be written, and the backup is not whole: ${error.message}.`,
      {
        cause: error,
      },
    );
  });
}
