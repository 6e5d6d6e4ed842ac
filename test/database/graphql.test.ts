/** The GraphQL API through its front door. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CanonicalRow, FIELD_INDEX, FIELD_KEYS, FIELDS, type FieldKey, isName } from '../../src/domain/fields.ts';
import { foldedWords } from '../../src/domain/names/spelling.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { ask, data, type Json } from '../kit/graphql.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { type Service, startService } from '../kit/service.ts';
import { type Way, walk as walkThrough } from '../kit/walk.ts';

let service: Service;
/** The rows in the export's order. */
let rows: CanonicalRow[];

beforeAll(async () => {
  service = await startService();
  const extract = [...generateExtract({ rows: 400, seed: 11 })].join('');
  expect(await service.import(extract)).toMatchObject({ saved: true });
  rows = readCanonical(extract);
});
afterAll(() => service?.stop());

const cell = (row: CanonicalRow, key: FieldKey): string | null => row[FIELD_INDEX[key]] ?? null;

/** A row as GraphQL's Appointment tells of it. */
const STATED = `status rating review timeToProvideFeedback
  interviewer { employeeId }
  timeSlot { startTime endTime duration room applicationStage applicationStep interviewerCount }
  interview { interviewId type location timeZone createdAt updatedAt startDate duration canceled candidateStatus
    application { applicationId } candidate { candidateProfileId } job { jobId } creator { employeeId } }`;

const text = (value: Json): string | null => (value === null || value === undefined ? null : String(value));
const utc = (value: Json): string | null => text(value)?.replace('Z', '') ?? null;

/** What GraphQL's Appointment tells of a row, by the row's fields: all but the names, which only employees have. */
const TOLD: { readonly [K in FieldKey]?: (node: Json) => Json } = {
  interviewId: ({ interview }) => interview.interviewId,
  applicationId: ({ interview }) => interview.application?.applicationId,
  applicationStage: ({ timeSlot }) => timeSlot.applicationStage,
  applicationStep: ({ timeSlot }) => timeSlot.applicationStep,
  candidateProfileId: ({ interview }) => interview.candidate?.candidateProfileId,
  candidateStatus: ({ interview }) => interview.candidateStatus,
  jobId: ({ interview }) => interview.job?.jobId,
  interviewType: ({ interview }) => interview.type,
  interviewLocation: ({ interview }) => interview.location,
  interviewCreateDate: ({ interview }) => utc(interview.createdAt),
  interviewUpdateDate: ({ interview }) => utc(interview.updatedAt),
  interviewStartDate: ({ interview }) => interview.startDate,
  interviewTimeZone: ({ interview }) => interview.timeZone,
  interviewDuration: ({ interview }) => interview.duration,
  interviewCanceled: ({ interview }) => interview.canceled,
  creatorEmployeeId: ({ interview }) => interview.creator?.employeeId,
  interviewerEmployeeId: ({ interviewer }) => interviewer?.employeeId,
  interviewerStatus: ({ status }) => status,
  interviewerReview: ({ review }) => review,
  interviewerRating: ({ rating }) => rating,
  startTime: ({ timeSlot }) => timeSlot.startTime,
  endTime: ({ timeSlot }) => timeSlot.endTime,
  duration: ({ timeSlot }) => timeSlot.duration,
  room: ({ timeSlot }) => timeSlot.room,
  interviewers: ({ timeSlot }) => timeSlot.interviewerCount,
  timeToProvideFeedback: ({ timeToProvideFeedback }) => timeToProvideFeedback,
};
const TOLD_KEYS = FIELD_KEYS.filter((key) => TOLD[key]);
const toldByNode = (node: Json) => TOLD_KEYS.map((key) => text(TOLD[key]?.(node)));
const toldByRow = (row: CanonicalRow) => TOLD_KEYS.map((key) => cell(row, key));

const sorted = (some: readonly unknown[]): string[] => some.map((one) => JSON.stringify(one)).sort();

/** Walks through a connection of data that nobody changes, and looks at what each page says of itself. */
const walk = (field: string, selection: string, way: Way): Promise<Json[]> =>
  walkThrough(service, field, selection, way, ({ edges, pageInfo }, before) => {
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
    expect(edges.at(0)?.cursor ?? null).toBe(startCursor);
    expect(edges.at(-1)?.cursor ?? null).toBe(endCursor);
    expect(way.backward ? hasNextPage : hasPreviousPage).toBe(before.length > 0);
    if (way.backward ? hasPreviousPage : hasNextPage) expect(edges).toHaveLength(way.size);
  });

