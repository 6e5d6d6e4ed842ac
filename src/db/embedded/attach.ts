import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, shown } from '../../domain/errors.ts';
import { addressOf, isSocket, prepareAddress, requirePrivate, serverUid, socketPath } from './address.ts';
import { type Binaries, installBinaries, removeOtherBinaries } from './binaries.ts';
import { DATABASE, USER } from './cluster.ts';
import { exists } from './data-folder.ts';
import { type Connection, Lease } from './lease.ts';
import { readPassword } from './password.ts';
import { isAlive, type Postmaster, readPostmaster, removeStale, requestStop } from './postmaster.ts';
import { type Launched, lastLines, launch } from './server.ts';
import type { Session, Site } from './site.ts';

/** Milliseconds for a server to answer. */
const PATIENCE = 60_000;

/** The same in all for one that lives and is starting: after a crash it first replays up to max_wal_size. */
const RECOVERY_PATIENCE = 600_000;

/** After this many milliseconds of starting the person who waits is told why. */
const TELL_AFTER = 3_000;

/** Starts that may fail in a row: a port may be taken or a temporary folder removed in the wrong moment. */
const STARTS = 3;

/**
 * Attaches to the server that runs on the cluster, and starts one where none does. Any number of processes may do so
 * at once: Postgres's own lock lets one server live, and each process goes round until it finds one that answers.
 * After a loss `former` is the lost session; programs and address stay the same where they can.
 */
export async function attach(site: Site, former?: Session): Promise<Session> {
  const kept = former && (await exists(former.binaries.folder)) ? former.binaries : undefined;
  const attempt = new Attempt(site, kept ?? (await installBinaries(site.folder)), former?.connection);
  for (;;) {
    const session = await attempt.step();
    if (session) return session;
    await sleep(20);
  }
}

class Attempt {
  readonly #site: Site;
  readonly #binaries: Binaries;
  readonly #former: Connection | undefined;
  readonly #begin = Date.now();
  #deadline = this.#begin + PATIENCE;
  #launched: Launched | undefined;
  #failedStarts = 0;
  #told = false;
  #stopRequested = false;
  /** Why the server didn't take us the last time. */
  #refusal = '';

  constructor(site: Site, binaries: Binaries, former: Connection | undefined) {
    this.#site = site;
    this.#binaries = binaries;
    this.#former = former;
  }

  /** One look at the cluster and what follows from it; undefined where there must be another. */
  async step(): Promise<Session | undefined> {
    const running = await this.#findRunning();
    if (!running) await this.#start();
    else if (running.status === 'ready') {
      const session = await this.#enter(running);
      if (session) return session;
    } else if (running.status !== 'stopping') this.#bePatient();
    if (Date.now() > this.#deadline) {
      await this.#giveUp(`doesn't answer (${this.#refusal || running?.status || 'not started'})`);
    }
    return undefined;
  }

  async #findRunning(): Promise<Postmaster | undefined> {
    const { cluster } = this.#site.folder;
    const found = await readPostmaster(cluster);
    if (!found || (await isAlive(found, cluster))) return found;
    // A container that shares the folder has process numbers of its own; its socket is the same.
    if (found.status === 'ready' && isSocket(addressOf(found)) && (await answers(socketPath(addressOf(found)))))
      return found;
    await removeStale(found);
    return undefined;
  }

  async #start(): Promise<void> {
    const { folder, account, transport } = this.#site;
    const end = this.#launched?.ended();
    if (end !== undefined) {
      // While a session of a killed server still ends, its successor must wait.
      const waits = (await lastLines(folder)).includes('shared memory block');
      if (!waits && ++this.#failedStarts === STARTS) await this.#giveUp(`can't start (${end})`);
      this.#launched = undefined;
      await sleep(200);
    }
    this.#launched ??= await launch(
      folder,
      this.#binaries,
      account,
      await prepareAddress(folder, account, transport, this.#former),
    );
  }

  async #enter(running: Postmaster): Promise<Session | undefined> {
    const { folder, account } = this.#site;
    const address = addressOf(running);
    const login = { ...address, user: USER, database: DATABASE };
    try {
      if (isSocket(address)) await requirePrivate(address.host, serverUid(account));
      const connection = isSocket(address) ? login : { ...login, password: await readPassword(folder.password) };
      const lease = await Lease.take(connection);
      // The lock also comes free in the moment in which the last process stops the server.
      const now = await readPostmaster(folder.cluster);
      if (now?.pid === running.pid && now.status === 'ready') {
        await this.#tidy(running);
        return { connection, lease, binaries: this.#binaries };
      }
      await lease.close();
    } catch (error) {
      if (error instanceof Failure) throw error;
      this.#refusal = (error as Error).message;
      if (isSocket(address) && (error as NodeJS.ErrnoException).code === 'ENOENT') await this.#replaceDeaf(running);
    }
    return undefined;
  }

  /** Somebody has removed the socket (it may stand in a temporary folder): nobody reaches this server any more. */
  async #replaceDeaf(running: Postmaster): Promise<void> {
    if (this.#stopRequested || !(await isAlive(running, this.#site.folder.cluster))) return;
    this.#stopRequested = true;
    this.#site.log.warn({ pid: running.pid }, 'The socket of Postgres is gone; restarting it');
    await requestStop(running, this.#binaries);
  }

  async #tidy({ pid }: Postmaster): Promise<void> {
    if (this.#launched === undefined || this.#launched.ended() !== undefined) return;
    const { folder, account, log } = this.#site;
    await removeOtherBinaries(folder, this.#binaries).catch((err) =>
      log.warn({ err }, 'Old programs could not be removed'),
    );
    log.info({ dataDir: folder.path, version: this.#binaries.version, user: account?.name, pid }, 'Postgres started');
  }

  #bePatient(): void {
    this.#deadline = Math.min(Date.now() + PATIENCE, this.#begin + RECOVERY_PATIENCE);
    if (this.#told || Date.now() - this.#begin < TELL_AFTER) return;
    this.#told = true;
    this.#site.log.info({ dataDir: this.#site.folder.path }, 'Postgres is starting; after a crash it recovers first');
  }

  async #giveUp(what: string): Promise<never> {
    const { folder } = this.#site;
    const log = await lastLines(folder);
    throw new Failure(
      'DATABASE_UNAVAILABLE',
      `Postgres on the data in ${shown(folder.path)} ${what}.${log && ` Its log ${shown(folder.log)} ends with:\n${log}`}`,
    );
  }
}

/** Whether somebody listens on a socket. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
