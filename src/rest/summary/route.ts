import type { FastifyInstance } from 'fastify';
import type { Condition } from '../../domain/condition.ts';
import { checkNames, parametersOf } from '../../domain/parameters.ts';
import { SUMMARY_PATH } from '../../domain/paths.ts';
import { requireScope, scopesOf, type Viewer } from '../../domain/viewer.ts';
import { FILTERS, filtersOf } from '../../extract/filters.ts';
import { clientLeft } from '../../http/client-left.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';

/**
 * Returns the number of rows that meet a condition, and what is stored, as far as the viewer may see it; the signal
 * aborts it.
 */
export type ReadSummary = (where: Condition, viewer: Viewer, signal: AbortSignal) => Promise<object>;

/**
 * Serves `GET` of the summary: what an extract with these filters would contain, without its rows, and whose token it
 * is (docs/contract.md, "Summary").
 */
export function summaryRoute(app: FastifyInstance, admit: Admit, summarise: ReadSummary): void {
  app.get(SUMMARY_PATH, async (request, reply) => {
    const signal = clientLeft(request, reply);
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'read');
    const parameters = parametersOf(request);
    checkNames(parameters, [], FILTERS);
    const summary = await summarise(filtersOf(parameters), viewer, signal);
    reply.header('cache-control', 'private, no-store');
    return { ...summary, token: { name: viewer.name, scopes: scopesOf(viewer) } };
  });
}