describe('appointments', () => {
  test('are the rows of the extract, with everything they state', async () => {
    const nodes = await walk('appointments', STATED, { size: 150, type: 'Appointment' });
    expect(sorted(nodes.map(toldByNode))).toEqual(sorted(rows.map(toldByRow)));
  });

  /** A filter as GraphQL has it, with what it means for a row. */
  interface Filter {
    readonly where: object;
    readonly keeps: (row: CanonicalRow) => boolean;
  }
  const field = fc.constantFrom(...FIELDS.filter(({ key }) => key !== 'interviewerReview'));
  const leaf: fc.Arbitrary<Filter> = fc
    .record({ field, picks: fc.array(fc.nat(399), { minLength: 1, maxLength: 3 }), how: fc.nat(5) })
    .map(({ field: { key, kind, subject }, picks, how }): Filter => {
      const values = picks.map((pick) => cell(rows[pick] ?? [], key)).filter((one) => one !== null);
      const [value] = values;
      if (value === undefined || how === 0)
        return { where: { row: { [key]: { isNull: true } } }, keeps: (row) => cell(row, key) === null };
      const number = kind === 'number' || kind === 'integer';
      const date = kind === 'utc' || kind === 'local';
      const given = (one: string) =>
        number ? Number(one) : kind === 'boolean' ? one === 'true' : kind === 'utc' ? `${one}Z` : one;
      const later = (one: string | null) => one !== null && (number ? Number(one) >= Number(value) : one >= value);
      if (how === 1)
        return { where: { row: { [key]: { not: given(value) } } }, keeps: (row) => cell(row, key) !== value };
      if (how === 2 && (number || date))
        return { where: { row: { [key]: { gte: given(value) } } }, keeps: (row) => later(cell(row, key)) };
      if (how === 3 && (number || date))
        return {
          where: { row: { [key]: { lt: given(value) } } },
          keeps: (row) => cell(row, key) !== null && !later(cell(row, key)),
        };
      if (how === 4 && kind === 'text') {
        const part = value.slice(1, 4);
        if (isName({ kind, subject })) {
          const words = foldedWords(part);
          const has = (name: string) => words.every((word) => foldedWords(name).join(' ').includes(word));
          const keeps = (row: CanonicalRow) => cell(row, key) !== null && has(cell(row, key) ?? '');
          return { where: { row: { [key]: { contains: part.toUpperCase() } } }, keeps };
        }
        const folded = part.toLowerCase();
        return {
          where: {
            row: { [key]: { contains: part.toUpperCase().toLowerCase() === folded ? part.toUpperCase() : part } },
          },
          keeps: (row) => cell(row, key)?.toLowerCase().includes(folded) ?? false,
        };
      }
      return {
        where: { row: { [key]: { in: values.map(given) } } },
        keeps: (row) => values.includes(cell(row, key) ?? '\0'),
      };
    });
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('filter'), { maxLength: 3 }).map((all) => ({
        where: { and: all.map(({ where }) => where) },
        keeps: (row: CanonicalRow) => all.every(({ keeps }) => keeps(row)),
      })),
      fc.array(tie('filter'), { maxLength: 3 }).map((any) => ({
        where: { or: any.map(({ where }) => where) },
        keeps: (row: CanonicalRow) => any.some(({ keeps }) => keeps(row)),
      })),
      tie('filter').map(({ where, keeps }) => ({ where: { not: where }, keeps: (row: CanonicalRow) => !keeps(row) })),
    ),
  }));

  test('with any filter are those that a plain filter gives', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async ({ where, keeps }) => {
        const { appointments } = await data(
          service,
          `query ($where: AppointmentWhere) { appointments(first: 500, where: $where) { totalCount nodes { ${STATED} } } }`,
          { where },
        );
        const expected = rows.filter(keeps);
        expect(appointments.totalCount).toBe(expected.length);
        expect(sorted(appointments.nodes.map(toldByNode))).toEqual(sorted(expected.map(toldByRow)));
      }),
      { numRuns: propertyRuns(20) },
    );
  });

  test('are found through what they hang together with', async () => {
    const { interviews } = await data(
      service,
      `{ interviews(first: 500, where: { appointments: { some: { status: { eq: DECLINED } } }, timeSlots: { none: { duration: { gt: 1 } } } }) {
           nodes { interviewId } } }`,
    );
    const declined = new Set(
      rows.filter((row) => cell(row, 'interviewerStatus') === 'DECLINED').map((row) => cell(row, 'interviewId')),
    );
    const long = new Set(
      rows.filter((row) => Number(cell(row, 'duration')) > 1).map((row) => cell(row, 'interviewId')),
    );
    expect(sorted(interviews.nodes.map(({ interviewId }: Json) => interviewId))).toEqual(
      sorted([...declined].filter((id) => !long.has(id))),
    );
  });
});

