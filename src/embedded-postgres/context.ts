import type { DataFolder } from './folder/data-folder.ts';
import type { Transport } from './server/address.ts';
import type { Binaries } from './server/binaries.ts';
import type { Account } from './server/program.ts';
import type { LeaseConnection, ServerLease } from './sharing/lease.ts';

/** Receives the log messages, for example a pino logger. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What stays the same while servers on a data folder come and go. */
export interface EmbeddedContext {
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
