import { FIELD_INDEX, FIELDS, type FieldKey } from '../../domain/fields.ts';
import type { ImportOutcome, ImportSession, KeptPrecision } from '../../domain/import/import-session.ts';
import { COMMAND_LINE_OPTIONS } from '../../domain/import/option-names.ts';
import { inSpan } from '../../domain/tracing.ts';
import { yieldEventLoop } from '../bytes/event-loop.ts';
import { refusedCsv } from '../csv/refused-csv.ts';
import { emptiedValues, lostValueErrors, protectedFields } from '../rows/columns.ts';
import type { Extract, ReadOptions, ReadRow } from '../rows/extract.ts';
import { type RecordFault, UnreadableExtract } from '../rows/fault.ts';
import { type ExtractSource, readExtract } from '../rows/read-extract.ts';
import { importNamesFile, type NamesSource } from './import-names.ts';
import { importErrors, nothingSaved } from './refusals.ts';
import { Findings, type ImportReport, MAX_LISTED, type NamesReport, report } from './report.ts';

/** `allowMissingColumns` also accepts fields that are null in all rows, even if stored values would be lost. */
export interface ImportOptions extends Omit<ReadOptions, 'zones'> {
  /** Saves the interviews that have no refused row. */
  readonly skipInvalid: boolean;
  /** Removes the interviews that the files do not contain. */
  readonly replaceAll: boolean;
  /**
   * Maximum percentage of the stored rows that may be removed (docs/contract.md, "Removals"); null: no limit, and no other rule of removals
   * applies.
   */
  readonly maxRemovalsPercent: number | null;
  /** Saves nothing and only reports. */
  readonly dryRun: boolean;
  /** The time that the rows are of, in milliseconds since 1970; null: the beginning of the import. */
  readonly asOf: number | null;
  /** The files are the sample extract, which the next import replaces. */
  readonly sample: boolean;
}

/** The options of an import for which nothing is given. */
export const DEFAULT_IMPORT: ImportOptions = {
  allowMissingColumns: false,
  dateFormat: null,
  decimal: null,
  nulls: new Set(),
  keepIds: false,
  excel: null,
  optionNames: COMMAND_LINE_OPTIONS,
  skipInvalid: false,
  replaceAll: false,
  maxRemovalsPercent: null,
  dryRun: false,
  asOf: null,
  sample: false,
};

/** Takes the rows of one source that will not be saved, as CSV text, before the other rows are saved. If it throws, nothing is saved. */
export type KeepRefused = (source: ExtractSource, csv: AsyncIterable<string>) => Promise<void>;

/**
 * Reads extracts, replaces the stored rows by theirs, and sets the names of jobs and candidates from files of names, all in one transaction
 * (docs/contract.md, "Reading an extract"). A file of names is accepted as a whole or nothing is saved. Faults of the files and refused
 * removals are in the report; they are not thrown.
 * Errors: DATABASE_UNAVAILABLE; any error of a source or of `keepRefused`. Then nothing is saved.
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
  /** Returns the report for a source that cannot be read. */
  const refused = (index: number, error: UnreadableExtract): ImportReport => {
    findings.unreadable(index, error.fault);
    const errors = [nothingSaved('INVALID_EXTRACT', error.message)];
    return { ...report(findings, null, false, seconds()), errors, unreadable: true };
  };
  const session = await begin();
  try {
    const extracts: Staged[] = [];
    for (const [index, source] of sources.entries()) {
      try {
        extracts.push(await inSpan('import.read', () => stage(source, index, options, session, findings)));
      } catch (error) {
        if (!(error instanceof UnreadableExtract)) throw error;
        return refused(index, error);
      }
    }
    const outcome =
      sources.length === 0
        ? null
        : await inSpan('import.plan', () =>
            session.plan({
              replaceAll: options.replaceAll,
              sample: options.sample,
              asOf: options.asOf,
              maxListed: MAX_LISTED,
            }),
          );
    for (const { source, ...kept } of outcome?.kept ?? []) findings.warn(source, keptPrecision(kept));
    for (const [index, { extract, empty }] of changesStored(outcome) ? extracts.entries() : []) {
      const lost = empty.size === 0 ? new Map<FieldKey, number>() : await session.countLostValues(index, [...empty]);
      const kept = options.allowMissingColumns ? new Map() : protectedFields(empty, extract.missing(), lost);
      if (kept.size > 0)
        return refused(
          index,
          new UnreadableExtract(
            sources[index]?.name ?? '',
            lostValueErrors(kept, options.optionNames.allowMissingColumns),
            extract.unit,
          ),
        );
      if (options.allowMissingColumns && lost.size > 0) findings.warn(index, emptiedValues(lost));
    }
    const named: { jobs?: NamesReport; candidates?: NamesReport } = {};
    for (const file of names)
      named[file.list.title] = await inSpan('import.names', () => importNamesFile(file, options, session));
    const { errors, removals } = importErrors(outcome, findings.refusedRows[0], named, options);
    const result = (saved: boolean) => ({
      ...report(findings, outcome, saved, seconds()),
      ...named,
      ...(errors.length > 0 && { errors }),
      ...(removals && { removalsRefused: removals }),
    });
    // An import refused for its removals will be repeated with the same files, and will return the refused rows then.
    const keeps = keepsRefused(options) && removals === null;
    for (const index of keeps ? (outcome?.refusedIn ?? []) : []) {
      const source = sources[index];
      if (source)
        await keepRefused(
          source,
          refusedCsv(extracts[index]?.extract.columns ?? [], options.dateFormat, session.refusedRows(index)),
        );
    }
    if (options.dryRun || errors.length > 0) return result(false);
    await inSpan('import.commit', () => session.commit());
    return result(true);
  } finally {
    await session.rollback();
  }
}

