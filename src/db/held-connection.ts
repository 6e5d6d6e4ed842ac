import type pg from 'pg';

/** A connection that is used until it is given back, or until a signal is aborted. */
export interface HeldConnection {
  /** Gives it back, the first time it is called; `broken` closes it, which undoes all that isn't committed. */
  release(broken: boolean): void;
  /** From here on an abort comes too late. */
  keep(): void;
}

/** Watches over a connection taken from a pool: an abort of the signal closes it, and whatever runs on it then fails. */
export function hold(client: pg.PoolClient, signal: AbortSignal | undefined): HeldConnection {
  let released = false;
  const abandon = () => release(true);
  const keep = () => signal?.removeEventListener('abort', abandon);
  const release = (broken: boolean) => {
    if (released) return;
    released = true;
    keep();
    client.release(broken);
  };
  signal?.addEventListener('abort', abandon, { once: true });
  return { release, keep };
}
