/** Records that are handed on at once: few enough that even the worst of them are read and staged within milliseconds. */
export const BATCH_SIZE = 500;

/** The records that a piece of the file completes, in batches; between them the event loop may be given back. */
export function* inBatches<Item>(records: Item[]): Generator<Item[]> {
  if (records.length > BATCH_SIZE)
    for (let at = 0; at < records.length; at += BATCH_SIZE) yield records.slice(at, at + BATCH_SIZE);
  else if (records.length > 0) yield records;
}
