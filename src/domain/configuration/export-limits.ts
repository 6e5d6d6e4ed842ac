/** What the service's exports may take up; times in milliseconds. */
export interface ExportLimits {
  /** Downloads that may run at once, and as many pages. */
  readonly maxConcurrent: number;
  /** How long one waits for a place. */
  readonly waitTimeoutMs: number;
  /** How long a client may read nothing; 0: for ever. */
  readonly stallTimeoutMs: number;
  /** How long the database may send nothing of one, before its first row or between two; 0: for ever. */
  readonly databaseStallTimeoutMs: number;
  /** How long an export may run, from its first byte; 0: for ever. */
  readonly maxDurationMs: number;
}

/** The rows up to which a limited export is a page: it has a place apart, so that nobody who turns pages waits for downloads. */
export const MAX_PAGE_ROWS = 10_000;

/** The connections that so many exports need: those of downloads, and those of pages. */
export const exportConnections = ({ maxConcurrent }: Pick<ExportLimits, 'maxConcurrent'>): number => 2 * maxConcurrent;
