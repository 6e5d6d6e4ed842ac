/** The texts of the statements that this process sends through pg, so that those that break a rule for Citus are found (./rules.ts). */
import pg from 'pg';
import { nameOf } from './name.ts';

const sent = new Set<string>();
let isWatching = false;

/** Begins to note the texts that have a name. What runs in processes of its own, as commands do, is not seen. Calling it again changes nothing. */
export function watchTexts(): void {
  if (isWatching) return;
  isWatching = true;
  const { query } = pg.Client.prototype;
  const watching = function (this: pg.Client, ...args: unknown[]) {
    const text = textOf(args);
    if (text !== undefined) sent.add(text);
    return Reflect.apply(query, this, args) as unknown;
  };
  Object.assign(pg.Client.prototype, { query: watching });
}

/** Notes the texts of the statements that the connections of some pools send from now on, also those that are noted otherwise. */
export function textsOf(pools: readonly pg.Pool[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const pool of pools)
    pool.on('connect', (client) => {
      const { query } = client;
      const noting = (...args: unknown[]) => {
        const text = textOf(args);
        if (text !== undefined) texts.add(text);
        return Reflect.apply(query, client, args) as unknown;
      };
      Object.assign(client, { query: noting });
    });
  return texts;
}

/** Returns the text of a statement, if it has a name. */
function textOf([first]: readonly unknown[]): string | undefined {
  const text = typeof first === 'string' ? first : (first as { readonly text?: string } | undefined)?.text;
  return text !== undefined && nameOf(text) !== null ? text : undefined;
}

/** Returns the texts noted since the last call. */
export function takeTexts(): string[] {
  const texts = [...sent];
  sent.clear();
  return texts;
}
