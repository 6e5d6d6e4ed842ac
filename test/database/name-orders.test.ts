/** Lists of people and jobs in the order of their names, which is that of Unicode's collation and not that of bytes. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CULTURES } from '../../src/generate/company/names.ts';
import { toCsv } from '../kit/canonical.ts';
import { data, type Json } from '../kit/graphql.ts';
import { importNames } from '../kit/import-names.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';
import { walk } from '../kit/walk.ts';

/** Ideographs are left out: an ICU may have them in another order. */
const NAMES = [
  ...new Set([
    ...CULTURES.flatMap(({ firstNames, lastNames }) => [...firstNames, ...lastNames]),
    ...['adam', 'Adam', 'Ärlig', 'Zander', 'de Vries', 'De Vries', 'devries', 'Mu\u0308ller', 'muller', ''],
  ]),
].filter((name) => !/\p{Unified_Ideograph}/u.test(name));

const idOf = (at: number): string => `e${String(at).padStart(3, '0')}`;
const uuidOf = (kind: 'c' | 'd', at: number): string =>
  `${kind.repeat(8)}-0000-4000-8000-${String(at).padStart(12, '0')}`;

const collator = new Intl.Collator('en');

interface Person {
  readonly employeeId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}
const PEOPLE: readonly Person[] = [
  ...NAMES.map((lastName, at) => ({ employeeId: idOf(at), firstName: NAMES[(at * 7) % 5] ?? null, lastName })),
  { employeeId: 'nameless', firstName: null, lastName: null },
];

/** Nulls come last, or first where the order is reversed. */
function byName(key: 'firstName' | 'lastName'): (one: Person, other: Person) => number {
  return (one, other) => {
    const [a, b] = [one[key], other[key]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return collator.compare(a, b);
  };
}
const byId = (one: Person, other: Person) => (one.employeeId < other.employeeId ? -1 : 1);

let service: Service;
beforeAll(async () => {
  service = await startService();
  const rows = PEOPLE.map(({ employeeId, firstName, lastName }, at) =>
    rowOf({
      interviewId: `i${String(at).padStart(3, '0')}`,
      candidateProfileId: uuidOf('c', at),
      jobId: uuidOf('d', at),
      interviewerEmployeeId: employeeId,
      interviewerFirstName: firstName,
      interviewerLastName: lastName,
    }),
  );
  expect(await service.import(toCsv(rows))).toMatchObject({ saved: true });
  const quoted = (text: string | null) => `"${(text ?? '').replaceAll('"', '""')}"`;
  const lines = (kind: 'c' | 'd') =>
    PEOPLE.map(({ firstName, lastName }, at) => `${uuidOf(kind, at)},${quoted(lastName)},${quoted(firstName)}\n`).join(
      '',
    );
  await importNames(service, {
    candidates: `candidateProfileId,lastName,firstName\n${lines('c')}`,
    jobs: `jobId,title,department\n${lines('d')}`,
  });
});
afterAll(() => service?.stop());

describe('interviewers by their last names', () => {
  const sorted = [...PEOPLE].sort((one, other) => byName('lastName')(one, other) || byId(one, other));

  test.each([
    [1, false],
    [7, false],
    [7, true],
    [500, false],
  ])('in pages of %i, backward: %s, are in the order of the collation, each once', async (size, backward) => {
    const orderBy = [{ field: 'LAST_NAME' }];
    const found = await walk(service, 'interviewers', 'employeeId', { size, backward, type: 'Interviewer', orderBy });
    expect(found.map(({ employeeId }: Json) => employeeId)).toEqual(sorted.map(({ employeeId }) => employeeId));
  });

  test('and descending, with those who have none first, in the reverse order', async () => {
    const orderBy = [{ field: 'LAST_NAME', direction: 'DESC', nulls: 'FIRST' }];
    const found = await walk(service, 'interviewers', 'employeeId', { size: 11, type: 'Interviewer', orderBy });
    expect(found.map(({ employeeId }: Json) => employeeId)).toEqual(
      sorted.map(({ employeeId }) => employeeId).reverse(),
    );
  });

  test('within first names', async () => {
    const orderBy = [{ field: 'FIRST_NAME' }, { field: 'LAST_NAME' }];
    const found = await walk(service, 'interviewers', 'employeeId', { size: 9, type: 'Interviewer', orderBy });
    const expected = [...PEOPLE].sort(
      (one, other) => byName('firstName')(one, other) || byName('lastName')(one, other) || byId(one, other),
    );
    expect(found.map(({ employeeId }: Json) => employeeId)).toEqual(expected.map(({ employeeId }) => employeeId));
  });

  test('go on from any cursor in any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(PEOPLE.length - 1), fc.integer({ min: 1, max: 20 }), async (at, first) => {
        const query = `query ($first: Int!, $after: String) { interviewers(first: $first, after: $after, orderBy: [{ field: LAST_NAME }]) {
          nodes { employeeId } pageInfo { endCursor } } }`;
        const { interviewers: before } = await data(service, query, { first: at + 1 });
        const { interviewers } = await data(service, query, { first, after: before.pageInfo.endCursor });
        expect(interviewers.nodes.map(({ employeeId }: Json) => employeeId)).toEqual(
          sorted.slice(at + 1, at + 1 + first).map(({ employeeId }) => employeeId),
        );
      }),
      { numRuns: propertyRuns(20) },
    );
  });
});

