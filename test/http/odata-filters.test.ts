/** What a filter of OData finds, with nulls: the table of docs/odata.md, and any filter against a plain computation. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf, codesIn, readDocument, sectionOf, tableRows } from '../kit/documents.ts';
import { extract } from '../kit/generated.ts';
import { anyFilter, holds, type ODataRow, written } from '../kit/odata/filters.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const get = (path: string) => service.get(`/odata/v4${path}`);

/** The rows that meet a filter, by their keys. */
async function found(filter: string, set = 'Appointments', key = 'rowId'): Promise<string[]> {
  const response = await get(`/${set}?$select=${key}&$filter=${encodeURIComponent(filter)}`);
  const body = await response.json();
  expect([filter, response.status, body.error]).toEqual([filter, 200, undefined]);
  return body.value.map((row: Record<string, string>) => row[key]).sort();
}

describe('docs/odata.md', () => {
  const section = sectionOf(readDocument('docs/odata.md'), 'Filters');
  const table = tableRows(section);

  beforeAll(async () => {
    const rooms = { a: 'a', b: 'b', null: null };
    await service.import(csvOf(Object.entries(rooms).map(([id, room]) => rowOf({ interviewId: id, room }))));
  });

  test.each(table)('%s finds the rows that the table says', async (cell = '', ...yes) => {
    const [filter = ''] = codesIn(cell);
    const expected = ['a', 'b', 'null'].filter((_, index) => yes[index] === 'yes');
    expect(await found(filter, 'Appointments', 'interviewId')).toEqual(expected);
  });

  test('has examples that are accepted', async () => {
    const examples = blocksOf(section, 'odata').join('\n').trim().split('\n');
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) await found(example.replace('$filter=', ''));
  });
});

describe('any filter', () => {
  let rows: ODataRow[];
  beforeAll(async () => {
    await service.clear();
    await service.import(extract({ rows: 60, seed: 4 }));
    const page = await (await get('/Appointments')).json();
    rows = page.value;
    expect(rows.length).toBe(60);
  });

  test('finds the rows that a plain computation finds, and counts them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const filter = anyFilter(gen, rows);
        const text = written(filter);
        const expected = rows.filter((row) => holds(filter, row) === true).map(({ rowId }) => String(rowId));
        expect([text, await found(text)]).toEqual([text, expected.sort()]);
        const count = await get(`/Appointments/$count?$filter=${encodeURIComponent(text)}`);
        expect(await count.text()).toBe(String(expected.length));
      }),
      { numRuns: propertyRuns(60) },
    );
  });
});

describe('what is no filter is refused, with the place and what would be right:', () => {
  test.each<[filter: string, message: RegExp]>([
    ['', /it ends at character 1, where a property, a value, a function, not, or a parenthesis is expected/],
    ['room', /room is not true or false; compare it with eq/],
    ['rom eq 1', /"rom" is not a property of Appointments; did you mean room\?/],
    ['room eq 1', /room can’t be compared with "1"; it takes a text in single quotes/],
    ["room eq 'a", /the text that begins at character 9 has no end/],
    ["room eq 'a' 'b'", /"'b'" stands at character 13, where and, or, a comparison, or the end is expected/],
    ["room eq 'a' and", /it ends at character 16/],
    ["(room eq 'a'", /it ends at character 13, where "\)" is expected/],
    ["room = 'a'", /can’t be read/],
    ["interviewType eq 'LETTER'", /interviewType is never "LETTER"; its values are ONSITE, PHONE/],
    ["interviewType gt 'PHONE'", /interviewType has no order/],
    ['startsAt ge 2026-03-01', /startsAt can’t be compared with "2026-03-01"; it takes a time with Z or an offset/],
    ['startsAt ge 2026-02-30T00:00:00Z', /startsAt can’t be compared/],
    ["startTime ge '2026-3-1'", /it takes a local time as a text/],
    ["jobId eq 'a'", /it takes an ID without quotes/],
    ['interviewers eq 1.5', /"1.5" is not a whole number/],
    ['duration eq 1e99999', /too many digits/],
    [
      "tolower(room) eq 'a'",
      /"tolower" at character 1 is not a function that is served; there are contains, startswith/,
    ],
    ['contains(duration,1)', /duration is not a text/],
    ["contains(room,'a') eq 1", /only eq and ne with true or false/],
    ['1 eq 1', /compares two values; one must be a property/],
    ['room eq location', /compares a property with a value/],
    ["job/title eq 'a'", /job has no parts/],
    ['not room', /room is not true or false/],
    ["room in 'a'", /stands at character 9, where "\(" is expected/],
    ['room in ()', /where a value is expected/],
    [`${'('.repeat(60)}room eq null${')'.repeat(60)}`, /more than 50 of its parts contain each other/],
    [`${'not '.repeat(60)}interviewCanceled`, /more than 50 of its parts/],
    [
      Array.from({ length: 501 }, () => 'room eq 1')
        .join(' or ')
        .slice(0, 8000),
      /more than 500 comparisons|characters/,
    ],
    ["room eq '\0'", /NUL character/],
  ])('%s', async (filter, message) => {
    const response = await get(`/Appointments?$filter=${encodeURIComponent(filter)}`);
    const { error } = await response.json();
    expect([response.status, error.target, error.message]).toEqual([400, '$filter', expect.stringMatching(message)]);
  });

  test('any other text, too, without an internal error', async () => {
    const word = fc.constantFrom(
      "'",
      "''",
      '(',
      ')',
      ',',
      '/',
      '%',
      '\\',
      '+',
      '-',
      ' ',
      'eq',
      'not',
      'and',
      'or',
      'in',
      'null',
      'true',
      'room',
      'duration',
      'startsAt',
      'contains',
      '1',
      '1e9',
      '2026-01-01T00:00:00Z',
      "'a'",
      '\n',
      '😀',
      '$',
      ';',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), fc.boolean(), async (words, spaced) => {
        const filter = words.join(spaced ? ' ' : '');
        const response = await get(`/Appointments?$top=1&$filter=${encodeURIComponent(filter)}`);
        await response.text();
        expect([filter, [200, 400].includes(response.status)]).toEqual([filter, true]);
      }),
      { numRuns: propertyRuns(150) },
    );
  });
});
