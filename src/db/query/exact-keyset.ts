import type { CursorValue, ShortenedText } from '../../domain/cursor-values.ts';
import { Failure } from '../../domain/errors.ts';
import type { Query } from '../connection/snapshot.ts';
import { allOf, type Bind, column, parameterList, type Sql, sql } from '../sql.ts';
import type { Keyset, SortKey } from './keyset.ts';

/** Gives the table that rows come from, as of `sourceOf`. */
type Source = (bind: Bind) => Sql;

/**
 * The keyset of a cursor, whose texts may be shortened (src/domain/cursor-values.ts). A shortened text is found in any row that agrees
 * with it but for its end: mostly the row of the cursor itself, or another one near it. Where no row does, the shortened text serves as well,
 * as long as no row is left that begins alike, since then all rows come before it or after it. `argument` is what the client calls the cursor.
 * Errors: BAD_USER_INPUT where rows that begin alike are left and none says on which side of the cursor they are; those of the query.
 */
export async function exactKeyset(
  query: Query,
  source: Source,
  keys: readonly SortKey[],
  values: readonly CursorValue[],
  argument: string,
): Promise<Keyset> {
  const keyset: (string | null)[] = [];
  for (const [at, value] of values.entries()) {
    if (value === null || typeof value === 'string') {
      keyset.push(value);
      continue;
    }
    const { head, others } = await findHead(query, source, keys.slice(0, at + 1), keyset, value);
    if (head === null && others)
      throw new Failure(
        'BAD_USER_INPUT',
        `${argument}: the rows at this cursor have changed, and none is left that says where it was; begin again without ${argument}.`,
      );
    // Where no row is left that begins alike, none has this text, so that no later key decides.
    keyset.push(head === null ? value.prefix : head + value.tail);
  }
  return keyset;
}

/** Whether a cursor has no shortened text. */
export const isExact = (values: readonly CursorValue[]): values is Keyset =>
  values.every((value) => value === null || typeof value === 'string');

/**
 * All but the tail of a shortened text, the value of the last of some keys whose values before it are `keyset`, from any row that has it;
 * and whether there are other rows of which it isn't known on which side of the text they are.
 */
async function findHead(
  query: Query,
  source: Source,
  keys: readonly SortKey[],
  keyset: Keyset,
  { prefix, characters, hash }: ShortenedText,
): Promise<{ head: string | null; others: boolean }> {
  const last = keys.at(-1);
  if (!last) throw new Error('a shortened text has no sort key');
  const { parameters, bind } = parameterList();
  const value = column('a', last.column);
  const equal = keys.slice(0, -1).map((key, at) => equalTo(key, keyset[at] ?? null, bind));
  const begins = sql`starts_with(${value}, ${bind(prefix, 'text')})`;
  const head = sql`left(${value}, ${bind(String(characters), 'integer')})`;
  const hashed = sql`left(encode(sha256(convert_to(${head}, 'UTF8')), 'hex'), 32) = ${bind(hash, 'text')}`;
  const table = source(bind);
  const from = (...conditions: Sql[]) => sql`FROM ${table} a WHERE ${allOf([...equal, ...conditions])}`;
  const [found] = await query<{ head: string | null; others: boolean }>(
    sql`/* keyset.exact */ SELECT (SELECT ${head} ${from(begins, hashed)} LIMIT 1) AS head,
      EXISTS (SELECT 1 ${from(sql`(${begins} OR ${isNotBytewise(value)})`)}) AS others`,
    parameters,
  );
  return found ?? { head: null, others: true };
}

const equalTo = (key: SortKey, value: string | null, bind: Bind): Sql =>
  value === null ? sql`${column('a', key.column)} IS NULL` : sql`${column('a', key.column)} = ${bind(value, key.type)}`;

/** In the order of a language texts that begin alike don't stand together. */
const isNotBytewise = (value: Sql): Sql => sql`collation for (${value}) <> '"C"'`;
