import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, shown } from '../domain/errors.ts';
import { attach } from './attach.ts';
import { detach } from './detach.ts';
import { exists } from './folder/data-folder.ts';
import { addressOf, isSocket, socketPath } from './server/address.ts';
import { readPostmaster, requestStop, whereabouts } from './server/postmaster.ts';
import { BEAT_EVERY_MS, beat } from './sharing/heartbeat.ts';
import type { LeaseConnection } from './sharing/lease.ts';
import type { EmbeddedSite, Session } from './site.ts';

/** Milliseconds between two looks at whether the socket is still there. */
const WATCH_EVERY_MS = 2_000;

/** Milliseconds to wait after a vain try to bring Postgres back; doubled each time, up to the longest. */
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 15_000;

/** An attached process: it holds its session, and brings Postgres back where it is lost and `supervise` says so. */
export class Attachment {
  readonly created: boolean;
  readonly #site: EmbeddedSite;
  readonly #supervise: boolean;
  readonly #leaving = new AbortController();
  readonly #watch: NodeJS.Timeout | undefined;
  readonly #heart: NodeJS.Timeout;
  #session: Session;
  /** Whether the log was told that the folder is no longer at its path. */
  #toldOfMove = false;
  #recovery: Promise<void> | undefined;
  #released: Promise<void> | undefined;

  constructor(site: EmbeddedSite, session: Session, created: boolean, supervise: boolean) {
    this.#site = site;
    this.#session = session;
    this.created = created;
    this.#supervise = supervise;
    this.#hold(session);
    this.#heart = setInterval(() => {
      if (this.#session.lease.isOpen) void beat(site.folder.cluster);
    }, BEAT_EVERY_MS).unref();
    if (supervise) this.#watch = setInterval(() => void this.#checkSocket().catch(() => {}), WATCH_EVERY_MS).unref();
  }

  get connection(): LeaseConnection {
    return this.#session.connection;
  }

  get dataDir(): string {
    return this.#site.folder.path;
  }

  /** Doesn't throw. */
  readonly release = (): Promise<void> => {
    this.#released ??= this.#letGo();
    return this.#released;
  };

  async #letGo(): Promise<void> {
    this.#leaving.abort();
    clearInterval(this.#watch);
    clearInterval(this.#heart);
    await this.#recovery;
    await detach(this.#site, this.#session).catch((err) => this.#site.log.warn({ err }, 'Postgres was not let go of'));
  }

  #hold(session: Session): void {
    this.#session = session;
    void session.lease.ended.then(() => {
      if (this.#supervise && !this.#leaving.signal.aborted) this.#recovery = this.#recover();
    });
  }

  async #recover(): Promise<void> {
    const { signal } = this.#leaving;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
      try {
        this.#hold(await attach(this.#site, this.#session));
        this.#site.log.warn({ dataDir: this.dataDir }, 'Postgres was lost and is back');
        return;
      } catch (error) {
        const err = explainedLoss(error, this.dataDir);
        this.#site.log.error({ err }, `Postgres is lost and can't be brought back; next try in ${pause / 1000} s`);
      }
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** A server whose socket somebody has removed is told to stop; the loss of the lease then brings back another. */
  async #checkSocket(): Promise<void> {
    const { host, port } = this.connection;
    if (!isSocket({ host, port }) || (await exists(socketPath({ host, port })))) return;
    const { folder, account, log } = this.#site;
    if (!this.#toldOfMove && !(await exists(folder.cluster))) {
      this.#toldOfMove = true;
      log.error(
        { dataDir: folder.path },
        'The data folder was moved or removed: its Postgres can’t be reached any more',
      );
    }
    const running = await readPostmaster(folder.cluster);
    if (running?.status !== 'ready' || addressOf(running).host !== host) return;
    if ((await whereabouts(running, folder.cluster, account)) !== 'here') return;
    log.warn({ pid: running.pid }, 'The socket of Postgres is gone; restarting it');
    await requestStop(running, this.#session.binaries);
  }
}

/** What the system says of a file or a program, for a person; everything else as it is. */
export function explainedLoss(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  return new Failure(
    'BAD_CONFIGURATION',
    `The embedded Postgres can't use the data folder ${shown(dataDir)}: ${error.message}. Mend that, set DATA_DIR to another folder, or set DATABASE_URL.`,
    { cause: error },
  );
}