/** Names by id; an empty name was imported as none. */
const named = (kind: 'c' | 'd') =>
  PEOPLE.map(({ lastName }, at) => ({
    id: uuidOf(kind, at),
    interviewId: `i${String(at).padStart(3, '0')}`,
    name: lastName || null,
  }));
const sortedIds = (kind: 'c' | 'd', key: 'id' | 'interviewId') =>
  named(kind)
    .sort((one, other) =>
      one.name === null || other.name === null
        ? Number(one.name === null) - Number(other.name === null) || (one[key] < other[key] ? -1 : 1)
        : collator.compare(one.name, other.name) || (one[key] < other[key] ? -1 : 1),
    )
    .map((one) => one[key]);

test.each([
  ['candidates', 'Candidate', 'LAST_NAME', 'candidateProfileId', 'c', 'id'],
  ['jobs', 'Job', 'TITLE', 'jobId', 'd', 'id'],
  ['interviews', 'Interview', 'CANDIDATE_LAST_NAME', 'interviewId', 'c', 'interviewId'],
  ['interviews', 'Interview', 'JOB_TITLE', 'interviewId', 'd', 'interviewId'],
] as const)('%s (%s) by %s are in the order of the collation', async (list, type, field, id, kind, key) => {
  for (const backward of [false, true]) {
    const found = await walk(service, list, id, { size: 40, backward, type, orderBy: [{ field }] });
    expect(found.map((node: Json) => node[id])).toEqual(sortedIds(kind, key));
  }
});

test('items below others are sorted alike', async () => {
  await service.import(
    toCsv(
      ['Zander', 'Ärlig', 'adam', null, 'Adam'].map((_, at) =>
        rowOf({ interviewId: `below-${at}`, jobId: uuidOf('d', 0), candidateProfileId: uuidOf('c', 900 + at) }),
      ),
    ),
  );
  await importNames(service, {
    candidates: `candidateProfileId,lastName\n${['Zander', 'Ärlig', 'adam', '', 'Adam'].map((name, at) => `${uuidOf('c', 900 + at)},${name}\n`).join('')}`,
  });
  const { job } = await data(
    service,
    `query ($jobId: UUID!) { job(jobId: $jobId) { candidates(first: 10, orderBy: [{ field: LAST_NAME }]) { nodes { lastName } } } }`,
    { jobId: uuidOf('d', 0) },
  );
  const names = job.candidates.nodes.map(({ lastName }: Json) => lastName);
  expect(names.filter((name: string | null) => ['Zander', 'Ärlig', 'adam', 'Adam', null].includes(name))).toEqual([
    'adam',
    'Adam',
    'Ärlig',
    'Zander',
    null,
  ]);
});

test('the export keeps its order of bytes', async () => {
  const rows = ['b', 'Ä', 'a', 'Z'].map((room) => rowOf({ interviewId: 'x', interviewerEmployeeId: room, room }));
  await service.import(toCsv(rows), { replaceAll: true });
  const lines = (await service.export('csv')).trimEnd().split('\n').slice(1);
  expect(lines.map((line) => line.split(',')[27])).toEqual(['Z', 'a', 'b', 'Ä']);
});
