import type { FastifyInstance } from 'fastify';
import type { Condition } from '../../domain/condition.ts';
import { checkNames, parametersOf } from '../../domain/parameters.ts';
import { SUMMARY_PATH } from '../../domain/paths.ts';
import { requireScope, scopesOf, type Viewer } from '../../domain/viewer.ts';
import { FILTERS, filtersOf, PERIOD_PARAMETERS } from '../../extract/filters.ts';
import { clientLeft } from '../../http/client-left.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';

/**
 * Returns the number of rows that meet a condition, and what is stored, as far as the viewer may see it; the signal
 * aborts it.
 */
export type ReadSummary = (where: Condition, viewer: Viewer, signal: AbortSignal) => Promise<object>;

/**
 * Serves `GET` and `HEAD` of the summary: what an extract with these filters would contain, without its rows, and whose token it
 * is (docs/contract.md, "Summary"). `now` returns the moment from which a period is counted, in milliseconds since 1970.
 */
export function summaryRoute(app: FastifyInstance, admit: Admit, summarise: ReadSummary, now: () => number): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: SUMMARY_PATH,
    config: { basic: 'accepted' },
    handler: async (request, reply) => {
      const signal = clientLeft(request, reply);
      const { viewer } = await admit(request, reply);
      requireScope(viewer, 'read');
      const parameters = parametersOf(request);
      checkNames(parameters, PERIOD_PARAMETERS, FILTERS);
      const { where, period } = filtersOf(parameters, now());
      reply.header('cache-control', 'private, no-store');
      // Whoever asks for the headers alone needs no numbers, which cost a turn of the database.
      if (request.method === 'HEAD') return reply.type('application/json; charset=utf-8').send();
      const summary = await summarise(where, viewer, signal);
      return { ...summary, ...(period && { period }), token: { name: viewer.name, scopes: scopesOf(viewer) } };
    },
  });
}
