import { type CanonicalRow, FIELD_INDEX, FIELDS, type Field, type FieldKey } from '../../domain/fields.ts';
import type { RowWarning } from '../../domain/import/import-session.ts';
import type { CellReader } from '../../domain/values/cells.ts';
import { copyString } from '../../domain/values/copy-string.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import { coarseBit } from '../cells/coarse.ts';
import { fileCellReader } from '../cells/file-cells.ts';
import { looksSpoilt, spoiltId } from '../cells/spoilt-ids.ts';
import { UndecidedValue } from '../cells/undecided-value.ts';
import type { ReadOptions, ReadRow } from './extract.ts';
import { type RecordFault, shortText } from './fault.ts';
import type { FileSigns } from './file-signs.ts';
import type { FileForm } from './record-file.ts';
import type { Repair, RepairKind } from './repairs.ts';

/** Where the cells of a record are. */
export interface Layout {
  /** For each field in order, the index of its cell in a record; -1 if the file lacks it. */
  readonly sources: readonly number[];
  /** The index of the column "reason", which is left out; -1 if there is none. */
  readonly reasonAt: number;
}

/** A row with at most so many values, its id among them, may be no row of an interview, in a file of at least so many columns. */
const SPARSE = { values: 3, columns: 10 };

/** Converts records into canonical form, or refuses them. One reader per file. */
export class RowReader {
  readonly #layout: Layout;
  readonly #options: ReadOptions;
  readonly #form: FileForm;
  readonly #signs: FileSigns;
  readonly #looksForSums: boolean;
  /** In the order of reading: the zone first, because local times need it. */
  readonly #columns: readonly { field: Field; index: number; source: number; read: CellReader }[];
  #zone: string | null | InvalidValue = null;
  /** The warnings of the current row, its repairs, and the sum of the bits of its coarse values. */
  #rowWarnings: RowWarning[] = [];
  #repairs: Repair[] = [];
  #coarse = 0;
  /** Whether the current row has an id in the form that spreadsheets give to numbers. */
  #isSpoilt = false;

