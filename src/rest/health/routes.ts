import type { FastifyInstance } from 'fastify';

/** Returns what the database lacks, by kind. Errors: DATABASE_UNAVAILABLE. */
export type FindMissing = () => Promise<Readonly<Record<string, readonly string[]>>>;

/** What is said of a database that is ready: whether it is a standby, and where reads go. */
interface Servers {
  readonly standby?: true;
  readonly reads?: 'replica' | 'primary';
}

/** Errors: DATABASE_UNAVAILABLE. */
type DescribeServers = () => Promise<Servers>;

/** Returns the time that the rows are known at if that makes the service not ready; null: no time. Errors: DATABASE_UNAVAILABLE. */
export type FindOutdated = () => Promise<{ readonly knownAt: string | null } | null>;

/**
 * Serves `/healthz`: the process is alive; and `/readyz`: the database answers and has all its tables, which can be read, and its rows are not
 * too old; and which servers are used. Neither needs a token. Once `stopping` is aborted, the service isn't ready, so that load balancers
 * send nothing more.
 */
export function healthRoutes(
  app: FastifyInstance,
  findMissing: FindMissing,
  describeServers: DescribeServers,
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
    if (isComplete && outdated === null) return { status: 'ready', ...(await describeServers()) };
    reply.code(503);
    return outdated ? { status: 'outdated', ...outdated } : { status: 'not ready', ...missing };
  });
}
