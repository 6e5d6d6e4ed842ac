import type { FastifyInstance } from 'fastify';

/** Returns what the database lacks, by kind. Errors: DATABASE_UNAVAILABLE. */
export type FindMissing = () => Promise<Readonly<Record<string, readonly string[]>>>;

/** Whether the database is a standby. Errors: DATABASE_UNAVAILABLE. */
type FindStandby = () => Promise<boolean>;

/**
 * Serves `/healthz`: the process is alive; and `/readyz`: the database answers and has all its tables, which can be
 * read, and whether it is a standby. Neither needs a token. Once `stopping` is aborted, the service isn't ready, so that load balancers send
 * nothing more.
 */
export function healthRoutes(
  app: FastifyInstance,
  findMissing: FindMissing,
  findStandby: FindStandby,
  stopping?: AbortSignal,
): void {
  app.get('/healthz', { exposeHeadRoute: true }, async () => ({ status: 'ok' }));
  app.get('/readyz', { exposeHeadRoute: true }, async (_request, reply) => {
    if (stopping?.aborted) {
      reply.code(503);
      return { status: 'stopping' };
    }
    const missing = await findMissing();
    if (Object.values(missing).every(({ length }) => length === 0))
      return { status: 'ready', ...((await findStandby()) && { standby: true }) };
    reply.code(503);
    return { status: 'not ready', ...missing };
  });
}
