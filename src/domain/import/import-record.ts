import type { FailureCode } from '../errors.ts';

/** By which way an import comes. */
export const IMPORT_ORIGINS = ['COMMAND', 'HTTP', 'SYNC', 'SAMPLE'] as const;
export type ImportOrigin = (typeof IMPORT_ORIGINS)[number];

/** How an import ended: saved, with changes or without; refused for what it contains; or not come to its end. */
export const IMPORT_OUTCOMES = ['CHANGED', 'UNCHANGED', 'REFUSED', 'FAILED'] as const;
export type ImportOutcomeKind = (typeof IMPORT_OUTCOMES)[number];

/** Where an import is from. */
export interface ImportFrom {
  readonly origin: ImportOrigin;
  /** Of a sync: host and prefix of the service that the rows are from; otherwise null. */
  readonly upstream: string | null;
  /** Of a sync: the ETag of its rows; null if it has none. */
  readonly entityTag: string | null;
}

/** Returns where an import is from that is no sync. */
const from = (origin: ImportOrigin): ImportFrom => ({ origin, upstream: null, entityTag: null });
export const FROM_COMMAND = from('COMMAND');
export const FROM_HTTP = from('HTTP');
export const FROM_SAMPLE = from('SAMPLE');

/** Why an import saved nothing. No text in it has a value of a row. */
export interface FailedImport {
  readonly outcome: 'REFUSED' | 'FAILED';
  /** How long it took. */
  readonly milliseconds: number;
  readonly read: number;
  readonly refused: number;
  readonly code: FailureCode | 'INTERRUPTED';
  readonly message: string;
}

/** Keeps a failed import in the history. Never rejects. */
export type RecordFailure = (failed: FailedImport) => Promise<void>;

/** An import in the history. Counts are of rows, as in its report. */
export interface ImportRecord {
  readonly begunAt: Date;
  readonly endedAt: Date;
  readonly origin: ImportOrigin;
  readonly upstream: string | null;
  readonly outcome: ImportOutcomeKind;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly removed: number;
  readonly moved: number;
  readonly refused: number;
  readonly namesChanged: number;
  readonly asOf: Date | null;
  readonly code: string | null;
  readonly message: string | null;
}
