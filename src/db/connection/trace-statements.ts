import { AsyncResource } from 'node:async_hooks';
import type pg from 'pg';
import { activeSpan, errorTypeOf, type Span } from '../../domain/tracing.ts';

/** What a statement of ours begins with: its name, also within a COPY. */
const NAME = /^(?:COPY \()?\s*\/\* ([\w.-]+) \*\//;

/** Any of the forms in which `pg` takes a statement. */
type Statement = string | { readonly text?: string };

/** What `pg` calls of a statement that reads its messages itself, such as a COPY. */
interface Submitted {
  readonly text?: string;
  submit(connection: pg.Connection): void;
  handleError(error: Error, connection: pg.Connection): void;
  handleReadyForQuery(connection: pg.Connection): void;
}

type AnyQuery = (statement: Statement | Submitted, ...rest: unknown[]) => unknown;

/** Makes each statement of a pool a span of the request that sends it. Spans have its name, but not its text, which may hold values. */
export function traceStatements(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as AnyQuery;
    Object.assign(client, {
      query(statement: Statement | Submitted, ...rest: unknown[]): unknown {
        const span = activeSpan()?.child(nameOf(statement));
        if (!span) return query(statement, ...rest);
        span.set({ 'db.system.name': 'postgresql' });
        if (typeof statement === 'object' && 'submit' in statement) endWith(statement, span);
        const callback = rest.at(-1);
        if (typeof callback === 'function')
          rest[rest.length - 1] = (error: unknown, result: unknown) => {
            span.end(error ? errorTypeOf(error) : undefined);
            callback(error, result);
          };
        const result = query(statement, ...rest);
        if (result instanceof Promise)
          result.then(
            () => span.end(),
            (error: unknown) => span.end(errorTypeOf(error)),
          );
        return result;
      },
    });
  });
  // What waits for a connection is called by whoever gives one back, which may be another request.
  const connect = pool.connect.bind(pool) as (callback?: (...values: unknown[]) => void) => unknown;
  Object.assign(pool, {
    connect: (callback?: (...values: unknown[]) => void) => connect(callback && AsyncResource.bind(callback)),
  });
}

function nameOf(statement: Statement | Submitted): string {
  const text = (typeof statement === 'string' ? statement : statement.text) ?? '';
  return NAME.exec(text)?.[1] ?? /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'statement';
}

/** Ends a span with a statement that reads its messages itself. */
function endWith(statement: Submitted, span: Span): void {
  const { handleError, handleReadyForQuery } = statement;
  Object.assign(statement, {
    handleError(error: Error, connection: pg.Connection) {
      span.end(errorTypeOf(error));
      handleError.call(statement, error, connection);
    },
    handleReadyForQuery(connection: pg.Connection) {
      span.end();
      handleReadyForQuery.call(statement, connection);
    },
  });
}
