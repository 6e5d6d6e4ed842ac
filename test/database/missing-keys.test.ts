/** Files without the values of some fields: they are null, unless nobody can tell whether the file is only a part of the columns. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELD_KEYS, FIELDS, type Field, type FieldKey } from '../../src/domain/fields.ts';
import { csvOf, jsonOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const EXTRACT = '/analytics/interviews';
const PERSONAL = FIELDS.filter((field: Field) => field.personal).map(({ key }) => key);

/** A row that says nothing of how many there are. */
const row = (fields: Parameters<typeof rowWith>[0]) =>
  rowWith({ interviewers: null, interviewDuration: null, ...fields });

/** Two interviews; of the second nobody knows the room. */
const ROWS = [
  row({ interviewId: 'a', room: '4.01' }),
  row({ interviewId: 'a', room: '4.01', interviewerEmployeeId: 'e-3' }),
  row({ interviewId: 'b' }),
];
const STORED = csvOf(ROWS);

let service: Service;
let reader: string;
beforeEach(async () => {
  service ??= await startService();
  reader ??= await createToken(service.db.prisma, 'reader', ['read']);
  await service.reset(STORED);
});
afterAll(() => service?.stop());

const exported = async (query: string, headers: Record<string, string> = {}) =>
  await (await service.get(`${EXTRACT}?${query}`, { headers })).text();

const unchanged = { saved: true, inserted: 0, updated: 0, removed: 0, unchanged: ROWS.length, refused: 0 };

