import type { DatePattern } from '../domain/date-pattern.ts';
import type { Load, Settlement } from '../domain/load.ts';
import { lostValues } from './columns.ts';
import type { Extract } from './extract.ts';
import { UnreadableExtract } from './fault.ts';
import { isTaken, type NamesSource, takeNames } from './import-names.ts';
import { readExtract, type Source } from './read-extract.ts';
import { refusedCsv } from './refused-csv.ts';
import { Findings, type ImportReport, LISTED, type NamesReport, report } from './report.ts';

export interface ImportOptions {
  /** Takes columns that are missing as empty, and keys of JSON that no row has, also where stored values would be gone. */
  readonly allowMissingColumns: boolean;
  /** The form of the files' dates; null: ISO 8601. */
  readonly dateFormat: DatePattern | null;
  /** Saves the interviews without a refused row. */
  readonly skipInvalid: boolean;
  /** Removes the interviews that the files don't contain. */
  readonly replaceAll: boolean;
  /** Saves nothing, only reports. */
  readonly dryRun: boolean;
  /** The files are the sample extract, which the next import removes. */
  readonly sample: boolean;
}

/** Takes the rows of one source that are not saved, as CSV text, before the others are; where it throws, nothing is saved. */
export type KeepRefused = (source: Source, csv: AsyncIterable<string>) => Promise<void>;

/**
 * Reads extracts and puts their rows in place of what is stored, and gives the names of other files to jobs and candidates, all in one
 * transaction (docs/contract.md, "Reading an extract"). A file of names is taken whole or nothing is saved. What is wrong with the files is in the report; it isn't thrown.
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
    return { ...report(findings, null, false, seconds()), unreadable: true };
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
    const named: { jobs?: NamesReport; candidates?: NamesReport } = {};
    for (const file of names) named[file.directory.title] = await takeNames(file, load);
    const result = (saved: boolean) => ({ ...report(findings, settlement, saved, seconds()), ...named });
    const save = isSaved(settlement, options) && Object.values(named).every(isTaken);
    for (const at of options.skipInvalid && !options.dryRun ? (settlement?.refusedIn ?? []) : []) {
      const source = sources[at];
      if (source)
        await keepRefused(source, refusedCsv(extracts[at]?.columns ?? [], options.dateFormat, load.refusedRows(at)));
    }
    if (options.dryRun || !save) return result(false);
    await load.commit();
    return result(true);
  } finally {
    await load.rollback();
  }
}

/** Whether the extracts are saved, as far as they go. */
function isSaved(settlement: Settlement | null, { skipInvalid }: ImportOptions): boolean {
  if (settlement === null) return true;
  const { refused, inserted, updated, unchanged } = settlement.rows;
  return refused === 0 || (skipInvalid && inserted + updated + unchanged > 0);
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
    for (const { line, row, interviewId, faults, cells } of batch) {
      findings.read++;
      if (row) load.add({ source: at, line }, row);
      else {
        findings.refuse(at, faults);
        const reason = faults
          .map((fault) => (fault.column ? `${fault.column}: ${fault.reason}` : fault.reason))
          .join('; ');
        load.refuse({ source: at, line, reason, cells: cells ?? [] }, interviewId);
      }
    }
    await load.flush();
  }
  for (const warning of extract.warnings) findings.warn(at, warning);
  return extract;
}
