import type { Field } from '../domain/fields.ts';
import type { PatternToken } from '../domain/values/date-pattern-tokens.ts';

/** What becomes of the keys of a row's nulls. */
export type NullKeys = 'include' | 'omit';

/** How the rows of an export are to look. */
export interface OutputOptions {
  /** The fields, in the order asked for. */
  readonly fields: readonly Field[];
  /** CSV only: the header shows labels instead of keys. */
  readonly labels: boolean;
  /** The form of dates; null: `yyyy-MM-dd'T'HH:mm:ss`. */
  readonly dates: readonly PatternToken[] | null;
  /** CSV only: for spreadsheets, with a byte order mark, and text that begins like a formula disarmed. */
  readonly excel: boolean;
  /** JSON and NDJSON only: whether a row has the keys of fields that state nothing, with null, or leaves them out. */
  readonly nulls: NullKeys;
  /** Whether personal fields show what they state; otherwise they look as if nothing were stated. */
  readonly personal: boolean;
}

/** A way to write rows. */
export interface Format {
  /** As in `?format=` and `--format`. */
  readonly name: string;
  /** What an Accept header asks for. */
  readonly mediaType: string;
  readonly contentType: string;
  /** The name a browser saves it under, or null where it shows it. */
  readonly attachment: string | null;
  /** What becomes of nulls where nobody asks for anything else; null where the format leaves no choice. */
  readonly nulls: NullKeys | null;
  /** Takes the chunks of a COPY of `columnsOf(shape)` in text format, cut anywhere, and gives those of the document. */
  encode(output: OutputOptions, rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
}
