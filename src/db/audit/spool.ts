import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { Failure } from '../../domain/errors.ts';
import { isRecord } from '../../domain/types/property.ts';

/** Bytes that may wait on the disk, and bytes from which on a file is not added to. */
const MAX_SPOOL_BYTES = 64 * 1024 * 1024;
const MAX_FILE_BYTES = 1024 * 1024;

/** Entries of one statement. */
const BATCH = 1_000;

const FILE_NAME = /^audit-[\w-]+\.ndjson$/;

/**
 * Entries that wait on the disk for a database that is away, as lines of JSON in the files of a folder that no other instance uses. They are
 * there after a restart; one that is read twice is written once, because it has its id.
 */
export class AuditSpool {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** The files and their sizes, the oldest first. */
  readonly #files = new Map<string, number>();

  private constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** Opens a folder, and makes it if there is none. Errors: BAD_CONFIGURATION if it can't be written. */
  static async open(folder: string, maxBytes = MAX_SPOOL_BYTES): Promise<AuditSpool> {
    const spool = new AuditSpool(folder, maxBytes);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const probe = join(folder, `probe-${randomUUID()}`);
      await (await open(probe, 'wx', 0o600)).close();
      await rm(probe);
      const found = (await readdir(folder)).filter((name) => FILE_NAME.test(name)).sort();
      for (const name of found) spool.#files.set(name, (await stat(join(folder, name))).size);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? error.code : error;
      throw new Failure(
        'BAD_CONFIGURATION',
        `AUDIT_SPOOL: the folder ${folder} can’t be written (${reason}); name one that the service may write to.`,
        { cause: error },
      );
    }
    return spool;
  }

  /** Bytes that wait. */
  get bytes(): number {
    let sum = 0;
    for (const size of this.#files.values()) sum += size;
    return sum;
  }

  /** Adds entries, which are on the disk then. Returns how many found no room. Errors: those of the file system. */
  async add(entries: readonly AuditEntry[]): Promise<number> {
    const lines = entries.map((entry) => Buffer.from(`${JSON.stringify(entry)}\n`));
    const before = this.bytes;
    let bytes = 0;
    const fitting = lines.filter((line) => {
      if (before + bytes + line.length > this.#maxBytes) return false;
      bytes += line.length;
      return true;
    });
    if (fitting.length === 0) return entries.length;
    const last = [...this.#files].at(-1);
    const name = last && last[1] < MAX_FILE_BYTES ? last[0] : `audit-${Date.now()}-${randomUUID()}.ndjson`;
    const file = await open(join(this.#folder, name), 'a', 0o600);
    try {
      await file.writeFile(Buffer.concat(fitting));
      await file.sync();
    } finally {
      await file.close();
    }
    this.#files.set(name, (this.#files.get(name) ?? 0) + bytes);
    return entries.length - fitting.length;
  }

  /**
   * Lets `write` write all that waits, the oldest first, and forgets what is written. Entries must not be added meanwhile. Returns how many lines
   * can't be read, as the last one of a disk that was full. Errors: those of `write` and the file system; what is not written stays.
   */
  async drain(write: (entries: readonly AuditEntry[]) => Promise<void>): Promise<number> {
    let unreadable = 0;
    for (const name of [...this.#files.keys()]) {
      const path = join(this.#folder, name);
      const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
      const entries = lines.flatMap((line) => readEntry(line) ?? []);
      unreadable += lines.length - entries.length;
      for (let at = 0; at < entries.length; at += BATCH) await write(entries.slice(at, at + BATCH));
      await rm(path, { force: true });
      this.#files.delete(name);
    }
    return unreadable;
  }
}

/** Returns an entry that this program wrote; null for a line that was cut off. */
function readEntry(line: string): AuditEntry | null {
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) && typeof entry.id === 'string' ? (entry as unknown as AuditEntry) : null;
  } catch {
    return null;
  }
}
