import pg from 'pg';
import { areOfOneServer } from '../../servers/server-pool.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../with-timeout.ts';

/** Interval of the health checks in milliseconds, and the number of consecutive failures that count as lost. */
const ASK_EVERY_MS = 10_000;
const MAX_UNANSWERED = 3;

/**
 * Checks regularly whether the server of a held connection responds, while statements of any duration run. Calls `lost` once if all checks of
 * about a minute have failed: the server hangs or the network is down, which a connection alone would not notice. Returns a function that
 * stops the checks.
 */
export function watchDatabase(pool: pg.Pool, held: pg.ClientBase, lost: () => void): () => void {
  let unanswered = 0;
  let ended = false;
  const ask = async () => {
    unanswered = (await answers(pool, held)) ? 0 : unanswered + 1;
    if (ended) return;
    if (unanswered === MAX_UNANSWERED) lost();
    else timer = next();
  };
  const next = () => setTimeout(() => void ask(), ASK_EVERY_MS).unref();
  let timer = next();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/**
 * Whether the server of the held connection responds in time. If all connections of the pool are in use, it waits for one: as long as their statements are
 * answered, others hold theirs only for a moment (open.ts, `streams`).
 */
async function answers(pool: pg.Pool, held: pg.ClientBase): Promise<boolean> {
  let client: pg.PoolClient | undefined;
  try {
    client = await pool.connect();
    await withTimeout(STATEMENT_TIMEOUT_MS, client.query('/* watch.ask */ SELECT 1'));
    client.release();
    // The pool leaves a server that doesn't.
    return areOfOneServer(client, held);
  } catch (error) {
    client?.release(true);
    // An error from the database is a response.
    return error instanceof pg.DatabaseError;
  }
}
