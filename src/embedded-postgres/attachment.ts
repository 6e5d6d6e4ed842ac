import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, shown } from '../domain/errors.ts';
import { attach } from './attach.ts';
import type { EmbeddedContext, Session } from './context.ts';
import { detach } from './detach.ts';
import { exists } from './folder/data-folder.ts';
import { addressOf, isSocket, socketPath } from './server/address.ts';
import { readPostmaster, requestStop, whereabouts } from './server/postmaster.ts';
import { BEAT_INTERVAL_MS, beat } from './sharing/heartbeat.ts';
import type { LeaseConnection } from './sharing/lease.ts';

/** Interval, in milliseconds, at which the socket is checked. */
const SOCKET_CHECK_INTERVAL_MS = 2_000;

/** Backoff between attempts to restore Postgres, in milliseconds: doubled each time, up to the maximum. */
const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 15_000;

/** An attached process. It holds its session and, with `supervise`, restores Postgres when it is lost. */
export class Attachment {
  readonly created: boolean;
  readonly #context: EmbeddedContext;
  readonly #supervise: boolean;
  readonly #releasing = new AbortController();
  readonly #socketCheck: NodeJS.Timeout | undefined;
  readonly #heartbeat: NodeJS.Timeout;
  #session: Session;
  /** Whether the log already says that the folder is no longer at its path. */
  #moveReported = false;
  #recovery: Promise<void> | undefined;
  #released: Promise<void> | undefined;

  constructor(context: EmbeddedContext, session: Session, created: boolean, supervise: boolean) {
    this.#context = context;
    this.#session = session;
    this.created = created;
    this.#supervise = supervise;
    this.#hold(session);
    this.#heartbeat = setInterval(() => {
      if (this.#session.lease.isOpen) void beat(context.folder.cluster);
    }, BEAT_INTERVAL_MS).unref();
    if (supervise)
      this.#socketCheck = setInterval(() => void this.#checkSocket().catch(() => {}), SOCKET_CHECK_INTERVAL_MS).unref();
  }

  get connection(): LeaseConnection {
    return this.#session.connection;
  }

  get dataDir(): string {
    return this.#context.folder.path;
  }

  /** Detaches. It never throws, and a second call waits for the first. */
  readonly release = (): Promise<void> => {
    this.#released ??= this.#detach();
    return this.#released;
  };

  async #detach(): Promise<void> {
    this.#releasing.abort();
    clearInterval(this.#socketCheck);
    clearInterval(this.#heartbeat);
    await this.#recovery;
    await detach(this.#context, this.#session).catch((err) =>
      this.#context.log.warn({ err }, 'Postgres could not be released'),
    );
  }

  #hold(session: Session): void {
    this.#session = session;
    void session.lease.ended.then(() => {
      if (this.#supervise && !this.#releasing.signal.aborted) this.#recovery = this.#recover();
    });
  }

  async #recover(): Promise<void> {
    const { signal } = this.#releasing;
    for (let backoff = FIRST_BACKOFF_MS; !signal.aborted; backoff = Math.min(2 * backoff, MAX_BACKOFF_MS)) {
      try {
        this.#hold(await attach(this.#context, this.#session));
        this.#context.log.warn({ dataDir: this.dataDir }, 'Postgres was lost and is back');
        return;
      } catch (error) {
        const err = explainSystemError(error, this.dataDir);
        this.#context.log.error({ err }, `Postgres is lost and can't be restored; next attempt in ${backoff / 1000} s`);
      }
      await sleep(backoff, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Stops a server whose socket was removed; the loss of the lease then starts another. */
  async #checkSocket(): Promise<void> {
    const { host, port } = this.connection;
    if (!isSocket({ host, port }) || (await exists(socketPath({ host, port })))) return;
    const { folder, account, log } = this.#context;
    if (!this.#moveReported && !(await exists(folder.cluster))) {
      this.#moveReported = true;
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

/**
 * Turns an error of the operating system about a file or a program into a BAD_CONFIGURATION that names the data folder;
 * returns every other error unchanged.
 */
export function explainSystemError(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  return new Failure(
    'BAD_CONFIGURATION',
    `The embedded Postgres can't use the data folder ${shown(dataDir)}: ${error.message}. Fix that, set DATA_DIR to another folder, or set DATABASE_URL.`,
    { cause: error },
  );
}
