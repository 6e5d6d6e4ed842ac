import { FIELDS, isOriginal } from '../../domain/fields.ts';
import { copyString } from '../../domain/values/copy-string.ts';
import { inBatches } from '../bytes/batches.ts';
import { absentKeys, unknownColumns } from '../rows/columns.ts';
import type { Extract, ReadOptions, ReadRow } from '../rows/extract.ts';
import { type RecordFault, Unreadable, UnreadableExtract } from '../rows/fault.ts';
import { FileSigns } from '../rows/file-signs.ts';
import { JSON_FORM } from '../rows/record-file.ts';
import { Repairs } from '../rows/repairs.ts';
import { RowReader } from '../rows/row.ts';
import { UndecidedRows } from '../rows/undecided-rows.ts';
import type { JsonElement } from './json-element.ts';
import { JsonElements } from './json-elements.ts';

/** Maximum number of different unknown keys that are remembered. */
const MAX_UNKNOWN = 1000;

/** Reads an extract in JSON or NDJSON. `name`: the file name. Its rows throw UnreadableExtract. */
export function readJson(name: string, pieces: AsyncIterable<string>, options: ReadOptions): Extract {
  const reader = new JsonElements();
  const warnings: RecordFault[] = [];
  const unknown = new Set<string>();
  let warnedAt = -1;
  const warnOf = ({ number, unknown: keys }: JsonElement): void => {
    const knownBefore = unknown.size;
    for (const key of keys) if (unknown.size < MAX_UNKNOWN && !unknown.has(key)) unknown.add(copyString(key));
    if (unknown.size === knownBefore) return;
    // One warning for all of them, with the number of the first element that had one.
    const line = warnings[warnedAt]?.line ?? number;
    if (warnedAt === -1) warnedAt = warnings.length;
    warnings[warnedAt] = unknownColumns([...unknown], line, 'key');
  };
  const repairs = new Repairs();
  const signs = new FileSigns(options.decimal);
  const rows = new RowReader({ sources: FIELDS.map((_, index) => index), reasonAt: -1 }, options, JSON_FORM, signs);
  const rowOf = (element: JsonElement): ReadRow => {
    const { number, cells, faults, unknown: keys } = element;
    if (keys.length > 0) warnOf(element);
    if (cells === null)
      return rows.refuse(
        number,
        FIELDS.map(() => null),
        faults,
        null,
      );
    return rows.read(number, cells, faults);
  };

  let batch: ReadRow[] = [];
  const undecided = new UndecidedRows(rowOf, (_, row) => batch.push(row), signs);
  const taken = (): Generator<ReadRow[]> => {
    const rows = batch;
    batch = [];
    return inBatches(rows);
  };

  async function* batches(): AsyncGenerator<ReadRow[]> {
    try {
      for await (const elements of elementsOf(pieces, reader)) {
        for (const element of elements) undecided.read(element);
        yield* taken();
      }
      undecided.end();
      yield* taken();
      const missing = options.allowMissingColumns ? [] : reader.missing.filter(isOriginal);
      if (missing.length > 0) warnings.push(absentKeys(missing));
    } catch (error) {
      yield* taken();
      if (!(error instanceof Unreadable)) throw error;
      const column = error.cell === null ? null : (FIELDS[error.cell]?.key ?? null);
      const fault = { line: error.line ?? reader.number, column, value: null, reason: error.message };
      throw new UnreadableExtract(name, fault, 'element');
    }
  }
  return {
    columns: FIELDS.map(({ key }) => key),
    unit: 'element',
    missing: () => reader.missing,
    warnings,
    repairs,
    rows: batches(),
  };
}

async function* elementsOf(pieces: AsyncIterable<string>, reader: JsonElements): AsyncGenerator<JsonElement[]> {
  const read = function* (piece: string, last: boolean): Generator<JsonElement[]> {
    for (let rest = piece, isRead = false; !isRead; rest = '') {
      const elements: JsonElement[] = [];
      try {
        isRead = reader.read(rest, last, elements);
      } finally {
        // Elements before an error are yielded before the error is thrown.
        if (elements.length > 0) yield elements;
      }
    }
  };
  for await (const piece of pieces) yield* read(piece, false);
  yield* read('', true);
}
