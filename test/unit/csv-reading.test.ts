import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvReader } from '../../src/ingest/csv/csv.ts';
import { Unreadable } from '../../src/ingest/rows/fault.ts';
import type { FileRecord } from '../../src/ingest/rows/record-file.ts';
import { csvCell } from '../kit/rows.ts';

/** Reads CSV given in pieces; what is wrong with it instead of a throw. */
function records(...pieces: string[]): { records: FileRecord[]; fault: Unreadable | null } {
  const reader = new CsvReader();
  const found: FileRecord[] = [];
  try {
    for (const piece of pieces) reader.read(piece, false, found);
    reader.read('', true, found);
    return { records: found, fault: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { records: found, fault: error };
  }
}

const cells = (text: string) => records(text).records.map((record) => record.cells);

test('an empty cell is null, a quoted one is empty text', () => {
  expect(cells(',"",x\n"",,\n')).toEqual([
    [null, '', 'x'],
    ['', null, null],
  ]);
  expect(cells('a,')).toEqual([['a', null]]);
  expect(cells('""')).toEqual([['']]);
});

test('LF, CRLF and CR end a line, within quotes they are text, and a line with nothing on it is no record', () => {
  expect(records('\n\r\na,"b\r\nc\rd"\r\n\r"e\n",f\rg,"h"\n\n').records).toEqual([
    { line: 3, cells: ['a', 'b\r\nc\rd'] },
    { line: 7, cells: ['e\n', 'f'] },
    { line: 9, cells: ['g', 'h'] },
  ]);
});

test('blanks, doubled quotes and commas within quotes are kept', () => {
  expect(cells(' a , b\t\n"say ""hi"", twice"," ","""",""""""')).toEqual([
    [' a ', ' b\t'],
    ['say "hi", twice', ' ', '"', '""'],
  ]);
});

test.each([
  ['a,b\nc,"d', 2, 1, 'a quote is opened here and never closed; the file may be truncated'],
  ['a\n"b\n\nc"\n"d\n\n', 5, 0, 'a quote is opened here and never closed; the file may be truncated'],
  [
    'a,b"c"',
    1,
    1,
    'a quote is inside a cell that does not begin with one; quote the whole cell and double the quotes in it',
  ],
  [
    'a\nb, "c"',
    2,
    1,
    'a quote is inside a cell that does not begin with one; quote the whole cell and double the quotes in it',
  ],
  [
    'a,"b"c"',
    1,
    1,
    'a closing quote is followed by "c" instead of a comma or the end of the line; quotes inside a cell must be doubled',
  ],
  [
    '"a";"b"',
    1,
    0,
    'a closing quote is followed by ";" instead of a comma or the end of the line; quotes inside a cell must be doubled',
  ],
])('broken quoting: %j', (text, line, cell, reason) => {
  const { fault } = records(text);
  expect({ line: fault?.line, cell: fault?.cell, reason: fault?.message }).toEqual({ line, cell, reason });
  expect(records(...text).fault).toEqual(fault);
});

test('a record that never ends is given up before it fills the memory', () => {
  for (const character of ['x', '"', '\n', ',']) {
    const reader = new CsvReader();
    reader.read('a,b\n1,"2"', false, []);
    reader.read(`,"${character}`, false, []);
    expect(() => {
      for (let i = 0; i < 100; i += 1) reader.read(character.repeat(200_000), false, []);
    }).toThrow('the record that begins here has at least 4,194,305 bytes; at most 4,194,304');
  }
});

test('the quotes of a long cell are undone as those of a short one are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('"', '"', 'a', 'é', '😀', '\n'), { maxLength: 30 }),
      fc.nat(40),
      (parts, shift) => {
        const text = `${'x'.repeat(shift)}${parts.join('').repeat(10_000)}`;
        expect(cells(`${csvCell(text)},y\n`)).toEqual([[text, 'y']]);
      },
    ),
    { numRuns: 30 },
  );
});

/** CSV that is often broken, and short enough that every trap comes up. */
const anyCsv = fc.string({
  unit: fc.constantFrom('a', ' ', ',', '"', '"', '\n', '\r', '\r\n', 'é', '😀'),
  maxLength: 40,
});

test('reads any CSV as csv-parse does, and refuses what it refuses', () => {
  fc.assert(
    fc.property(anyCsv, (text) => {
      const ours = records(text);
      let theirs: string[][] | null = null;
      try {
        theirs = parse(text, {
          record_delimiter: ['\r\n', '\n', '\r'],
          relax_column_count: true,
          skip_empty_lines: true,
        });
      } catch {
        theirs = null;
      }
      expect(ours.fault === null).toBe(theirs !== null);
      if (theirs !== null) expect(ours.records.map((record) => record.cells.map((cell) => cell ?? ''))).toEqual(theirs);
    }),
    { numRuns: 3000 },
  );
});

test('where a piece ends makes no difference', () => {
  fc.assert(
    fc.property(anyCsv, fc.nat(40), (text, at) => {
      const whole = records(text);
      const characters = [...text];
      expect(records(...characters)).toEqual(whole);
      expect(records(characters.slice(0, at).join(''), characters.slice(at).join(''))).toEqual(whole);
    }),
    { numRuns: 2000 },
  );
});

test('what is written by RFC 4180 comes back, each record on its line', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'ß'), maxLength: 6 });
  const table = fc.array(fc.array(fc.option(text, { nil: null }), { minLength: 2, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(table, (rows) => {
      let line = 1;
      const expected = rows.map((row) => {
        const record = { line, cells: row };
        line += 1 + row.join('').split('\n').length - 1;
        return record;
      });
      expect(records(...rows.map((row) => `${row.map(csvCell).join(',')}\n`)).records).toEqual(expected);
    }),
  );
});
