import { shown } from '../errors.ts';

/** An interview that loses rows, although those that came of it say that some are missing. */
export interface IncompleteInterview {
  readonly interviewId: string;
  /** How many it loses. */
  readonly removed: number;
  /** What its rows say, in a sentence. */
  readonly reason: string;
}

/** The stored rows that an import would take away. Appointments at another time are moved, not removed. */
export interface Removals {
  /** Rows that are stored before it. */
  readonly stored: number;
  readonly removed: number;
  readonly moved: number;
  /** The first of the incomplete interviews; `incompleteCount` is of them all. */
  readonly incomplete: readonly IncompleteInterview[];
  readonly incompleteCount: number;
}

/** Below so many stored rows a share of them says nothing. */
const MIN_STORED_ROWS = 50;

/**
 * Why an import is refused for what it would remove (docs/contract.md, "Removals"), in a sentence; null where it isn't. `maxPercent` is the
 * greatest share of the stored rows that may go.
 */
export function refusedRemovals(removals: Removals, maxPercent: number): string | null {
  const { stored, removed, incomplete, incompleteCount } = removals;
  if (removed === 0) return null;
  const rows = `${countOf(removed)} of ${countOf(stored)} stored row${stored === 1 ? '' : 's'}`;
  if (removed === stored) return `${rows} would be removed, all there are`;
  if (stored >= MIN_STORED_ROWS && removed * 100 > stored * maxPercent)
    return `${rows} would be removed, more than ${maxPercent} percent (MAX_REMOVALS_PERCENT); a filtered or paged export looks like this`;
  const [first] = incomplete;
  if (!first) return null;
  const more = incompleteCount > 1 ? `, and ${countOf(incompleteCount - 1)} more like it` : '';
  return `interview ${shown(first.interviewId)} would lose ${countOf(first.removed)} of its rows, although ${first.reason}${more}; a filtered or paged export looks like this`;
}

const countOf = (number: number): string => number.toLocaleString('en');
