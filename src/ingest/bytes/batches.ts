/** Maximum number of records per batch: few enough that even the largest are read and staged within milliseconds. */
export const BATCH_SIZE = 500;

/** Splits the records that a piece of the file completes into batches. The caller may yield the event loop between them. */
export function* inBatches<Item>(records: Item[]): Generator<Item[]> {
  if (records.length > BATCH_SIZE)
    for (let at = 0; at < records.length; at += BATCH_SIZE) yield records.slice(at, at + BATCH_SIZE);
  else if (records.length > 0) yield records;
}
