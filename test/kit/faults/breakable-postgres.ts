import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { eventually } from '../command.ts';
import { giveToPostgres, postgresCommand } from '../debian-postgres.ts';
import type { Connection } from '../server.ts';
import { canMount, mount, unmount } from '../small-disk.ts';

const execute = promisify(execFile);

/** The user and the database of the service; it is no superuser, so that no connections are kept free for it. */
export const SERVICE = 'interviews';

const SETTINGS = {
  fsync: 'off',
  max_connections: '60',
  shared_buffers: '32MB',
  max_wal_size: '96MB',
  min_wal_size: '32MB',
  autovacuum_naptime: '5s',
};

/** Where it is, if not in the network of this process: what runs a command there, and the address to listen on. */
interface Place {
  readonly within: readonly string[];
  readonly address: string;
}

/** A Postgres that tests break: Debian's, on a socket, with a disk of its own where this system allows one. */
export class BreakablePostgres {
  readonly #folder = mkdtempSync(join(tmpdir(), 'interviews-broken-'));
  readonly #env: Readonly<Record<string, string>>;
  readonly #place: Place | null;
  #stopped: number[] = [];
  #taken: pg.Client[] = [];
  /** Whether it has a disk of its own, which can be full. */
  readonly hasDisk = canMount();

  /** `disk` is the size of the disk, as `300m`; `env` are variables of its environment. */
  constructor(disk: string, env: Readonly<Record<string, string>> = {}, place: Place | null = null) {
    this.#env = env;
    this.#place = place;
    if (this.hasDisk) mount(this.#folder, disk);
    giveToPostgres(this.#folder);
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** The path of its socket. */
  get socket(): string {
    return join(this.#folder, '.s.PGSQL.5432');
  }

  /** How to reach it, past everything that may be broken between: as superuser. */
  get connection(): Connection {
    return { host: this.#folder, port: 5432, user: 'tests', database: SERVICE };
  }

  async create(): Promise<void> {
    await this.#run('initdb', '-D', this.#data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
    if (this.#place) appendFileSync(join(this.#data, 'pg_hba.conf'), 'host all all all trust\n');
    await this.start();
    const client = new pg.Client({ ...this.connection, database: 'postgres' });
    await client.connect();
    await client.query(`CREATE ROLE ${SERVICE} LOGIN`);
    await client.query(`CREATE DATABASE ${SERVICE} OWNER ${SERVICE}`);
    await client.end();
  }

  async start(): Promise<void> {
    const settings = { ...SETTINGS, listen_addresses: this.#place?.address ?? "''" };
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
    const told = `-k ${this.#folder} ${options.join(' ')}`;
    await this.#run('pg_ctl', '-D', this.#data, '-l', '/dev/null', '-o', told, '-w', 'start');
  }

  /** Waits until it answers; starts it again, as its supervisor would, if it has ended. */
  async ensureRunning(): Promise<void> {
    await eventually(async () => {
      try {
        await this.rows('SELECT');
      } catch (error) {
        if (!this.#postmaster()) await this.start().catch(() => {});
        throw error;
      }
    });
  }

  /** The rows of a statement of a superuser. */
  async rows(statement: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ ...this.connection, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query(statement)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** Restarts it in an orderly way, which ends all connections. */
  async restart(): Promise<void> {
    await this.#run('pg_ctl', '-D', this.#data, '-m', 'fast', '-w', 'stop');
    await this.start();
  }

  /** kill -9 of the server, which takes all its processes with it. */
  killServer(): void {
    process.kill(this.#postmaster() as number, 'SIGKILL');
  }

  /** kill -9 of one process that serves the service: the server then ends all others, and recovers. */
  async killBackend(): Promise<void> {
    const [backend] = await this.rows(
      `SELECT pid FROM pg_stat_activity WHERE usename = '${SERVICE}' ORDER BY state = 'active' DESC, random() LIMIT 1`,
    );
    if (backend) process.kill(Number(backend.pid), 'SIGKILL');
  }

  /** Stops all its processes, until `thaw`: they take connections, and answer nothing. */
  freeze(): void {
    const postmaster = this.#postmaster() as number;
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' });
    this.#stopped = [postmaster, ...children.trim().split(/\s+/).map(Number)];
    for (const pid of this.#stopped) tell(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.#stopped.splice(0)) tell(pid, 'SIGCONT');
  }

  /** Fills its disk, until `freeDisk`. It writes at the same time, so how much is free is not known. */
  async fillDisk(): Promise<void> {
    await execute('dd', ['if=/dev/zero', `of=${join(this.#folder, 'ballast')}`, 'bs=64k']).catch(() => {});
  }

  async freeDisk(): Promise<void> {
    await rm(join(this.#folder, 'ballast'), { force: true });
  }

  /** Ends the connections of the service and takes all that there are, until `giveConnections`. */
  async takeConnections(): Promise<void> {
    const terminate = () =>
      this.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${SERVICE}'`);
    // Those of a superuser are kept free until the end.
    for (let ended = false; !ended; ) {
      const client = new pg.Client(this.connection);
      client.on('error', () => {});
      ended = await client.connect().then(
        () => false,
        () => true,
      );
      if (ended) break;
      this.#taken.push(client);
      if (this.#taken.length % 10 === 0) await terminate().catch(() => {});
    }
  }

  async giveConnections(): Promise<void> {
    await Promise.all(this.#taken.splice(0).map((client) => client.end()));
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.#run('pg_ctl', '-D', this.#data, '-m', 'immediate', '-w', 'stop').catch(() => {});
    if (this.hasDisk) unmount(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Undefined if it has ended. */
  #postmaster(): number | undefined {
    try {
      const pid = Number(readFileSync(join(this.#data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 0);
      return pid;
    } catch {
      return undefined;
    }
  }

  async #run(program: string, ...args: string[]): Promise<void> {
    const [first = '', ...rest] = [...(this.#place?.within ?? []), ...postgresCommand(program, args, this.#env).flat()];
    await execute(first, rest, { cwd: '/' });
  }
}

/** A process may have ended by itself. */
function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {}
}
