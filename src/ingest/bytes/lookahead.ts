/** An iterator of pieces (bytes or text) whose first pieces can be inspected before they are read. */
export class Lookahead<Piece> implements AsyncIterableIterator<Piece> {
  readonly #pieces: AsyncIterator<Piece>;
  readonly #seen: Piece[] = [];
  /** What failed while looking ahead: thrown after the pieces before it. */
  #failure: { readonly error: unknown } | null = null;

  constructor(pieces: AsyncIterable<Piece>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /**
   * Returns the first pieces: as many as `isEnough` requires, or all there are until the end or an error. Iteration still returns them, and
   * throws that error after them.
   */
  async look(isEnough: (seen: readonly Piece[]) => boolean): Promise<readonly Piece[]> {
    while (this.#failure === null && !isEnough(this.#seen)) {
      try {
        const next = await this.#pieces.next();
        if (next.done) break;
        this.#seen.push(next.value);
      } catch (error) {
        this.#failure = { error };
      }
    }
    return this.#seen;
  }

  async next(): Promise<IteratorResult<Piece, undefined>> {
    const seen = this.#seen.shift();
    if (seen !== undefined) return { done: false, value: seen };
    if (this.#failure !== null) throw this.#failure.error;
    const next = await this.#pieces.next();
    return next.done ? { done: true, value: undefined } : next;
  }

  async return(): Promise<IteratorResult<Piece, undefined>> {
    this.#seen.length = 0;
    await this.#pieces.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Returns the first bytes of a file: this many, or all. Iteration still returns them. */
export async function firstBytes(bytes: Lookahead<Uint8Array>, count: number): Promise<Uint8Array> {
  const seen = await bytes.look((pieces) => pieces.reduce((sum, piece) => sum + piece.length, 0) >= count);
  return Buffer.concat(seen).subarray(0, count);
}
