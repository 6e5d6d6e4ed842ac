import { type Distribution, distribute } from '../db/distribute/distribute.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments, refuseSwallowed } from './terminal/arguments.ts';
import { countOf } from './terminal/import-report.ts';

const USAGE = 'distribute -- [--undo] [--dry-run] [--json]';

export const distributeRows: Command = {
  usage: USAGE,
  about: 'spread the rows over the servers of a Citus cluster; --undo brings them back to one',
  async run(args, { config, log, signal }) {
    const { values } = readArguments(
      {
        args,
        options: {
          undo: { type: 'boolean', default: false },
          'dry-run': { type: 'boolean', default: false },
          json: { type: 'boolean', default: false },
        },
      },
      USAGE,
    );
    refuseSwallowed(Object.keys(values), args, config.npmOptions, USAGE);
    const { undo } = values;
    const dryRun = values['dry-run'];
    const db = await openAudited(config, log, { action: 'DISTRIBUTE', command: 'distribute', personal: false, signal });
    db.asked.value('undo', undo);
    db.asked.value('dryRun', dryRun);
    try {
      const done = await distribute(
        db.streams,
        {
          ...{ undo, dryRun },
          onWait: () => process.stderr.write('An import is running; this waits for it.\n'),
          onTable: (table, rows) =>
            process.stderr.write(`${undo ? 'Bringing back' : 'Distributing'} ${table} (${countOf(rows, 'row')})…\n`),
        },
        signal,
      );
      db.succeeded(done.rows);
      const saved = !dryRun && done.tables.length > 0;
      process.stdout.write(
        values.json ? `${JSON.stringify({ saved, undo, ...done })}\n` : describe(done, undo, dryRun),
      );
      if (saved)
        process.stderr.write('Restart the instances that are running: they ask at their start where the rows are.\n');
      return 0;
    } finally {
      await db.close();
    }
  },
};

function describe({ tables, unchanged, rows, workers }: Distribution, undo: boolean, dryRun: boolean): string {
  const where = undo
    ? 'the coordinator alone'
    : `${countOf(workers.length, 'worker')} (${workers.join(', ')}), by interview`;
  if (tables.length === 0) return `Nothing to do: ${unchanged.join(', ')} are on ${where} already.\n`;
  const what = `${tables.join(', ')} (${countOf(rows, 'row')})`;
  const rest = unchanged.length > 0 ? ` ${unchanged.join(', ')}: already there.` : '';
  return dryRun
    ? `Nothing was changed (--dry-run): ${what} would go to ${where}.${rest}\n`
    : `On ${where} now: ${what}.${rest}\n`;
}
