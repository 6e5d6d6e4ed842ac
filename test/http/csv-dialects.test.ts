/** CSV as spreadsheets of other countries read it: other delimiters, decimal commas, and texts that look like formulas. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELD_INDEX, FIELD_KEYS, FIELDS } from '../../src/domain/fields.ts';
import { EXTRACT_PATH } from '../../src/domain/paths.ts';
import { readCanonical } from '../kit/canonical.ts';
import { extract } from '../kit/generated.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

async function read(query: string): Promise<string> {
  const response = await service.get(`${EXTRACT_PATH}?format=csv&${query}`);
  const text = Buffer.from(await response.arrayBuffer()).toString();
  expect([query, response.status, response.status === 200 ? '' : text]).toEqual([query, 200, '']);
  return text;
}

const readBytes = async (query: string): Promise<Buffer> =>
  Buffer.from(await (await service.get(`${EXTRACT_PATH}?format=csv&${query}`)).arrayBuffer());

const CHARACTERS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

/** The cells of a file; null for an empty one without quotes. */
const cellsOf = (text: string, delimiter: string): (string | null)[][] =>
  parse(text, { bom: true, delimiter, cast: (value, { quoting }) => (value === '' && !quoting ? null : value) });

test('any delimiter and decimal sign write the same values', async () => {
  const difficult = rowOf({
    interviewId: 'a;b|c,d\te',
    interviewLocation: '"quoted"; 1,5 | 2\t3',
    room: '',
    interviewerReview: ';',
    duration: '-0.25',
    interviewerRating: '123456789012345.0000000001',
    interviewDuration: '12',
  });
  await service.import([extract({ rows: 60, seed: 8 }), csvOf([difficult])]);
  const rows = readCanonical(await service.export('csv'));
  for (const [name, character] of Object.entries(CHARACTERS)) {
    for (const decimal of name === 'comma' ? ['point'] : ['point', 'comma']) {
      const text = await read(`delimiter=${name}&decimal=${decimal}`);
      expect(await read(`delimiter=${encodeURIComponent(character)}&decimal=${decimal}`)).toBe(text);
      const [header, ...cells] = cellsOf(text, character);
      expect(header).toEqual(FIELD_KEYS);
      const expected = rows.map((row) =>
        row.map((value, at) =>
          FIELDS[at]?.kind === 'number' && decimal === 'comma' ? (value?.replace('.', ',') ?? null) : value,
        ),
      );
      expect(cells).toEqual(expected);
    }
  }
  const excel = await read('delimiter=semicolon&decimal=comma&excel=true&header=labels');
  expect(excel.startsWith('\uFEFFInterview ID;Application ID;')).toBe(true);
  expect(excel).toContain(';-0,25;');
});

test('a file of any of them, imported again, changes nothing', async () => {
  const texts = ['=1', "'=1", '1,5', 'a;b', 'c|d', 'tab\there', '"quoted"', 'two\nlines', '', 'NULL'];
  const more = texts.map((room, at) => rowOf({ interviewId: `text-${at}`, room, duration: '-0.25' }));
  await service.import([extract({ rows: 60, seed: 8 }), csvOf(more)], { replaceAll: true });
  const stored = await service.export('csv');
  const rows = readCanonical(stored).length;
  for (const [delimiter, decimal] of Object.keys(CHARACTERS).flatMap((name) =>
    (name === 'comma' ? ['point'] : ['point', 'comma']).map((sign) => [name, sign] as const),
  )) {
    for (const others of ['', '&header=labels', '&excel=true', '&excel=true&header=labels&include=jobTitle,startsAt']) {
      const query = `delimiter=${delimiter}&decimal=${decimal}${others}`;
      const report = await service.import(await readBytes(query));
      expect([query, report.read, report.unchanged, report.refused]).toEqual([query, rows, rows, 0]);
    }
  }
  expect(await service.export('csv')).toBe(stored);
});

test('without them the bytes are the canonical ones', async () => {
  expect(await read('delimiter=comma&decimal=point')).toBe(await service.export('csv'));
});

describe('the CSV for Excel', () => {
  const text = fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '＝', '\t', '\r', '\n', 'a', ' ', '"', ';'),
    maxLength: 5,
  });

  /** What a reader does with a text of such a file: it removes one `'` where one may have been added. */
  const unguarded = (cell: string | null): string | null =>
    cell !== null && /^''*[=+@\t\r\n＝-]/.test(cell) ? cell.slice(1) : cell;

  test('shows no formula, and the texts can be had back', async () => {
    const delimiters = fc.constantFrom(...Object.keys(CHARACTERS)) as fc.Arbitrary<keyof typeof CHARACTERS>;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }),
        delimiters,
        async (texts, delimiter) => {
          const rows = texts.map(([room, id], at) => rowOf({ interviewId: `${id.trim()}${at}`, room }));
          await service.import(csvOf(rows), { replaceAll: true });
          const stored = readCanonical(await service.export('csv'));
          const [, ...cells] = cellsOf(await read(`excel=true&delimiter=${delimiter}`), CHARACTERS[delimiter]);
          for (const row of cells) for (const cell of row) expect(cell ?? '').not.toMatch(/^[=+@\t\r\n＝-]/);
          expect(cells.map((row) => row.map(unguarded))).toEqual(stored);
        },
      ),
      { numRuns: propertyRuns(25) },
    );
  });

  test.each([
    ['=1', "'=1"],
    ["'=1", "''=1"],
    ["''+1", "'''+1"],
    ["'a", "'a"],
    ["'", "'"],
    [' =1', ' =1'],
    ['＝1', "'＝1"],
    ['\n=1', "'\n=1"],
    ['“=1', '“=1'],
  ])('writes %j as %j', async (room, written) => {
    await service.import(csvOf([rowOf({ interviewId: 'i', room })]), { replaceAll: true });
    const [, [, ...cells] = []] = cellsOf(await read('excel=true'), ',');
    expect(cells[FIELD_INDEX.room - 1]).toBe(written);
  });
});

describe('refused, with what is accepted, is', () => {
  const delimiters = 'accepted are comma, semicolon, tab, pipe, ",", ";", "\\t", "|".';
  test.each([
    ['format=csv&delimiter=colon', `delimiter: "colon" is not accepted; ${delimiters}`],
    ['format=csv&delimiter=', `delimiter: "" is not accepted; ${delimiters}`],
    ['format=json&delimiter=tab', 'delimiter is only for CSV, not for json.'],
    ['format=ndjson&decimal=point', 'decimal is only for CSV, not for ndjson.'],
    ['format=csv&decimal=dot', 'decimal: "dot" is not accepted; accepted are point, comma.'],
    [
      'format=csv&decimal=comma',
      'decimal: comma requires delimiter=semicolon, tab or pipe; a file with commas for both would be read in different ways.',
    ],
    ['format=csv&delimiter=tab&delimiter=tab', 'delimiter occurs 2 times; it may occur only once.'],
  ])('%s', async (query, message) => {
    const response = await service.get(`${EXTRACT_PATH}?${query}`);
    expect([response.status, (await response.json()).message]).toEqual([400, message]);
  });
});
