/** Maximum number of records per batch: few enough that even the largest are read and staged within milliseconds. */
export const BATCH_SIZE = 500;

/** Maximum number of characters of a batch of records whose cells may be longer than the piece of the file that they were read from. */
const MAX_CHARACTERS = 4 << 20;

/** Splits records into batches by their number and by the characters of their cells. */
export function* inSmallBatches<Item extends { readonly cells: readonly (string | null)[] }>(
  records: readonly Item[],
): Generator<Item[]> {
  let batch: Item[] = [];
  let characters = 0;
  for (const record of records) {
    batch.push(record);
    for (const cell of record.cells) characters += cell?.length ?? 0;
    if (batch.length < BATCH_SIZE && characters < MAX_CHARACTERS) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

/** Splits the records that a piece of the file completes into batches. The caller may yield the event loop between them. */
export function* inBatches<Item>(records: Item[]): Generator<Item[]> {
  if (records.length > BATCH_SIZE)
    for (let at = 0; at < records.length; at += BATCH_SIZE) yield records.slice(at, at + BATCH_SIZE);
  else if (records.length > 0) yield records;
}
