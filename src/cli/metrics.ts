import { openMetrics } from '../db/metrics/open-metrics.ts';
import { OPERATOR } from '../domain/viewer.ts';
import { noteParameter } from '../extract/audit/parameters.ts';
import { formatNamed } from '../extract/formats.ts';
import { metricsDocument } from '../extract/metrics/document.ts';
import { METRICS_PARAMETERS, readMetricsRequest } from '../extract/metrics/request.ts';
import { PROGRAM_VERSION } from '../package-info.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments } from './terminal/arguments.ts';
import { writeOutput } from './terminal/output.ts';

const USAGE = `metrics -- --metrics NAME,… [--group-by NAME,…] [--output FILE] [--format csv|json|ndjson|xlsx] [--PARAMETER VALUE …]`;

/** How an option may be spelled besides as its parameter: `group-by` for `groupBy`. */
const optionOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const writeMetrics: Command = {
  usage: USAGE,
  about: `write measures in groups to standard output or a file, with the bytes and the parameters of GET /analytics/interviews/metrics: ${METRICS_PARAMETERS.join(', ')}`,
  async run(args, { config, log, signal }) {
    const parameters = Object.fromEntries(
      METRICS_PARAMETERS.flatMap((name) => [name, optionOf(name)]).map((name) => [
        name,
        { type: 'string', multiple: true } as const,
      ]),
    );
    const { values } = readArguments({ args, options: { ...parameters, output: { type: 'string' } } }, USAGE);
    const { output, ...named } = values;
    const given: Readonly<Record<string, unknown>> = named;
    const texts = METRICS_PARAMETERS.flatMap((name) => {
      const found = [...new Set([name, optionOf(name)])].flatMap(
        (spelling) => (given[spelling] ?? []) as readonly string[],
      );
      return found.length > 0 ? [[name, found] as const] : [];
    });
    const download = readMetricsRequest(new Map(texts), () => formatNamed('csv'));
    const db = await openAudited(config, log, { action: 'READ', command: 'metrics', personal: true, signal });
    for (const [name, found] of texts) noteParameter(name, found, db.asked);
    const abort = new AbortController();
    try {
      const opened = await openMetrics(
        db,
        ({ knownAt }) => download.resolve({ viewer: OPERATOR, knownAt, now: Date.now() }),
        AbortSignal.any([signal, abort.signal]),
        config.exports.databaseStallTimeoutMs,
      );
      const document = metricsDocument(download, opened, PROGRAM_VERSION);
      if (await writeOutput(document, output as string | undefined, config, signal)) db.succeeded(null);
      else db.cut();
      return 0;
    } finally {
      abort.abort();
      await db.close();
    }
  },
};
