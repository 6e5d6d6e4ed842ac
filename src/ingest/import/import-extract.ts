import { FIELD_INDEX, FIELDS, type FieldKey } from '../../domain/fields.ts';
import type { ImportOutcome, ImportSession } from '../../domain/import/import-session.ts';
import type { DatePattern } from '../../domain/values/date-pattern.ts';
import { yieldEventLoop } from '../bytes/event-loop.ts';
import { refusedCsv } from '../csv/refused-csv.ts';
import { emptiedValues, lostValueErrors, protectedFields } from '../rows/columns.ts';
import type { Extract, ReadRow } from '../rows/extract.ts';
import { type RecordFault, UnreadableExtract } from '../rows/fault.ts';
import { type ExtractSource, readExtract } from '../rows/read-extract.ts';
import { importNamesFile, type NamesSource } from './import-names.ts';
import { importErrors, nothingSaved } from './refusals.ts';
import { Findings, type ImportReport, MAX_LISTED, type NamesReport, report } from './report.ts';

export interface ImportOptions {
  /** Takes columns that are missing as empty, and fields of which no row has a value, also where stored values would be gone. */
  readonly allowMissingColumns: boolean;
  /** The form of the files' dates; null: ISO 8601. */
  readonly dateFormat: DatePattern | null;
  /** Saves the interviews without a refused row. */
  readonly skipInvalid: boolean;
  /** Removes the interviews that the files don't contain. */
  readonly replaceAll: boolean;
  /** The most percent of the stored rows that may go (docs/contract.md, "Removals"); null: whatever goes, and no other rule of removals holds. */
  readonly maxRemovalsPercent: number | null;
  /** Saves nothing, only reports. */
  readonly dryRun: boolean;
  /** The files are the sample extract, which the next import removes. */
  readonly sample: boolean;
}

/** Takes the rows of one source that are not saved, as CSV text, before the others are; where it throws, nothing is saved. */
export type KeepRefused = (source: ExtractSource, csv: AsyncIterable<string>) => Promise<void>;

/**
 * Reads extracts and puts their rows in place of what is stored, and gives the names of other files to jobs and candidates, all in one
 * transaction (docs/contract.md, "Reading an extract"). A file of names is taken whole or nothing is saved. What is wrong with the files, or
 * would be removed, is in the report; it isn't thrown.
 * Errors: DATABASE_UNAVAILABLE; whatever reading a source or `keepRefused` throws. Then nothing is saved.
 */
export async function importExtract(
  sources: readonly ExtractSource[],
  options: ImportOptions,
  begin: () => Promise<ImportSession>,
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
  const session = await begin();
  try {
    const extracts: Staged[] = [];
    for (const [at, source] of sources.entries()) {
      try {
        extracts.push(await stage(source, at, options, session, findings));
      } catch (error) {
        if (!(error instanceof UnreadableExtract)) throw error;
        return refused(at, error);
      }
    }
    const settlement =
      sources.length === 0
        ? null
        : await session.plan({ replaceAll: options.replaceAll, sample: options.sample, maxListed: MAX_LISTED });
    for (const [at, { extract, empty }] of changesStored(settlement) ? extracts.entries() : []) {
      const lost = empty.size === 0 ? new Map<FieldKey, number>() : await session.countLostValues(at, [...empty]);
      const kept = options.allowMissingColumns ? new Map() : protectedFields(empty, extract.missing(), lost);
      if (kept.size > 0)
        return refused(at, new UnreadableExtract(sources[at]?.name ?? '', lostValueErrors(kept), extract.unit));
      if (options.allowMissingColumns && lost.size > 0) findings.warn(at, emptiedValues(lost));
    }
    const named: { jobs?: NamesReport; candidates?: NamesReport } = {};
    for (const file of names) named[file.directory.title] = await importNamesFile(file, session);
    const { errors, removals } = importErrors(settlement, named, options);
    const result = (saved: boolean) => ({
      ...report(findings, settlement, saved, seconds()),
      ...named,
      ...(errors.length > 0 && { errors }),
      ...(removals && { removalsRefused: removals }),
    });
    // Whoever lets them go will import the same files again, and get the refused rows then.
    const keeps = keepsRefused(options) && removals === null;
    for (const at of keeps ? (settlement?.refusedIn ?? []) : []) {
      const source = sources[at];
      if (source)
        await keepRefused(
          source,
          refusedCsv(extracts[at]?.extract.columns ?? [], options.dateFormat, session.refusedRows(at)),
        );
    }
    if (options.dryRun || errors.length > 0) return result(false);
    await session.commit();
    return result(true);
  } finally {
    await session.rollback();
  }
}

/** Whether stored rows would change or go, so that they could lose values. */
const changesStored = (settlement: ImportOutcome | null): boolean =>
  settlement !== null && settlement.rows.updated + settlement.rows.removed + settlement.rows.moved > 0;

/** A source whose rows are staged, and the fields that are null in all of them. */
interface Staged {
  readonly extract: Extract;
  readonly empty: ReadonlySet<FieldKey>;
}

/** Reads one source into the load, to its end. Errors: UnreadableExtract, DATABASE_UNAVAILABLE. */
async function stage(
  source: ExtractSource,
  at: number,
  options: ImportOptions,
  session: ImportSession,
  findings: Findings,
): Promise<Staged> {
  // Soon these are the few that an extract doesn't have.
  const empty = new Set(FIELDS.map(({ key }): FieldKey => key));
  const extract = await readExtract(source, { ...options, zones: session.zones });
  for await (const batch of extract.rows) {
    for (const { line, row, interviewId, faults, cells, warnings } of batch) {
      findings.read++;
      if (row) {
        for (const key of empty) if (row[FIELD_INDEX[key]] !== null) empty.delete(key);
        session.add({ source: at, line }, row, warnings);
      } else {
        findings.refuse(at, faults);
        session.refuse(
          { source: at, line, ...(keepsRefused(options) ? keepRefusedRows(faults, cells) : NOT_KEPT) },
          interviewId,
        );
      }
    }
    await session.flush();
    await yieldEventLoop();
  }
  for (const warning of extract.warnings) findings.warn(at, warning);
  return { extract, empty };
}

/** Whether somebody will get the refused rows. */
const keepsRefused = ({ skipInvalid, dryRun }: ImportOptions): boolean => skipInvalid && !dryRun;

/** A refused row may have a few bytes, and what is said of it several hundred. */
const NOT_KEPT = { reason: '', cells: [] };

const keepRefusedRows = (faults: readonly RecordFault[], cells: ReadRow['cells']) => ({
  reason: faults.map(({ column, reason }) => (column ? `${column}: ${reason}` : reason)).join('; '),
  cells: cells ?? [],
});
