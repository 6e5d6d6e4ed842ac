/** Extracts that are small where they are sent, or large, and made to take long to read. */
import { gzipSync } from 'node:zlib';
import { DIST } from './program.mjs';

const { FIELDS } = await import(new URL('domain/fields.js', DIST));

const MEBIBYTE = 2 ** 20;

const imported = (name, contentType, make, headers = {}) => ({
  name,
  request: () => ({
    method: 'POST',
    path: '/analytics/interviews?dryRun=true&allowMissingColumns=true',
    headers: { 'content-type': contentType, ...headers },
    body: make(),
  }),
});
const csv = (name, make) => imported(name, 'text/csv', make);
const json = (name, make) => imported(name, 'application/json', make);
/** Sent packed. */
const packed = (name, contentType, make) =>
  imported(name, contentType, () => gzipSync(make()), { 'content-encoding': 'gzip' });

const times = (count, part) => Array.from({ length: count }, (_, at) => part(at));

const HEADER = `${FIELDS.map(({ key }) => key).join()}\n`;
/** A CSV of so many rows with one cell each beside their ids. */
const rows = (count, field, cell) =>
  [
    HEADER,
    ...times(
      count,
      (at) => `${FIELDS.map(({ key }) => (key === 'interviewId' ? `r${at}` : key === field ? cell : '')).join()}\n`,
    ),
  ].join('');

/** Gives each as `{name, request}`, where `request()` makes what is sent. */
export const importRequests = () => [
  packed('a header of a million columns', 'text/csv', () => `${'a,'.repeat(1e6)}b\n`),
  packed('a header of a million columns, each another', 'text/csv', () => `${times(1e6, (at) => `c${at}`).join()}\n`),
  packed('a record of a million cells', 'text/csv', () => `interviewId\n${','.repeat(1e6)}\n`),
  packed('a line of 200 MB', 'text/csv', () => Buffer.concat([Buffer.from('interviewId\n'), Buffer.alloc(200e6, 'a')])),
  packed('a quoted cell of 200 MB', 'text/csv', () =>
    Buffer.concat([Buffer.from('interviewId\n"'), Buffer.alloc(200e6, 'a')]),
  ),
  packed('100 million line ends', 'text/csv', () =>
    Buffer.concat([Buffer.from('interviewId\n'), Buffer.alloc(100e6, '\n')]),
  ),
  packed('30 rows with a text of 1 MiB', 'text/csv', () => rows(30, 'interviewerReview', 'x'.repeat(MEBIBYTE))),
  packed('30 rows with a text of 1 MiB of quotes', 'text/csv', () =>
    rows(30, 'interviewerReview', `"${'""'.repeat(MEBIBYTE)}"`),
  ),
  packed('30 rows with a text of more than 1 MiB', 'text/csv', () =>
    rows(30, 'interviewerReview', 'x'.repeat(MEBIBYTE + 1)),
  ),
  packed('30 rows with a date of 1 MiB', 'text/csv', () => rows(30, 'startTime', '2'.repeat(MEBIBYTE))),
  packed('30 rows with a number of 1 MiB', 'text/csv', () => rows(30, 'duration', '0'.repeat(MEBIBYTE))),
  packed('30 rows with a time zone behind 1 MiB of blanks', 'text/csv', () =>
    rows(30, 'interviewTimeZone', `${' '.repeat(MEBIBYTE)}UTC`),
  ),
  packed('20,000 rows of 1,000 columns', 'text/csv', () =>
    [`interviewId${',x'.repeat(999)}\n`, ...times(20_000, (at) => `r${at}${','.repeat(999)}\n`)].join(''),
  ),
  packed('200,000 rows of which every cell is refused', 'text/csv', () =>
    [HEADER, ...times(200_000, () => `i${',\u0001'.repeat(29)}\n`)].join(''),
  ),
  packed('100 keys of 1 MB', 'application/json', () => `[{${times(100, () => `"${'k'.repeat(1e6)}":1`).join()}}]`),
  csv('a million quotes', () => `interviewId\n"${'""'.repeat(1e6)}"\n`),
  csv('a million quotes where none may be', () => `interviewId\n${'a"'.repeat(1e6)}\n`),
  json('an object of a million keys', () => `[{${times(1e6, (at) => `"k${at}":1`).join()}}]`),
  json('a list in each other, a million deep', () => '['.repeat(1e6)),
  json('a value in each other, half a million deep', () => `[{"interviewId":${'['.repeat(5e5)}${']'.repeat(5e5)}}]`),
  json('a text of 64 MiB', () => `[{"interviewId":"${'a'.repeat(64 * MEBIBYTE)}"}]`),
  json('a text of 10 million escapes', () => `[{"interviewId":"${'\\u0041'.repeat(1e7)}"}]`),
  json('a number of 64 MiB', () => `[{"interviewDuration":${'9'.repeat(64 * MEBIBYTE)}}]`),
  json('a million empty objects', () => `[${times(1e6, () => '{}').join()}]`),
];
