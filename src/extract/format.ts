/** A way to write rows: the database makes the bytes of each row, `frame` puts what stands around and between them. */
export interface Format {
  /** As in `?format=` and `--format`. */
  readonly name: string;
  /** What an Accept header asks for. */
  readonly mediaType: string;
  readonly contentType: string;
  /** The name a browser saves it under, or null where it shows it. */
  readonly attachment: string | null;
  /** The COPY … TO STDOUT whose output `frame` takes. */
  statement(): string;
  /** Takes the chunks of the COPY, which it may change in place, and gives those of the document. */
  frame(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
}
