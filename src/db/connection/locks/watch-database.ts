import pg from 'pg';
import { areOfOneServer } from '../../servers/server-pool.ts';
import { STATEMENT_TIMEOUT_MS, withTimeout } from '../with-timeout.ts';

/** Interval of the health checks in milliseconds, and the number of consecutive failures that count as lost. */
const ASK_EVERY_MS = 10_000;
const MAX_UNANSWERED = 3;

const ASK = `/* watch.ask */ SELECT $1::integer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = $1) AS gone`;

/**
 * Checks regularly whether the server of a held connection responds, while statements of any duration run. Calls `lost` once if all checks of
 * about a minute have failed, or the process that serves the connection is gone: the server hangs or was restarted, or the network is or was
 * down, which a connection alone would not notice. `backend` returns the id of that process, null until it is known. Returns a function that
 * stops the checks.
 */
export function watchDatabase(
  pool: pg.Pool,
  held: pg.ClientBase,
  backend: () => number | null,
  lost: () => void,
): () => void {
  let unanswered = 0;
  let ended = false;
  const ask = async () => {
    const state = await look(pool, held, backend());
    unanswered = state === 'silent' ? unanswered + 1 : 0;
    if (ended) return;
    if (unanswered === MAX_UNANSWERED || state === 'gone') lost();
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
 * Whether the server of the held connection responds in time, and whether the process that serves it is gone. If all connections of the pool are
 * in use, it waits for one: as long as their statements are answered, others hold theirs only for a moment (open.ts, `streams`).
 */
async function look(pool: pg.Pool, held: pg.ClientBase, backend: number | null): Promise<'fine' | 'silent' | 'gone'> {
  let client: pg.PoolClient | undefined;
  try {
    client = await pool.connect();
    const { rows } = await withTimeout(STATEMENT_TIMEOUT_MS, client.query<{ gone: boolean }>(ASK, [backend]));
    client.release();
    // The pool leaves a server that doesn't.
    if (!areOfOneServer(client, held)) return 'silent';
    return rows[0]?.gone ? 'gone' : 'fine';
  } catch (error) {
    client?.release(true);
    // An error from the database is a response.
    return error instanceof pg.DatabaseError ? 'fine' : 'silent';
  }
}
