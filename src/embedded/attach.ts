import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, shown } from '../domain/errors.ts';
import { requireOwnFiles } from './folder/cluster.ts';
import { exists } from './folder/data-folder.ts';
import { ownHome, sameKernel, statedHome } from './folder/home.ts';
import { removeStale } from './folder/lock-file.ts';
import { isStarting, StartLock } from './folder/start-lock.ts';
import { addressOf, isHeard, isSocket, MAX_SOCKET_PATH_BYTES, prepareAddress, socketPath } from './server/address.ts';
import { type Binaries, installBinaries, removeOtherBinaries } from './server/binaries.ts';
import { type Postmaster, readPostmaster, requestStop } from './server/postmaster.ts';
import { type Launched, lastLines, launch } from './server/server.ts';
import { isBeating } from './sharing/heartbeat.ts';
import { addressesOf, type EntryRefusal, enter } from './sharing/join-server.ts';
import type { LeaseConnection } from './sharing/lease.ts';
import { locateServer } from './sharing/locate-server.ts';
import type { EmbeddedSite, Session } from './site.ts';

/** Milliseconds for a server to answer. */
const ANSWER_TIMEOUT_MS = 60_000;

/** The same in all for one that lives and is starting: after a crash it first replays up to max_wal_size. */
const RECOVERY_TIMEOUT_MS = 600_000;

/** After this many milliseconds of starting the person who waits is told why. */
const TELL_AFTER_MS = 3_000;

/** Starts that may fail in a row: a port may be taken or a temporary folder removed in the wrong moment. */
const STARTS = 3;

/**
 * Attaches to the server that runs on the cluster, and starts one where none does. Any number of processes may do so
 * at once: Postgres's own lock lets one server live, and each process goes round until it finds one that answers.
 * After a loss `former` is the lost session; programs and address stay the same where they can.
 *
 * What the cluster's lock file says is believed only as far as it is proved: in a copied folder it names the server of the original.
 */
export async function attach(site: EmbeddedSite, former?: Session): Promise<Session> {
  const kept = former && (await exists(former.binaries.folder)) ? former.binaries : undefined;
  const attempt = new Attempt(site, kept ?? (await installBinaries(site.folder)), former?.connection);
  try {
    for (;;) {
      const session = await attempt.step();
      if (session) return session;
      await sleep(20);
    }
  } finally {
    await attempt.end();
  }
}

class Attempt {
  readonly #site: EmbeddedSite;
  readonly #binaries: Binaries;
  readonly #former: LeaseConnection | undefined;
  readonly #begin = Date.now();
  #deadline = this.#begin + ANSWER_TIMEOUT_MS;
  #startLock: StartLock | undefined;
  #launched: Launched | undefined;
  #failedStarts = 0;
  #told = false;
  #stopRequested = false;
  /** Why the server didn't take us the last time. */
  #refusal = '';

  constructor(site: EmbeddedSite, binaries: Binaries, former: LeaseConnection | undefined) {
    this.#site = site;
    this.#binaries = binaries;
    this.#former = former;
  }

