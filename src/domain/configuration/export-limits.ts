/** The limits of exports. Times are in milliseconds. */
export interface ExportLimits {
  /** Maximum number of concurrent downloads, and also of concurrent pages. */
  readonly maxConcurrent: number;
  /** Timeout for waiting for a slot. */
  readonly waitTimeoutMs: number;
  /** Timeout for a client that reads nothing; 0: none. */
  readonly stallTimeoutMs: number;
  /** Timeout for a database that sends nothing, before the first row or between two rows; 0: none. */
  readonly databaseStallTimeoutMs: number;
  /** Maximum duration of an export, from its first byte; 0: unlimited. */
  readonly maxDurationMs: number;
}

/** Maximum number of rows of a page. Pages have slots of their own, so that clients turning pages never wait for downloads. */
export const MAX_PAGE_ROWS = 10_000;

/** Returns the number of database connections that exports need: those of downloads plus those of pages. */
export const exportConnections = ({ maxConcurrent }: Pick<ExportLimits, 'maxConcurrent'>): number => 2 * maxConcurrent;
