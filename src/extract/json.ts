import type { DocumentForm, Format, WrittenColumn } from './output-options.ts';
import { RowWriter } from './row-writer.ts';

/** Kinds whose text is a JSON literal. */
const UNQUOTED_KINDS: readonly WrittenColumn['kind'][] = ['boolean', 'integer', 'number'];

/** Returns the JSON escape of a character; undefined if it needs none. */
function replacement(character: string): string | undefined {
  const text = JSON.stringify(character).slice(1, -1);
  return text === character ? undefined : text;
}

/** What is written around and between rows. */
interface ObjectForm {
  /** The members before those of the row, with a comma at the end; none by default. */
  readonly head?: string;
  readonly between: string;
  readonly end: string;
  /** Whether numbers that are not whole are texts; by default they are JSON numbers. */
  readonly quotedDecimals?: boolean;
}

/** Returns an encoder that writes rows as objects without white space, either with all keys or without those of null values. */
export const objectWriter = (output: DocumentForm, around: ObjectForm): RowWriter =>
  new RowWriter(output, {
    open: `{${around.head ?? ''}`,
    separator: ',',
    names: output.fields.map(({ key }) => `${JSON.stringify(key)}:`),
    between: around.between,
    end: `}${around.end}`,
    null: output.nulls === 'omit' ? null : 'null',
    quotes: output.fields.map(({ kind }) =>
      UNQUOTED_KINDS.includes(kind) && !(kind === 'number' && around.quotedDecimals) ? 'never' : 'always',
    ),
    quotable: '',
    instead: replacement,
  });

/** `{"content":[{…},{…}]}`. Null values are left out by default, as in the original: its clients do not accept null for an enumeration. */
export const json: Format = {
  name: 'json',
  mediaType: 'application/json',
  contentType: 'application/json; charset=utf-8',
  attachment: null,
  nulls: 'omit',
  labels: null,
  isCompressed: false,
  isDated: false,
  limits: null,
  async *encode(output, rows, { subject }) {
    const head = Object.entries(subject?.head ?? {}).map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`,
    );
    yield Buffer.from(`{${head.join('')}"content":[`);
    const writer = objectWriter(output, { between: ',', end: '' });
    yield* writer.write(rows);
    yield Buffer.from(']}');
  },
};

/** One such object per line, and nothing else. */
export const ndjson: Format = {
  name: 'ndjson',
  mediaType: 'application/x-ndjson',
  contentType: 'application/x-ndjson; charset=utf-8',
  attachment: null,
  nulls: 'include',
  labels: null,
  isCompressed: false,
  isDated: false,
  limits: null,
  async *encode(output, rows) {
    const writer = objectWriter(output, { between: '', end: '\n' });
    yield* writer.write(rows);
  },
};
