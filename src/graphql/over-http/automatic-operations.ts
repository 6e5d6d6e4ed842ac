/** Bytes that the operations may take which all clients sent together, and those of one caller. */
const MAX_TOTAL_BYTES = 32_000_000;
const MAX_CALLER_BYTES = 2_000_000;

/** Bytes that an operation takes beside its text, and a character of it. */
const BYTES_OF_OPERATION = 300;
const BYTES_OF_CHARACTER = 2;

/** What one caller has sent: the texts by their hashes, those that were asked for longest ago first. */
interface CallerOperations {
  readonly texts: Map<string, string>;
  bytes: number;
}

const bytesOf = (text: string): number => BYTES_OF_OPERATION + BYTES_OF_CHARACTER * text.length;

/**
 * Operations that clients have sent, by the SHA-256 of their texts (Apollo, "Automatic Persisted Queries"). Everybody finds all of them, and each
 * counts for the caller who sent it first. Those go first that were asked for longest ago: of a caller who sends too many, and of the one who has
 * the most where all together are too many. So nobody can push out what others sent.
 */
export class AutomaticOperations {
  readonly #shares = new Map<string, CallerOperations>();
  /** The callers by the hashes of what they sent. */
  readonly #senders = new Map<string, string>();
  #bytes = 0;

  /** The text with this hash, as long as it is kept. */
  find(hash: string): string | undefined {
    const texts = this.#shares.get(this.#senders.get(hash) ?? '')?.texts;
    const text = texts?.get(hash);
    if (texts === undefined || text === undefined) return undefined;
    texts.delete(hash);
    texts.set(hash, text);
    return text;
  }

  /** Keeps a text with this hash, which a caller (src/domain/viewer.ts) has sent. */
  keep(caller: string, hash: string, text: string): void {
    if (this.find(hash) !== undefined) return;
    const bytes = bytesOf(text);
    const share = this.#shares.get(caller) ?? { texts: new Map(), bytes: 0 };
    while (share.texts.size > 0 && share.bytes + bytes > MAX_CALLER_BYTES) this.#forgetOldest(caller, share);
    // Only now: a share that has nothing left isn't kept.
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
