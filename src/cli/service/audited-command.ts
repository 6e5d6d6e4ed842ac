import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { Config } from '../../config.ts';
import { writeEntries } from '../../db/audit/write-entries.ts';
import { openDatabase } from '../../db/connection/open.ts';
import { withTimeout } from '../../db/connection/with-timeout.ts';
import { Asked } from '../../domain/audit/asked.ts';
import type { AuditAction, AuditEntry, AuditOutcome } from '../../domain/audit/entry.ts';
import { Failure } from '../../domain/errors.ts';
import { textProperty } from '../../domain/types/property.ts';
import type { ServiceLog } from '../../log.ts';
import { configuredServers, type OpenDatabase, type OpenOptions, openConfigured, poolOptions } from './database.ts';

/** Milliseconds for which a command waits for its entry. */
const WRITE_TIMEOUT_MS = 5_000;

/** What a command does, for the audit log. */
interface CommandAction {
  readonly action: AuditAction;
  /** The name of the command, and of what it was asked to do. */
  readonly command: string;
  /** Whether personal fields are in what it reads or writes. */
  readonly personal: boolean;
  /** Aborted if it is interrupted. */
  readonly signal: AbortSignal;
}

/** An open database, whose command is audited. */
interface AuditedDatabase extends OpenDatabase {
  /** Takes what the command was asked for. */
  readonly asked: Asked;
  /** Takes what counts the rows that the command has read so far, for its entry if it doesn't come to its end. */
  count(rows: () => number): void;
  /** Says that the command has done what it was to do. `rows`: how many it read or changed. Otherwise it was interrupted, or failed. */
  succeeded(rows: number | null): void;
  /** Says that whoever reads its output has left. */
  cut(): void;
  /** Writes the entry, and closes. */
  close(): Promise<void>;
}

/**
 * Opens the configured database as `openConfigured` does, for a command that the audit log tells of when it is closed: by whom it was run, the
 * user of the operating system, and on which host. Errors: those of `openConfigured`; AUDIT_UNAVAILABLE if entries are required and can't be
 * written.
 */
export async function openAudited(
  config: Config,
  log: ServiceLog,
  { action, command, personal, signal }: CommandAction,
  options: OpenOptions = {},
): Promise<AuditedDatabase> {
  const db = await openConfigured(config, log, options);
  const { policy } = config.audit;
  const began = performance.now();
  const asked = new Asked();
  let ending: 'SUCCESS' | 'CUT' | null = null;
  let rows: () => number | null = () => null;
  const entryOf = (outcome: AuditOutcome): AuditEntry => ({
    id: randomUUID(),
    at: Date.now(),
    requestId: null,
    actor: { kind: 'COMMAND', name: userName(), issuer: null },
    address: hostname(),
    action,
    target: `npm run ${command}`,
    operation: null,
    attributes: asked.attributes,
    subjects: asked.subjects,
    rows: rows(),
    personal,
    status: null,
    outcome,
    code: null,
    dataVersion: null,
    durationMs: performance.now() - began,
    requests: 1,
  });
  const close = async () => {
    const outcome = ending ?? (signal.aborted ? 'CUT' : 'FAILED');
    if (policy !== 'off')
      await write(db, config, log, entryOf(outcome)).catch((err) =>
        log[isWithoutTable(err) ? 'info' : 'warn']({ err }, 'this command has no entry in the audit log'),
      );
    await db.close();
  };
  const audited: AuditedDatabase = {
    ...db,
    asked,
    count(read) {
      rows = read;
    },
    succeeded(read) {
      ending = 'SUCCESS';
      rows = () => read;
    },
    cut() {
      ending = 'CUT';
    },
    close,
  };
  if (policy === 'require')
    try {
      await write(db, config, log, entryOf('STARTED'));
    } catch (cause) {
      // A backup can be made before the first migration that has the table, and restored into a database without any.
      if (isWithoutTable(cause)) return audited;
      await db.close();
      throw new Failure(
        'AUDIT_UNAVAILABLE',
        'The audit log can’t be written, and without it nothing is done here (AUDIT=require).',
        { cause },
      );
    }
  return audited;
}

/** The SQLSTATE of a table that there is not. */
const UNDEFINED_TABLE = '42P01';

const isWithoutTable = (error: unknown): boolean => textProperty(error, 'code') === UNDEFINED_TABLE;

async function write(db: OpenDatabase, config: Config, log: ServiceLog, entry: AuditEntry): Promise<void> {
  const { databaseUrl } = config.audit;
  if (databaseUrl === null) return await withTimeout(WRITE_TIMEOUT_MS, writeEntries(db.pool, [entry]));
  const primary = openDatabase(
    configuredServers(databaseUrl, log),
    (err, message) => log.info({ err }, message),
    poolOptions(config),
  );
  try {
    await withTimeout(WRITE_TIMEOUT_MS, writeEntries(primary.pool, [entry]));
  } finally {
    await primary.close();
  }
}

/** Returns the name of the user of the operating system, or the number of one without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
