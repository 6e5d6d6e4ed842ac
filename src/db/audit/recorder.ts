import pg from 'pg';
import type { AuditEntry, AuditLog } from '../../domain/audit/entry.ts';
import { serviceEntry } from '../../domain/audit/service-entry.ts';
import { Failure } from '../../domain/errors.ts';
import type { AuditSpool } from './spool.ts';
import { expireEntries, writeEntries } from './write-entries.ts';

/** Milliseconds for which entries are gathered into one statement. */
const GATHER_MS = 300;

/** Milliseconds between two attempts while entries can't be written: at first, and at most. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 5_000;

/** Milliseconds for which a request waits for its entry. */
const COMMIT_TIMEOUT_MS = 5_000;

/** Entries in memory at most, and in one statement. */
const MAX_WAITING = 10_000;
const BATCH = 1_000;

/** Milliseconds between two attempts to read a folder of entries that can't be read. */
const READ_AGAIN_MS = 5_000;

/** Milliseconds between two lines of the log about entries that can't be written. */
const LOG_EVERY_MS = 60_000;

/** Milliseconds between two looks for entries that are too old. */
const EXPIRE_EVERY_MS = 3_600_000;

/** SQLSTATEs of a value that the table doesn't take: the fault of an entry, and not of the database. */
const BAD_VALUE = /^2[23]/;

/** Writes a line to the log. */
interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

interface RecorderOptions {
  /** Leads to the primary server. */
  readonly pool: pg.Pool;
  /** Where entries wait while the database is away; null: in memory alone. */
  readonly spool: AuditSpool | null;
  /** Days for which entries are kept. */
  readonly days: number;
  readonly log: Log;
}

/** What is known of the audit log of an instance. */
export interface RecorderState {
  /** Entries that wait in memory. */
  readonly waiting: number;
  /** Bytes that wait on the disk. */
  readonly spooledBytes: number;
  /** Entries that were written, and lost, since the start. */
  readonly written: number;
  readonly lost: number;
}

/** An entry that waits, and who waits for it. */
interface Waiting {
  readonly entry: AuditEntry;
  readonly settle: { resolve(): void; reject(error: Failure): void } | null;
}

/**
 * Writes the audit log of an instance in the background: entries of a third of a second by one statement. While the database is away, they
 * wait in memory or on the disk, as many as have room there; how many had none is an entry of its own.
 */
