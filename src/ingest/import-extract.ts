import type { DatePattern } from '../domain/date-pattern.ts';
import type { FailureCode } from '../domain/errors.ts';
import type { Load, Settlement } from '../domain/load.ts';
import { refusedRemovals } from '../domain/removals.ts';
import { lostValues } from './columns.ts';
import { yieldEventLoop } from './event-loop.ts';
import type { Extract, ReadRow } from './extract.ts';
import { type Fault, UnreadableExtract } from './fault.ts';
import { type NamesSource, takeNames } from './import-names.ts';
import { readExtract, type Source } from './read-extract.ts';
import { refusedCsv } from './refused-csv.ts';
import { Findings, type ImportError, type ImportReport, LISTED, type NamesReport, report } from './report.ts';

export interface ImportOptions {
  /** Takes columns that are missing as empty, and keys of JSON that no row has, also where stored values would be gone. */
  readonly allowMissingColumns: boolean;
  /** The form of the files' dates; null: ISO 8601. */
  readonly dateFormat: DatePattern | null;
  /** Saves the interviews without a refused row. */
  readonly skipInvalid: boolean;
  /** Removes the interviews that the files don't contain. */
  readonly replaceAll: boolean;
  /** The most percent of the stored rows that may go, where others rules of removals hold, too; null: whatever goes. */
  readonly maxRemovalsPercent: number | null;
  /** Saves nothing, only reports. */
  readonly dryRun: boolean;
  /** The files are the sample extract, which the next import removes. */
  readonly sample: boolean;
}

/** Takes the rows of one source that are not saved, as CSV text, before the others are; where it throws, nothing is saved. */
export type KeepRefused = (source: Source, csv: AsyncIterable<string>) => Promise<void>;

/**
 * Reads extracts and puts their rows in place of what is stored, and gives the names of other files to jobs and candidates, all in one
 * transaction (docs/contract.md, "Reading an extract"). A file of names is taken whole or nothing is saved. What is wrong with the files, or
 * would be removed, is in the report; it isn't thrown.
 * Errors: DATABASE_UNAVAILABLE; whatever reading a source or `keepRefused` throws. Then nothing is saved.
 */
export async function importExtract(
  sources: readonly Source[],
  options: ImportOptions,
  begin: () => Promise<Load>,
  keepRefused: KeepRefused,
  names: readonly NamesSource[] = [],
): Promise<ImportReport> {
  const started = performance.now();
  const seconds = () => Math.round(performance.now() - started) / 1000;
  const findings = new Findings(sources);
  /** The report where a source can't be taken. */
  const refused = (at: number, error: UnreadableExtract): ImportReport => {
    findings.unreadable(at, error.fault);
    const errors = [nothingSaved('INVALID_EXTRACT', error.message)];
    return { ...report(findings, null, false, seconds()), errors, unreadable: true };
  };
  const load = await begin();
  try {
    const extracts: Extract[] = [];
    for (const [at, source] of sources.entries()) {
      try {
        extracts.push(await stage(source, at, options, load, findings));
      } catch (error) {
        if (!(error instanceof UnreadableExtract)) throw error;
        return refused(at, error);
      }
    }
    const settlement =
      sources.length === 0
        ? null
        : await load.settle({ replaceAll: options.replaceAll, sample: options.sample, listed: LISTED });
    for (const [at, extract] of options.allowMissingColumns ? [] : extracts.entries()) {
      const missing = extract.missing();
      const lost = missing.length === 0 ? new Map() : await load.lost(at, missing);
      if (lost.size > 0)
        return refused(at, new UnreadableExtract(sources[at]?.name ?? '', lostValues(lost), 'element'));
    }
    const removalsRefused = settlement && refusedFor(settlement, options);
    const named: { jobs?: NamesReport; candidates?: NamesReport } = {};
    for (const file of names) named[file.directory.title] = await takeNames(file, load);
    const errors = [
      ...(settlement ? refusedRows(settlement, options) : []),
      ...Object.entries(named).flatMap(([title, file]) => refusedNames(title, file)),
      ...(removalsRefused ? [removalsRefused.error] : []),
    ];
    const result = (saved: boolean) => ({
      ...report(findings, settlement, saved, seconds()),
      ...named,
      ...(errors.length > 0 && { errors }),
      ...(removalsRefused && { removalsRefused: removalsRefused.removals }),
    });
    // Whoever lets them go will import the same files again, and get the refused rows then.
    const keeps = keepsRefused(options) && !removalsRefused;
    for (const at of keeps ? (settlement?.refusedIn ?? []) : []) {
      const source = sources[at];
      if (source)
        await keepRefused(source, refusedCsv(extracts[at]?.columns ?? [], options.dateFormat, load.refusedRows(at)));
    }
    if (options.dryRun || errors.length > 0) return result(false);
    await load.commit();
    return result(true);
  } finally {
    await load.rollback();
  }
}

