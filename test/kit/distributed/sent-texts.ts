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
    const [first] = args as [string | { readonly text?: string } | undefined];
    const text = typeof first === 'string' ? first : first?.text;
    if (text !== undefined && nameOf(text) !== null) sent.add(text);
    return Reflect.apply(query, this, args) as unknown;
  };
  Object.assign(pg.Client.prototype, { query: watching });
}

/** Returns the texts noted since the last call. */
export function takeTexts(): string[] {
  const texts = [...sent];
  sent.clear();
  return texts;
}
