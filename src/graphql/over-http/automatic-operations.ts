/** The maximum size of all kept operations in bytes, and of those from one caller. */
const MAX_TOTAL_BYTES = 32_000_000;
const MAX_CALLER_BYTES = 2_000_000;

/** An estimate of the bytes that a kept operation takes besides its text, and that a character of the text takes. */
const BYTES_OF_OPERATION = 300;
const BYTES_OF_CHARACTER = 2;

/** The operations of one caller: texts by hash, least recently used first. */
interface CallerOperations {
  readonly texts: Map<string, string>;
  bytes: number;
}

const bytesOf = (text: string): number => BYTES_OF_OPERATION + BYTES_OF_CHARACTER * text.length;

/**
 * Keeps the operations that clients have sent, by the SHA-256 of their text (Apollo, "Automatic Persisted Queries"). All callers can use
 * every operation; each counts towards the caller that sent it first. The least recently used operations are dropped: those of a caller
 * that exceeds its share, and, if the total is exceeded, those of the caller with the largest share. So no caller can evict what others
 * sent.
 */
export class AutomaticOperations {
  readonly #shares = new Map<string, CallerOperations>();
  /** Callers by the hashes of the operations they sent. */
  readonly #senders = new Map<string, string>();
  #bytes = 0;

  /** Returns the text with this hash; undefined if it is not kept. */
  find(hash: string): string | undefined {
    const texts = this.#shares.get(this.#senders.get(hash) ?? '')?.texts;
    const text = texts?.get(hash);
    if (texts === undefined || text === undefined) return undefined;
    texts.delete(hash);
    texts.set(hash, text);
    return text;
  }

  /** Keeps a text by its hash. `caller`: the sender (src/domain/viewer.ts). */
  keep(caller: string, hash: string, text: string): void {
    if (this.find(hash) !== undefined) return;
    const bytes = bytesOf(text);
    const share = this.#shares.get(caller) ?? { texts: new Map(), bytes: 0 };
    while (share.texts.size > 0 && share.bytes + bytes > MAX_CALLER_BYTES) this.#forgetOldest(caller, share);
    // Set only now, because #forgetOldest deletes an empty share.
    this.#shares.set(caller, share);
    share.texts.set(hash, text);
    share.bytes += bytes;
    this.#senders.set(hash, caller);
    this.#bytes += bytes;
    while (this.#bytes > MAX_TOTAL_BYTES) this.#forgetOldest(...this.#largest());
  }

  #forgetOldest(caller: string, share: CallerOperations): void {
    const [oldest] = share.texts;
    if (!oldest) return;
    const [hash, text] = oldest;
    share.texts.delete(hash);
    this.#senders.delete(hash);
    const bytes = bytesOf(text);
    share.bytes -= bytes;
    this.#bytes -= bytes;
    if (share.texts.size === 0) this.#shares.delete(caller);
  }

  #largest(): [caller: string, share: CallerOperations] {
    const [first, ...others] = this.#shares;
    if (!first) throw new Error('there are bytes of no caller');
    return others.reduce((largest, one) => (one[1].bytes > largest[1].bytes ? one : largest), first);
  }
}
