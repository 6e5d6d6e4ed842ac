import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_KEYS } from '../../src/domain/fields.ts';
import type { JsonElement } from '../../src/ingest/json/json-element.ts';
import { JsonElements } from '../../src/ingest/json/json-elements.ts';
import { Unreadable } from '../../src/ingest/rows/fault.ts';
import { canonicalRow, read } from '../kit/reading.ts';
import { jsonOf, LABELS, rowWith } from '../kit/rows.ts';

const row = rowWith({});

/** A good row as JSON, with members put in place of its own or, where it has none of that name, at its end. */
function objectWith(members: Record<string, string>): string {
  const all = new Map(membersOf(jsonOf(row)));
  for (const [key, value] of Object.entries(members)) all.set(key, value);
  return `{${[...all].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

function membersOf(json: string): [string, string][] {
  return Object.entries(JSON.parse(json) as Record<string, unknown>).map(([key, value]) => [
    key,
    JSON.stringify(value),
  ]);
}

describe('where the rows are', () => {
  const object = jsonOf(row);
  test.each([
    ['in content', `{"content":[${object},${object}]}`],
    [
      'in content among other keys',
      `{"total":2,"content":7.5e3,"links":{"content":[{"a":[1]}],"next":[]},"content":[${object},${object}],"more":[{"interviewId":"x"},[[]]],"last":true}`,
    ],
    ['in an array', ` [ ${object} , ${object} ] `],
    ['one after another', `${object}\r\n${object}\r\n`],
    ['one after another without a line between', `${object}${object}`],
  ])('%s', async (_, file) => {
    const { rows, warnings, columns } = await read(file);
    expect(rows).toEqual([1, 2].map((line) => ({ line, row, interviewId: row[0], faults: [], cells: null })));
    expect(warnings).toEqual([]);
    expect(columns).toEqual(FIELD_KEYS);
  });

  test.each(['[]', '{"content":[]}', '{"content": [ ], "page": {}}'])('there may be none: %s', async (file) => {
    expect((await read(file)).rows).toEqual([]);
  });

  test.each([
    ['{"content":[]}{"content":[]}', 'invalid JSON: there is more text after its end'],
    ['[][]', 'invalid JSON: there is more text after its end'],
    ['[] 1', 'invalid JSON: there is more text after its end'],
    ['{"content":[],"content":[]}', 'the key "content" appears twice'],
    ['{"content":{}}', 'this is not an extract; it must be {"content":[…]}, an array of rows, or one row per line'],
    ['{}', 'this is not an extract; it must be {"content":[…]}, an array of rows, or one row per line'],
    ['{"content":[}', 'invalid JSON: expected a value or "]", found "}"'],
    ['{"a" 1}', 'invalid JSON: expected ":", found a number'],
    ['{"a":1,}', 'invalid JSON: expected a key, found "}"'],
    ['{a:1}', 'invalid JSON: "a" begins neither a value nor a key'],
    ["{'a':1}", 'invalid JSON: "\'" begins neither a value nor a key'],
    ['[1 2]', 'invalid JSON: expected "," or "]", found a number'],
    ['[tru]', 'invalid JSON: "t" begins neither a value nor a key'],
    ['[01]', 'invalid JSON: "01" is not a number'],
    ['[1.]', 'invalid JSON: "1." is not a number'],
    ['["a\nb"]', 'invalid JSON: a string contains a line break or another control character that is not escaped'],
    ['["\\x"]', 'invalid JSON: a backslash in a string is followed by a character that it can’t escape'],
    ['["a', 'invalid JSON: a string is never closed; the file may be truncated'],
    ['[1,', 'the JSON ends too early; the file may be truncated'],
    ['['.repeat(1001), 'the JSON is nested deeper than 1000 levels'],
  ])('not here: %s', async (file, reason) => {
    await expect(read(file)).rejects.toThrow(`extract, element 1: ${reason}`);
  });
});

describe('values', () => {
  test.each([
    ['a number as text', { duration: '"0.5"', interviewers: '"3"' }, { duration: '0.5', interviewers: '3' }],
    [
      'digits beyond a double',
      { duration: '0.1000000000000000055511151231257827' },
      { duration: '0.1000000000000000055511151231257827' },
    ],
    ['an exponent', { duration: '-1.50E+1', interviewers: '1e2' }, { duration: '-15', interviewers: '100' }],
    [
      'a number as an id or text',
      { interviewId: '12345678901234567890', room: '1.50' },
      { interviewId: '12345678901234567890', room: '1.50' },
    ],
    ['a boolean as such or as text', { interviewCanceled: '"TRUE"' }, { interviewCanceled: 'true' }],
    ['empty text', { room: '""', jobId: '""', startTime: '" "' }, { room: '', jobId: null, startTime: null }],
    [
      'escapes',
      { room: '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ufeff"' },
      { room: '"\\/\b\f\n\r\té😀\ufeff' },
    ],
  ])('%s', async (_, members, fields) => {
    const { rows } = await read(objectWith(members));
    expect(rows).toEqual([{ line: 1, row: rowWith(fields), interviewId: rowWith(fields)[0], faults: [], cells: null }]);
  });

  test.each([
    [
      'an object',
      'room',
      '{"name" : "B",\n"seats":[1, 2.50,null]}',
      'a value can’t be an object or an array',
      '{"name":"B","seats":[1,2.50,null]}',
    ],
    ['an array', 'duration', '[]', 'a value can’t be an object or an array', '[]'],
    ['a boolean for text', 'room', 'true', 'true is not text; put it in quotes', 'true'],
    ['a boolean for an id', 'creatorEmployeeId', 'false', 'false is not text; put it in quotes', 'false'],
    ['a number for a boolean', 'interviewCanceled', '2', '"2" is not true or false', '2'],
    [
      'a number for a date',
      'startTime',
      '1709629200',
      '"1709629200" is not a date; accepted are yyyy-MM-dd, yyyy-MM-ddTHH:mm and yyyy-MM-ddTHH:mm:ss, each time with or without an offset; it may be seconds or milliseconds since 1970: write them as a date; --date-format PATTERN accepts another form',
      '1709629200',
    ],
    ['NUL', 'room', '"\\u0000"', 'the text contains a NUL character, which the database can’t store', '\0'],
    [
      'half of a surrogate pair',
      'room',
      '"a\\ud83d"',
      'the text contains half of a surrogate pair, which the database can’t store',
      'a\ud83d',
    ],
    [
      'the other half',
      'interviewerEmployeeId',
      '"\\ude00a"',
      'the text contains half of a surrogate pair, which the database can’t store',
      '\ude00a',
    ],
  ] as const)('refused: %s', async (_, column, stated, reason, value) => {
    const { rows } = await read(`[${jsonOf(row)},${objectWith({ [column]: stated })}]`);
    expect(rows[0]?.row).toEqual(row);
    const faults = [{ line: 2, column, value, reason }];
    expect(rows[1]).toEqual({ line: 2, row: null, interviewId: row[0], faults, cells: rowWith({ [column]: value }) });
  });

  test('what is no object is refused', async () => {
    const { rows } = await read(`[null,"text",-1.50,[ {"interviewId": "1"},[2] ],true]`);
    const values = ['null', '"text"', '-1.50', '[{"interviewId":"1"},[2]]', 'true'];
    const reason = 'this is not an object with the keys of a row';
    expect(rows).toEqual(
      values.map((value, at) => ({
        line: at + 1,
        row: null,
        interviewId: null,
        faults: [{ line: at + 1, column: null, value, reason }],
        cells: FIELD_KEYS.map(() => null),
      })),
    );
    expect((await read(`${jsonOf(row)}\n[1]\n2`)).rows.map(({ faults }) => faults)).toEqual([
      [],
      [{ line: 2, column: null, value: '[1]', reason }],
      [{ line: 3, column: null, value: '2', reason }],
    ]);
  });
});

describe('keys', () => {
  test('labels, and any letter case, are taken', async () => {
    const members = membersOf(jsonOf(row)).map(([key, value], at) => {
      const name = at % 2 ? LABELS[at]?.toLowerCase() : ` ${key.toUpperCase()}`;
      return `${JSON.stringify(name)}:${value}`;
    });
    expect((await read(`{${members.reverse().join(',')}}`)).rows[0]?.row).toEqual(row);
  });

  test('a key that stands twice refuses its row; the id is not trusted where it does', async () => {
    const twice = (name: string) => `${jsonOf(row).slice(0, -1)},"${name}":"9"}`;
    const { rows } = await read(`[${twice('Room')},${twice('interview id')}]`);
    const reason = 'the key appears twice in this element';
    expect(rows.map(({ interviewId, faults }) => ({ interviewId, faults }))).toEqual([
      { interviewId: row[0], faults: [{ line: 1, column: 'room', value: '9', reason }] },
      { interviewId: null, faults: [{ line: 2, column: 'interviewId', value: '9', reason }] },
    ]);
  });

  test('a missing key means null', async () => {
    const without = (...keys: string[]) =>
      `{${membersOf(jsonOf(row))
        .filter(([key]) => !keys.includes(key))
        .map(([key, value]) => `"${key}":${value}`)
        .join(',')}}`;
    const file = `[${[jsonOf(row), without('room', 'jobId'), without('interviewId')].join(',')}]`;
    const { rows, warnings } = await read(file);
    expect(rows.map((each) => each.row)).toEqual([row, rowWith({ room: null, jobId: null }), null]);
    expect(rows[2]?.faults).toEqual([
      {
        line: 3,
        column: 'interviewId',
        value: null,
        reason: 'interviewId is empty, but it is required',
      },
    ]);
    expect(warnings).toEqual([]);
  });

  test('a key that no row has is warned of, unless missing ones are allowed', async () => {
    const some = (...keys: string[]) =>
      `{${membersOf(jsonOf(row))
        .filter(([key]) => !keys.includes(key))
        .map(([key, value]) => `"${key}":${value}`)}}`;
    const treated = 'treated as null';
    const one = await read(`[${some('room')},${some('room', 'jobId')}]`);
    expect(one.warnings).toEqual([
      { line: 1, column: 'room', value: null, reason: `no row has the key room; it is ${treated}` },
    ]);
    const two = await read(`${some('room', 'jobId')}\n`);
    expect(two.warnings).toEqual([
      { line: 1, column: null, value: null, reason: `no row has the keys jobId, room; they are ${treated}` },
    ]);
    for (const file of ['[]', '{"content":[]}', `[${some('room').replace('{', '{"ROOM":null,')}]`])
      expect((await read(file)).warnings).toEqual([]);
    expect((await read(`[${some('room')}]`, { allowMissingColumns: true })).warnings).toEqual([]);
  });

  test('keys that no field has are left out, with one warning', async () => {
    const { rows, warnings } = await read(
      `[${jsonOf(row)},${objectWith({ notes: '{"room":[{}]}' })},${objectWith({ notes: '1', tags: '[[]]' })}]`,
    );
    expect(rows.map((each) => each.row)).toEqual([row, row, row]);
    expect(warnings).toEqual([
      { line: 2, column: null, value: null, reason: 'unknown keys, not imported: "notes", "tags"' },
    ]);
  });
});

describe('a number that never ends is no value of the field before it', () => {
  const reason =
    'the value has at least 1,048,577 bytes; at most 1,048,576 (1 MiB of UTF-8) are allowed; a quote may be missing';
  test.each([
    ['as the next element', '[{"room":"1"},', `element 1: ${reason}`],
    ['in the next line', '{"room":"1"}\n', `element 1: ${reason}`],
    ['as the first element', '{"content":[', `element 1: ${reason}`],
    ['after the array', '[{"room":"1"}]', `element 1: ${reason}`],
    ['in place of a key after the rows', '{"content":[{"room":"1"}],', `element 1: ${reason}`],
    ['as a value after the rows', '{"content":[{"room":"1"}],"links":', `element 1: ${reason} (the value of "links")`],
    ['within a value there', '{"content":[{"room":"1"}],"a":[{"b":', `element 1: ${reason} (the value of "a")`],
    ['in place of the second key there', '{"content":[{"room":"1"}],"links":1,', `element 1: ${reason}`],
    ['as its own value', '[{"room":', `element 1, column room: ${reason}`],
  ])('%s', async (_, beginning, expected) => {
    await expect(read(beginning + '1'.repeat(2 << 20))).rejects.toMatchObject({ message: `extract, ${expected}` });
  });
});

describe('whatever stands in the file', () => {
  /** JSON, and text that nearly is. */
  const nearlyJson = fc
    .tuple(
      fc.array(fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }), { maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...'[]{},:"\\0-.eEtu \n1'.split(''), 'null', '')), {
        maxLength: 2,
      }),
      fc.constantFrom(undefined, 1),
    )
    .map(([values, edits, space]) => {
      let text = JSON.stringify(values, null, space);
      for (const [at, removed, inserted] of edits) {
        const place = 1 + (at % text.length);
        text = text.slice(0, place) + inserted + text.slice(place + removed);
      }
      return text;
    });

  /** The elements of a file given in pieces, and what is wrong with it. */
  const elements = (...pieces: string[]) => {
    const reader = new JsonElements();
    const found: JsonElement[] = [];
    try {
      for (const piece of pieces) reader.read(piece, false, found);
      reader.read('', true, found);
      return { found, fault: null };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { found, fault: error.message };
    }
  };

  test('an array is read where JSON.parse reads it, with as many elements', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        let parsed: unknown = null;
        try {
          parsed = JSON.parse(text);
        } catch {
          parsed = null;
        }
        const { found, fault } = elements(text);
        expect(fault === null).toBe(Array.isArray(parsed));
        if (Array.isArray(parsed)) expect(found.map(({ number }) => number)).toEqual(parsed.map((_, at) => at + 1));
      }),
      { numRuns: 3000 },
    );
  });

  /** Objects whose keys are those of fields, or of none. */
  const objects = fc.array(
    fc.dictionary(fc.constantFrom(...FIELD_KEYS, 'notes', 'x-y', '__proto__'), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 8,
    }),
    { minLength: 1, maxLength: 4 },
  );

  test.each([
    ['an array', (texts: string[]) => `[${texts}]`],
    ['content', (texts: string[]) => `{"page":{"content":[1]},"content":[${texts}],"links":[[{}]]}`],
    ['lines', (texts: string[]) => `{"interviewId":"1"}\n${texts.join('\n')}`],
  ])('the values of objects in %s are what JSON.parse gives', (form, fileOf) => {
    const textOf = (value: unknown) =>
      value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
    fc.assert(
      fc.property(objects, (all) => {
        const texts = all.map((one) => JSON.stringify(one));
        const { found, fault } = elements(fileOf(texts));
        expect(fault).toBeNull();
        expect(found.slice(form === 'lines' ? 1 : 0).map(({ cells, unknown }) => ({ cells, unknown }))).toEqual(
          texts.map((text) => {
            const members = new Map(Object.entries(JSON.parse(text) as Record<string, unknown>));
            return {
              cells: FIELD_KEYS.map((key) => textOf(members.get(key) ?? null)),
              unknown: [...members.keys()].filter((key) => !(FIELD_KEYS as string[]).includes(key)),
            };
          }),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('where a piece ends makes no difference', () => {
    const rows = fc
      .array(canonicalRow, { maxLength: 2 })
      .map((some) => `{"page":[1],"content":[${some.map((row) => jsonOf(row))}]}`);
    fc.assert(
      fc.property(fc.oneof(nearlyJson, rows), fc.nat(), (text, at) => {
        const whole = elements(text);
        const characters = [...text];
        const middle = at % (characters.length + 1);
        expect(elements(...characters)).toEqual(whole);
        expect(elements(characters.slice(0, middle).join(''), characters.slice(middle).join(''))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });
});
