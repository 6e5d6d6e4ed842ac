/** Columns besides the 30: names of jobs and people, and times in UTC. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELD_KEYS } from '../../src/domain/fields.ts';
import { OPTIONAL_COLUMNS, OPTIONAL_KEYS, type OptionalKey } from '../../src/domain/optional-columns.ts';
import { EXTRACT_PATH } from '../../src/domain/paths.ts';
import { extract } from '../kit/generated.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvCell, csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

type Optional = Record<OptionalKey, string | null>;

/** The fields by which the tests find a row again. */
const KEY_FIELDS = ['interviewId', 'startTime', 'interviewerEmployeeId', 'interviewerLastName'] as const;

const JOB = 'dddddddd-0000-4000-8000-000000000001';
const CANDIDATE = 'cccccccc-0000-4000-8000-000000000001';

let service: Service;
let reader: string;
/** The rows of the service: the fields above, and what GraphQL says of the same appointment. */
let expected: { fields: (string | null)[]; optional: Optional }[];

const OPERATION = `query ($after: String) {
  appointments(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      startsAt endsAt reviewedAt interviewerName
      job { title department }
      candidate { name }
      row { ${KEY_FIELDS.join(' ')} }
    }
  }
}`;

beforeAll(async () => {
  service = await startService();
  const named = rowOf({ interviewId: 'named', jobId: JOB, candidateProfileId: CANDIDATE, interviewerFirstName: 'Ada' });
  await service.import([extract({ rows: 150, seed: 3 }), csvOf([named])]);
  await service.rows(
    `UPDATE job SET title = CASE job_id::text WHEN '${JOB}' THEN '=Lead, "Ops"' ELSE 'Title ' || left(job_id::text, 2) END,
       department = CASE WHEN job_id::text < '8' THEN 'Sales' END`,
  );
  await service.rows(
    `UPDATE candidate SET first_name = 'Zoë', last_name = CASE WHEN candidate_profile_id::text < '8' THEN 'Ødegård' END`,
  );
  reader = await createToken(service.db.prisma, 'reader', ['read']);
  expected = await fromGraphql();
});
afterAll(() => service?.stop());

async function fromGraphql(): Promise<typeof expected> {
  const ids = await service.rows(
    `SELECT row_id, interview_id, to_char(start_time, 'YYYY-MM-DD"T"HH24:MI:SS') AS start_time, interviewer_employee_id, interviewer_last_name FROM appointment`,
  );
  const keyOf = (values: readonly unknown[]) => JSON.stringify(values);
  const rowIds = new Map(ids.map(({ row_id, ...fields }) => [keyOf(Object.values(fields)), String(row_id)]));
  const instant = (text: string | null) => text && `${new Date(text).toISOString().slice(0, 19)}Z`;
  const found: typeof expected = [];
  for (let after: string | null = null, more = true; more; ) {
    const response: Response = await service.get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: OPERATION, variables: { after } }),
    });
    const { nodes, pageInfo } = (await response.json()).data.appointments;
    for (const { row, job, candidate, ...node } of nodes) {
      const fields = KEY_FIELDS.map((key) => row[key]);
      found.push({
        fields,
        optional: {
          jobTitle: job?.title ?? null,
          jobDepartment: job?.department ?? null,
          candidateName: candidate?.name ?? null,
          startsAt: instant(node.startsAt),
          endsAt: instant(node.endsAt),
          reviewedAt: instant(node.reviewedAt),
          interviewerName: node.interviewerName,
          rowId: rowIds.get(keyOf(fields)) ?? null,
        },
      });
    }
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  return found;
}

const read = async (query: string, init: RequestInit = {}): Promise<string> => {
  const response = await service.get(`${EXTRACT_PATH}?${query}`, init);
  const text = Buffer.from(await response.arrayBuffer()).toString();
  expect([query, response.status, response.status === 200 ? '' : text]).toEqual([query, 200, '']);
  return text;
};

test('follow the fields in the order asked for, in every format, and are those of the appointment', async () => {
  const personal = new Set<string>(['interviewerLastName', 'candidateName', 'interviewerName']);
  const cases = fc.record({
    keys: fc.shuffledSubarray([...OPTIONAL_KEYS], { minLength: 1 }),
    format: fc.constantFrom('csv', 'json', 'ndjson'),
    sees: fc.boolean(),
  });
  expect(expected.length).toBeGreaterThan(100);
  for (const key of OPTIONAL_KEYS)
    expect([key, expected.some(({ optional }) => optional[key] !== null)]).toEqual([key, true]);
  await fc.assert(
    fc.asyncProperty(cases, async ({ keys, format, sees }) => {
      const names = [...KEY_FIELDS, ...keys];
      const text = await read(
        `format=${format}&fields=${KEY_FIELDS.join(',')}&include=${keys.join(',')}`,
        sees ? {} : { headers: { 'x-smarttoken': reader } },
      );
      const rows = expected.map(({ fields, optional }) =>
        [...fields, ...keys.map((key) => optional[key])].map((value, at) =>
          !sees && personal.has(names[at] ?? '') ? null : value,
        ),
      );
      const objects = rows.map((row) => {
        const entries = row.map((value, at) => [names[at] ?? '', value] as const);
        return JSON.stringify(Object.fromEntries(entries.filter(([, value]) => format === 'ndjson' || value !== null)));
      });
      // The order of rows is that of the export; other tests are about it.
      if (format === 'csv') {
        const [header, ...lines] = text.trimEnd().split('\n');
        expect(header).toBe(names.join(','));
        expect(lines.sort()).toEqual(rows.map((row) => row.map(csvCell).join(',')).sort());
      } else if (format === 'ndjson') expect(text.trimEnd().split('\n').sort()).toEqual(objects.sort());
      else {
        expect(text).toMatch(/^\{"content":\[.*\]\}$/);
        const { content } = JSON.parse(text);
        expect(content.map((row: object) => JSON.stringify(row)).sort()).toEqual(objects.sort());
      }
    }),
    { numRuns: propertyRuns(20) },
  );
});

