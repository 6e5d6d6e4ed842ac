import type { FastifyInstance } from 'fastify';

/** Gives the names of missing migrations; errors: DATABASE_UNAVAILABLE. */
export type PendingMigrations = () => Promise<readonly string[]>;

/** `/healthz`: the process is alive. `/readyz`: the database answers and has all its tables. Neither needs a token. */
export function healthRoutes(app: FastifyInstance, pendingMigrations: PendingMigrations): void {
  app.get('/healthz', { exposeHeadRoute: true }, async () => ({ status: 'ok' }));
  app.get('/readyz', { exposeHeadRoute: true }, async (_request, reply) => {
    const pending = await pendingMigrations();
    if (pending.length === 0) return { status: 'ready' };
    reply.code(503);
    return { status: 'not ready', pendingMigrations: pending };
  });
}
