/** Bytes to decode at once, and thus how much of a file is in memory. */
const BLOCK_BYTES = 64 * 1024;

/** Yields blocks of 64 KiB to 128 KiB; the last may be smaller. If the bytes end with an error, it first yields those before it. */
export async function* blocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  let failure: { error: unknown } | null = null;
  try {
    for await (const piece of bytes) {
      pending.push(piece);
      size += piece.length;
      if (size < BLOCK_BYTES) continue;
      const joined = pending.length === 1 ? piece : Buffer.concat(pending);
      let at = 0;
      for (; size - at >= 2 * BLOCK_BYTES; at += BLOCK_BYTES) yield joined.subarray(at, at + BLOCK_BYTES);
      yield joined.subarray(at);
      pending = [];
      size = 0;
    }
  } catch (error) {
    failure = { error };
  }
  if (size > 0) yield Buffer.concat(pending);
  if (failure !== null) throw failure.error;
}