test('never change the 30, nor the order of the rows', async () => {
  const plain = (await read('format=csv')).split('\n');
  const more = (await read('format=csv&include=startsAt,rowId')).split('\n');
  expect(more[0]).toBe(`${plain[0]},startsAt,rowId`);
  const form = /,(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?,[0-9a-f-]{36}$/gm;
  expect(more.join('\n').replace(form, '').split('\n').slice(1)).toEqual(plain.slice(1));
});

test('are in UTC, whatever time zone the database has', async () => {
  const before = await read('format=csv&include=startsAt,endsAt,reviewedAt');
  await service.rows(`ALTER DATABASE "${service.connection.database}" SET timezone TO 'Asia/Tokyo'`);
  const another = await service.another();
  try {
    const response = await another.get(`${EXTRACT_PATH}?format=csv&include=startsAt,endsAt,reviewedAt`);
    expect(await response.text()).toBe(before);
  } finally {
    await another.stop();
  }
});

test('are on every page', async () => {
  const response = await service.get(`${EXTRACT_PATH}?format=csv&fields=interviewId&include=jobTitle&limit=2`);
  expect((await response.text()).split('\n')[0]).toBe('interviewId,jobTitle');
  expect(response.headers.get('link')).toContain('include=jobTitle');
});

test('have labels, and the form of dates and the guard against formulas that a spreadsheet needs', async () => {
  const [header, row] = (
    await read(
      'format=csv&interviewId=named&fields=interviewId&include=jobTitle,candidateName&excel=true&header=labels',
    )
  ).split('\n');
  expect(header).toBe('\uFEFFInterview ID,Job Title,Candidate Name');
  expect(row).toBe('named,"\'=Lead, ""Ops""",Zoë');
  const { optional } = expected.find((one) => one.optional.startsAt !== null) ?? expected[0] ?? { optional: null };
  const id = `interviewId=${expected.find((one) => one.optional === optional)?.fields[0]}`;
  const starts = async (query: string) =>
    (await read(`format=csv&${id}&fields=interviewId&include=startsAt&${query}`))
      .split('\n')
      .map((line) => line.split(',')[1]);
  const clock = optional?.startsAt?.slice(0, 19) ?? '';
  expect(await starts('excel=true')).toContain(clock.replace('T', ' '));
  expect(await starts('dateFormat=dd.MM.yyyy')).toContain(clock.slice(0, 10).split('-').reverse().join('.'));
  const labels = OPTIONAL_COLUMNS.map(({ label }) => label);
  expect((await read(`format=csv&header=labels&include=${OPTIONAL_KEYS.join(',')}`)).split('\n')[0]).toMatch(
    new RegExp(`,${labels.join(',').replaceAll(/[()]/g, '\\$&')}$`),
  );
});

describe('an import', () => {
  const reason = (noun: string) =>
    `optional ${noun}s of an export, which are never imported: ${OPTIONAL_KEYS.map((key) => `"${key}"`).join(', ')}`;

  test.each([
    ['csv', 'column'],
    ['ndjson', 'key'],
  ])('of a %s file with them ignores them, and says so', async (format, noun) => {
    const file = await read(`format=${format}&include=${OPTIONAL_KEYS.join(',')}`);
    const report = await service.import(file);
    expect(report).toMatchObject({ saved: true, read: expected.length, unchanged: expected.length });
    expect(report.warnings.map((warning) => warning.reason)).toContain(reason(noun));
  });

  test('tells them from columns that it doesn’t know, and knows their labels', async () => {
    const header = [...FIELD_KEYS, 'Recruiter', 'Starts At (UTC)', 'job title'];
    const row = [...rowOf({ interviewId: 'named' }), 'x', 'y', 'z'];
    const { warnings } = await service.import(csvOf([row], header), { dryRun: true });
    expect(warnings[0]).toMatchObject({
      line: 1,
      column: null,
      reason:
        'unknown column, not imported: "Recruiter"; optional columns of an export, which are never imported: "Starts At (UTC)", "job title"',
    });
  });
});

describe('refused, with what is accepted, is', () => {
  const columns = `the optional columns are ${OPTIONAL_KEYS.join(', ')}.`;
  test.each([
    ['include=colour', `include: "colour" is not an optional column; ${columns}`],
    ['include=', `include: "" is not an optional column; ${columns}`],
    ['include=jobtitle', `include: "jobtitle" is not an optional column; ${columns}`],
    ['include=room', `include: room is one of the 30 fields, which fields chooses; ${columns}`],
    ['include=rowId,rowId', 'include: rowId occurs twice.'],
    ['include=rowId&include=jobTitle', 'include occurs 2 times; it may occur only once.'],
    [
      'fields=jobTitle',
      'fields: jobTitle is not one of the 30 fields but an optional column; include=jobTitle adds it.',
    ],
  ])('%s', async (query, message) => {
    const response = await service.get(`${EXTRACT_PATH}?${query}`);
    expect([response.status, (await response.json()).message]).toEqual([400, message]);
  });
});
