import type { FastifyInstance } from 'fastify';

/** Returns what the database lacks, by kind. Errors: DATABASE_UNAVAILABLE. */
export type FindMissing = () => Promise<Readonly<Record<string, readonly string[]>>>;

/** Whether the database is a standby. Errors: DATABASE_UNAVAILABLE. */
type FindStandby = () => Promise<boolean>;

/** Returns the time that the rows are known at if that makes the service not ready; null: no time. Errors: DATABASE_UNAVAILABLE. */
export type FindOutdated = () => Promise<{ readonly knownAt: string | null } | null>;

/**
 * Serves `/healthz`: the process is alive; and `/readyz`: the database answers and has all its tables, which can be
 * read, and whether it is a standby; not once its rows are too old. Neither needs a token. Once `stopping` is aborted, the service isn't ready, so that load balancers send
 * nothing more.
 */
export function healthRoutes(
  app: FastifyInstance,
  findMissing: FindMissing,
  findStandby: FindStandby,
  findOutdated: FindOutdated,
  stopping?: AbortSignal,
): void {
  app.get('/healthz', { exposeHeadRoute: true }, async () => ({ status: 'ok' }));
  app.get('/readyz', { exposeHeadRoute: true }, async (_request, reply) => {
    if (stopping?.aborted) {
      reply.code(503);
      return { status: 'stopping' };
    }
    const missing = await findMissing();
    const isComplete = Object.values(missing).every(({ length }) => length === 0);
    const outdated = isComplete ? await findOutdated() : null;
    if (isComplete && outdated === null) return { status: 'ready', ...((await findStandby()) && { standby: true }) };
    reply.code(503);
    return outdated ? { status: 'outdated', ...outdated } : { status: 'not ready', ...missing };
  });
}
