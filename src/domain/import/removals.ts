import { shown } from '../errors.ts';

/** An interview that loses rows although its imported rows say that some are missing. */
export interface IncompleteInterview {
  readonly interviewId: string;
  /** The number of rows that it loses. */
  readonly removed: number;
  /** What the imported rows say, as a sentence. */
  readonly reason: string;
}

/** The stored rows that an import would remove. Moved appointments are not removals. */
export interface Removals {
  /** The number of stored rows before the import. */
  readonly stored: number;
  readonly removed: number;
  readonly moved: number;
  /** The first of the incomplete interviews. `incompleteCount` counts all of them. */
  readonly incomplete: readonly IncompleteInterview[];
  readonly incompleteCount: number;
}

/** With fewer stored rows, a percentage is not meaningful. */
const MIN_STORED_ROWS = 50;

/**
 * Returns the reason for which an import is refused because of its removals (docs/contract.md, "Removals"), as a sentence; null if it is
 * accepted. `maxPercent`: the maximum percentage of stored rows that may be removed.
 */
export function refusedRemovals(removals: Removals, maxPercent: number): string | null {
  const { stored, removed, incomplete, incompleteCount } = removals;
  if (removed === 0) return null;
  const rows = `${countOf(removed)} of ${countOf(stored)} stored row${stored === 1 ? '' : 's'}`;
  if (removed === stored) return `${rows} would be removed, which is all of them`;
  if (stored >= MIN_STORED_ROWS && removed * 100 > stored * maxPercent)
    return `${rows} would be removed, more than ${maxPercent} percent (MAX_REMOVALS_PERCENT); a filtered or paged export looks like this`;
  const [first] = incomplete;
  if (!first) return null;
  const more = incompleteCount > 1 ? `, and ${countOf(incompleteCount - 1)} more like it` : '';
  return `interview ${shown(first.interviewId)} would lose ${countOf(first.removed)} of its rows, although ${first.reason}${more}; a filtered or paged export looks like this`;
}

const countOf = (number: number): string => number.toLocaleString('en');