  constructor(layout: Layout, options: ReadOptions, form: FileForm, signs: FileSigns) {
    this.#layout = layout;
    this.#options = options;
    this.#signs = signs;
    const columns = layout.sources.filter((source) => source !== -1).length;
    this.#looksForSums = !form.isCanonical && columns >= SPARSE.columns;
    this.#form = {
      ...form,
      isGuarded: options.excel ?? form.isGuarded,
      mayHaveDecimalCommas: !form.hasTypedNumbers && (form.mayHaveDecimalCommas || options.decimal === 'comma'),
    };
    const repair = (kind: RepairKind, { key }: Field, cell: string) =>
      this.#repairs.push({ kind, column: key, value: cell });
    const context = {
      form: this.#form,
      signs,
      optionNames: options.optionNames,
      zones: options.zones,
      dateFormat: options.dateFormat,
      zone: () => this.#zone,
      onFraction: (field: Field, cell: string) => repair('fraction', field, cell),
      onRepeated: this.#warnOfRepeated.bind(this),
      onRepair: repair,
      onSpoilt: () => {
        this.#isSpoilt = true;
      },
      onCoarse: (key: FieldKey) => {
        this.#coarse += coarseBit(key);
      },
    };
    this.#columns = FIELDS.map((field, index) => ({
      field,
      index: index,
      source: layout.sources[index] ?? -1,
      read: fileCellReader(field, context),
    })).sort((a, b) => Number(b.field.kind === 'zone') - Number(a.field.kind === 'zone'));
  }

  /**
   * Reads a record that has all cells of the layout. A record with known faults is refused; the columns of those faults are not read again.
   */
  read(line: number, cells: (string | null)[], known: readonly RecordFault[] = []): ReadRow {
    this.#signs.line = line;
    this.#zone = null;
    this.#rowWarnings.length = 0;
    this.#repairs.length = 0;
    this.#coarse = 0;
    let isUndecided = false;
    this.#isSpoilt = false;
    const { nulls } = this.#options;
    const hasNulls = nulls.size > 0;
    const row: CanonicalRow = new Array<string | null>(FIELDS.length).fill(null);
    let faults: RecordFault[] | null = known.length === 0 ? null : [...known];
    for (const { field, index, source, read } of this.#columns) {
      const cell = cells[source];
      if (cell === null || cell === undefined) continue;
      if (hasNulls && nulls.has(cell)) {
        this.#repairs.push({ kind: 'nullOption', column: field.key, value: cell });
        continue;
      }
      const fault = known.length === 0 ? undefined : known.find(({ column }) => column === field.key);
      const value = fault === undefined ? read(cell) : new InvalidValue(fault.reason);
      if (index === FIELD_INDEX.interviewTimeZone) this.#zone = value;
      if (value === null || typeof value === 'string') {
        row[index] = value;
        continue;
      }
      if (fault !== undefined) continue;
      isUndecided ||= value instanceof UndecidedValue;
      faults ??= [];
      faults.push({ line, column: field.key, value: shortText(cell), reason: value.reason });
    }
    const interviewId = row[FIELD_INDEX.interviewId] ?? null;
    if (interviewId === null && !faults?.some(({ column }) => column === 'interviewId')) {
      const reason = 'interviewId is empty, but it is required';
      faults = [{ line, column: 'interviewId', value: null, reason }, ...(faults ?? [])];
    }
    if (this.#isSpoilt) faults = this.#refuseSpoilt(line, cells, row, faults);
    if (faults !== null) {
      const isKnown = interviewId !== null && !faults.some(({ column }) => column === 'interviewId');
      const refused = this.refuse(line, this.#mended(cells, row), faults, isKnown ? interviewId : null);
      return isUndecided ? { ...refused, isUndecided } : refused;
    }
    if (this.#looksForSums && row.filter((value) => value !== null).length <= SPARSE.values)
      this.#repairs.push({ kind: 'sparseRow', column: null, value: interviewId });
    const read = { line, row, interviewId, faults: [], cells: null };
    const coarse = this.#coarse;
    if (this.#rowWarnings.length + this.#repairs.length + coarse === 0) return read;
    return {
      ...read,
      ...(this.#rowWarnings.length > 0 && { warnings: this.#rowWarnings.splice(0) }),
      ...(this.#repairs.length > 0 && { repairs: this.#repairs.splice(0) }),
      // In a row in canonical form a number is as it was exported.
      ...(coarse > 0 && (this.#form.mayBeRounded || !this.#isCanonical(cells, row)) && { coarse }),
    };
  }

  /**
   * Returns the cells of a refused record, those that could be read in canonical form: the file of refused rows has its own separator and decimal
   * sign, and no other rows that would say what a date means. Of a canonical file they are unchanged.
   */
  #mended(cells: readonly (string | null)[], row: CanonicalRow): (string | null)[] {
    const mended = [...cells];
    if (this.#form.isCanonical) return mended;
    for (const { index, source } of this.#columns) {
      const value = row[index];
      if (source !== -1 && value !== null && value !== undefined) mended[source] = value;
    }
    return mended;
  }

  /** Whether a record is in canonical form, so that no spreadsheet has changed it. */
  #isCanonical(cells: readonly (string | null)[], row: CanonicalRow): boolean {
    if (!this.#form.isCanonical) return false;
    return this.#columns.every(({ index, source }) => (cells[source] ?? null) === row[index]);
  }

  /** Adds the faults of ids that a spreadsheet has spoilt, unless they are to be kept. */
  #refuseSpoilt(
    line: number,
    cells: readonly (string | null)[],
    row: CanonicalRow,
    faults: RecordFault[] | null,
  ): RecordFault[] | null {
    if (this.#form.isJson) return faults;
    const isKept = this.#options.keepIds || this.#isCanonical(cells, row);
    let all = faults;
    for (const { field, index } of this.#columns) {
      const id = row[index];
      if (field.kind !== 'identifier' || id === null || id === undefined || !looksSpoilt(id)) continue;
      if (isKept) {
        this.#repairs.push({ kind: 'keptId', column: field.key, value: id });
        continue;
      }
      const { reason } = spoiltId(id, this.#options.optionNames.keepIds);
      all = [...(all ?? []), { line, column: field.key, value: shortText(id), reason }];
    }
    return all;
  }

  /** Refuses a record and keeps its original cells. */
  refuse(line: number, cells: (string | null)[], faults: RecordFault[], interviewId: string | null): ReadRow {
    return {
      line,
      row: null,
      interviewId: interviewId === null ? null : copyString(interviewId),
      faults,
      cells: cells
        .filter((_, at) => at !== this.#layout.reasonAt)
        .map((cell) => (cell === null ? null : copyString(cell))),
    };
  }

  #warnOfRepeated({ key }: Field, cell: string, clock: string, instant: number, twin: number): void {
    const [first, second] = [instant, twin].sort((one, other) => one - other).map(isoInstant);
    const reason = `${clock} occurs twice in ${this.#zone} (${first} and ${second}); it is stored as ${clock} and read as ${second}${instant < twin ? `, although the file says ${first}` : ''}`;
    this.#rowWarnings.push({ column: key, value: shortText(cell), reason });
  }
}

const isoInstant = (instant: number): string => new Date(instant).toISOString().replace('.000', '');
