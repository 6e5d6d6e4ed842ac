import type pg from 'pg';

/** The secret of a database, by which two servers of it are known. */
const SECRET = `/* audit.database */ SELECT encode(sha256(id_secret), 'hex') AS mark FROM dataset`;

/** Whether two pools lead to one database, on the same server or on a standby of it. Errors: those of the database. */
export async function isSameDatabase(one: pg.Pool, other: pg.Pool): Promise<boolean> {
  const markOf = async (pool: pg.Pool) => (await pool.query<{ mark: string }>(SECRET)).rows[0]?.mark;
  const [first, second] = await Promise.all([markOf(one), markOf(other)]);
  return first === second;
}