export class AuditRecorder implements AuditLog {
  readonly #options: RecorderOptions;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When it fires. */
  #dueAt = 0;
  readonly #expiry: NodeJS.Timeout;
  #isClosed = false;
  #written = 0;
  #lost = 0;
  /** Those of them that no entry tells of yet. */
  #untold = 0;
  #retryMs = 0;
  /** When the folder is read again, if it can't be. */
  #readAt = Number.NEGATIVE_INFINITY;
  /** When the log was last told of a trouble. */
  readonly #loggedAt = new Map<string, number>();

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#expiry = setInterval(() => void this.#expire(), EXPIRE_EVERY_MS).unref();
    if (options.spool && options.spool.bytes > 0) this.#plan(GATHER_MS);
  }

  get state(): RecorderState {
    const { spool } = this.#options;
    return {
      waiting: this.#waiting.length,
      spooledBytes: spool?.bytes ?? 0,
      written: this.#written,
      lost: this.#lost,
    };
  }

  note(entry: AuditEntry): void {
    this.#add({ entry, settle: null });
    if (this.#isClosed) void this.#run();
    else this.#plan(this.#retryMs || GATHER_MS);
  }

  async commit(entry: AuditEntry): Promise<void> {
    // While it fails, one attempt a second is made for all.
    if (this.#retryMs > 0) {
      this.#plan(this.#retryMs);
      throw unavailable();
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const waiting: Waiting = { entry, settle: { resolve, reject } };
        timer = setTimeout(() => {
          // What is on its way may be written all the same.
          const at = this.#waiting.indexOf(waiting);
          if (at >= 0) this.#waiting.splice(at, 1);
          reject(unavailable());
        }, COMMIT_TIMEOUT_MS);
        this.#add(waiting);
        // What comes while a statement is on its way goes with the next one.
        void this.#run();
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Writes what waits, or leaves it on the disk. What is noted later is written at once. Does not throw. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#expiry);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#run();
    const left = this.#waiting.length;
    if (left > 0)
      this.#options.log.warn({ entries: left }, 'entries of the audit log could not be written, and are lost');
  }

  #add(waiting: Waiting): void {
    if (this.#waiting.length < MAX_WAITING) {
      this.#waiting.push(waiting);
      return;
    }
    this.#lose(1);
    waiting.settle?.reject(unavailable());
  }

  #lose(entries: number): void {
    this.#lost += entries;
    this.#untold += entries;
  }

  #plan(milliseconds: number): void {
    if (this.#isClosed) return;
    const dueAt = performance.now() + milliseconds;
    if (this.#timer) {
      if (dueAt >= this.#dueAt) return;
      clearTimeout(this.#timer);
    }
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#run();
    }, milliseconds).unref();
  }

  /** Writes all that waits, unless that is being done. Never rejects. */
  async #run(): Promise<void> {
    do {
      this.#running ??= this.#writeAll().finally(() => {
        this.#running = null;
      });
      await this.#running;
    } while (this.#isClosed && this.#hasMore);
    // What came at the end.
    if (this.#hasMore) this.#plan(this.#waiting.some(({ settle }) => settle) ? 0 : GATHER_MS);
    if (this.state.spooledBytes > 0 && this.#retryMs === 0) this.#plan(Math.max(0, this.#readAt - performance.now()));
  }

  get #hasMore(): boolean {
    return this.#waiting.length > 0 && this.#retryMs === 0;
  }

  async #writeAll(): Promise<void> {
    let batch: Waiting[] = [];
    try {
      while (this.#waiting.length > 0 || this.#untold > 0) {
        batch = this.#waiting.splice(0, BATCH);
        const untold = this.#untold;
        await this.#write([...batch.map(({ entry }) => entry), ...(untold > 0 ? [lossOf(untold)] : [])]);
        this.#untold -= untold;
        for (const { settle } of batch) settle?.resolve();
        batch = [];
      }
      // Of what waits on the disk a file in each turn, so that nobody waits for all of it.
      const spooled = await this.#readSpool();
      const entries = spooled?.entries ?? [];
      for (let at = 0; at < entries.length; at += BATCH) await this.#write(entries.slice(at, at + BATCH));
      this.#retryMs = 0;
      if (spooled && spooled.unreadable > 0) this.#lose(spooled.unreadable);
      await spooled?.forget().catch((err) => this.#complain(err, 'the audit log’s folder can’t be written'));
    } catch (err) {
      this.#retryMs = Math.min(MAX_RETRY_MS, Math.max(RETRY_MS, 2 * this.#retryMs));
      await this.#keep([...batch, ...this.#waiting.splice(0)]);
      this.#complain(err);
      this.#plan(this.#retryMs);
    }
  }

  /** Reads a file of the folder; null if there is none, or it can't be read, which is no trouble of the database. */
  async #readSpool() {
    const { spool } = this.#options;
    if (!spool || performance.now() < this.#readAt) return null;
    try {
      return await spool.readOldest();
    } catch (err) {
      this.#readAt = performance.now() + READ_AGAIN_MS;
      this.#complain(err, 'the audit log’s folder can’t be read');
      return null;
    }
  }

  /** Writes entries. One that the table doesn't take is lost, and no other with it. Errors: those of the database. */
  async #write(entries: readonly AuditEntry[]): Promise<void> {
    const { pool, log } = this.#options;
    try {
      await writeEntries(pool, entries);
      this.#written += entries.length;
      if (this.#retryMs > 0) log.info({}, 'the audit log is written again');
      this.#retryMs = 0;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !BAD_VALUE.test(error.code ?? '')) throw error;
      const [only] = entries;
      if (only?.action === 'AUDIT_LOST') throw error;
      if (entries.length > 1) {
        for (const entry of entries) await this.#write([entry]);
      } else if (only) {
        log.warn(
          { err: error, entry: only.id, requestId: only.requestId },
          'an entry of the audit log is not accepted',
        );
        this.#lose(1);
      }
    }
  }

  /** Keeps what could not be written. Whoever waits for an entry hears that it is not written, and it is none then. */
  async #keep(failed: readonly Waiting[]): Promise<void> {
    for (const { settle } of failed) settle?.reject(unavailable());
    const noted = failed.filter(({ settle }) => settle === null);
    const { spool } = this.#options;
    if (!spool) {
      this.#waiting.unshift(...noted);
      return;
    }
    try {
      const full = noted.length === 0 ? 0 : await spool.add(noted.map(({ entry }) => entry));
      if (full > 0) this.#lose(full);
    } catch (err) {
      this.#complain(err, 'the audit log’s folder can’t be written');
      this.#waiting.unshift(...noted);
    }
  }

  #complain(err: unknown, what = 'the audit log can’t be written'): void {
    const now = performance.now();
    if (now - (this.#loggedAt.get(what) ?? Number.NEGATIVE_INFINITY) < LOG_EVERY_MS) return;
    this.#loggedAt.set(what, now);
    this.#options.log.warn({ err, ...this.state }, what);
  }

  async #expire(): Promise<void> {
    const { pool, days, log } = this.#options;
    const began = performance.now();
    try {
      const removed = await expireEntries(pool, days);
      if (removed === null)
        log.warn(
          { days },
          'old entries of the audit log are kept: by the clock of the database, which may be ahead, nothing was written for 40 days',
        );
      else if (removed > 0)
        this.note({
          ...serviceEntry('AUDIT_EXPIRE', 'audit log', { days }),
          rows: removed,
          durationMs: performance.now() - began,
        });
    } catch (err) {
      log.info({ err }, 'old entries of the audit log could not be removed; they will be within an hour');
    }
  }
}

const lossOf = (lost: number): AuditEntry => ({
  ...serviceEntry('AUDIT_LOST', 'audit log'),
  outcome: 'FAILED',
  requests: lost,
});

const unavailable = (): Failure =>
  new Failure(
    'AUDIT_UNAVAILABLE',
    'The audit log can’t be written, and without it nothing is answered here. Try again shortly.',
    { isRoutine: true },
  );
