import type { FastifyInstance } from 'fastify';
import type { Condition } from '../../domain/condition.ts';
import { checkNames, parametersOf } from '../../domain/parameters.ts';
import { SUMMARY_PATH } from '../../domain/paths.ts';
import { requireScope, scopesOf, type Viewer } from '../../domain/viewer.ts';
import { FILTERS, filtersOf } from '../../extract/filters.ts';
import { clientLeft } from '../../http/client-left.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';

/** Counts the rows that meet a condition, and says what is stored, as far as a viewer sees it; the signal ends it. */
export type ReadSummary = (where: Condition, viewer: Viewer, signal: AbortSignal) => Promise<object>;

/**
 * `GET` of what an extract with some filters would have, without its rows, and of whom the token belongs to (docs/contract.md, "Summary").
 */
export function summaryRoute(app: FastifyInstance, admit: Admit, summarise: ReadSummary): void {
  app.get(SUMMARY_PATH, async (request, reply) => {
    const left = clientLeft(request, reply);
    const { viewer } = await admit(request, reply);
    requireScope(viewer, 'read');
    const parameters = parametersOf(request);
    checkNames(parameters, [], FILTERS);
    const summary = await summarise(filtersOf(parameters), viewer, left);
    reply.header('cache-control', 'private, no-store');
    return { ...summary, token: { name: viewer.name, scopes: scopesOf(viewer) } };
  });
}
