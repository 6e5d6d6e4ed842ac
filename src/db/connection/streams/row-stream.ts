import pg from 'pg';
import type { Sql } from '../../sql.ts';

/** Number of rows that may wait for their reader before the connection is paused. */
const MAX_WAITING = 5_000;

/**
 * The rows of a statement in batches, for one reader: what has arrived since the last one. Unlike a cursor it leaves Postgres the choice of
 * a parallel plan, and unlike COPY it takes parameters. It reads ahead by a few thousand rows, then Postgres waits.
 */
export class RowStream<Row extends object> {
  #connection: pg.Connection | undefined;
  #waiting: Row[] = [];
  #isPaused = false;
  #ended = false;
  #error: Error | undefined;
  #wake = () => {};

  constructor(client: pg.PoolClient, statement: Sql, parameters: readonly unknown[]) {
    const query = new pg.Query<Row>({ text: statement, values: [...parameters] });
    const { submit } = query;
    // The only moment at which the driver says which connection it is.
    query.submit = (connection) => {
      this.#connection = connection;
      return submit.call(query, connection);
    };
    // With this listener, the driver keeps no rows itself.
    query.on('row', (row: Row) => {
      this.#waiting.push(row);
      if (this.#waiting.length >= MAX_WAITING) this.#pause();
      this.#wake();
    });
    query.on('end', () => this.#end());
    query.on('error', (error: Error) => {
      this.#error = error;
      this.#end();
    });
    client.query(query);
  }

  /** Returns the next rows; none at the end. Errors: those of pg. */
  async next(): Promise<readonly Row[]> {
    while (this.#waiting.length === 0 && !this.#ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#waiting.length === 0 && this.#error) throw this.#error;
    const rows = this.#waiting;
    this.#waiting = [];
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#connection?.stream.resume();
    }
    return rows;
  }

  #pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#connection?.stream.pause();
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }
}
