import { type Layout, withLayout } from './connection/layout.ts';

declare const written: unique symbol;

/**
 * SQL from this program's source: written in it, or composed of names from the catalogue. A value never becomes part of it, because only
 * `Bind` converts a value into SQL.
 */
export type Sql = string & { readonly [written]: true };

/** The only cast to `Sql`. */
const asSql = (text: string): Sql => text as Sql;

/** Tags a template as SQL. It may contain other SQL and integers. */
export const sql = (strings: TemplateStringsArray, ...parts: readonly (Sql | number | bigint)[]): Sql =>
  asSql(String.raw({ raw: strings.raw }, ...parts.map(String)));

/** Joins SQL parts with a separator. */
export const joinSql = (parts: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | ' UNION ALL '): Sql =>
  asSql(parts.join(separator));

/** Returns the name of a table, a column or an alias, or a type such as `timestamptz(0)[]`. Throws for a name that would need quotes. */
export function name(text: string): Sql {
  if (!/^[a-z][a-z0-9_]*(\(\d+\))?(\[\])?$/.test(text)) throw new Error(`not a plain name of SQL: ${text}`);
  return asSql(text);
}

/** Returns a comment with the name of a statement, by which logs and tests recognise it. */
export function comment(text: string): Sql {
  if (!/^[\w.]+$/.test(text)) throw new Error(`not a name of a statement: ${text}`);
  return asSql(`/* ${text} */`);
}

/** Returns a column of a table or alias. */
export const column = (table: string, of: string): Sql => sql`${name(table)}.${name(of)}`;

/** Binds a value: returns the SQL expression of type `type` that stands for it. It has the layout of the database that gets the statement. */
export interface Bind extends Layout {
  (value: string | readonly string[], type: string): Sql;
}

/** Returns an empty parameter list for a statement to a database, and the function that binds values to it. */
export function parameterList(layout: Layout): { readonly parameters: unknown[]; readonly bind: Bind } {
  const parameters: unknown[] = [];
  const bind = (value: string | readonly string[], type: string) => sql`$${parameters.push(value)}::${name(type)}`;
  return { parameters, bind: withLayout(bind, layout) };
}

/**
 * Returns a statement with the parameters that it refers to, numbered anew. Postgres can’t tell the type of one that is not used, so whoever
 * binds values for parts that may be left out needs this.
 */
export function withUsedParameters(
  statement: Sql,
  parameters: readonly unknown[],
): { statement: Sql; parameters: unknown[] } {
  const used: number[] = [];
  const renumbered = statement.replace(/\$(\d+)/g, (_, number: string) => {
    const index = Number(number) - 1;
    if (!used.includes(index)) used.push(index);
    return `$${used.indexOf(index) + 1}`;
  });
  return { statement: asSql(renumbered), parameters: used.map((index) => parameters[index]) };
}

/** Joins conditions with AND, leaving out those that are always true. */
export const allOf = (conditions: readonly Sql[]): Sql =>
  combined(
    conditions.filter((one) => one !== 'true'),
    ' AND ',
    sql`true`,
  );

/** Joins conditions with OR. */
export const anyOf = (conditions: readonly Sql[]): Sql => combined(conditions, ' OR ', sql`false`);

function combined(conditions: readonly Sql[], word: ' AND ' | ' OR ', none: Sql): Sql {
  const [only = none] = conditions;
  return conditions.length > 1 ? sql`(${joinSql(conditions, word)})` : only;
}
