import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { Failure } from '../../domain/errors.ts';
import { isRecord, textProperty } from '../../domain/types/property.ts';

/** Bytes that may wait on the disk, and bytes from which on a file is not added to. */
const MAX_SPOOL_BYTES = 64 * 1024 * 1024;
const MAX_FILE_BYTES = 1024 * 1024;

const FILE_NAME = /^audit-[\w-]+\.ndjson$/;

/** What a file has. Nothing must be added to the folder until it is written and forgotten. */
interface SpooledEntries {
  readonly entries: readonly AuditEntry[];
  /** How many lines can't be read, as one that a disk that was full has cut off. */
  readonly unreadable: number;
  /** Removes the file. Whatever the outcome, it is not read again by this process. Errors: those of the file system. */
  forget(): Promise<void>;
}

/**
 * Entries that wait on the disk for a database that is away, as lines of JSON in the files of a folder that no other instance uses. They are
 * there after a restart; one that is read twice is written once, because it has its id.
 */
export class AuditSpool {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** The files and their sizes, the oldest first. */
  readonly #files = new Map<string, number>();
  /** The file that entries are added to; null: a new one. One that another process, or a full disk, left may end within a line. */
  #current: string | null = null;

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
    const current = this.#current;
    const isRoomy = current !== null && (this.#files.get(current) ?? 0) < MAX_FILE_BYTES;
    const name = isRoomy ? current : `audit-${Date.now()}-${randomUUID()}.ndjson`;
    const file = await open(join(this.#folder, name), 'a', 0o600);
    let size = this.#files.get(name) ?? 0;
    try {
      size = (await file.stat()).size;
      await file.writeFile(Buffer.concat(fitting));
      await file.sync();
      this.#files.set(name, size + bytes);
      this.#current = name;
    } catch (error) {
      this.#current = null;
      await this.#takeBack(file, name, size);
      throw error;
    } finally {
      await file.close();
    }
    return entries.length - fitting.length;
  }

  /** Removes what a disk that was full has taken, as far as it lets; what is left counts. Never rejects. */
  async #takeBack(file: FileHandle, name: string, size: number): Promise<void> {
    await file.truncate(size).catch(() => {});
    const left = await file.stat().then(
      (stats) => stats.size,
      () => size,
    );
    if (left > 0) this.#files.set(name, left);
    else {
      this.#files.delete(name);
      await rm(join(this.#folder, name), { force: true }).catch(() => {});
    }
  }

  /** Reads the oldest file; null if nothing waits. Errors: those of the file system; the file is the last one then, so that others go on. */
  async readOldest(): Promise<SpooledEntries | null> {
    const [name] = this.#files.keys();
    if (name === undefined) return null;
    const path = join(this.#folder, name);
    const forget = async () => {
      // If it can't be removed, it is written again after a restart, which changes nothing.
      this.#files.delete(name);
      if (this.#current === name) this.#current = null;
      await rm(path, { force: true });
    };
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (textProperty(error, 'code') === 'ENOENT') return null;
      const size = this.#files.get(name) ?? 0;
      this.#files.delete(name);
      this.#files.set(name, size);
      if (this.#current === name) this.#current = null;
      throw error;
    });
    // Somebody removed it. How many entries it had is not known.
    if (text === null) return { entries: [], unreadable: 1, forget };
    const lines = text.split('\n').filter((line) => line !== '');
    const entries = lines.flatMap((line) => readEntry(line) ?? []);
    return { entries, unreadable: lines.length - entries.length, forget };
  }
}

/** Returns an entry that this program wrote; null for a line that was cut off, or is anything else. */
function readEntry(line: string): AuditEntry | null {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : null;
  } catch {
    return null;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);

/** Whether a value can be written as an entry. What the table doesn't take of it is told by the database. */
const isEntry = (value: unknown): value is AuditEntry =>
  isRecord(value) &&
  [value.id, value.action, value.target, value.outcome].every(isText) &&
  [value.requestId, value.address, value.operation, value.code, value.dataVersion].every(isTextOrNull) &&
  typeof value.at === 'number' &&
  !Number.isNaN(new Date(value.at).getTime()) &&
  isRecord(value.actor) &&
  [value.actor.kind, value.actor.name].every(isText) &&
  isTextOrNull(value.actor.issuer) &&
  isRecord(value.attributes) &&
  Array.isArray(value.subjects) &&
  value.subjects.every(isText) &&
  typeof value.durationMs === 'number';
