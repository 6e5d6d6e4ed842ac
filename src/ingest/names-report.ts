import type { Finding } from './finding.ts';

/** What a file of names did, or would have done. Counts are of rows: read = inserted + updated + unchanged + duplicates + refused. */
export interface NamesReport {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows whose id stands again further down. */
  readonly duplicates: number;
  readonly refused: number;
  readonly warned: number;
  readonly refusedRows: readonly Finding[];
  readonly warnings: readonly Finding[];
}
