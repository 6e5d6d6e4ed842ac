import type { CursorValue, ShortenedText } from '../../../domain/cursor-values.ts';
import { Failure } from '../../../domain/errors.ts';
import type { Query } from '../../connection/snapshot.ts';
import { allOf, type Bind, column, parameterList, type Sql, sql } from '../../sql.ts';
import type { Keyset, SortKey } from './keyset.ts';

/** Returns the table from which rows are read, as `sourceOf` does. */
type Source = (bind: Bind) => Sql;

/**
 * Returns the exact keyset of a cursor, whose texts may be shortened (src/domain/cursor-values.ts). A shortened text is found in any row
 * that has the same text before the tail: usually the cursor's own row, or a row near it. If there is none, the shortened text serves as
 * well, as long as no row has the same prefix, because then every row comes before it or after it. `argument`: the name of the cursor's
 * argument or parameter. Errors: BAD_USER_INPUT if rows with the same prefix remain and their side of the cursor is unknown; those of the
 * query.
 */
export async function exactKeyset(
  query: Query,
  source: Source,
  keys: readonly SortKey[],
  values: readonly CursorValue[],
  argument: string,
): Promise<Keyset> {
  const keyset: (string | null)[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null || typeof value === 'string') {
      keyset.push(value);
      continue;
    }
    const { head, others } = await findHead(query, source, keys.slice(0, index + 1), keyset, value);
    if (head === null && others)
      throw new Failure(
        'BAD_USER_INPUT',
        `${argument}: the rows at this cursor have changed, so its position is lost; start again without ${argument}.`,
      );
    // If no row has the same prefix, no row has this text, so later keys never decide.
    keyset.push(head === null ? value.prefix : head + value.tail);
  }
  return keyset;
}

/** Whether a cursor has no shortened text. */
export const isExact = (values: readonly CursorValue[]): values is Keyset =>
  values.every((value) => value === null || typeof value === 'string');

/**
 * Finds the text before the tail of a shortened text in any row that has it. `keyset`: the values of the keys before the last one, whose
 * value is the shortened text. Also finds whether there are other rows of which it is unknown whether they come before or after the text.
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
  const { parameters, bind } = parameterList(query);
  const value = column('a', last.column);
  const equal = keys.slice(0, -1).map((key, index) => equalTo(key, keyset[index] ?? null, bind));
  const begins = sql`starts_with(${value}, ${bind(prefix, 'text')})`;
  const head = sql`left(${value}, ${bind(String(characters), 'integer')})`;
  const hashed = sql`left(encode(sha256(convert_to(${head}, 'UTF8')), 'hex'), 32) = ${bind(hash, 'text')}`;
  const table = source(bind);
  const from = (...conditions: Sql[]) => sql`FROM ${table} a WHERE ${allOf([...equal, ...conditions])}`;
  const [found] = await query<{ head: string | null; others: boolean }>(
    sql`/* keyset.exact */ SELECT (SELECT ${head} ${from(begins, hashed)} LIMIT 1) AS head,
      EXISTS (SELECT 1 ${from(sql`(${begins} OR ${isNotBytewise(value)})`)} LIMIT 1) AS others`,
    parameters,
  );
  return found ?? { head: null, others: true };
}

const equalTo = (key: SortKey, value: string | null, bind: Bind): Sql =>
  value === null ? sql`${column('a', key.column)} IS NULL` : sql`${column('a', key.column)} = ${bind(value, key.type)}`;

/** In a collation of a language, texts with the same prefix are not adjacent. */
const isNotBytewise = (value: Sql): Sql => sql`collation for (${value}) <> '"C"'`;
