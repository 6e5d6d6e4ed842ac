import type { Field } from '../domain/fields.ts';
import type { OptionalColumn, OptionalKey } from '../domain/optional-columns.ts';
import type { PatternToken } from '../domain/values/date-pattern-tokens.ts';

/** Whether null values have their key in a row. */
export type NullKeys = 'include' | 'omit';

/** A column of an export: a field, or an optional column. */
export type OutputColumn = Field | (OptionalColumn & { readonly key: OptionalKey });

/** How an export writes rows. */
export interface OutputOptions {
  /** The columns: the fields in the requested order, then the optional columns in theirs. */
  readonly fields: readonly OutputColumn[];
  /** CSV only: whether the header shows labels instead of keys. */
  readonly labels: boolean;
  /** The date pattern; null: `yyyy-MM-dd'T'HH:mm:ss`. */
  readonly dates: readonly PatternToken[] | null;
  /** CSV only: for spreadsheets, with a byte order mark and with formulas neutralised. */
  readonly excel: boolean;
  /** CSV only: the character between two cells. */
  readonly delimiter: string;
  /** CSV only: whether numbers have a decimal comma instead of a point. */
  readonly decimalComma: boolean;
  /** JSON and NDJSON only: whether fields that are null appear with null or are left out. */
  readonly nulls: NullKeys;
  /** Whether personal fields show their values; if not, they look like null. */
  readonly personal: boolean;
}

/** A format of the extract. */
export interface Format {
  /** The name in `?format=` and `--format`. */
  readonly name: string;
  /** The media type, as in Accept. */
  readonly mediaType: string;
  readonly contentType: string;
  /** The file name under which browsers save it; null if they display it. */
  readonly attachment: string | null;
  /** How nulls are written by default; null if the format has no choice. */
  readonly nulls: NullKeys | null;
  /** Encodes the chunks of a COPY of `selectListOf(output)` in text format, which may be cut anywhere, as chunks of the document. */
  encode(output: OutputOptions, rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
}
