import { Client } from 'pg';
import type { DataFolder } from '../folder/data-folder.ts';
import { isServing } from '../server/server-check.ts';

/** Connection options of a client of the `pg` package. */
export interface LeaseConnection {
  /** The folder of a Unix socket, or an IP address. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

/**
 * Key of the advisory lock that each of our processes holds shared. A process that gets it exclusively is the only one.
 */
const LOCK = 1;

/** Timeout of a lease's queries, in milliseconds. The longest waits for another process to stop the server. */
const QUERY_TIMEOUT_MS = 60_000;

/** The server that answers works on another folder: this folder is a copy, or another server has taken the address. */
export class ForeignServer extends Error {
  override readonly name = 'ForeignServer';
}

/**
 * A process's share in a running server: a connection that holds the lock. It ends with the process, however that ends.
 * The connection is to the database `postgres`, where none of the program's own locks is in the way, and where the
 * connection does not prevent dropping or copying the program's database.
 */
export class ServerLease {
  /** Resolves when the connection has ended, for any reason. */
  readonly ended: Promise<void>;

  readonly #client: Client;
  readonly #folder: DataFolder;
  #open = true;

  /**
   * Connects and acquires the lock.
   *
   * Errors: ForeignServer if the server works on another folder's data; what `pg` throws if the server does not answer,
   * or is being stopped by the last process that released it.
   */
  static async acquire(connection: LeaseConnection, folder: DataFolder): Promise<ServerLease> {
    const client = new Client({
      ...connection,
      database: 'postgres',
      application_name: 'interviews-data-service',
      connectionTimeoutMillis: 5_000,
      query_timeout: QUERY_TIMEOUT_MS,
      // Set explicitly, because pg would take PGSSLMODE and PGOPTIONS from the environment.
      ssl: false,
      options: '-c statement_timeout=0',
    });
    const lease = new ServerLease(client, folder);
    try {
      await client.connect();
      if (!(await lease.serves())) throw new ForeignServer(`The server works on a folder other than ${folder.path}`);
      await client.query('SELECT pg_advisory_lock_shared($1)', [LOCK]);
      return lease;
    } catch (error) {
      await lease.close();
      throw error;
    }
  }

  private constructor(client: Client, folder: DataFolder) {
    this.#client = client;
    this.#folder = folder;
    // Without a listener, losing the connection would end the process.
    client.on('error', () => {});
    this.ended = new Promise((resolve) => client.once('end', resolve));
    client.once('end', () => {
      this.#open = false;
    });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * Returns whether the server works on the cluster that is now at the folder's path. Errors: those of `pg` and of the
   * file system.
   */
  serves(): Promise<boolean> {
    return isServing(this.#client, this.#folder.cluster);
  }

  /**
   * Releases the lock. Returns true if no other process holds it: then none can acquire it until this connection ends.
   */
  async release(): Promise<boolean> {
    await this.#client.query('SELECT pg_advisory_unlock_shared($1)', [LOCK]);
    const { rows } = await this.#client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [LOCK]);
    return rows[0]?.alone ?? false;
  }

  /** Ends the connection, which releases every lock that it holds. It never throws. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
