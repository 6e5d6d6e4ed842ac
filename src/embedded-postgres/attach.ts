import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, shown } from '../domain/errors.ts';
import type { EmbeddedContext, Session } from './context.ts';
import { requireOwnFiles } from './folder/cluster.ts';
import { exists } from './folder/data-folder.ts';
import { removeStale } from './folder/lock-file.ts';
import { ownPidNamespace, recordedPidNamespace, sameKernel } from './folder/pid-namespace.ts';
import { isStarting, StartLock } from './folder/start-lock.ts';
import {
  addressOf,
  hasListener,
  isSocket,
  MAX_SOCKET_PATH_BYTES,
  prepareAddress,
  socketPath,
} from './server/address.ts';
import { type Binaries, installBinaries, removeOtherBinaries } from './server/binaries.ts';
import { type Postmaster, readPostmaster, requestStop } from './server/postmaster.ts';
import { type LaunchedServer, lastLines, launch } from './server/server.ts';
import { isBeating } from './sharing/heartbeat.ts';
import { addressesOf, type EntryRefusal, enter } from './sharing/join-server.ts';
import type { LeaseConnection } from './sharing/lease.ts';
import { locateServer } from './sharing/locate-server.ts';

/** Milliseconds within which a server must answer. */
const ATTACH_TIMEOUT_MS = 60_000;

/** Milliseconds for a server that is alive but still starting: after a crash it first replays up to max_wal_size. */
const RECOVERY_TIMEOUT_MS = 600_000;

/** Milliseconds of starting after which the log says why it takes long. */
const REPORT_AFTER_MS = 3_000;

/** Consecutive starts that may fail: a port may be taken or a temporary folder removed at the wrong moment. */
const MAX_FAILED_STARTS = 3;

/**
 * Attaches to the server that runs on the cluster, and starts one if none does. Any number of processes may do this at
 * once: Postgres's own lock lets only one server live, and each process tries again until a server answers. After a
 * loss, `former` is the lost session; its programs and address are reused if possible. `onWaiting` is called when nothing
 * is left but to wait for a server.
 *
 * The cluster's lock file is trusted only as far as it can be verified: in a copied folder it names the server of the
 * original.
 *
 * Errors: BAD_CONFIGURATION, DATABASE_UNAVAILABLE; those of the file system.
 */
export async function attach(
  context: EmbeddedContext,
  former?: Session,
  onWaiting: () => void = () => {},
): Promise<Session> {
  const reusable = former && (await exists(former.binaries.folder)) ? former.binaries : undefined;
  const attempt = new Attempt(context, reusable ?? (await installBinaries(context.folder)), former?.connection);
  try {
    for (;;) {
      const session = await attempt.step();
      if (session) return session;
      if (attempt.isWaiting) onWaiting();
      await sleep(20);
    }
  } finally {
    await attempt.end();
  }
}

class Attempt {
  readonly #context: EmbeddedContext;
  readonly #binaries: Binaries;
  readonly #former: LeaseConnection | undefined;
  readonly #startedAt = performance.now();
  #deadline = this.#startedAt + ATTACH_TIMEOUT_MS;
  #startLock: StartLock | undefined;
  #launched: LaunchedServer | undefined;
  #failedStarts = 0;
  #reported = false;
  #stopRequested = false;
  #found = false;
  /** Why the last attempt to enter the server failed. */
  #refusal = '';

  constructor(context: EmbeddedContext, binaries: Binaries, former: LeaseConnection | undefined) {
    this.#context = context;
    this.#binaries = binaries;
    this.#former = former;
  }

  /** Whether this process has launched a server, or has found one that is still starting or stopping. */
  get isWaiting(): boolean {
    return this.#launched !== undefined || this.#found;
  }

