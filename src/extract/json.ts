import type { Field } from '../domain/fields.ts';
import { toCharFormat } from './dates.ts';
import type { Format, Shape } from './format.ts';
import { quoted } from './quoted.ts';

/** A column as JSON text; SQL null where the row states nothing. */
function value({ column, kind, personal }: Field, { dates, personal: shown }: Shape): string {
  if (personal && !shown) return 'NULL';
  switch (kind) {
    case 'uuid':
    case 'enumeration':
      return `'"' || a.${column} || '"'`;
    case 'boolean':
    case 'integer':
    case 'number':
      return `a.${column}::text`;
    case 'utc':
    case 'local':
      if (dates) return `to_json(to_char(a.${column}, ${quoted(toCharFormat(dates))}))::text`;
      return `to_json(a.${column})::text`;
    default:
      return `to_json(a.${column})::text`;
  }
}

/** One row as the text of a JSON object. Written out piece by piece, since `row_to_json` takes three times as long. */
const object = (shape: Shape): string =>
  `${shape.fields
    .map((field, place) => `'${place === 0 ? '{' : ','}"${field.key}":' || coalesce(${value(field, shape)}, 'null')`)
    .join(' || ')} || '}'`;

/** Raw lines: JSON text has neither the quote nor the delimiter given here, nor a line end. */
const RAW = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'";

const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** `{"content":[{…},{…}]}`: every key present, null for nothing, no white space. */
export const json: Format = {
  name: 'json',
  mediaType: 'application/json',
  contentType: 'application/json; charset=utf-8',
  attachment: null,
  select: object,
  copyOptions: RAW,
  async *frame(_shape, rows) {
    yield Buffer.from('{"content":[');
    let rowEnded = false;
    for await (const chunk of rows) {
      if (chunk.length === 0) continue;
      if (rowEnded) yield Buffer.of(COMMA);
      rowEnded = chunk[chunk.length - 1] === NEWLINE;
      const body = rowEnded ? chunk.subarray(0, -1) : chunk;
      for (let at = body.indexOf(NEWLINE); at !== -1; at = body.indexOf(NEWLINE, at + 1)) body[at] = COMMA;
      yield body;
    }
    yield Buffer.from(']}');
  },
};

/** One such object a line, and nothing else. */
export const ndjson: Format = {
  name: 'ndjson',
  mediaType: 'application/x-ndjson',
  contentType: 'application/x-ndjson; charset=utf-8',
  attachment: null,
  select: object,
  copyOptions: RAW,
  async *frame(_shape, rows) {
    yield* rows;
  },
};
