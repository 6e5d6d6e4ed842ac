import { AsyncLocalStorage } from 'node:async_hooks';

/** A part of the work for a request, as traces show it. Nothing in it is a secret or a value of a row. */
export interface Span {
  /** Begins a part of this one. */
  child(name: string): Span;
  /** Adds what it is about. */
  set(attributes: Readonly<Record<string, string | number>>): void;
  /** Ends it; only the first call counts. `errorType`: why it failed, in a word. */
  end(errorType?: string): void;
}

const active = new AsyncLocalStorage<Span>();

/** Returns the span that the running code is part of; undefined if the request isn't traced. */
export const activeSpan = (): Span | undefined => active.getStore();

/** Does work as part of a span, which somebody else ends. */
export const asPartOf = <T>(span: Span, work: () => T): T => active.run(span, work);

/** Does work as a part of its own of the active span. Without one it is just done. Errors: those of `work`. */
export function inSpan<T>(name: string, work: (span: Span | undefined) => Promise<T>): Promise<T> {
  const parent = active.getStore();
  if (!parent) return work(undefined);
  const span = parent.child(name);
  const done = active.run(span, () => work(span));
  done.then(
    () => span.end(),
    (error: unknown) => span.end(errorTypeOf(error)),
  );
  return done;
}

/** Returns a word for an error: its code, or else its name. Its message may quote values. */
export function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
