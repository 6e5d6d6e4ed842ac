import type { ReadRow } from './extract.ts';
import type { FileSigns } from './file-signs.ts';

/** Maximum number of records that wait, and of the characters of their cells. */
const MAX_WAITING = { records: 5_000, characters: 1 << 24 };

/**
 * Reads records in their order, and lets those wait whose values can't be understood until a later one decides, such as 01/02/2026 (see
 * `Signs`). If none does, or too many wait, they are refused.
 */
export class UndecidedRows<Item extends { readonly cells: readonly (string | null)[] | null }> {
  readonly #read: (record: Item) => ReadRow;
  readonly #emit: (record: Item, row: ReadRow) => void;
  readonly #signs: FileSigns;
  #waiting: Item[] = [];
  #characters = 0;
  #hasGivenUp = false;

  /** `emit` is called with each record and its row, in order. */
  constructor(read: (record: Item) => ReadRow, emit: (record: Item, row: ReadRow) => void, signs: FileSigns) {
    this.#read = read;
    this.#emit = emit;
    this.#signs = signs;
  }

  /** Reads a record, and emits what no longer waits. */
  read(record: Item): void {
    const decided = this.#signs.decisions;
    let row = this.#read(record);
    const isDecided = this.#signs.decisions > decided;
    // A later cell of the same record may decide about an earlier one.
    if (row.isUndecided && isDecided) row = this.#read(record);
    if (this.#waiting.length === 0 && (!row.isUndecided || this.#hasGivenUp)) {
      this.#emit(record, row);
      return;
    }
    this.#waiting.push(record);
    for (const cell of record.cells ?? []) this.#characters += cell?.length ?? 0;
    if (isDecided) this.#release();
    else if (this.#waiting.length >= MAX_WAITING.records || this.#characters > MAX_WAITING.characters) this.end();
  }

  /** Emits the records that still wait; to be called at the end of the file. */
  end(): void {
    this.#hasGivenUp = true;
    this.#release();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#characters = 0;
    for (const [at, record] of waiting.entries()) {
      const row = this.#read(record);
      if (row.isUndecided && !this.#hasGivenUp) {
        // It waits for the other decision.
        this.#waiting = waiting.slice(at);
        return;
      }
      this.#emit(record, row);
    }
  }
}
