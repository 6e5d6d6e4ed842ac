const NEWLINE = 0x0a;

/**
 * Cuts a COPY in text format, whose chunks may end anywhere, at the ends of rows: yields the rows that end in each chunk. A newline in a
 * value is escaped, so each one ends a row.
 */
export async function* wholeRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  /** The start of a row whose end has not arrived yet. */
  let begun: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    const [ended, rest] = [chunk.subarray(0, end), chunk.subarray(end)];
    if (end === 0) {
      begun.push(rest);
      continue;
    }
    const rows = begun.length === 0 ? ended : Buffer.concat([...begun, ended]);
    begun = rest.length === 0 ? [] : [rest];
    yield rows;
  }
}
