/** Imports: rows, documents, and what is neither. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FIELD_KEYS } from '../../../src/domain/fields.ts';
import { noise, utf8 } from '../hostile-text.ts';
import { csvCell } from '../rows.ts';
import { extras, headersOf, tokenHeader } from './headers.ts';
import { date, path, query, uuid } from './parameters.ts';
import { CLOSE, latin1, PATH, type Sent, type Tokens } from './sent.ts';

const KEYS: string[] = [...FIELD_KEYS];
const HEADER = KEYS.join(',');

/** Rows that stay apart from those that are compared: their ids begin with fuzz-. */
const row = fc
  .tuple(fc.nat(50), fc.array(fc.tuple(fc.integer({ min: 1, max: 29 }), fc.oneof(noise, date, uuid)), { maxLength: 3 }))
  .map(([id, values]) => {
    const cells = Array<string | null>(KEYS.length).fill(null);
    cells[0] = `fuzz-${id}`;
    // Without line ends, so that these rows can be told by their lines.
    for (const [at, value] of values) cells[at] = value.replace(/[\r\n\uD800-\uDFFF]/g, '');
    return cells;
  });

const deep = (open: string, close: string) => (depth: number) => open.repeat(depth) + close.repeat(depth);

const json = fc.oneof(
  fc.array(row, { maxLength: 5 }).map((rows) =>
    JSON.stringify({
      content: rows.map((cells) => Object.fromEntries(KEYS.map((key, at) => [key, cells[at] ?? null]))),
    }),
  ),
  fc.constantFrom(
    '{',
    '[]',
    '{"content":[]}',
    '{"content":{}}',
    'null',
    '[1]',
    '[[]]',
    '{"content":[',
    '\0',
    '{"content":[{}]}',
  ),
  fc.constantFrom(deep('[', ']')(100_000), deep('{"a":', '}')(20_000), `[{"interviewId":${deep('[', ']')(50_000)}}]`),
  fc.constantFrom(
    `[{"interviewId":"fuzz-1","duration":1${'0'.repeat(100_000)}}]`,
    '[{"interviewId":"fuzz-1","duration":1e999999999,"interviewers":99999999999}]',
    '[{"interviewId":"fuzz-1","interviewId":"fuzz-2","__proto__":{"a":1}}]',
    '[{"interviewId":"fuzz-\\ud800"},{"interviewId":"fuzz-\\u0000"}]',
  ),
  noise,
);
const csv = fc.oneof(
  fc
    .array(row, { maxLength: 5 })
    .map((rows) => `${[HEADER, ...rows.map((cells) => cells.map(csvCell).join(','))].join('\n')}\n`),
  fc.constantFrom(
    '',
    HEADER,
    `${HEADER}\n"`,
    `${HEADER}\nfuzz-1`,
    `${HEADER}\n${','.repeat(5000)}`,
    'interviewId\nfuzz-1\n',
    `${HEADER}\n\n\n`,
  ),
  fc.constantFrom(
    `${HEADER}\n"${'x'.repeat(100_000)}`,
    `${'a,'.repeat(20_000)}b\n`,
    `interviewId,${HEADER}\n`,
    HEADER.toUpperCase(),
  ),
  noise,
);

const packed = (text: string): string => gzipSync(Buffer.from(text, 'latin1')).toString('latin1');

/** Bytes by the dozen from few: within what the service takes, and beyond it. */
const bombs = [1_500_000, 12_000_000].map((size) => packed(`${HEADER}\n${'\n'.repeat(size)}`));

const body = fc.oneof(
  fc
    .oneof(csv, json)
    .chain((text) => fc.constantFrom(utf8(text), utf8(text), packed(utf8(text)), packed(utf8(text)).slice(0, -9))),
  { weight: 1, arbitrary: fc.oneof({ weight: 9, arbitrary: fc.constant('\xff\xfe') }, fc.constantFrom(...bombs)) },
);

const IMPORT_PARAMETERS = ['skipInvalid', 'allowMissingColumns', 'dryRun', 'dateFormat', 'replaceAl'];

export const posting = (tokens: Tokens): fc.Arbitrary<Sent> =>
  fc
    .tuple(
      fc.oneof({ weight: 6, arbitrary: fc.constant(PATH) }, path),
      query(IMPORT_PARAMETERS, 3),
      fc.constantFrom('', '', '&allowMissingColumns=true', '&dryRun=true&replaceAll=true', '&skipInvalid=true'),
      tokenHeader([tokens.reader, tokens.writer, tokens.writer, tokens.writer]),
      fc.constantFrom(
        'text/csv',
        'application/json',
        'application/x-ndjson',
        'text/csv; charset=utf-8',
        'text/plain',
        '',
        ';',
        'text/csv;;=',
      ),
      fc.constantFrom(
        '',
        '',
        'Content-Encoding: gzip\r\n',
        'Content-Encoding: br\r\n',
        'Content-Encoding: gzip, gzip\r\n',
      ),
      extras,
      body,
      fc.constantFrom('length', 'length', 'chunks', 'short'),
    )
    .map(([at, asked, options, token, type, coded, more, text, framing]) => {
      const url = at + (asked === '' ? options.replace('&', '?') : asked + options);
      const head = `POST ${url} HTTP/1.1\r\nHost: x\r\n${token}Content-Type: ${type}\r\n${coded}${headersOf(more)}${CLOSE}`;
      const short = framing === 'short' ? 10 : 0;
      const framed =
        framing === 'chunks'
          ? [`Transfer-Encoding: chunked\r\n\r\n`, text && `${text.length.toString(16)}\r\n${text}\r\n`, '0\r\n\r\n']
          : [`Content-Length: ${text.length + short}\r\n\r\n`, text];
      return {
        kind: 'posting',
        pieces: [head + framed[0], ...framed.slice(1)].filter((piece) => piece !== '').map(latin1),
        ending: short > 0 ? { kind: 'leaves when quiet', after: 100 } : { kind: 'waits' },
        ...(short === 0 && { methods: ['POST'] }),
        mayReset: text.length > 1000,
      };
    });
