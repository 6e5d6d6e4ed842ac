import { Failure } from '../../domain/errors.ts';

/** Timeout of a short statement in milliseconds. A database that hangs must not make its clients hang. */
export const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Waits for a response of the database for at most `milliseconds`; 0: no timeout. After a timeout the connection is in the middle of a
 * response and must not be reused. Errors: DATABASE_UNAVAILABLE; those of the work.
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
  // It rejects later, when its connection is closed.
  work.catch(() => {});
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
