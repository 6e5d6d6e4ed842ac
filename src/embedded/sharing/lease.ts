import { Client } from 'pg';
import type { DataFolder } from '../folder/data-folder.ts';
import { isServing } from '../server/server-check.ts';

/** How a client of the `pg` package reaches a database. */
export interface LeaseConnection {
  /** The folder of a Unix socket, or an IP address. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

/** Every process of ours holds this advisory lock shared; who gets it exclusively is alone. */
const LOCK = 1;

/** Milliseconds, for whatever a lease asks of the server: the longest is waiting for another process to stop it. */
const QUERY_TIMEOUT_MS = 60_000;

/** Who answers is the server of another folder: the one at hand is a copy, or somebody else has its place now. */
export class ForeignServer extends Error {
  override readonly name = 'ForeignServer';
}

/**
 * A process's part in a running server: a connection that holds the lock. It ends with the process, however that ends.
 * The connection is to database `postgres`, where no lock of the program's own is in the way, and where it is itself
 * not in the way of those who drop or copy the program's database.
 */
export class ServerLease {
  /** Settles when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>;

  readonly #client: Client;
  readonly #folder: DataFolder;
  #open = true;

  /**
   * Throws ForeignServer where the server works on another folder's data, and what `pg` throws where it doesn't answer, or is being stopped by
   * the last process that let go of it.
   */
  static async take(connection: LeaseConnection, folder: DataFolder): Promise<ServerLease> {
    const client = new Client({
      ...connection,
      database: 'postgres',
      application_name: 'interviews-data-service',
      connectionTimeoutMillis: 5_000,
      query_timeout: QUERY_TIMEOUT_MS,
      // Said, because pg would take PGSSLMODE and PGOPTIONS from the environment.
      ssl: false,
      options: '-c statement_timeout=0',
    });
    const lease = new ServerLease(client, folder);
    try {
      await client.connect();
      if (!(await lease.serves())) throw new ForeignServer(`Another folder than ${folder.path} is served there`);
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
    // Without a listener the loss of the connection would end the process.
    client.on('error', () => {});
    this.ended = new Promise((resolve) => client.once('end', resolve));
    client.once('end', () => {
      this.#open = false;
    });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Whether its server works on what now is at the folder's path. */
  serves(): Promise<boolean> {
    return isServing(this.#client, this.#folder.cluster);
  }

  /** Gives the lock back. True where no other process holds it: then none can take it until this connection ends. */
  async giveUp(): Promise<boolean> {
    await this.#client.query('SELECT pg_advisory_unlock_shared($1)', [LOCK]);
    const { rows } = await this.#client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [LOCK]);
    return rows[0]?.alone ?? false;
  }

  /** Ends the connection, and with it whatever lock it holds. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}
