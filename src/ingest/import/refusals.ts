import type { FailureCode } from '../../domain/errors.ts';
import type { ImportOutcome } from '../../domain/import/import-session.ts';
import { type Removals, refusedRemovals } from '../../domain/import/removals.ts';
import type { ImportError, NamesReport } from './report.ts';

/** What decides it among the options of an import. */
interface Rules {
  readonly skipInvalid: boolean;
  readonly dryRun: boolean;
  readonly maxRemovalsPercent: number | null;
}

/** Why an import saves nothing, or in a dry run would. */
interface Refusals {
  readonly errors: readonly ImportError[];
  /** What it would remove, where that is a reason. */
  readonly removals: Removals | null;
}

/** Looks for reasons to save nothing; `settlement` is null where there are no extracts, `names` are the reports of files of names. */
export function importErrors(
  settlement: ImportOutcome | null,
  names: Readonly<Record<string, NamesReport>>,
  rules: Rules,
): Refusals {
  const removals = settlement?.removals ?? null;
  const removalsError = removals && ofRemovals(removals, rules);
  const errors = [
    ...(settlement ? ofRows(settlement, rules) : []),
    ...Object.entries(names).flatMap(([title, file]) => ofNames(title, file)),
    ...(removalsError ? [removalsError] : []),
  ];
  return { errors, removals: removalsError && removals };
}

/** The error of a reason, which is a sentence. */
export const nothingSaved = (code: FailureCode, reason: string): ImportError => ({
  code,
  message: `Nothing was saved: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`,
});

/** Rows are refused; in a dry run any of them counts. */
function ofRows({ rows }: ImportOutcome, { skipInvalid, dryRun }: Rules): ImportError[] {
  const { refused, inserted, updated, unchanged, duplicates } = rows;
  if (refused === 0 || (skipInvalid && !dryRun && inserted + updated + unchanged > 0)) return [];
  const read = inserted + updated + unchanged + duplicates + refused;
  return [nothingSaved('INVALID_EXTRACT', `${refused} of ${read} rows would be refused; refusedRows says why`)];
}

/** A file of names is taken whole or not at all. */
function ofNames(title: string, { refusedRows: [first] }: NamesReport): ImportError[] {
  return first ? [nothingSaved('INVALID_EXTRACT', `${title}, line ${first.line}: ${first.reason}`)] : [];
}

function ofRemovals(removals: Removals, { maxRemovalsPercent }: Rules): ImportError | null {
  const reason = maxRemovalsPercent === null ? null : refusedRemovals(removals, maxRemovalsPercent);
  if (reason === null) return null;
  const remedy = '--allow-removals (over HTTP allowRemovals=true) removes them all the same';
  return nothingSaved('REMOVALS_REFUSED', `${reason}. ${remedy}`);
}