describe('what the service gave out', () => {
  test.each([
    'format=json',
    'format=json&nulls=include',
    'format=ndjson',
    'format=ndjson&nulls=omit',
  ])('as %s comes in again and changes nothing', async (query) => {
    expect(await service.import(await exported(query))).toMatchObject(unchanged);
    expect(await service.import(await exported(query), { replaceAll: true })).toMatchObject(unchanged);
  });

  test('without a key that is null everywhere changes nothing, and says so', async () => {
    // candidateProfileId is null in all rows.
    const { warnings, ...report } = await service.import(await exported('interviewId=b'));
    expect(report).toMatchObject({ ...unchanged, unchanged: 1 });
    expect(warnings).toEqual([
      {
        line: 1,
        column: null,
        value: null,
        reason: expect.stringMatching(/^no row has the keys candidateProfileId, .*room, .*; they are treated as null$/),
      },
    ]);
  });

  const partial: [what: string, () => Promise<string>, lost: string, fields: readonly FieldKey[]][] = [
    [
      'without one column',
      () => exported(`fields=${fieldsBut('room')}`),
      'room is empty in every row: 2 stored values would be deleted. ',
      ['room'],
    ],
    [
      'with the room alone',
      () => exported('fields=interviewId,startTime,interviewerEmployeeId,room'),
      'applicationId (3), applicationStage (3), ',
      [],
    ],
    // Without the start the rows don't meet themselves again.
    [
      'without the start',
      () => exported(`fields=${fieldsBut('startTime')}`),
      'startTime is empty in every row: 3 stored values would be deleted. ',
      ['startTime'],
    ],
    ...['', 'nulls=include', 'format=ndjson', 'format=csv'].map((query): (typeof partial)[number] => [
      `to a token without personal, by ?${query},`,
      () => exported(query, { 'x-smarttoken': reader }),
      'interviewLocation (3), creatorFirstName (3), ',
      PERSONAL,
    ]),
  ];
  test.each(partial)('%s is refused, in words, and nothing changes', async (_what, file, lost) => {
    const body = await file();
    const response = await service.get(EXTRACT, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = await response.json();
    expect([response.status, answer.errors[0].code]).toEqual([422, 'INVALID_EXTRACT']);
    const reports = [answer];
    for (const options of [{ dryRun: true }, { skipInvalid: true }, { replaceAll: true }])
      reports.push(await service.import(body, options));
    for (const [at, report] of reports.entries()) {
      expect(report).toMatchObject({ saved: false, unreadable: true, inserted: 0, updated: 0, removed: 0 });
      expect(report.refusedRows[0]?.reason).toMatch(
        /^\w+ (is|fields are) empty in every row(: \d+|, and their) stored values? would be deleted/,
      );
      expect(report.refusedRows[0]?.reason).toContain(lost);
      expect(report.refusedRows[0]?.reason).toMatch(
        at === 0 ? /; allowMissingColumns=true imports it anyway$/ : /; --allow-missing-columns imports it anyway$/,
      );
    }
    expect(await exported('format=csv')).toBe(STORED);
  });

  test.each(partial)('%s is taken where missing columns are allowed', async (_what, file, _lost, fields) => {
    const body = await file();
    const { warnings, saved } = await service.import(body, { allowMissingColumns: true });
    expect(saved).toBe(true);
    expect(warnings.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(
        /^\w+ (is|fields are) empty in every row(: \d+|, and their) stored values? (is|are) deleted/,
      ),
    );
    const { content } = JSON.parse(await exported('nulls=include'));
    for (const one of content) for (const key of fields) expect([key, one[key]]).toEqual([key, null]);
  });
});

const fieldsBut = (without: FieldKey) => FIELD_KEYS.filter((key) => key !== without).join(',');

test('a key that some rows have is null in those that don’t', async () => {
  const [first = [], second = []] = ROWS;
  const cleared = jsonOf(second, 'omit').replace('"room":"4.01",', '');
  expect(await service.import(`[${jsonOf(first)},${cleared}]`)).toMatchObject({
    saved: true,
    updated: 1,
    unchanged: 1,
  });
  expect(JSON.parse(await exported('interviewId=a&fields=room')).content).toEqual([{ room: '4.01' }, {}]);
});

test('rows of interviews that nobody has stored lose nothing', async () => {
  const report = await service.import('[{"interviewId":"new"}]');
  expect(report).toMatchObject({
    saved: true,
    inserted: 1,
    warnings: [{ reason: expect.stringContaining('no row has the keys') }],
  });
});

test('rows that go because the extract no longer lists them lose nothing by a missing key', async () => {
  // Of the first interview one of two appointments is left, and neither it nor any other row has a room.
  await service.import(`[${jsonOf(row({ interviewId: 'a' }))},${jsonOf(ROWS[1] ?? [])}]`);
  const left = jsonOf(row({ interviewId: 'a' }), 'omit');
  expect(left).not.toContain('room');
  expect(await service.import(left)).toMatchObject({ saved: true, removed: 1, unchanged: 1 });
});

test('of several files only that is refused whose own rows lose something', async () => {
  const [first = [], second = [], third = []] = ROWS;
  const whole = `[${jsonOf(first, 'omit')},${jsonOf(second, 'omit')}]`;
  const other = `[${jsonOf(third, 'omit')}]`;
  expect(other).not.toContain('room');
  expect(await service.import([whole, other])).toMatchObject(unchanged);
  const less = `[${jsonOf(third, 'omit').replace(/"duration":[^,]*,/, '')}]`;
  expect(await service.import([whole, less])).toMatchObject({
    saved: false,
    refusedRows: [
      {
        file: 'file 2',
        column: 'duration',
        reason: expect.stringContaining('duration is empty in every row: 1 stored value would be deleted. '),
      },
    ],
  });
});

describe('a column that is empty in all rows', () => {
  const many = (count: number, room: string | null) =>
    csvOf(Array.from({ length: count }, (_, at) => row({ interviewId: `i${at}`, room })));

  test('is refused where fifty rows or more would lose what they have in it', async () => {
    await service.import(many(50, '4.01'), { replaceAll: true });
    const report = await service.import(many(50, null));
    expect(report).toMatchObject({ saved: false, updated: 0, refusedRows: [{ line: 1, column: 'room' }] });
    expect(report.refusedRows[0]?.reason).toMatch(/^room is empty in every row: 50 stored values would be deleted\. /);
    expect(await service.import(many(50, null), { allowMissingColumns: true })).toMatchObject({
      saved: true,
      updated: 50,
    });
  });

  test('is taken where fewer would, or where one row has a value', async () => {
    await service.import(many(49, '4.01'), { replaceAll: true });
    expect(await service.import(many(49, null))).toMatchObject({ saved: true, updated: 49 });
    await service.import(many(60, '4.01'), { replaceAll: true });
    const one = csvOf([row({ interviewId: 'other', room: '1' })]);
    expect(await service.import([many(60, null) + one.slice(one.indexOf('\n') + 1)].join(''))).toMatchObject({
      saved: true,
      updated: 60,
    });
  });
});