const nothingSaved = (code: FailureCode, reason: string): ImportError => ({
  code,
  message: `Nothing was saved: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`,
});

/** Why the extracts are not saved, where rows are refused; in a dry run any of them counts. */
function refusedRows({ rows }: Settlement, { skipInvalid, dryRun }: ImportOptions): ImportError[] {
  const { refused, inserted, updated, unchanged, duplicates } = rows;
  if (refused === 0 || (skipInvalid && !dryRun && inserted + updated + unchanged > 0)) return [];
  const read = inserted + updated + unchanged + duplicates + refused;
  const reason = `${refused} of ${read} rows would be refused; refusedRows says why`;
  return [nothingSaved('INVALID_EXTRACT', reason)];
}

/** Why a file of names is not taken. */
function refusedNames(title: string, file: NamesReport): ImportError[] {
  const [first] = file.refusedRows;
  if (!first) return [];
  return [nothingSaved('INVALID_EXTRACT', `${title}, line ${first.line}: ${first.reason}`)];
}

/** What would be removed, where the import is refused for it, and why. */
function refusedFor({ removals }: Settlement, { maxRemovalsPercent }: ImportOptions) {
  if (removals === null || maxRemovalsPercent === null) return null;
  const reason = refusedRemovals(removals, maxRemovalsPercent);
  if (reason === null) return null;
  const remedy = '--allow-removals (over HTTP allowRemovals=true) removes them all the same';
  return { removals, error: nothingSaved('REMOVALS_REFUSED', `${reason}. ${remedy}`) };
}

/** Reads one source into the load, to its end. Errors: UnreadableExtract, DATABASE_UNAVAILABLE. */
async function stage(
  source: Source,
  at: number,
  options: ImportOptions,
  load: Load,
  findings: Findings,
): Promise<Extract> {
  const extract = await readExtract(source, { ...options, zones: load.zones });
  for await (const batch of extract.rows) {
    for (const { line, row, interviewId, faults, cells, warnings } of batch) {
      findings.read++;
      if (row) load.add({ source: at, line }, row, warnings);
      else {
        findings.refuse(at, faults);
        load.refuse({ source: at, line, ...(keepsRefused(options) ? kept(faults, cells) : NOT_KEPT) }, interviewId);
      }
    }
    await load.flush();
    await yieldEventLoop();
  }
  for (const warning of extract.warnings) findings.warn(at, warning);
  return extract;
}

/** Whether somebody will get the refused rows. */
const keepsRefused = ({ skipInvalid, dryRun }: ImportOptions): boolean => skipInvalid && !dryRun;

/** A refused row may have a few bytes, and what is said of it several hundred. */
const NOT_KEPT = { reason: '', cells: [] };

const kept = (faults: readonly Fault[], cells: ReadRow['cells']) => ({
  reason: faults.map(({ column, reason }) => (column ? `${column}: ${reason}` : reason)).join('; '),
  cells: cells ?? [],
});
