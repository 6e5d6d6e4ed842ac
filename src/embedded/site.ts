import type { Transport } from './address.ts';
import type { Binaries } from './binaries.ts';
import type { DataFolder } from './data-folder.ts';
import type { LeaseConnection, ServerLease } from './lease.ts';
import type { Account } from './program.ts';

/** Receives the log messages, for example a pino logger. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What stays the same while servers on a data folder come and go. */
export interface EmbeddedSite {
  readonly folder: DataFolder;
  readonly account: Account | undefined;
  readonly transport: Transport;
  readonly log: Log;
}

/** An attachment to a running server. */
export interface Session {
  readonly connection: LeaseConnection;
  readonly lease: ServerLease;
  readonly binaries: Binaries;
}
