import { openExport } from '../db/query/rows/export.ts';
import { OPERATOR } from '../domain/viewer.ts';
import { noteParameter } from '../extract/audit/parameters.ts';
import { detailsOf } from '../extract/details.ts';
import { formatNamed } from '../extract/formats.ts';
import { EXTRACT_PARAMETERS, readRequest } from '../extract/request.ts';
import { PROGRAM_VERSION } from '../package-info.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments } from './terminal/arguments.ts';
import { writeOutput } from './terminal/output.ts';

const USAGE = `export -- [--output FILE] [--format csv|json|ndjson|xlsx] [--PARAMETER VALUE …]`;

export const exportRows: Command = {
  usage: USAGE,
  about: `write the extract to standard output or a file, with the bytes and the parameters of GET /analytics/interviews: ${EXTRACT_PARAMETERS.join(', ')}`,
  async run(args, { config, log, signal }) {
    const parameters = Object.fromEntries(
      EXTRACT_PARAMETERS.map((name) => [name, { type: 'string', multiple: true } as const]),
    );
    const { values } = readArguments({ args, options: { ...parameters, output: { type: 'string' } } }, USAGE);
    const { output, ...given } = values;
    const request = readRequest(
      new Map(Object.entries(given).map(([name, texts]) => [name, [texts].flat() as string[]])),
      () => formatNamed('csv'),
      OPERATOR,
    );
    const { fields } = request.output;
    const personal = fields.some((field) => field.personal);
    const db = await openAudited(config, log, { action: 'EXPORT', command: 'export', personal, signal });
    for (const [name, texts] of Object.entries(given)) noteParameter(name, [texts].flat() as string[], db.asked);
    const abort = new AbortController();
    try {
      const aborted = AbortSignal.any([signal, abort.signal]);
      const exported = await openExport(db, request, aborted, config.exports.databaseStallTimeoutMs);
      db.count(exported.countRows);
      const details = detailsOf(request, exported, PROGRAM_VERSION);
      const document = request.format.encode(request.output, exported.rows, details);
      if (await writeOutput(document, output as string | undefined, config, signal)) db.succeeded(exported.countRows());
      else db.cut();
      return 0;
    } finally {
      abort.abort();
      await db.close();
    }
  },
};
