import type pg from 'pg';
import type { Layout } from '../../connection/layout.ts';
import { SessionValues } from '../../connection/session-values.ts';
import { CopyOut } from '../../connection/streams/copy-out.ts';
import type { Bind, Sql } from '../../sql.ts';
import { CREATED_NEVER, type CreateTimes, createdWithin } from './create-times.ts';

/** The number of rows that a range should have: few enough to be gathered and sorted in memory, and so many that asking costs little. */
const ROWS_OF_RANGE = 50_000;

/** The length of the first range in seconds, and by how much a range may be longer than the one before it. */
const FIRST_LENGTH = 3_600;
const MAX_GROWTH = 4;

/** The rows of an export, which are sorted by their create time first. */
export interface RangedRows {
  /** Between which times they may lie; null if none has one. */
  readonly times: CreateTimes | null;
  /** Returns the query of those that meet a condition, in their order. */
  readonly rowsWhere: (condition: Sql, bind: Bind) => Sql | string;
}

/**
 * A copy of rows range by range of their create time, each by a COPY of its own, one after the other: an iterator as `CopyOut` is, and together the
 * bytes are the same. A coordinator of Citus gathers and sorts all rows of a statement before it sends the first; so it has only those of a
 * range at once, and sends the first soon. Ranges become longer and shorter as rows are few and many. Rows without a create time come last.
 * Errors of the iteration: those of pg.
 */
export class RangedCopy implements AsyncIterator<Buffer> {
  readonly #client: pg.PoolClient;
  readonly #layout: Layout;
  readonly #ranged: RangedRows;
  readonly #pieces: AsyncGenerator<Buffer, undefined>;
  #rows = 0;

  constructor(client: pg.PoolClient, layout: Layout, ranged: RangedRows) {
    this.#client = client;
    this.#layout = layout;
    this.#ranged = ranged;
    this.#pieces = this.#ranges();
  }

  /** The number of rows that have arrived. */
  get rows(): number {
    return this.#rows;
  }

  next(): Promise<IteratorResult<Buffer>> {
    return this.#pieces.next();
  }

  async *#ranges(): AsyncGenerator<Buffer, undefined> {
    const { times } = this.#ranged;
    let length = FIRST_LENGTH;
    for (let from = times?.first ?? 0; times !== null && from <= times.last; ) {
      const rows = yield* this.#copy(createdWithin(from, from + length));
      from += length;
      length = Math.max(1, Math.floor(length * Math.min(MAX_GROWTH, ROWS_OF_RANGE / Math.max(1, rows))));
    }
    yield* this.#copy(CREATED_NEVER);
    return undefined;
  }

  /** Copies the rows that meet a condition; returns how many they are. */
  async *#copy(condition: Sql): AsyncGenerator<Buffer, number> {
    const values = new SessionValues(this.#layout);
    const rows = this.#ranged.rowsWhere(condition, values.bind);
    await values.send(this.#client);
    const copy = this.#client.query(new CopyOut(`COPY (${rows}) TO STDOUT`));
    const before = this.#rows;
    for (;;) {
      const { done, value } = await copy.next();
      this.#rows = before + copy.rows;
      if (done) return copy.rows;
      yield value;
    }
  }
}
