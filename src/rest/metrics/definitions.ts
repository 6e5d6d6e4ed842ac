import type { FastifyInstance } from 'fastify';
import { METRICS, type Metric } from '../../domain/metrics/metric-names.ts';
import { wordOf } from '../../domain/metrics/words.ts';
import { checkNames, parametersOf } from '../../domain/parameters.ts';
import { METRICS_DEFINITIONS_PATH } from '../../domain/paths.ts';
import { csvCell } from '../../domain/values/csv-cell.ts';
import { requireScope } from '../../domain/viewer.ts';
import { csv } from '../../extract/csv.ts';
import { readWord } from '../../extract/document-form.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';

/** What a metric is. */
const definitionOf = ({ name, column, title, description, unit, additive, dimensions, scope, better }: Metric) => ({
  name,
  column,
  title,
  description,
  unit: wordOf(unit),
  additive,
  dimensions: dimensions.map(wordOf),
  scope,
  better: better && wordOf(better),
});

const DEFINITIONS = METRICS.map(definitionOf);

/** Returns the definitions as CSV. Dimensions are separated by blanks. */
function definitionsCsv(): string {
  const [first] = DEFINITIONS;
  const header = Object.keys(first ?? {}).join(',');
  const cellOf = (value: string | boolean | null | readonly string[]): string =>
    value === null ? '' : csvCell(Array.isArray(value) ? value.join(' ') : String(value));
  return [header, ...DEFINITIONS.map((definition) => Object.values(definition).map(cellOf).join(','))]
    .map((line) => `${line}\n`)
    .join('');
}

/** Serves `GET` and `HEAD` of what there is to measure. */
export function metricDefinitionsRoute(app: FastifyInstance, admit: Admit): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: METRICS_DEFINITIONS_PATH,
    config: { basic: 'accepted' },
    handler: async (request, reply) => {
      const { viewer } = await admit(request, reply);
      requireScope(viewer, 'read');
      const parameters = parametersOf(request);
      checkNames(parameters, ['format']);
      const isCsv = readWord('format', parameters.get('format')?.[0], { json: false, csv: true }, false);
      reply.header('cache-control', 'private, no-cache');
      if (!isCsv) return { content: DEFINITIONS };
      return reply.header('content-type', csv.contentType).send(definitionsCsv());
    },
  });
}
