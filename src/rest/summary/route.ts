import type { FastifyInstance } from 'fastify';
import type { Condition } from '../../domain/condition.ts';
import { checkNames, parametersOf } from '../../domain/parameters.ts';
import { SUMMARY_PATH } from '../../domain/paths.ts';
import { requireScope } from '../../domain/viewer.ts';
import { FILTERS, filtersOf } from '../../extract/filters.ts';
import { clientLeft } from '../../http/client-left.ts';
import type { Admit } from '../../http/limits/rate-limits.ts';

/** Counts what a condition lets through, and says what is stored; the signal ends it. */
export type ReadSummary = (where: Condition, signal: AbortSignal) => Promise<object>;

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
    const summary = await summarise(filtersOf(parameters), left);
    reply.header('cache-control', 'private, no-store');
    return { ...summary, token: { name: viewer.name, scopes: viewer.scopes } };
  });
}
