import type pg from 'pg';

type TimeZones = ReadonlyMap<string, string>;

/** Milliseconds for which the time zones of a database are kept: its server reads its files for 20 ms to tell them. They hardly ever change. */
const KEPT_MS = 60_000;

const kept = new WeakMap<pg.Pool, { readonly zones: TimeZones; readonly until: number }>();

/**
 * Returns the time zones that the database knows: lower-case name to name, as they were within the last minute. `client` is a connection of
 * `pool`. Errors: those of the database.
 */
export async function timeZones(pool: pg.Pool, client: pg.ClientBase): Promise<TimeZones> {
  const known = kept.get(pool);
  if (known && performance.now() < known.until) return known.zones;
  const zones = await readTimeZones(client);
  kept.set(pool, { zones, until: performance.now() + KEPT_MS });
  return zones;
}

/**
 * Only the IANA database's own names: Linux distributions add copies under posix/ and right/ (which counts leap seconds) and the server's
 * own zone.
 */
async function readTimeZones(client: pg.ClientBase): Promise<TimeZones> {
  const { rows } = await client.query<{ name: string }>(
    `/* zones */ SELECT name FROM pg_timezone_names
     WHERE name !~ '^(posix|right)/' AND name NOT IN ('posixrules', 'localtime', 'Factory')`,
  );
  return new Map(rows.map(({ name }) => [name.toLowerCase(), name]));
}
