import { Failure } from '../../domain/errors.ts';

/** Milliseconds after which a short statement counts as failed: a database that hangs must not hang its clients. */
export const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Waits so long for a database's answer, for ever with 0. The connection is then in the middle of it, and can't be used any more.
 * Errors: DATABASE_UNAVAILABLE; those of the work.
 */
export async function withTimeout<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  if (milliseconds === 0) return await work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Failure(
            'DATABASE_UNAVAILABLE',
            `The database didn’t answer for ${milliseconds / 1000} s. Try again shortly.`,
          ),
        ),
      milliseconds,
    );
  });
  // It fails later, when its connection is closed.
  work.catch(() => {});
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
