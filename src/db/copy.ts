import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { rethrow } from './failures.ts';
import type { Database } from './open.ts';

/**
 * Runs a COPY … TO STDOUT in a read-only transaction (so: one snapshot) and gives its bytes as they come. Resolves once the
 * database has sent the first of them, so that a failure before is still a failure of this call. A consumer that stops early
 * (`return`), or the signal, cancels the statement in the database.
 * Errors: DATABASE_UNAVAILABLE where there is no connection, here and from the iteration.
 */
export async function copyRows(
  db: Pick<Database, 'streams' | 'pool'>,
  statement: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<Buffer>> {
  const client = await db.streams.connect().catch(rethrow);
  try {
    // Our texts of dates are those of DateStyle ISO, whatever the server or the role is set to.
    await client.query("BEGIN READ ONLY; SET LOCAL datestyle TO 'ISO'; SET LOCAL statement_timeout TO 0");
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const cancel = () =>
      db.pool.query('/* extract.cancel */ SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => {});
    signal.throwIfAborted();
    signal.addEventListener('abort', cancel, { once: true });
    const stream = client.query(copyTo(statement));
    const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await chunks.next();
    return copied(client, first, chunks, cancel, signal);
  } catch (error) {
    client.release(true);
    rethrow(error);
  }
}

async function* copied(
  client: pg.PoolClient,
  first: IteratorResult<Buffer>,
  chunks: AsyncIterator<Buffer>,
  cancel: () => Promise<unknown>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let whole = false;
  try {
    for (let next = first; !next.done; next = await chunks.next()) yield next.value;
    await client.query('COMMIT');
    whole = true;
  } catch (error) {
    rethrow(error);
  } finally {
    signal.removeEventListener('abort', cancel);
    // Cut short, the connection is in the middle of an answer that nobody reads: it can't be used again, and its backend
    // would notice only when it next writes. The transaction is still ours, so the pid can't be anybody else's.
    if (!whole && !signal.aborted) await cancel();
    client.release(!whole);
  }
}
