import type pg from 'pg';

/** Bytes that are gathered before they are passed on. */
const CHUNK_BYTES = 1 << 17;

/** Milliseconds after which what was gathered is passed on although it is less. */
const FLUSH_AFTER_MS = 5;

/** Number of chunks that may wait for their reader before the connection is paused. */
const MAX_WAITING = 2;

/** The first bytes of the messages of a COPY (PostgreSQL manual, "Message Formats"), and the bytes of type and length. */
const COPY_DATA = 0x64;
const COPY_DONE = 0x63;
const ERROR = 0x45;
const HEADER_BYTES = 5;

type Listener = (bytes: Buffer) => void;

/**
 * A `COPY … TO STDOUT` for `client.query`: an iterator of its bytes, for one reader. Postgres sends each row as a message; it takes the
 * messages from the connection's bytes itself and passes the rows of many on as one chunk. One object a row, as in pg-copy-streams, takes
 * Node longer than all else that an export does. It reads ahead by a few chunks, then Postgres waits.
 *
 * Errors of the iteration: those of pg.
 */
export class CopyOut implements pg.Submittable, AsyncIterator<Buffer> {
  readonly text: string;
  #connection: pg.Connection | undefined;
  /** The driver's own listener, which reads all messages but those of the COPY. */
  #driver: Listener | undefined;
  /** The header of a message that is cut off. */
  #header: Buffer = Buffer.alloc(0);
  /** The type of the message whose content is being read, and the number of its bytes that have not arrived. */
  #type = 0;
  #missing = 0;
  #chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #used = 0;
  #waiting: Buffer[] = [];
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  #error: Error | undefined;
  #rows = 0;
  #reader: { resolve(result: IteratorResult<Buffer>): void; reject(error: Error): void } | undefined;

  constructor(statement: string) {
    this.text = statement;
  }

  /** Called by the driver when it is this statement's turn. */
  submit(connection: pg.Connection): void {
    this.#connection = connection;
    // The driver has one listener for the bytes of a connection (pg, lib/connection.js).
    this.#driver = connection.stream.listeners('data')[0] as Listener;
    connection.stream.off('data', this.#driver).on('data', this.#read);
    connection.query(this.text);
  }

  /** The number of rows that have arrived. */
  get rows(): number {
    return this.#rows;
  }

  next(): Promise<IteratorResult<Buffer>> {
    const chunk = this.#waiting.shift();
    if (chunk) {
      if (this.#waiting.length < MAX_WAITING) this.#connection?.stream.resume();
      return Promise.resolve({ value: chunk, done: false });
    }
    if (this.#error) return Promise.reject(this.#error);
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  /** Called by the driver for an error of the statement or the connection. */
  handleError(error: Error): void {
    this.#handBack();
    this.#error = error;
    this.#end();
  }

  /** Called by the driver at the end of the statement. */
  handleCommandComplete(): void {
    this.#end();
  }

  handleReadyForQuery(): void {}

  readonly #read: Listener = (bytes) => {
    const cut = this.#header.length > 0;
    let rest = cut ? Buffer.concat([this.#header, bytes]) : bytes;
    if (cut) this.#header = Buffer.alloc(0);
    let at = 0;
    while (at < rest.length) {
      if (this.#missing === 0) {
        if (rest.length - at < HEADER_BYTES) {
          this.#header = Buffer.from(rest.subarray(at));
          break;
        }
        this.#type = rest[at] as number;
        if (this.#type === COPY_DONE || this.#type === ERROR) {
          rest = rest.subarray(at);
          this.#handBack()?.(rest);
          return;
        }
        if (this.#type === COPY_DATA) this.#rows++;
        this.#missing = rest.readUInt32BE(at + 1) - 4;
        at += HEADER_BYTES;
      }
      const end = Math.min(rest.length, at + this.#missing);
      this.#missing -= end - at;
      // Others are notices and the like.
      if (this.#type === COPY_DATA) this.#gather(rest, at, end);
      at = end;
    }
    if (this.#used > 0) this.#timer ??= setTimeout(() => this.#flush(), FLUSH_AFTER_MS);
  };

  /** Returns the connection's bytes to the driver; gives its listener, or undefined if it has them already. */
  #handBack(): Listener | undefined {
    const [driver, stream] = [this.#driver, this.#connection?.stream];
    if (!driver || !stream) return undefined;
    this.#driver = undefined;
    stream.off('data', this.#read).on('data', driver).resume();
    return driver;
  }

  #gather(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + CHUNK_BYTES - this.#used);
      bytes.copy(this.#chunk, this.#used, at, end);
      this.#used += end - at;
      at = end;
      if (this.#used === CHUNK_BYTES) this.#flush();
    }
  }

  /** Passes on what was gathered. */
  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#used === 0) return;
    const chunk = this.#chunk.subarray(0, this.#used);
    this.#chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    this.#used = 0;
    if (this.#reader) {
      this.#reader.resolve({ value: chunk, done: false });
      this.#reader = undefined;
      return;
    }
    this.#waiting.push(chunk);
    if (this.#driver && this.#waiting.length >= MAX_WAITING) this.#connection?.stream.pause();
  }

  #end(): void {
    this.#flush();
    this.#ended = true;
    if (!this.#reader) return;
    if (this.#error) this.#reader.reject(this.#error);
    else this.#reader.resolve({ value: undefined, done: true });
    this.#reader = undefined;
  }
}
