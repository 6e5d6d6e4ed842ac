import type { PatternToken } from '../domain/date-pattern-tokens.ts';
import type { Field } from '../domain/fields.ts';

/** How the rows of an export are to look. */
export interface Shape {
  /** The fields, in the order asked for. */
  readonly fields: readonly Field[];
  /** CSV only: the header shows labels instead of keys. */
  readonly labels: boolean;
  /** The form of dates; null: `yyyy-MM-dd'T'HH:mm:ss`. */
  readonly dates: readonly PatternToken[] | null;
  /** CSV only: for spreadsheets, with a byte order mark, and text that begins like a formula disarmed. */
  readonly excel: boolean;
  /** Whether personal fields show what they state; otherwise they look as if nothing were stated. */
  readonly personal: boolean;
}

/** A way to write rows: the database makes the bytes of each row, `frame` puts what stands around and between them. */
export interface Format {
  /** As in `?format=` and `--format`. */
  readonly name: string;
  /** What an Accept header asks for. */
  readonly mediaType: string;
  readonly contentType: string;
  /** The name a browser saves it under, or null where it shows it. */
  readonly attachment: string | null;
  /** The SELECT list over `appointment a` that makes a row of it, and the options of the COPY that gives it out as bytes. */
  select(shape: Shape): string;
  readonly copyOptions: string;
  /** Takes the chunks of the COPY, which it may change in place, and gives those of the document. */
  frame(shape: Shape, rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
}
