import { copyRows } from '../db/copy.ts';
import { formatNamed } from '../extract/formats.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { openConfigured } from './database.ts';
import { writeOutput } from './output.ts';

const USAGE = 'export -- [--format csv|json] [--output FILE]';

export const exportRows: Command = {
  usage: USAGE,
  about: 'write the extract to standard output or a file, the same bytes as the route',
  async run(args, { config, log, signal }) {
    const { values } = readArguments(
      { args, options: { format: { type: 'string', default: 'csv' }, output: { type: 'string' } } },
      USAGE,
    );
    const format = formatNamed(values.format);
    const db = await openConfigured(config, log);
    const enough = new AbortController();
    try {
      const rows = await copyRows(db, format.statement(), AbortSignal.any([signal, enough.signal]));
      await writeOutput(format.frame(rows), values.output, config);
      return 0;
    } finally {
      enough.abort();
      await db.close();
    }
  },
};
