import type { FieldKind } from '../domain/fields.ts';
import type { Format, OutputOptions } from './output-options.ts';
import { RowWriter } from './row-writer.ts';

/** Kinds whose text is JSON as it stands. */
const UNQUOTED_KINDS: readonly FieldKind[] = ['boolean', 'integer', 'number'];

/** What JSON writes for a character in a text that can't stand there as it is. */
function replacement(character: string): string | undefined {
  const text = JSON.stringify(character).slice(1, -1);
  return text === character ? undefined : text;
}

/** Writes a row as an object without white space: with every key and null for nothing, or without the keys of nothing. */
const objects = (output: OutputOptions, around: { between: string; end: string }): RowWriter =>
  new RowWriter(output, {
    open: '{',
    separator: ',',
    names: output.fields.map(({ key }) => `${JSON.stringify(key)}:`),
    between: around.between,
    end: `}${around.end}`,
    null: output.nulls === 'omit' ? null : 'null',
    quotes: output.fields.map(({ kind }) => (UNQUOTED_KINDS.includes(kind) ? 'never' : 'always')),
    quotable: '',
    instead: replacement,
  });

/** `{"content":[{…},{…}]}`. The original leaves the keys of nothing out, and its clients take no null for an enumeration. */
export const json: Format = {
  name: 'json',
  mediaType: 'application/json',
  contentType: 'application/json; charset=utf-8',
  attachment: null,
  nulls: 'omit',
  async *encode(output, rows) {
    yield Buffer.from('{"content":[');
    const writer = objects(output, { between: ',', end: '' });
    yield* writer.write(rows);
    yield Buffer.from(']}');
  },
};

/** One such object a line, and nothing else. */
export const ndjson: Format = {
  name: 'ndjson',
  mediaType: 'application/x-ndjson',
  contentType: 'application/x-ndjson; charset=utf-8',
  attachment: null,
  nulls: 'include',
  async *encode(output, rows) {
    const writer = objects(output, { between: '', end: '\n' });
    yield* writer.write(rows);
  },
};
