/** A value, or a promise of it. What is there at once needs no turn of the event loop. */
export type Eventually<T> = T | Promise<T>;

/** Returns what `then` makes of a value: at once if it is there. */
export const after = <T, R>(value: Eventually<T>, then: (value: T) => Eventually<R>): Eventually<R> =>
  value instanceof Promise ? value.then(then) : then(value);
