import type pg from 'pg';

/**
 * Returns the time zones that the database knows: lower-case name to name. Only the IANA database's own names: Linux distributions add
 * copies under posix/ and right/ (which counts leap seconds) and the server's own zone.
 */
export async function timeZones(client: pg.ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string }>(
    `/* zones */ SELECT name FROM pg_timezone_names
     WHERE name !~ '^(posix|right)/' AND name NOT IN ('posixrules', 'localtime', 'Factory')`,
  );
  return new Map(rows.map(({ name }) => [name.toLowerCase(), name]));
}
