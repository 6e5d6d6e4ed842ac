import type pg from 'pg';
import { type Bind, name, sql } from '../sql.ts';
import { type Layout, withLayout } from './layout.ts';

/**
 * The values of a statement that cannot have parameters (COPY). They are sent beforehand as settings of the transaction, and the statement
 * reads them. Each is read in a subquery, so that it is evaluated once and not for every row.
 */
export class SessionValues {
  readonly #values: (string | readonly string[])[] = [];

  readonly bind: Bind;

  constructor(layout: Layout) {
    this.bind = withLayout((value: string | readonly string[], type: string) => {
      this.#values.push(value);
      return sql`(SELECT current_setting('interviews.value_${this.#values.length}'))::${name(type)}`;
    }, layout);
  }

  /** Sends the values. Call it in the transaction, before the statement. */
  async send(client: pg.ClientBase): Promise<void> {
    if (this.#values.length === 0) return;
    const settings = this.#values.map((value, at) => {
      const text = typeof value === 'string' ? `$${at + 1}::text` : `$${at + 1}::text[]::text`;
      return `set_config('interviews.value_${at + 1}', ${text}, true)`;
    });
    await client.query(`/* extract.values */ SELECT ${settings.join(', ')}`, [...this.#values]);
  }
}