  /** Inspects the cluster once and acts on what it finds. Returns undefined if another step is needed. */
  async step(): Promise<Session | undefined> {
    const running = await readPostmaster(this.#context.folder.cluster);
    this.#found = running !== undefined;
    const session = running ? await this.#approach(running) : await this.#start();
    if (session) return session;
    if (performance.now() > this.#deadline) {
      await this.#giveUp(`doesn't answer (${this.#refusal || running?.status || 'not started'})`);
    }
    return undefined;
  }

  async end(): Promise<void> {
    await this.#startLock?.release();
  }

  async #approach(running: Postmaster): Promise<Session | undefined> {
    const where = await locateServer(running, this.#context);
    if (where === 'gone') return await this.#discard(running);
    if (running.status === 'ready') {
      const outcome = await this.#enter(running);
      if (outcome === undefined || 'lease' in outcome) return outcome;
      this.#refusal = outcome.reason;
      if (where === 'here') {
        if (outcome.why === 'missing' || outcome.why === 'foreign') await this.#stopUnreachable(running);
      } else if (where === 'unknown') {
        // The process named in the lock file serves the folder that answered.
        if (outcome.why === 'foreign') await this.#discard(running);
      } else if (outcome.why !== 'busy') await this.#replaceRemote(running);
    } else if (where === 'elsewhere' && !(await this.#hasListeningSocket(running))) await this.#replaceRemote(running);
    else if (running.status !== 'stopping') this.#extendDeadline();
    return undefined;
  }

  /** Returns a session, or why there is none, or undefined if the server was replaced in the meantime. */
  async #enter(running: Postmaster): Promise<Session | EntryRefusal | undefined> {
    const outcome = await enter(running, this.#context);
    if ('why' in outcome) return outcome;
    // The lock is also released at the moment when the last process stops the server.
    const now = await readPostmaster(this.#context.folder.cluster);
    if (now?.pid === running.pid && now.status === 'ready') {
      await this.#afterStart(running);
      return { ...outcome, binaries: this.#binaries };
    }
    await outcome.lease.close();
    return undefined;
  }

  async #hasListeningSocket(running: Postmaster): Promise<boolean> {
    for (const address of addressesOf(running, this.#context))
      if (isSocket(address) && (await hasListener(socketPath(address)))) return true;
    return false;
  }

  /** Removes the lock file of a server that has ended, or that belongs to the folder of which this one is a copy. */
  async #discard(stale: Postmaster): Promise<undefined> {
    const { folder, log } = this.#context;
    if (stale.dataDir !== folder.cluster)
      log.warn(
        { dataDir: folder.path, formerly: stale.dataDir },
        'The data folder was copied or moved while its Postgres was running. It gets a server of its own, which starts as after a crash. A copy made while data were being written may be damaged: check it with npm run verify',
      );
    await removeStale(stale);
  }

  /** Replaces a server that can't be reached from here, unless it is running in another container. */
  async #replaceRemote(running: Postmaster): Promise<void> {
    const { folder } = this.#context;
    // It may be recovering for a long time, during which no process is attached to it.
    if (!this.#startLock && (await isStarting(folder))) return this.#extendDeadline();
    if (!(await this.#hasEnded(running)) && (await isBeating(running))) {
      throw new Failure(
        'DATABASE_UNAVAILABLE',
        `Postgres on the data in ${shown(folder.path)} is in use from another container or machine, where it listens at ${shown(addressOf(running).host)}, which can't be reached from here. Run this command there; or mount the folder in both at a path of at most ${MAX_SOCKET_PATH_BYTES - '/socket/.s.PGSQL.5432'.length} bytes on a file system that supports Unix sockets, so that the folder holds the socket, and restart what runs there.`,
      );
    }
    await this.#discard(running);
  }

  /** Returns whether a server that listened in this very folder, on this kernel, has left its socket behind. */
  async #hasEnded({ dataDir, socketFolder, port }: Postmaster): Promise<boolean> {
    const { folder } = this.#context;
    const own = socketPath({ host: folder.socket, port });
    return (
      socketFolder === join(dirname(dataDir), 'socket') &&
      sameKernel(await ownPidNamespace(), await recordedPidNamespace(folder.cluster)) &&
      Buffer.byteLength(own) <= MAX_SOCKET_PATH_BYTES &&
      (await exists(own)) &&
      !(await hasListener(own))
    );
  }

  async #start(): Promise<undefined> {
    const { folder, account, transport } = this.#context;
    const exitReason = this.#launched?.ended();
    if (exitReason !== undefined) {
      // A killed server's successor must wait until the last session of that server has ended.
      const waits = (await lastLines(folder)).includes('shared memory block');
      if (!waits && ++this.#failedStarts === MAX_FAILED_STARTS) await this.#giveUp(`can't start (${exitReason})`);
      this.#launched = undefined;
      await sleep(200);
    }
    if (this.#launched) return;
    if (!this.#startLock) {
      this.#startLock = await StartLock.acquire(folder);
      // Another process may have started a server in the meantime: check again.
      return;
    }
    requireOwnFiles(folder);
    const address = await prepareAddress(folder, account, transport, this.#former);
    if (address) this.#launched = await launch(folder, this.#binaries, account, address);
    else this.#refusal = 'another server listens on its socket';
  }

  /**
   * Stops a server that no client can reach any more: its socket was removed (it may be in a temporary folder) or
   * replaced.
   */
  async #stopUnreachable(running: Postmaster): Promise<void> {
    if (this.#stopRequested) return;
    this.#stopRequested = true;
    this.#context.log.warn({ pid: running.pid }, 'The socket of Postgres is gone; restarting it');
    await requestStop(running, this.#binaries);
  }

  async #afterStart({ pid }: Postmaster): Promise<void> {
    if (this.#launched === undefined || this.#launched.ended() !== undefined) return;
    const { folder, account, log } = this.#context;
    await removeOtherBinaries(folder, this.#binaries).catch((err) =>
      log.warn({ err }, 'Old Postgres binaries could not be removed'),
    );
    log.info({ dataDir: folder.path, version: this.#binaries.version, user: account?.name, pid }, 'Postgres started');
  }

  #extendDeadline(): void {
    this.#deadline = Math.min(performance.now() + ATTACH_TIMEOUT_MS, this.#startedAt + RECOVERY_TIMEOUT_MS);
    if (this.#reported || performance.now() - this.#startedAt < REPORT_AFTER_MS) return;
    this.#reported = true;
    this.#context.log.info(
      { dataDir: this.#context.folder.path },
      'Postgres is starting; after a crash it recovers first',
    );
  }

  async #giveUp(problem: string): Promise<never> {
    const { folder } = this.#context;
    const log = await lastLines(folder);
    throw new Failure(
      'DATABASE_UNAVAILABLE',
      `Postgres on the data in ${shown(folder.path)} ${problem}.${log && ` Its log ${shown(folder.log)} ends with:\n${log}`}`,
    );
  }
}
