import pg from 'pg';
import { STATEMENT_TIMEOUT_MS, withTimeout } from './with-timeout.ts';

/** Milliseconds between two questions, and how many of them in a row must go unanswered. */
const ASK_EVERY_MS = 10_000;
const MAX_UNANSWERED = 3;

/**
 * Asks the database again and again whether it is there, beside statements that may take any time; calls `lost` once where it has answered
 * none of the questions for about a minute: it hangs, or the network is gone, of which a connection by itself wouldn't hear. Gives what
 * ends it.
 */
export function watchDatabase(pool: pg.Pool, lost: () => void): () => void {
  let unanswered = 0;
  let ended = false;
  const ask = async () => {
    unanswered = (await answers(pool)) ? 0 : unanswered + 1;
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
 * Whether it answers in time. Where all connections of the pool are at work one is waited for: those who wait with it use theirs for a moment
 * only (open.ts, `streams`), as long as they are answered themselves.
 */
async function answers(pool: pg.Pool): Promise<boolean> {
  let client: pg.PoolClient | undefined;
  try {
    client = await pool.connect();
    await withTimeout(STATEMENT_TIMEOUT_MS, client.query('/* watch.ask */ SELECT 1'));
    client.release();
    return true;
  } catch (error) {
    client?.release(true);
    // Whatever it says, it is there.
    return error instanceof pg.DatabaseError;
  }
}
