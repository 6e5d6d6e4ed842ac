/** COPY over the database's own protocol, read by the same kind of program as the route; what is read is thrown away. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { DIST } from './program.mjs';

const { OPERATOR } = await import(new URL('domain/viewer.js', DIST));
const { readRequest } = await import(new URL('extract/request.js', DIST));
const { rowsSql } = await import(new URL('db/query/extract-rows.js', DIST));
const { FIELDS, isDate } = await import(new URL('domain/fields.js', DIST));

const unnamed = () => {
  throw new Error('the format is named');
};
const request = readRequest(new Map([['format', ['csv']]]), unnamed, OPERATOR);

/** A column as canonical CSV shows it, made by the database. */
const canonical = (field) => {
  const { column, kind } = field;
  if (kind === 'boolean') return `a.${column}::text`;
  return isDate(field) ? `replace(a.${column}::text, ' ', 'T')` : `a.${column}`;
};

/** What gives exactly the route's bytes without the service: the same rows in the same order, written as CSV by the database. */
export const ROUTE_COPY = `COPY (SELECT ${FIELDS.map(canonical).join(', ')} ${rowsSql(request, unnamed)}) TO STDOUT (FORMAT csv)`;

/** The bare columns in no order: the least that Postgres does for these rows. */
export const BARE_COPY = `COPY appointment (${FIELDS.map(({ column }) => column).join(', ')}) TO STDOUT (FORMAT csv)`;

/** A connection that stays open, as those of the service's pool do. */
export async function connect(connection) {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query("SET datestyle TO 'ISO'");
  return client;
}

/** Reads a COPY to its end; gives seconds and bytes, and, if asked for, their SHA-256. */
export async function copy(client, statement, { hashed = false } = {}) {
  const hash = hashed ? createHash('sha256') : null;
  let bytes = 0;
  const begun = performance.now();
  for await (const chunk of client.query(copyTo(statement))) {
    bytes += chunk.length;
    hash?.update(chunk);
  }
  return { seconds: (performance.now() - begun) / 1000, bytes, sha256: hash?.digest('hex') };
}

/** Seconds that psql takes for a COPY whose output nobody keeps, with its start; null where there is no psql. */
export async function psqlSeconds({ host, port, user, password, database }, statement) {
  const begun = performance.now();
  const child = spawn(
    'psql',
    [
      '-X',
      '-q',
      '-h',
      host,
      '-p',
      String(port),
      '-U',
      user,
      '-d',
      database,
      '-c',
      `SET datestyle TO 'ISO'`,
      '-c',
      statement,
    ],
    {
      env: { PATH: process.env.PATH, ...(password && { PGPASSWORD: password }) },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`psql ended with ${code}`);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
  return (performance.now() - begun) / 1000;
}
