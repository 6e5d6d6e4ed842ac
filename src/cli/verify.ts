import { isRight, type TableComparison } from '../db/derived/comparison.ts';
import { rebuild, type Verification, verifyTables } from '../db/derived/verify.ts';
import type { Command } from './command-context.ts';
import { openConfigured } from './service/database.ts';
import { readArguments } from './terminal/arguments.ts';

const USAGE = 'verify -- [--rebuild]';

/** Exit code if something is wrong. */
const FAULTS_FOUND = 1;

const COLUMNS = ['rows', 'missing', 'surplus', 'different'] as const;

/** Returns the tables with their counts, and below each faulty table some of its rows. */
function describe(tables: readonly TableComparison[]): string {
  const line = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(12)}${cells.map((cell) => cell.padStart(13)).join('')}\n`;
  return [
    line('table', COLUMNS),
    ...tables.flatMap((comparison) => [
      line(
        comparison.table,
        COLUMNS.map((name) => comparison[name].toLocaleString('en')),
      ),
      ...comparison.examples.map(
        ({ fault, key, columns }) =>
          `  ${fault}: ${key.map((value) => JSON.stringify(value)).join(', ')}${columns.length > 0 ? ` (${columns.join(', ')})` : ''}\n`,
      ),
    ]),
  ].join('');
}

function describeLarge({ count, listed }: Verification['large']): string {
  if (count === 0) return '';
  const lines = listed.map(
    ({ id, key, column, bytes }) =>
      `  ${key} ${JSON.stringify(id)}, ${column ?? 'a row'}: ${bytes.toLocaleString('en')} bytes\n`,
  );
  const more = count > lines.length ? `  … and ${count - lines.length} more\n` : '';
  return `Larger than an import accepts (1 MiB a value, 4 MiB a row); they are kept and exported:\n${lines.join('')}${more}`;
}

export const verify: Command = {
  usage: USAGE,
  about: 'compare the derived tables with the rows; --rebuild corrects them',
  async run(args, { config, log, signal }) {
    const { values } = readArguments({ args, options: { rebuild: { type: 'boolean', default: false } } }, USAGE);
    const db = await openConfigured(config, log);
    try {
      const { tables, rebuilt, large } = values.rebuild
        ? await rebuild(db, signal, () => process.stderr.write('An import is running; the rebuild waits for it.\n'))
        : await verifyTables(db, signal);
      const right = tables.every(isRight);
      process.stdout.write(
        [
          describe(tables),
          describeLarge(large),
          values.rebuild ? `Corrected: ${rebuilt.toLocaleString('en')} row${rebuilt === 1 ? '' : 's'}.\n` : '',
          right
            ? 'Everything is consistent.\n'
            : `Not everything is consistent.${values.rebuild ? '' : ' --rebuild corrects it.'}\n`,
        ].join(''),
      );
      return right ? 0 : FAULTS_FOUND;
    } finally {
      await db.close();
    }
  },
};
