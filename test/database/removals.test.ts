/** Imports that would take stored rows away (docs/contract.md, "Removals"). */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginImport } from '../../src/db/import/import-session.ts';
import { type CanonicalRow, FIELD_INDEX, FIELD_KEYS, type FieldKey } from '../../src/domain/fields.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import { readCanonical } from '../kit/canonical.ts';
import { eventually, run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const HEADER_ONLY = `${FIELD_KEYS.join(',')}\n`;
const PATH = '/analytics/interviews';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());
beforeEach(() => service.clear());

async function post(body: string, query = '') {
  const response = await service.get(PATH + query, { method: 'POST', headers: { 'content-type': 'text/csv' }, body });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

/** An appointment of an interview that states neither how long it takes nor how many interview. */
const appointment = (interviewId: string, fields: Partial<Record<FieldKey, string | null>> = {}): CanonicalRow =>
  rowWith({ interviewId, interviewDuration: null, interviewers: null, ...fields });

const interviews = (count: number, from = 0): CanonicalRow[] =>
  Array.from({ length: count }, (_, at) => appointment(`i${String(from + at).padStart(4, '0')}`));

const refusal = (message: RegExp) => ({
  status: 422,
  saved: false,
  message: expect.stringMatching(message),
  errors: [{ code: 'REMOVALS_REFUSED', message: expect.stringMatching(message) }],
});

const stored = async () => (await service.rows('SELECT count(*)::int AS rows FROM appointment'))[0]?.rows;

describe('an import that would remove every row', () => {
  test.each([
    ['a header without rows', HEADER_ONLY],
    ['other interviews', csvOf(interviews(3, 10))],
  ])('is refused, and in a dry run too: %s', async (_what, file) => {
    await service.import(csvOf(interviews(3)));
    for (const query of ['?replaceAll=true', '?replaceAll=true&dryRun=true', '?replaceAll=true&skipInvalid=true'])
      expect(await post(file, query)).toMatchObject({
        ...refusal(
          /^Nothing was saved: 3 of 3 stored rows would be removed, which is all of them\. .*allowRemovals=true/,
        ),
        removed: 3,
        moved: 0,
        removalsRefused: { stored: 3, removed: 3, moved: 0, incomplete: [], incompleteCount: 0 },
      });
    expect(await stored()).toBe(3);
    expect(await post(file, '?replaceAll=true&allowRemovals=true')).toMatchObject({
      status: 200,
      saved: true,
      removed: 3,
    });
  });

  test('is taken where nothing is stored, and where the interviews stay', async () => {
    expect(await post(HEADER_ONLY, '?replaceAll=true')).toMatchObject({ status: 200, saved: true, removed: 0 });
    await service.import(csvOf(interviews(3)));
    expect(await post(HEADER_ONLY)).toMatchObject({ status: 200, saved: true, removed: 0 });
    expect(await post(csvOf(interviews(3, 10)))).toMatchObject({ status: 200, saved: true, inserted: 3 });
  });
});

describe('an import that would remove many rows', () => {
  test('is refused above a fifth of them, from 50 rows on', async () => {
    await service.import(csvOf(interviews(100)));
    expect(await post(csvOf(interviews(79)), '?replaceAll=true')).toMatchObject({
      ...refusal(/: 21 of 100 stored rows would be removed, more than 20 percent/),
      unchanged: 79,
    });
    expect(await stored()).toBe(100);
    expect(await post(csvOf(interviews(80)), '?replaceAll=true')).toMatchObject({ status: 200, removed: 20 });
    expect(await post(csvOf(interviews(1)), '?replaceAll=true&allowRemovals=true')).toMatchObject({ removed: 79 });
    await service.import(csvOf(interviews(49)));
    expect(await post(csvOf(interviews(1)), '?replaceAll=true')).toMatchObject({ status: 200, removed: 48 });
  });

  test('counts the rows of the interviews that it has, without replaceAll', async () => {
    const rooms = Array.from({ length: 60 }, (_, at) =>
      appointment('one', {
        startTime: `2024-03-05T${String(at % 24).padStart(2, '0')}:${String(at).padStart(2, '0')}:00`,
      }),
    );
    await service.import(csvOf(rooms));
    expect(await post(csvOf(rooms.slice(0, 20)))).toMatchObject(refusal(/: 40 of 60 stored rows/));
  });

  test('does not count appointments at another time', async () => {
    await service.import(csvOf(interviews(100)));
    const later = interviews(100).map((row) => row.with(FIELD_INDEX.startTime, '2024-03-06T09:00:00'));
    expect(await post(csvOf(later), '?replaceAll=true')).toMatchObject({
      status: 200,
      saved: true,
      inserted: 100,
      removed: 0,
      moved: 100,
    });
    // Somebody else's is not the same appointment.
    const others = later.map((row) => row.with(FIELD_INDEX.interviewerEmployeeId, 'somebody else'));
    expect(await post(csvOf(others))).toMatchObject(refusal(/: 100 of 100 stored rows/));
  });

  test('is measured by MAX_REMOVALS_PERCENT', async () => {
    const patient = await service.another({ MAX_REMOVALS_PERCENT: '60' });
    try {
      await service.import(csvOf(interviews(100)));
      const send = (count: number) =>
        patient.get(`${PATH}?replaceAll=true`, {
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
          body: csvOf(interviews(count)),
        });
      expect((await send(39)).status).toBe(422);
      expect((await send(40)).status).toBe(200);
    } finally {
      await patient.stop();
    }
  });

  test('is decided on what is stored once its turn has come', async () => {
    await service.import(csvOf(interviews(1)));
    const first = await beginImport(service.db.streams, FROM_COMMAND, () => {});
    // Before the first import ends, the second would remove all there is.
    const second = service.import(csvOf(interviews(1, 1)), { replaceAll: true, maxRemovalsPercent: 20 });
    await eventually(async () =>
      expect(
        await service.rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%load.wait%' AND wait_event = 'advisory'"),
      ).toHaveLength(1),
    );
    for (const row of interviews(1, 1)) first.add({ source: 0, line: 2 }, row);
    await first.flush();
    await first.plan({ replaceAll: false, sample: false, maxListed: 10, asOf: null });
    await first.commit();
    expect(await second).toMatchObject({ saved: true, removed: 1, unchanged: 1 });
  });
});

describe('an interview whose rows say that some are missing', () => {
  const panel = ['e0', 'e1', 'e2'].map((interviewerEmployeeId) =>
    appointment('panel', { interviewerEmployeeId, interviewers: '3', interviewDuration: '1.5' }),
  );
  const two = ['09', '12'].map((hour) =>
    appointment('two', {
      startTime: `2024-03-05T${hour}:00:00`,
      endTime: `2024-03-05T${hour}:45:00`,
      duration: '0.75',
      interviewDuration: '1.5',
    }),
  );
  const many = interviews(100);
  beforeEach(() => service.import(csvOf([...panel, ...two, ...many])));

  test.each([
    [
      'interviewerEmployeeId=e1',
      /interview "panel" would lose 2 of its rows, although its rows say that a time slot has 3 interviewers, but there are only 1;/,
    ],
    [
      'interviewId=two&startsFrom=2024-03-05T10:00:00',
      /interview "two" would lose 1 of its rows, although its rows say that it takes 1.5 h, but its time slots add up to 0.75 h;/,
    ],
  ])('loses none to a filtered export: %s', async (filter, message) => {
    const filtered = await (await service.get(`${PATH}?format=csv&${filter}`)).text();
    expect(await post(filtered)).toMatchObject({
      ...refusal(message),
      removalsRefused: { stored: 105, incompleteCount: 1, incomplete: [{ interviewId: expect.any(String) }] },
    });
    expect(await post(filtered, '?dryRun=true')).toMatchObject(refusal(message));
    expect(await stored()).toBe(105);
    expect(await post(filtered, '?allowRemovals=true')).toMatchObject({ status: 200, saved: true });
  });

  test('loses none to a page of an export', async () => {
    for (let limit = 1; limit <= 4; limit++) {
      const page = await (
        await service.get(`${PATH}?format=csv&interviewId=two&interviewId=panel&limit=${limit}`)
      ).text();
      const whole = limit === 3 && page.includes('e0') && page.includes('e1') && page.includes('e2');
      expect([limit, (await post(page)).status]).toEqual([limit, whole ? 200 : 422]);
    }
    expect(await stored()).toBe(105);
  });

  test('may lose some where its rows agree that there are fewer now', async () => {
    const fewer = panel.slice(1).map((row) => row.with(FIELD_INDEX.interviewers, '2'));
    const shorter = two.slice(1).map((row) => row.with(FIELD_INDEX.interviewDuration, '0.755'));
    expect(await post(csvOf([...fewer, ...shorter]))).toMatchObject({ status: 200, removed: 2, updated: 3 });
  });

  test('is taken as before where it loses none', async () => {
    const gaps = panel.map((row) => row.with(FIELD_INDEX.interviewers, '9').with(FIELD_INDEX.interviewDuration, '8'));
    expect(await post(csvOf(gaps))).toMatchObject({ status: 200, updated: 3, removed: 0 });
    expect(await post(csvOf(gaps))).toMatchObject({ status: 200, unchanged: 3 });
    const moved = gaps.map((row) => row.with(FIELD_INDEX.startTime, '2024-03-05T08:00:00'));
    expect(await post(csvOf(moved))).toMatchObject({ status: 200, moved: 3, removed: 0 });
  });

  test('loses none because a row of it is refused', async () => {
    const bad = panel[2]?.with(FIELD_INDEX.applicationId, 'no UUID') as CanonicalRow;
    expect(await post(csvOf([...panel.slice(0, 2), bad, ...many]), '?skipInvalid=true&replaceAll=true')).toMatchObject({
      status: 200,
      saved: true,
      refused: 3,
      removed: 2,
    });
    expect(await post(csvOf([bad, ...many.slice(0, 50)]), '?replaceAll=true')).toMatchObject({
      status: 422,
      message: expect.stringMatching(/1 of 51 rows would be refused.* Nothing was saved: 50 of 103 stored rows/),
      errors: [{ code: 'INVALID_EXTRACT' }, { code: 'REMOVALS_REFUSED' }],
    });
  });
});

describe('the sample extract', () => {
  test('makes room for whatever comes first, but not for nothing', async () => {
    const fresh = await startService();
    try {
      await fresh.import(csvOf(interviews(100)), { sample: true });
      const send = (body: string) => fresh.get(PATH, { method: 'POST', headers: { 'content-type': 'text/csv' }, body });
      expect(await (await send(HEADER_ONLY)).json()).toMatchObject({ errors: [{ code: 'REMOVALS_REFUSED' }] });
      expect(await (await send(csvOf(interviews(1, 500)))).json()).toMatchObject({
        saved: true,
        sampleRemoved: true,
        removed: 100,
      });
      expect(await (await send(HEADER_ONLY)).json()).toMatchObject({ saved: true });
    } finally {
      await fresh.stop();
    }
  });
});

describe('npm run import', () => {
  test('ends with 1, says what would go, and takes it with --allow-removals', async () => {
    const env = { DATABASE_URL: urlOf(service.connection) };
    await service.import(csvOf(interviews(100)));
    const refused = await run(['import', '-', '--replace-all'], env, HEADER_ONLY);
    expect([refused.code, refused.stdout]).toEqual([
      1,
      expect.stringMatching(
        /100 removed\.\n[\s\S]*\nNothing was saved: 100 of 100 stored rows would be removed, which is all of them\. --allow-removals .*\n$/,
      ),
    ]);
    const json = await run(['import', '-', '--replace-all', '--dry-run', '--json'], env, csvOf(interviews(50)));
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
      1,
      { errors: [{ code: 'REMOVALS_REFUSED' }], removalsRefused: { removed: 50 } },
    ]);
    const taken = await run(['import', '-', '--replace-all', '--allow-removals'], env, csvOf(interviews(50)));
    expect([taken.code, taken.stdout]).toEqual([0, expect.stringContaining('50 removed.\n')]);
  }, 120_000);
});

