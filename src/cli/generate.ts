import { Failure, shown } from '../domain/errors.ts';
import { generateExtract } from '../generate/generate-extract.ts';
import { NamesFiles } from '../generate/names-files.ts';
import type { Command } from './command-context.ts';
import { readArguments } from './terminal/arguments.ts';
import { writeOutput } from './terminal/output.ts';

const USAGE =
  'generate -- [--rows 1000] [--seed 1] [--from DATE] [--until DATE] [--output FILE] [--jobs FILE] [--candidates FILE]';

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Failure('BAD_USER_INPUT', `--${name}: ${shown(text)} is not a whole number.`);
  return Number(text);
}

export const generate: Command = {
  usage: USAGE,
  about: 'write a realistic extract, and the names of its jobs and candidates; the same options produce the same bytes',
  usesDatabase: false,
  async run(args, { config }) {
    const { values } = readArguments(
      {
        args,
        options: {
          rows: { type: 'string', default: '1000' },
          seed: { type: 'string', default: '1' },
          from: { type: 'string' },
          until: { type: 'string' },
          output: { type: 'string' },
          jobs: { type: 'string' },
          candidates: { type: 'string' },
        },
      },
      USAGE,
    );
    const { from, until, output, jobs, candidates } = values;
    const names = jobs === undefined && candidates === undefined ? null : new NamesFiles();
    const rows = wholeNumber('rows', values.rows);
    const seed = wholeNumber('seed', values.seed);
    await writeOutput(
      generateExtract(
        { rows, seed, ...(from !== undefined && { from }), ...(until !== undefined && { until }) },
        names,
      ),
      output,
      config,
    );
    if (names && jobs !== undefined) await writeOutput(names.jobs(), jobs, config);
    if (names && candidates !== undefined) await writeOutput(names.candidates(), candidates, config);
    return 0;
  },
};
