import type { Expired } from '../db/retention/expire-stored.ts';
import { retain } from '../db/retention/retain.ts';
import { Failure } from '../domain/errors.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments, refuseSwallowed } from './terminal/arguments.ts';
import { countOf } from './terminal/import-report.ts';
import { NOT_REWRITTEN, NOT_VACUUMED } from './terminal/not-vacuumed.ts';

const USAGE = 'retain -- [--dry-run] [--any-clock] [--rewrite] [--json]';

export const retainRows: Command = {
  usage: USAGE,
  about: 'empty names and reviews of interviews that are longer ago than RETENTION_MONTHS',
  async run(args, { config, log, signal }) {
    const { values } = readArguments(
      {
        args,
        options: {
          'dry-run': { type: 'boolean', default: false },
          'any-clock': { type: 'boolean', default: false },
          rewrite: { type: 'boolean', default: false },
          json: { type: 'boolean', default: false },
        },
      },
      USAGE,
    );
    refuseSwallowed(Object.keys(values), args, config.npmOptions, USAGE);
    const months = config.retentionMonths;
    if (months === null)
      throw new Failure(
        'BAD_USER_INPUT',
        'RETENTION_MONTHS is not set: names and reviews are kept forever. Set it to a whole number of months from 1 to 600.',
      );
    const dryRun = values['dry-run'];
    const db = await openAudited(config, log, { action: 'ERASE', command: 'retain', personal: true, signal });
    db.asked.value('months', months);
    db.asked.value('dryRun', dryRun);
    try {
      const expired = await retain(
        db.streams,
        {
          ...{ months, dryRun, rewrite: values.rewrite, onlyIfDue: false, anyClock: values['any-clock'] },
          onWait: () => process.stderr.write('An import is running; this waits for it.\n'),
        },
        signal,
      );
      if (expired === null) throw new Error('retention that is asked for is due');
      const { before, rows, interviews, names, vacuumed } = expired;
      db.succeeded(rows);
      const report = { saved: !dryRun, before, rows, interviews, names, vacuumed };
      process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : describe(expired, dryRun));
      if (!dryRun && !vacuumed && values.rewrite) process.stderr.write(NOT_REWRITTEN);
      else if (!dryRun && !vacuumed && rows + names > 0) process.stderr.write(NOT_VACUUMED);
      return 0;
    } finally {
      await db.close();
    }
  },
};

function describe({ before, rows, interviews, names }: Expired, dryRun: boolean): string {
  const where = `${countOf(rows, 'row')} of ${countOf(interviews, 'interview')}, and ${countOf(names, 'candidate')} named beside them`;
  return dryRun
    ? `Nothing was changed (--dry-run): of interviews before ${before}, names or reviews would be emptied in ${where}.\n`
    : `Of interviews before ${before}, names and reviews are emptied: in ${where}.\n`;
}
