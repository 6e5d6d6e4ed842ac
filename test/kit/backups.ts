/** What the tests of backups have in common: everything that a database holds, and files made by hand. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Connection, withClient } from './server.ts';

/** All that is stored: the rows of every table as JSON texts, and the state of every sequence. */
export interface Dump {
  readonly tables: Record<string, string[]>;
  readonly sequences: Record<string, unknown>;
}

/** Reads all that a database holds in the schema public. */
export const dumpOf = (connection: Connection): Promise<Dump> =>
  withClient(connection, async (client) => {
    const names = async (sql: string): Promise<string[]> =>
      (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name);
    const dump: Dump = { tables: {}, sequences: {} };
    await client.query("SET timezone TO 'UTC'; SET datestyle TO 'ISO'");
    for (const name of await names(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    )) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM public.${client.escapeIdentifier(name)} t ORDER BY 1`,
      );
      dump.tables[name] = rows.map(({ row }) => row);
    }
    for (const name of await names(
      `SELECT sequence_name AS name FROM information_schema.sequences WHERE sequence_schema = 'public'`,
    )) {
      const { rows } = await client.query(`SELECT last_value, is_called FROM public.${client.escapeIdentifier(name)}`);
      dump.sequences[name] = rows[0];
    }
    return dump;
  });

/** A block of a backup, as docs/operations.md describes it. */
export interface HandMadeBlock {
  /** A letter; there are H, T, R and E. */
  readonly kind: string;
  readonly content: string | Uint8Array;
}

/** A file of these blocks with the right hashes, whatever is in them. */
export function handMadeBackup(blocks: readonly HandMadeBlock[]): Buffer {
  let hash: Buffer = Buffer.alloc(32);
  const parts = blocks.map(({ kind, content }) => {
    const body = gzipSync(content).subarray(10);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(body.length);
    const head = Buffer.concat([Buffer.from(kind), size]);
    hash = createHash('sha256').update(hash).update(head).update(body).digest();
    return Buffer.concat([Buffer.from('1f8b08040000000000ff290049422500', 'hex'), head, hash, body]);
  });
  return Buffer.concat(parts);
}

/** The blocks of a backup, to be changed by hand; nothing is checked. */
export function blocksOf(file: Buffer): { begin: number; end: number }[] {
  const blocks: { begin: number; end: number }[] = [];
  for (let at = 0; at < file.length; ) {
    const end = at + 53 + file.readUInt32LE(at + 17);
    blocks.push({ begin: at, end });
    at = end;
  }
  return blocks;
}
