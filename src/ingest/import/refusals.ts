import type { FailureCode } from '../../domain/errors.ts';
import type { ImportOutcome } from '../../domain/import/import-session.ts';
import type { OptionNames } from '../../domain/import/option-names.ts';
import { type Removals, refusedRemovals } from '../../domain/import/removals.ts';
import type { Finding, ImportError, NamesReport } from './report.ts';

/** The import options that decide about refusals. */
interface Rules {
  readonly skipInvalid: boolean;
  readonly dryRun: boolean;
  readonly maxRemovalsPercent: number | null;
  readonly optionNames: OptionNames;
}

/** The reasons why an import saves nothing or, in a dry run, would save nothing. */
interface Refusals {
  readonly errors: readonly ImportError[];
  /** The refused removals, if they are a reason. */
  readonly removals: Removals | null;
}

/**
 * Collects the reasons to save nothing. `outcome`: null if there are no extracts. `first`: the first fault of a row. `names`: the reports of
 * the files of names.
 */
export function importErrors(
  outcome: ImportOutcome | null,
  first: Finding | undefined,
  names: Readonly<Record<string, NamesReport>>,
  rules: Rules,
): Refusals {
  const removals = outcome?.removals ?? null;
  const removalsError = removals && ofRemovals(removals, rules);
  const errors = [
    ...(outcome ? ofRows(outcome, first, rules) : []),
    ...Object.entries(names).flatMap(([title, file]) => ofNames(title, file)),
    ...(removalsError ? [removalsError] : []),
  ];
  return { errors, removals: removalsError && removals };
}

/** Returns the error of a reason, which is a sentence. */
export const nothingSaved = (code: FailureCode, reason: string): ImportError => ({
  code,
  message: `Nothing was saved: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`,
});

/** Rows are refused; in a dry run every refused row counts. */
function ofRows({ rows }: ImportOutcome, first: Finding | undefined, { skipInvalid, dryRun }: Rules): ImportError[] {
  const { refused, inserted, updated, unchanged, duplicates } = rows;
  if (refused === 0 || (skipInvalid && !dryRun && inserted + updated + unchanged > 0)) return [];
  const read = inserted + updated + unchanged + duplicates + refused;
  const where = first
    ? ` The first: line ${first.line}${first.column ? `, ${first.column}` : ''}: ${first.reason}`
    : '';
  const reason = `${refused} of ${read} rows would be refused; refusedRows says why.${where}`;
  return [nothingSaved('INVALID_EXTRACT', reason)];
}

/** A file of names is accepted as a whole or not at all. */
function ofNames(title: string, { refusedRows: [first] }: NamesReport): ImportError[] {
  return first ? [nothingSaved('INVALID_EXTRACT', `${title}, line ${first.line}: ${first.reason}`)] : [];
}

function ofRemovals(removals: Removals, { maxRemovalsPercent, optionNames }: Rules): ImportError | null {
  const reason = maxRemovalsPercent === null ? null : refusedRemovals(removals, maxRemovalsPercent);
  if (reason === null) return null;
  return nothingSaved('REMOVALS_REFUSED', `${reason}. ${optionNames.allowRemovals} removes them anyway`);
}
