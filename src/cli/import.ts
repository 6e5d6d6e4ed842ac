import { databaseLost } from '../db/connection/errors/database-errors.ts';
import { failureRecorder } from '../db/history/record-import.ts';
import { beginImport } from '../db/import/import-session.ts';
import { Failure } from '../domain/errors.ts';
import { readAsOf } from '../domain/import/as-of.ts';
import { FROM_COMMAND } from '../domain/import/import-record.ts';
import { CANDIDATES, JOBS } from '../domain/import/name-lists.ts';
import { COMMAND_LINE_OPTIONS } from '../domain/import/option-names.ts';
import { parseDatePattern } from '../domain/values/date-pattern.ts';
import { readDecimalSign } from '../domain/values/signs.ts';
import { importExtract } from '../ingest/import/import-extract.ts';
import { recordedImport } from '../ingest/import/recorded-import.ts';
import type { ImportReport } from '../ingest/import/report.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments, refuseSwallowed, wrongUsage } from './terminal/arguments.ts';
import { describeImport } from './terminal/import-report.ts';
import { withProgress } from './terminal/progress.ts';
import { writeRefused } from './terminal/refused-file.ts';
import { openSource } from './terminal/source.ts';

const USAGE =
  'import -- [FILE…] [--jobs FILE] [--candidates FILE] [--skip-invalid] [--replace-all] [--allow-removals] [--allow-missing-columns] [--date-format PATTERN] [--decimal comma|point] [--null TEXT]… [--keep-ids] [--excel] [--as-of INSTANT] [--dry-run] [--json]';

/** Exit codes of this command besides 0 (saved) and 2 (wrong usage). */
const NOTHING_SAVED = 1;
const SAVED_WITH_REFUSALS = 3;

export const importRows: Command = {
  usage: USAGE,
  about:
    'import extracts (XLSX, CSV, JSON or NDJSON, plain or gzip) and names of jobs and candidates (XLSX or CSV); - reads standard input',
  async run(args, { config, log, signal }) {
    const { values, positionals } = readArguments(
      {
        args,
        allowPositionals: true,
        options: {
          jobs: { type: 'string' },
          candidates: { type: 'string' },
          'skip-invalid': { type: 'boolean', default: false },
          'replace-all': { type: 'boolean', default: false },
          'allow-removals': { type: 'boolean', default: false },
          'allow-missing-columns': { type: 'boolean', default: false },
          'date-format': { type: 'string' },
          decimal: { type: 'string' },
          null: { type: 'string', multiple: true },
          'keep-ids': { type: 'boolean', default: false },
          excel: { type: 'boolean', default: false },
          'as-of': { type: 'string' },
          'dry-run': { type: 'boolean', default: false },
          json: { type: 'boolean', default: false },
        },
      },
      USAGE,
    );
    // `jobs` is also a setting of npm that people use.
    const ours = Object.keys(values).filter((name) => name !== 'jobs');
    refuseSwallowed(ours, args, config.npmOptions, USAGE);
    const named = [JOBS, CANDIDATES].flatMap((list) => {
      const file = values[list.title];
      return file === undefined ? [] : [{ list, file }];
    });
    const files = [...positionals, ...named.map(({ file }) => file)];
    if (files.length === 0) throw wrongUsage('The file to import is missing', USAGE);
    if (files.indexOf('-') !== files.lastIndexOf('-')) throw wrongUsage('Standard input can be read only once', USAGE);
    const asOf = readAsOf(values['as-of'], '--as-of', Date.now());
    if (asOf !== null && positionals.length === 0)
      throw wrongUsage('--as-of is for the rows of an extract; names have no such time', USAGE);
    const pattern = values['date-format'];
    const dateFormat = pattern === undefined ? null : parseDatePattern(pattern);
    const lost = new AbortController();
    const reading = AbortSignal.any([signal, lost.signal]);
    const sources = await Promise.all(files.map((file) => openSource(file, reading)));

    const db = await openAudited(config, log, { action: 'IMPORT', command: 'import', personal: true, signal });
    db.asked.value('dryRun', values['dry-run']);
    db.asked.value('replaceAll', values['replace-all']);
    const progress = withProgress(sources);
    const refusedFiles: string[] = [];
    try {
      const report = await recordedImport(
        { dryRun: values['dry-run'], signal },
        failureRecorder(db.pool, FROM_COMMAND, (err, message) => log.warn({ err }, message)),
        () =>
          importExtract(
            progress.sources.slice(0, positionals.length),
            {
              dateFormat,
              decimal: readDecimalSign(values.decimal, '--decimal'),
              nulls: new Set(values.null),
              keepIds: values['keep-ids'],
              excel: values.excel || null,
              optionNames: COMMAND_LINE_OPTIONS,
              allowMissingColumns: values['allow-missing-columns'],
              skipInvalid: values['skip-invalid'],
              replaceAll: values['replace-all'],
              maxRemovalsPercent: values['allow-removals'] ? null : config.maxRemovalsPercent,
              dryRun: values['dry-run'],
              asOf,
              sample: false,
            },
            () =>
              beginImport(
                db.streams,
                FROM_COMMAND,
                () => process.stderr.write('Another import is running; this one waits for it.\n'),
                signal,
                // A pipe may stand still for hours.
                () => lost.abort(databaseLost()),
              ),
            async (source, csv) => {
              refusedFiles.push(await writeRefused(source, csv));
            },
            progress.sources
              .slice(positionals.length)
              .flatMap((source, at) => (named[at] ? [{ list: named[at].list, source }] : [])),
          ).catch((error) => {
            throw lost.signal.aborted && !(error instanceof Failure) ? lost.signal.reason : error;
          }),
      );
      progress.stop();
      if (!report.errors) db.succeeded(report.read);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ ...report, refusedFiles })}\n`
          : describeImport(report, refusedFiles, { ...values, extracts: positionals.length }),
      );
      return exitCode(report, values['dry-run']);
    } finally {
      progress.stop();
      await db.close();
    }
  },
};

function exitCode({ saved, refused, errors }: ImportReport, dryRun: boolean): number {
  if (dryRun) return errors ? NOTHING_SAVED : 0;
  if (!saved) return NOTHING_SAVED;
  return refused > 0 ? SAVED_WITH_REFUSALS : 0;
}
