/** Extracts of which some rows state something else than the one they come from. */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DIST } from './program.mjs';

const { CsvReader } = await import(new URL('ingest/csv/csv.js', DIST));
const { decodeUtf8 } = await import(new URL('ingest/bytes/utf8.js', DIST));
const { csvCell } = await import(new URL('domain/values/csv-cell.js', DIST));
const { FIELD_INDEX } = await import(new URL('domain/fields.js', DIST));

const EVERY = 100;

/** Writes the file `from` to `to`, with another review in every hundredth row. */
export async function writeChanged(from, to) {
  let row = 0;
  await rewrite(from, to, (cells) => {
    if (row++ % EVERY === EVERY - 1) cells[FIELD_INDEX.interviewerReview] = `Changed in row ${row}.`;
    return true;
  });
}

/** Writes a tenth of the interviews of `from` to `to`, with all their rows and another review in each; `round` says which tenth and what review. */
export async function writeTenth(from, to, round) {
  await rewrite(from, to, (cells) => {
    cells[FIELD_INDEX.interviewerReview] = `Changed in round ${round}.`;
    return Number.parseInt(cells[FIELD_INDEX.interviewId].slice(-4), 16) % 10 === round % 10;
  });
}

/** Copies an extract; `change` takes a row's cells, may change them, and says whether the row is written. */
async function rewrite(from, to, change) {
  const reader = new CsvReader();
  let inHeader = true;
  const linesOf = (piece, last) => {
    const records = [];
    reader.read(piece, last, records);
    let lines = '';
    for (const { cells } of records) {
      if (inHeader || change(cells)) lines += `${cells.map(csvCell).join(',')}\n`;
      inHeader = false;
    }
    return lines;
  };
  await pipeline(async function* () {
    for await (const piece of decodeUtf8(createReadStream(from))) yield linesOf(piece, false);
    yield linesOf('', true);
  }, createWriteStream(to));
}
