/** An extract of which one row in a hundred states something else. */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DIST } from './program.mjs';

const { CsvReader } = await import(new URL('ingest/csv.js', DIST));
const { decodeUtf8 } = await import(new URL('ingest/utf8.js', DIST));
const { csvCell } = await import(new URL('domain/csv-cell.js', DIST));
const { PLACE } = await import(new URL('domain/fields.js', DIST));

const EVERY = 100;

/** Writes the file `from` to `to`, with another review in every hundredth row. */
export async function writeChanged(from, to) {
  const reader = new CsvReader();
  let row = 0;
  const linesOf = (piece, last) => {
    const records = [];
    reader.read(piece, last, records);
    return records
      .map(({ cells }) => {
        if (row++ % EVERY === EVERY - 1) cells[PLACE.interviewerReview] = `Changed in row ${row}.`;
        return `${cells.map(csvCell).join(',')}\n`;
      })
      .join('');
  };
  await pipeline(async function* () {
    for await (const piece of decodeUtf8(createReadStream(from))) yield linesOf(piece, false);
    yield linesOf('', true);
  }, createWriteStream(to));
}
