import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { beginLoad } from '../db/load.ts';
import { parseDatePattern } from '../domain/date-pattern.ts';
import { Failure } from '../domain/errors.ts';
import { importExtract } from '../ingest/import-extract.ts';
import type { Source } from '../ingest/read-extract.ts';
import { readArguments, wrongUsage } from './arguments.ts';
import type { Command } from './command.ts';
import { openConfigured } from './database.ts';
import { describeImport } from './import-report.ts';
import { watched } from './progress.ts';

const USAGE =
  'import -- FILE… [--skip-invalid] [--replace-all] [--allow-missing-columns] [--date-format PATTERN] [--dry-run] [--json]';

/** Exit codes of this command beside 0 (saved) and 2 (wrong usage). */
const NOTHING_SAVED = 1;
const SAVED_WITH_REFUSALS = 3;
const INTERRUPTED = 130;

/** A file, or standard input for `-`. Errors: BAD_USER_INPUT where it can't be read. */
async function openSource(file: string, signal: AbortSignal): Promise<Source & { readonly size: number }> {
  if (file === '-') return { name: 'standard input', bytes: process.stdin, size: 0 };
  const unreadable = (error: Error) =>
    new Failure('BAD_USER_INPUT', `${file} can’t be read: ${error.message}.`, { cause: error });
  const found = await stat(file).catch((error) => {
    throw unreadable(error);
  });
  if (found.isDirectory()) throw new Failure('BAD_USER_INPUT', `${file} is a folder; name the files in it.`);
  const handle = await open(file).catch((error) => {
    throw unreadable(error);
  });
  const bytes = createReadStream(file, { fd: handle, signal, highWaterMark: 1 << 18 });
  return { name: file, bytes, size: found.size };
}

/** Where the refused rows of a file go: beside it, and never over another file. */
async function keepRefused(source: Source, csv: AsyncIterable<string>): Promise<string> {
  const { dir, name } = path.parse(
    source.name === 'standard input' ? 'standard-input' : source.name.replace(/\.gz$/, ''),
  );
  for (let number = 1; ; number++) {
    const file = path.join(dir, `${name}.refused${number === 1 ? '' : `-${number}`}.csv`);
    const handle = await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      throw new Failure(
        'BAD_USER_INPUT',
        `The refused rows can’t be written to ${file}, so nothing was saved: ${error.message}.`,
      );
    });
    if (!handle) continue;
    try {
      for await (const text of csv) await handle.write(text);
      return file;
    } finally {
      await handle.close();
    }
  }
}

export const importRows: Command = {
  usage: USAGE,
  about: 'take in extracts (CSV, JSON or NDJSON, plain or gzip); - reads standard input',
  async run(args, { config, log, signal }) {
    const { values, positionals } = readArguments(
      {
        args,
        allowPositionals: true,
        options: {
          'skip-invalid': { type: 'boolean', default: false },
          'replace-all': { type: 'boolean', default: false },
          'allow-missing-columns': { type: 'boolean', default: false },
          'date-format': { type: 'string' },
          'dry-run': { type: 'boolean', default: false },
          json: { type: 'boolean', default: false },
        },
      },
      USAGE,
    );
    if (positionals.length === 0) throw wrongUsage('The file to import is missing', USAGE);
    const pattern = values['date-format'];
    const dateFormat = pattern === undefined ? null : parseDatePattern(pattern);
    const sources = await Promise.all(positionals.map((file) => openSource(file, signal)));

    const db = await openConfigured(config, log);
    const progress = watched(sources);
    const refusedFiles: string[] = [];
    try {
      const report = await importExtract(
        progress.sources,
        {
          dateFormat,
          allowMissingColumns: values['allow-missing-columns'],
          skipInvalid: values['skip-invalid'],
          replaceAll: values['replace-all'],
          dryRun: values['dry-run'],
          sample: false,
        },
        async () => {
          const load = await beginLoad(db.streams, () =>
            process.stderr.write('Another import is running; this one waits for it.\n'),
          );
          signal.addEventListener('abort', () => load.rollback());
          return load;
        },
        async (source, csv) => {
          refusedFiles.push(await keepRefused(source, csv));
        },
      );
      progress.stop();
      process.stdout.write(
        values.json ? `${JSON.stringify({ ...report, refusedFiles })}\n` : describeImport(report, refusedFiles, values),
      );
      if (values['dry-run']) return report.refused > 0 || report.refusedRows.length > 0 ? NOTHING_SAVED : 0;
      if (!report.saved) return NOTHING_SAVED;
      return report.refused > 0 ? SAVED_WITH_REFUSALS : 0;
    } catch (error) {
      progress.stop();
      if (!signal.aborted) throw error;
      process.stderr.write('Interrupted: nothing was saved.\n');
      return INTERRUPTED;
    } finally {
      await db.close();
    }
  },
};
