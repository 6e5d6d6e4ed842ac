declare const written: unique symbol;

/**
 * SQL that stands in this program: its parts are written here, or are names of the catalogue. A value never becomes part of it, since only
 * `Bind` makes one of a value.
 */
export type Sql = string & { readonly [written]: true };

/** The one way to `Sql`. */
const asSql = (text: string): Sql => text as Sql;

/** SQL as it is written, with other SQL, or whole numbers, in it. */
export const sql = (strings: TemplateStringsArray, ...parts: readonly (Sql | number | bigint)[]): Sql =>
  asSql(String.raw({ raw: strings.raw }, ...parts.map(String)));

/** SQL between which a separator stands. */
export const joinSql = (parts: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | ' UNION ALL '): Sql =>
  asSql(parts.join(separator));

/** The name of a table, a column or an alias, or a type as `timestamptz(0)[]`. Throws for any that would need quotes. */
export function name(text: string): Sql {
  if (!/^[a-z][a-z0-9_]*(\(\d+\))?(\[\])?$/.test(text)) throw new Error(`not a plain name of SQL: ${text}`);
  return asSql(text);
}

/** The name of a statement, by which logs and tests know it. */
export function comment(text: string): Sql {
  if (!/^[\w.]+$/.test(text)) throw new Error(`not a name of a statement: ${text}`);
  return asSql(`/* ${text} */`);
}

/** A column of a table, or of its alias. */
export const column = (table: string, of: string): Sql => sql`${name(table)}.${name(of)}`;

/** Takes a value out of the SQL: gives the expression of type `type` that stands for it. */
export type Bind = (value: string | readonly string[], type: string) => Sql;

/** A statement's parameters, and what takes values as such. */
export function parameterList(): { readonly parameters: unknown[]; readonly bind: Bind } {
  const parameters: unknown[] = [];
  return { parameters, bind: (value, type) => sql`$${parameters.push(value)}::${name(type)}` };
}

/** Conditions that all must hold, without those that always do. */
export const allOf = (conditions: readonly Sql[]): Sql =>
  combined(
    conditions.filter((one) => one !== 'true'),
    ' AND ',
    sql`true`,
  );

/** Conditions of which one must hold. */
export const anyOf = (conditions: readonly Sql[]): Sql => combined(conditions, ' OR ', sql`false`);

function combined(conditions: readonly Sql[], word: ' AND ' | ' OR ', none: Sql): Sql {
  const [only = none] = conditions;
  return conditions.length > 1 ? sql`(${joinSql(conditions, word)})` : only;
}
