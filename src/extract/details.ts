import type { ExportDetails, ExportExtent } from './output-options.ts';
import type { ExtractKeyset } from './page-cursor.ts';
import type { ExtractRequest } from './request.ts';

/** What is known of an export once the database has begun it. */
export interface ExportFacts {
  /** The data version of the rows. */
  readonly version: string;
  /** The time that they are known to be of, in milliseconds since 1970; null if no rows were imported. */
  readonly knownAt: number | null;
  /** Null for formats without limits. */
  readonly extent: ExportExtent | null;
  /** The keyset after which the next page begins; null if there is no next page or no limit. */
  readonly next: ExtractKeyset | null;
}

/** Returns what a document may say about its export. `program`: the version of the program. */
export const detailsOf = (
  { filters, limit, after, isRestricted }: ExtractRequest,
  { version, extent, next }: ExportFacts,
  program: string,
): ExportDetails => ({
  program,
  version,
  exportedAt: new Date(),
  filters,
  limit,
  isContinued: after !== null,
  hasMore: next !== null,
  isRestricted,
  extent,
});