describe('whatever is stored, and whatever comes', () => {
  const row = fc.record({
    interviewId: fc.constantFrom('a', 'b', 'c'),
    interviewer: fc.constantFrom<[string | null, string | null]>(
      ['e1', null],
      ['e2', 'Ann'],
      [null, 'Ann'],
      [null, 'Bob'],
      [null, null],
      ['e1', 'Bob'],
    ),
    hour: fc.constantFrom('08', '09', '10'),
    length: fc.constantFrom('0.5', '1', null),
    room: fc.constantFrom('R', null),
    interviewers: fc.constantFrom('1', '1', '2', '3', null),
    interviewDuration: fc.constantFrom('0.5', '1', '1.5', '1.51', '3', null),
    review: fc.constantFrom('x', 'y'),
  });

  const cells = (one: typeof row extends fc.Arbitrary<infer T> ? T : never): CanonicalRow =>
    rowWith({
      interviewId: one.interviewId,
      interviewerEmployeeId: one.interviewer[0],
      interviewerFirstName: one.interviewer[1],
      interviewerLastName: null,
      startTime: `2024-03-05T${one.hour}:00:00`,
      endTime: `2024-03-05T${one.hour}:30:00`,
      duration: one.length,
      room: one.room,
      interviewers: one.interviewers,
      interviewDuration: one.interviewDuration,
      interviewerReview: one.review,
    });

  const extract = fc.record({
    rows: fc.array(row.map(cells), { maxLength: 9 }),
    /** How many rows of further interviews there are, which agree with themselves. */
    further: fc.constantFrom(0, 40, 50, 60),
  });
  type Extract = typeof extract extends fc.Arbitrary<infer T> ? T : never;

  const rowsOf = ({ rows, further }: Extract): CanonicalRow[] => [
    ...new Map([...rows, ...interviews(further)].map((each) => [JSON.stringify(each), each])).values(),
  ];

  const of = (each: CanonicalRow, ...keys: FieldKey[]): string =>
    JSON.stringify(keys.map((key) => each[FIELD_INDEX[key]] ?? null));
  const who = (each: CanonicalRow): string =>
    each[FIELD_INDEX.interviewerEmployeeId] ?? of(each, 'interviewerFirstName', 'interviewerLastName');
  const counted = (rows: readonly CanonicalRow[], key: (each: CanonicalRow) => string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const each of rows) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1);
    return counts;
  };
  const greatest = (rows: readonly CanonicalRow[], key: FieldKey): number | null => {
    const values = rows.flatMap((each) => each[FIELD_INDEX[key]] ?? []).map(Number);
    return values.length === 0 ? null : Math.max(...values);
  };
  const grouped = (rows: readonly CanonicalRow[], key: (each: CanonicalRow) => string): CanonicalRow[][] =>
    [...counted(rows, key).keys()].map((value) => rows.filter((each) => key(each) === value));

  /** Whether the rows of an interview say that some are missing. */
  function isIncomplete(rows: readonly CanonicalRow[]): boolean {
    const slots = grouped(rows, (each) => of(each, 'startTime', 'endTime', 'room'));
    if (slots.some((slot) => (greatest(slot, 'interviewers') ?? 0) > slot.length)) return true;
    // Without a duration a time slot takes the half hour from its start to its end.
    const hours = slots.reduce((sum, slot) => sum + (greatest(slot, 'duration') ?? 0.5), 0);
    return (greatest(rows, 'interviewDuration') ?? 0) - hours > 0.01 * slots.length + 1e-9;
  }

  /** What an import does to the stored rows, worked out row by row. */
  function oracle(before: CanonicalRow[], file: CanonicalRow[], replaceAll: boolean, percent: number) {
    const ids = new Set(file.map((each) => each[FIELD_INDEX.interviewId]));
    const stays = before.filter((each) => !replaceAll && !ids.has(each[FIELD_INDEX.interviewId]));
    const replaced = before.filter((each) => !stays.includes(each));
    const appointments = (each: CanonicalRow) => JSON.stringify([of(each, 'interviewId', 'startTime'), who(each)]);
    const [was, is] = [counted(replaced, appointments), counted(file, appointments)];
    const changes = new Map<string, { gone: number; come: number }>();
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      const [place, person] = JSON.parse(key) as [string, string];
      const owner = JSON.stringify([JSON.parse(place)[0], person]);
      const change = changes.get(owner) ?? { gone: 0, come: 0 };
      const more = (is.get(key) ?? 0) - (was.get(key) ?? 0);
      if (more > 0) change.come += more;
      else change.gone -= more;
      changes.set(owner, change);
    }
    const removedOf = (id: string) =>
      [...changes].reduce(
        (sum, [owner, { gone, come }]) => sum + (JSON.parse(owner)[0] === id ? Math.max(0, gone - come) : 0),
        0,
      );
    const removed = [...changes.values()].reduce((sum, { gone, come }) => sum + Math.max(0, gone - come), 0);
    const moved = [...changes.values()].reduce((sum, { gone, come }) => sum + Math.min(gone, come), 0);
    const incomplete = grouped(file, (each) => of(each, 'interviewId')).filter(
      (rows) => isIncomplete(rows) && removedOf(rows[0]?.[FIELD_INDEX.interviewId] as string) > 0,
    ).length;
    const refused =
      removed > 0 &&
      (removed === before.length ||
        (before.length >= 50 && removed / before.length > percent / 100 + 1e-12) ||
        incomplete > 0);
    return { removed, moved, incomplete, refused, after: refused ? before : [...stays, ...file] };
  }

  const sorted = (rows: readonly CanonicalRow[]) => rows.map((each) => JSON.stringify(each)).sort();

  test('the service decides, counts and stores as an oracle does', async () => {
    await fc.assert(
      fc.asyncProperty(
        extract,
        extract,
        fc.boolean(),
        fc.constantFrom(0, 10, 20, 50, 100),
        fc.boolean(),
        async (first, second, replaceAll, maxRemovalsPercent, isSubset) => {
          await service.clear();
          const before = rowsOf(first);
          const file = isSubset ? before.filter((_, at) => (at * 7 + second.rows.length) % 5 > 0) : rowsOf(second);
          await service.import(csvOf(before));
          const expected = oracle(before, file, replaceAll, maxRemovalsPercent);
          for (const dryRun of [true, false]) {
            const report = await service.import(csvOf(file), { replaceAll, maxRemovalsPercent, dryRun });
            expect(report).toMatchObject({
              saved: !dryRun && !expected.refused,
              removed: expected.removed,
              moved: expected.moved,
            });
            expect(report.errors?.map(({ code }) => code)).toEqual(expected.refused ? ['REMOVALS_REFUSED'] : undefined);
            if (expected.refused)
              expect(report.removalsRefused).toMatchObject({
                stored: before.length,
                incompleteCount: expected.incomplete,
              });
          }
          expect(sorted(readCanonical(await service.export('csv')))).toEqual(sorted(expected.after));
        },
      ),
      { numRuns: propertyRuns(4) },
    );
  }, 300_000);
});
