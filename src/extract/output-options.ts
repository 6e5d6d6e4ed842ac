import type { Field, FieldKind } from '../domain/fields.ts';
import type { OptionalColumn, OptionalKey } from '../domain/optional-columns.ts';
import type { PatternToken } from '../domain/values/date-pattern-tokens.ts';

/** Whether null values have their key in a row. */
export type NullKeys = 'include' | 'omit';

/** A column of an export: a field, or an optional column. */
export type OutputColumn = Field | (OptionalColumn & { readonly key: OptionalKey });

/** A column as formats write it. */
export interface WrittenColumn {
  /** The JSON key and the CSV header. */
  readonly key: string;
  readonly label: string;
  /** The kind of its values. `instant`: a point in time, in UTC. */
  readonly kind: FieldKind | 'instant';
  readonly personal: boolean;
}

/** How a document writes rows. */
export interface DocumentForm {
  readonly fields: readonly WrittenColumn[];
  /** Whether the header shows labels instead of keys. */
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

/** How an export writes rows. */
export interface OutputOptions extends DocumentForm {
  /** The columns: the fields in the requested order, then the optional columns in theirs. */
  readonly fields: readonly OutputColumn[];
}

/** How much an export writes, of formats that have limits. */
export interface ExportExtent {
  readonly rows: number;
  /** Bytes of all values of fields of the kind `text`. */
  readonly textBytes: number;
}

/** What is known of an export when its first row is written, for formats that say it. */
export interface ExportDetails {
  /** Version of the program. */
  readonly program: string;
  /** The data version of the rows. */
  readonly version: string;
  readonly exportedAt: Date;
  /** The filters in words, which are combined with AND, and the values of each, any of which matches. */
  readonly filters: readonly FilterWords[];
  readonly limit: number | null;
  /** Whether it begins after another page, and whether one follows. */
  readonly isContinued: boolean;
  readonly hasMore: boolean;
  /** Whether the viewer may see some of the rows only. */
  readonly isRestricted: boolean;
  /** Null if unknown. */
  readonly extent: ExportExtent | null;
  /** What the rows are, if they are not those of the extract. */
  readonly subject?: Subject;
}

/** What the rows of a document are. */
export interface Subject {
  /** The name of the sheet with the rows. */
  readonly sheet: string;
  /** The members of the JSON object before its rows. */
  readonly head: Readonly<Record<string, unknown>>;
  /** What the sheet About says, line by line. */
  readonly lines: readonly (readonly [label: string, value: string])[];
}

export interface FilterWords {
  readonly label: string;
  readonly values: readonly string[];
}

/** The limits of a sheet. */
export interface SheetLimits {
  /** Maximum number of rows without the header. */
  readonly rows: number;
  /** Maximum length of a cell in UTF-16 code units. */
  readonly cellLength: number;
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
  /** Whether the header shows labels by default; null if the format has no header. */
  readonly labels: boolean | null;
  /** Whether it is compressed already, so that a content coding would only take time. */
  readonly isCompressed: boolean;
  /** Whether it says when it was exported, so that the same rows have other bytes each time. */
  readonly isDated: boolean;
  /** What does not fit is refused before the first byte; null: everything fits. */
  readonly limits: SheetLimits | null;
  /**
   * Encodes rows as chunks of the document. They are the chunks of a COPY in text format, which may be cut anywhere: of
   * `selectListOf(output)`, or of other columns.
   */
  encode(output: DocumentForm, rows: AsyncIterable<Buffer>, details: ExportDetails): AsyncGenerator<Buffer>;
}
