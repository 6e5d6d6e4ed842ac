import type { FastifyInstance } from 'fastify';

/** What the database lacks, by kinds; errors: DATABASE_UNAVAILABLE. */
export type FindMissing = () => Promise<Readonly<Record<string, readonly string[]>>>;

/** `/healthz`: the process is alive. `/readyz`: the database answers, has all its tables, and lets them be read. Neither needs a token. */
export function healthRoutes(app: FastifyInstance, whatIsMissing: FindMissing): void {
  app.get('/healthz', { exposeHeadRoute: true }, async () => ({ status: 'ok' }));
  app.get('/readyz', { exposeHeadRoute: true }, async (_request, reply) => {
    const missing = await whatIsMissing();
    if (Object.values(missing).every(({ length }) => length === 0)) return { status: 'ready' };
    reply.code(503);
    return { status: 'not ready', ...missing };
  });
}
