/** An iterator of pieces (bytes or text) whose first pieces can be inspected before they are read. */
export class Lookahead<Piece> implements AsyncIterableIterator<Piece> {
  readonly #pieces: AsyncIterator<Piece>;
  readonly #seen: Piece[] = [];

  constructor(pieces: AsyncIterable<Piece>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Returns the first pieces: as many as `isEnough` requires, or all. Iteration still returns them. */
  async look(isEnough: (seen: readonly Piece[]) => boolean): Promise<readonly Piece[]> {
    while (!isEnough(this.#seen)) {
      const next = await this.#pieces.next();
      if (next.done) break;
      this.#seen.push(next.value);
    }
    return this.#seen;
  }

  async next(): Promise<IteratorResult<Piece, undefined>> {
    const seen = this.#seen.shift();
    if (seen !== undefined) return { done: false, value: seen };
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