  /** One look at the cluster and what follows from it; undefined where there must be another. */
  async step(): Promise<Session | undefined> {
    const running = await readPostmaster(this.#site.folder.cluster);
    const session = running ? await this.#approach(running) : await this.#start();
    if (session) return session;
    if (Date.now() > this.#deadline) {
      await this.#giveUp(`doesn't answer (${this.#refusal || running?.status || 'not started'})`);
    }
    return undefined;
  }

  async end(): Promise<void> {
    await this.#startLock?.release();
  }

  async #approach(running: Postmaster): Promise<Session | undefined> {
    const where = await locateServer(running, this.#site);
    if (where === 'gone') return await this.#discard(running);
    if (running.status === 'ready') {
      const outcome = await this.#enter(running);
      if (outcome === undefined || 'lease' in outcome) return outcome;
      this.#refusal = outcome.reason;
      if (where === 'here') {
        if (outcome.why === 'missing' || outcome.why === 'foreign') await this.#replaceDeaf(running);
      } else if (where === 'unknown') {
        // The process that the file names is that of the folder that answered.
        if (outcome.why === 'foreign') await this.#discard(running);
      } else if (outcome.why !== 'busy') await this.#replaceDistant(running);
    } else if (where === 'elsewhere' && !(await this.#listens(running))) await this.#replaceDistant(running);
    else if (running.status !== 'stopping') this.#bePatient();
    return undefined;
  }

  /** A session, why there is none, or undefined where the server was exchanged in that moment. */
  async #enter(running: Postmaster): Promise<Session | EntryRefusal | undefined> {
    const outcome = await enter(running, this.#site);
    if ('why' in outcome) return outcome;
    // The lock also comes free in the moment in which the last process stops the server.
    const now = await readPostmaster(this.#site.folder.cluster);
    if (now?.pid === running.pid && now.status === 'ready') {
      await this.#tidy(running);
      return { ...outcome, binaries: this.#binaries };
    }
    await outcome.lease.close();
    return undefined;
  }

  async #listens(running: Postmaster): Promise<boolean> {
    for (const address of addressesOf(running, this.#site))
      if (isSocket(address) && (await isHeard(socketPath(address)))) return true;
    return false;
  }

  /** Drops what a server has left that is no more, or that belongs to the folder of which this one is a copy. */
  async #discard(stale: Postmaster): Promise<undefined> {
    const { folder, log } = this.#site;
    if (stale.dataDir !== folder.cluster)
      log.warn(
        { dataDir: folder.path, formerly: stale.dataDir },
        'The data folder was copied or moved while its Postgres ran, and gets one of its own, which begins as after a crash. A copy made while data were written may be damaged: npm run verify compares them',
      );
    await removeStale(stale);
  }

  /** What nobody can be reached of, and what runs in another container all the same. */
  async #replaceDistant(running: Postmaster): Promise<void> {
    const { folder } = this.#site;
    // It may have a long way to recover, in which nobody is attached to it.
    if (!this.#startLock && (await isStarting(folder))) return this.#bePatient();
    if (!(await this.#hasEnded(running)) && (await isBeating(running))) {
      throw new Failure(
        'DATABASE_UNAVAILABLE',
        `Postgres on the data in ${shown(folder.path)} is in use from another container or machine, where it listens at ${shown(addressOf(running).host)}, which can't be reached from here. Run this there; or give the folder in both a path of at most ${MAX_SOCKET_PATH_BYTES - '/socket/.s.PGSQL.5432'.length} bytes on a file system that knows Unix sockets, so that its socket stands in it, and stop and start what runs there.`,
      );
    }
    await this.#discard(running);
  }

  /** Whether a server that listened in this very folder on this kernel has left its socket behind. */
  async #hasEnded({ dataDir, socketFolder, port }: Postmaster): Promise<boolean> {
    const { folder } = this.#site;
    const own = socketPath({ host: folder.socket, port });
    return (
      socketFolder === join(dirname(dataDir), 'socket') &&
      sameKernel(await ownHome(), await statedHome(folder.cluster)) &&
      Buffer.byteLength(own) <= MAX_SOCKET_PATH_BYTES &&
      (await exists(own)) &&
      !(await isHeard(own))
    );
  }

  async #start(): Promise<undefined> {
    const { folder, account, transport } = this.#site;
    const end = this.#launched?.ended();
    if (end !== undefined) {
      // While a session of a killed server still ends, its successor must wait.
      const waits = (await lastLines(folder)).includes('shared memory block');
      if (!waits && ++this.#failedStarts === STARTS) await this.#giveUp(`can't start (${end})`);
      this.#launched = undefined;
      await sleep(200);
    }
    if (this.#launched) return;
    if (!this.#startLock) {
      this.#startLock = await StartLock.take(folder);
      // Another process may have started a server since this one looked: it looks again.
      return;
    }
    await requireOwnFiles(folder);
    const address = await prepareAddress(folder, account, transport, this.#former);
    if (address) this.#launched = await launch(folder, this.#binaries, account, address);
    else this.#refusal = 'another server listens on its socket';
  }

  /** Somebody has removed the socket (it may stand in a temporary folder), or another has its place: nobody reaches this server any more. */
  async #replaceDeaf(running: Postmaster): Promise<void> {
    if (this.#stopRequested) return;
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
    this.#deadline = Math.min(Date.now() + ANSWER_TIMEOUT_MS, this.#begin + RECOVERY_TIMEOUT_MS);
    if (this.#told || Date.now() - this.#begin < TELL_AFTER_MS) return;
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
