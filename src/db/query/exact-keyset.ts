import type { CursorValue, ShortenedText } from '../../domain/cursor-values.ts';
import { Failure } from '../../domain/errors.ts';
import type { Query } from '../connection/snapshot.ts';
import type { Keyset, SortKey } from './keyset.ts';
import { type Bind, parameterList } from './to-sql.ts';

/**
 * The place of a cursor, whose texts may be shortened (src/domain/cursor-values.ts), in the order of a table. A shortened text is found in any
 * row that agrees with it but for its end: mostly the row of the cursor itself, or another one near it. Where no row does, the place is as
 * certain as long as no row is left that begins alike, since then all come before it or after it. `name` is what the client calls the cursor.
 * Errors: BAD_USER_INPUT where rows that begin alike are left and none says on which side of the place they are; those of the query.
 */
export async function exactKeyset(
  query: Query,
  table: string,
  keys: readonly SortKey[],
  values: readonly CursorValue[],
  name: string,
): Promise<Keyset> {
  const keyset: (string | null)[] = [];
  for (const [at, value] of values.entries()) {
    if (value === null || typeof value === 'string') {
      keyset.push(value);
      continue;
    }
    const { head, others } = await findHead(query, table, keys.slice(0, at + 1), keyset, value);
    if (head === null && others)
      throw new Failure(
        'BAD_USER_INPUT',
        `${name}: the rows at this place have changed, and none is left that says where it was; begin again without ${name}.`,
      );
    // Where no row is left that begins alike, none has this text, so that no later key decides.
    keyset.push(head === null ? value.prefix : head + value.tail);
  }
  return keyset;
}

/** Whether a cursor has to be located. */
export const isExact = (values: readonly CursorValue[]): values is Keyset =>
  values.every((value) => value === null || typeof value === 'string');

/**
 * All but the tail of a shortened text, the value of the last of some keys whose values before it are `place`, out of any row that has it;
 * and whether there are others of which it isn't known on which side of the text they are.
 */
async function findHead(
  query: Query,
  table: string,
  keys: readonly SortKey[],
  keyset: Keyset,
  { prefix, characters, hash }: ShortenedText,
): Promise<{ head: string | null; others: boolean }> {
  const { parameters, bind } = parameterList();
  const column = `a.${keys.at(-1)?.column}`;
  const equal = keyset.map((value, at) => equalTo(keys[at] as SortKey, value, bind));
  const begins = `starts_with(${column}, ${bind(prefix, 'text')})`;
  const head = `left(${column}, ${bind(String(characters), 'integer')})`;
  const hashed = `left(encode(sha256(convert_to(${head}, 'UTF8')), 'hex'), 32) = ${bind(hash, 'text')}`;
  const from = (...conditions: string[]) => `FROM ${table} a WHERE ${[...equal, ...conditions].join(' AND ')}`;
  const [found] = await query<{ head: string | null; others: boolean }>(
    `/* locate.${table} */ SELECT (SELECT ${head} ${from(begins, hashed)} LIMIT 1) AS head,
      EXISTS (SELECT 1 ${from(`(${begins} OR ${isNotBytewise(column)})`)}) AS others`,
    parameters,
  );
  return found ?? { head: null, others: true };
}

const equalTo = ({ column, type }: SortKey, value: string | null, bind: Bind): string =>
  value === null ? `a.${column} IS NULL` : `a.${column} = ${bind(value, type)}`;

/** In the order of a language texts that begin alike don't stand together. */
const isNotBytewise = (column: string): string => `collation for (${column}) <> '"C"'`;