/** Returns the line of the report about stored values that are kept because a spreadsheet had made them less precise. */
function keptPrecision({ line, what, count }: Omit<KeptPrecision, 'source'>): RecordFault {
  const values = `${count.toLocaleString('en')} ${what === 'seconds' ? 'date' : 'number'}${count === 1 ? '' : 's'}`;
  const reason =
    what === 'seconds'
      ? `${values} without seconds: the stored time of the same minute is kept`
      : `${values} with 8 to 15 digits: the stored number that rounds to them is kept`;
  return { line, column: null, value: null, reason, count };
}

/** Whether stored rows would be updated or removed, so that they could lose values. */
const changesStored = (outcome: ImportOutcome | null): boolean =>
  outcome !== null && outcome.rows.updated + outcome.rows.removed + outcome.rows.moved > 0;

/** A source whose rows are staged, and the fields that are null in all of them. */
interface Staged {
  readonly extract: Extract;
  readonly empty: ReadonlySet<FieldKey>;
}

/** Reads one source into the import session, to its end. Errors: UnreadableExtract, DATABASE_UNAVAILABLE. */
async function stage(
  source: ExtractSource,
  index: number,
  options: ImportOptions,
  session: ImportSession,
  findings: Findings,
): Promise<Staged> {
  // After a few rows only the fields that the extract lacks are left.
  const empty = new Set(FIELDS.map(({ key }): FieldKey => key));
  const extract = await readExtract(source, { ...options, zones: session.zones });
  for await (const batch of extract.rows) {
    for (const { line, row, interviewId, faults, cells, warnings, repairs, coarse } of batch) {
      findings.read++;
      if (row) {
        for (const repair of repairs ?? []) extract.repairs.add(line, repair);
        for (const key of empty) if (row[FIELD_INDEX[key]] !== null) empty.delete(key);
        session.add({ source: index, line }, row, warnings, coarse);
      } else {
        findings.refuse(index, faults);
        session.refuse(
          { source: index, line, ...(keepsRefused(options) ? keepRefusedRows(faults, cells) : NOT_KEPT) },
          interviewId,
        );
      }
    }
    await session.flush();
    await yieldEventLoop();
  }
  for (const warning of [...extract.warnings, ...extract.repairs.warnings()]) findings.warn(index, warning);
  return { extract, empty };
}

/** Whether the refused rows will be returned. */
const keepsRefused = ({ skipInvalid, dryRun }: ImportOptions): boolean => skipInvalid && !dryRun;

/** A refused row may have a few bytes, but its reasons several hundred. */
const NOT_KEPT = { reason: '', cells: [] };

const keepRefusedRows = (faults: readonly RecordFault[], cells: ReadRow['cells']) => ({
  reason: faults.map(({ column, reason }) => (column ? `${column}: ${reason}` : reason)).join('; '),
  cells: cells ?? [],
});
