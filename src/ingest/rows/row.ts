import { type CanonicalRow, FIELD_INDEX, FIELDS, type Field } from '../../domain/fields.ts';
import type { RowWarning } from '../../domain/import/import-session.ts';
import { type CellReader, cellReader } from '../../domain/values/cells.ts';
import { copyString } from '../../domain/values/copy-string.ts';
import { InvalidValue } from '../../domain/values/invalid-value.ts';
import type { ReadOptions, ReadRow } from './extract.ts';
import { type RecordFault, shortText } from './fault.ts';

/** Where the cells of a record are. */
export interface Layout {
  /** For each field in order, the index of its cell in a record; -1 if the file lacks it. */
  readonly sources: readonly number[];
  /** The index of the column "reason", which is left out; -1 if there is none. */
  readonly reasonAt: number;
}

/** Converts records into canonical form, or refuses them. One reader per file; it may add to the file's warnings. */
export class RowReader {
  readonly #layout: Layout;
  readonly #warnings: RecordFault[];
  /** In the order of reading: the zone first, because local times need it. */
  readonly #columns: readonly { field: Field; index: number; source: number; read: CellReader }[];
  #line = 0;
  #zone: string | null | InvalidValue = null;
  #fractionSeen = false;
  /** The warnings of the current row. */
  #rowWarnings: RowWarning[] = [];

  constructor(layout: Layout, options: ReadOptions, warnings: RecordFault[]) {
    this.#layout = layout;
    this.#warnings = warnings;
    const context = {
      zones: options.zones,
      dateFormat: options.dateFormat,
      zone: () => this.#zone,
      onFraction: (field: Field, cell: string) => this.#warnOfFraction(field, cell),
      onRepeated: this.#warnOfRepeated.bind(this),
    };
    this.#columns = FIELDS.map((field, index) => ({
      field,
      index: index,
      source: layout.sources[index] ?? -1,
      read: cellReader(field, context),
    })).sort((a, b) => Number(b.field.kind === 'zone') - Number(a.field.kind === 'zone'));
  }

  /**
   * Reads a record that has all cells of the layout. A record with known faults is refused; the columns of those faults are not read again.
   */
  read(line: number, cells: (string | null)[], known: readonly RecordFault[] = []): ReadRow {
    this.#line = line;
    this.#zone = null;
    this.#rowWarnings.length = 0;
    const row: CanonicalRow = new Array<string | null>(FIELDS.length).fill(null);
    let faults: RecordFault[] | null = known.length === 0 ? null : [...known];
    for (const { field, index, source, read } of this.#columns) {
      const cell = cells[source];
      if (cell === null || cell === undefined) continue;
      const fault = known.length === 0 ? undefined : known.find(({ column }) => column === field.key);
      const value = fault === undefined ? read(cell) : new InvalidValue(fault.reason);
      if (index === FIELD_INDEX.interviewTimeZone) this.#zone = value;
      if (value === null || typeof value === 'string') {
        row[index] = value;
        continue;
      }
      if (fault !== undefined) continue;
      faults ??= [];
      faults.push({ line, column: field.key, value: shortText(cell), reason: value.reason });
    }
    const interviewId = row[FIELD_INDEX.interviewId] ?? null;
    if (interviewId === null && !faults?.some(({ column }) => column === 'interviewId')) {
      const reason = 'interviewId is empty, but it is required';
      faults = [{ line, column: 'interviewId', value: null, reason }, ...(faults ?? [])];
    }
    if (faults === null) {
      const read = { line, row, interviewId, faults: [], cells: null };
      return this.#rowWarnings.length === 0 ? read : { ...read, warnings: this.#rowWarnings.splice(0) };
    }
    return this.refuse(line, cells, faults, interviewId);
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

  #warnOfFraction(field: Field, cell: string): void {
    if (this.#fractionSeen) return;
    this.#fractionSeen = true;
    const reason = 'fractions of a second are dropped, here and in all following rows';
    this.#warnings.push({ line: this.#line, column: field.key, value: shortText(cell), reason });
  }

  #warnOfRepeated({ key }: Field, cell: string, clock: string, instant: number, twin: number): void {
    const [first, second] = [instant, twin].sort((one, other) => one - other).map(isoInstant);
    const reason = `${clock} occurs twice in ${this.#zone} (${first} and ${second}); it is stored as ${clock} and read as ${second}${instant < twin ? `, although the file says ${first}` : ''}`;
    this.#rowWarnings.push({ column: key, value: shortText(cell), reason });
  }
}

const isoInstant = (instant: number): string => new Date(instant).toISOString().replace('.000', '');