describe('pages', () => {
  const key = fc.record({
    field: fc.constantFrom('STARTS_AT', 'CREATED_AT', 'UPDATED_AT', 'INTERVIEW_ID'),
    direction: fc.constantFrom('ASC', 'DESC'),
    nulls: fc.constantFrom('FIRST', 'LAST'),
  });
  const order = fc.uniqueArray(key, { selector: ({ field }) => field, maxLength: 3 });

  test('of any size, in any order, forwards and backwards, give every interview once and in that order', async () => {
    const everything = await walk('interviews', 'interviewId startsAt createdAt updatedAt', {
      size: 500,
      type: 'Interview',
    });
    const names: Record<string, string> = {
      STARTS_AT: 'startsAt',
      CREATED_AT: 'createdAt',
      UPDATED_AT: 'updatedAt',
      INTERVIEW_ID: 'interviewId',
    };
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 15, max: 120 }), fc.boolean(), async (orderBy, size, backward) => {
        const keys = orderBy.length > 0 ? orderBy : [{ field: 'STARTS_AT', direction: 'ASC', nulls: 'LAST' }];
        const last = keys.at(-1)?.direction ?? 'ASC';
        const expected = [...everything].sort((one, other) => {
          for (const { field, direction, nulls } of [
            ...keys,
            { field: 'INTERVIEW_ID', direction: last, nulls: 'LAST' },
          ]) {
            const [a, b] = [one[names[field] ?? ''], other[names[field] ?? '']];
            if (a === b) continue;
            if (a === null || b === null) return (a === null) === (nulls === 'FIRST') ? -1 : 1;
            return a < b === (direction === 'ASC') ? -1 : 1;
          }
          return 0;
        });
        const found = await walk('interviews', 'interviewId', { size, backward, type: 'Interview', orderBy });
        expect(found.map(({ interviewId }) => interviewId)).toEqual(expected.map(({ interviewId }) => interviewId));
      }),
      { numRuns: propertyRuns(8) },
    );
  });

  test('of each parent are its own', async () => {
    const { jobs } = await data(
      service,
      '{ jobs(first: 30) { nodes { jobId interviews(first: 3) { totalCount pageInfo { hasNextPage } nodes { interviewId job { jobId } } } } } }',
    );
    for (const { jobId, interviews } of jobs.nodes) {
      expect(interviews.pageInfo.hasNextPage).toBe(interviews.totalCount > 3);
      expect(interviews.nodes).toHaveLength(Math.min(3, interviews.totalCount));
      expect(interviews.nodes.every(({ job }: Json) => job.jobId === jobId)).toBe(true);
    }
  });

  test.each([
    ['{ interviews(first: 501) { totalCount } }', 'first: 501 is not accepted; it is a whole number from 0 to 500.'],
    ['{ interviews(last: -1) { totalCount } }', 'last: -1 is not accepted; it is a whole number from 0 to 500.'],
    ['{ interviews(first: 1, last: 1) { totalCount } }', 'Use first or last, not both.'],
    ['{ interviews(after: "x") { totalCount } }', 'after: "x" is not a cursor of this connection.'],
    [
      '{ interviews(where: { location: { contains: "\\u0000" } }) { totalCount } }',
      'where: location has a character that can’t be stored (NUL or half of a surrogate pair).',
    ],
    [
      '{ candidates(where: { interviews: { atLeast: { count: 0 } } }) { totalCount } }',
      'where: interviews.atLeast.count is 0; it must be 1 or more.',
    ],
    ['{ node(id: "x") { id } }', 'id: "x" is not an ID of this API; use the value of a field named id.'],
    [
      '{ interviews(orderBy: [{ field: STARTS_AT }, { field: STARTS_AT }]) { totalCount } }',
      'orderBy: a field occurs twice.',
    ],
  ])('%s is refused by name', async (query, message) => {
    expect(await ask(service, query)).toMatchObject({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  test('a cursor of another order is refused', async () => {
    const { interviews } = await data(service, '{ interviews(first: 1) { pageInfo { endCursor } } }');
    expect(
      await ask(
        service,
        'query ($after: String) { interviews(after: $after, orderBy: [{ field: CREATED_AT }]) { totalCount } }',
        { after: interviews.pageInfo.endCursor },
      ),
    ).toMatchObject({
      errors: [{ message: 'after: this cursor belongs to another list or order; use the same orderBy.' }],
    });
  });
});

describe('node', () => {
  test('gives everything by its id, and null for what has gone', async () => {
    const answer = await data(
      service,
      `{ appointments(first: 1) { nodes { id timeSlot { id } interview { id candidate { id } job { id } application { id } creator { id } } } } }`,
    );
    const [{ id, timeSlot, interview }] = answer.appointments.nodes;
    const ids = [
      id,
      ...[timeSlot, interview, interview.candidate, interview.job, interview.application, interview.creator].map(
        (one: Json) => one.id,
      ),
    ];
    const gone = Buffer.from('Interview:gone').toString('base64');
    const { nodes } = await data(service, 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      ids: [...ids, gone],
    });
    expect(nodes).toEqual([
      ...['Appointment', 'TimeSlot', 'Interview', 'Candidate', 'Job', 'Application', 'Interviewer'].map(
        (__typename, at) => ({ __typename, id: ids[at] }),
      ),
      null,
    ]);
  });
});

test('a canonical extract is read as the export writes it', async () => {
  expect(toCsv(rows)).toBe(await service.export('csv'));
});
