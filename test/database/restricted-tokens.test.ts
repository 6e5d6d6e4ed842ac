/**
 * Two tokens that see different rows: whatever the one asks, with whatever it has got from the other, it learns nothing of the other's rows. All
 * that the rows of a side have in them has a word of its own.
 */
import { getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueToken } from '../../src/db/tokens/tokens.ts';
import type { CanonicalRow } from '../../src/domain/fields.ts';
import { EXTRACT_PATH, METRICS_PATH, ODATA_PATH, SUMMARY_PATH } from '../../src/domain/paths.ts';
import type { Restriction } from '../../src/domain/viewer.ts';
import { schema } from '../../src/graphql/schema.ts';
import { ask, type Json } from '../kit/graphql.ts';
import { importNames } from '../kit/import-names.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

/** What identifies the rows of a side: a word in their texts, a digit in their UUIDs, and how many interviews they describe. */
const SIDES = {
  alpha: { digit: 'a', interviews: 3, department: 'Alpha & Sons' },
  beta: { digit: 'b', interviews: 5, department: 'Beta' },
} as const;
type Side = keyof typeof SIDES;

const uuid = (digit: string, number: number) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${String(number).padStart(12, '0')}`;
const jobOf = (side: Side) => uuid(SIDES[side].digit, 0);
const signOf = (side: Side) => new RegExp(`${side}|${SIDES[side].digit.repeat(8)}`, 'i');

function rowOfSide(side: Side, number: number, interviewer: number, interviewId = `${side}-${number}`): CanonicalRow {
  const { digit } = SIDES[side];
  const day = String(1 + number).padStart(2, '0');
  return rowOf({
    ...{
      interviewId,
      jobId: jobOf(side),
      applicationId: uuid(digit, 100 + number),
      candidateProfileId: uuid(digit, 200 + number),
    },
    ...{
      interviewType: 'VIDEO',
      interviewLocation: `${side} location`,
      room: `${side} room`,
      interviewTimeZone: 'Europe/Berlin',
    },
    ...{
      interviewCreateDate: '2026-01-01T00:00:00',
      interviewUpdateDate: side === 'alpha' ? '2026-01-02T00:00:00' : '2026-01-03T00:00:00',
    },
    ...{
      interviewStartDate: `2026-02-${day}T09:00:00`,
      startTime: `2026-02-${day}T09:00:00`,
      endTime: `2026-02-${day}T10:00:00`,
    },
    ...{ interviewCanceled: 'false', duration: '1', applicationStage: 'INTERVIEW', applicationStep: `${side} step` },
    ...{ creatorEmployeeId: `${side}-creator`, creatorFirstName: `${side}`, interviewerStatus: 'ACCEPTED' },
    ...{
      interviewerEmployeeId: `${side}-e${interviewer}`,
      interviewerFirstName: `${side}`,
      interviewerLastName: `no ${interviewer}`,
    },
    ...(interviewer === 1 && {
      interviewerReview: `${side} review`,
      interviewerRating: '3',
      timeToProvideFeedback: '2',
    }),
  });
}

const rowsOfSide = (side: Side): CanonicalRow[] =>
  Array.from({ length: SIDES[side].interviews }, (_, number) =>
    [1, 2].map((one) => rowOfSide(side, number, one)),
  ).flat();

/** An interview of both sides, whose newest row is of beta. */
const SHARED = [rowOfSide('alpha', 10, 3, 'shared'), rowOfSide('beta', 10, 3, 'shared')];

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(csvOf([...rowsOfSide('alpha'), ...rowsOfSide('beta'), ...SHARED]));
  const names = (['alpha', 'beta'] as const).map((side) => `${jobOf(side)},${side} title,${SIDES[side].department}\n`);
  await importNames(service, { jobs: `jobId,title,department\n${names.join('')}` });
});
afterAll(() => service?.stop());

const LISTS = Object.values(schema.getQueryType()?.getFields() ?? {})
  .filter(({ type, extensions }) => getNamedType(type).name.endsWith('Connection') && extensions.scope !== 'admin')
  .map(({ name }) => name);
const graphql = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;

/** What can be asked, by the paths of the description. `{…}` is no part of an address: everything below it. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  [EXTRACT_PATH]: [
    '?format=csv',
    '?format=json&nulls=include',
    '?format=ndjson&limit=2',
    '?format=csv&include=jobTitle,jobDepartment',
    '?format=csv&interviewId=alpha-0&interviewId=beta-0',
  ],
  [SUMMARY_PATH]: ['', '?interviewType=VIDEO'],
  [METRICS_PATH]: [
    '?metrics=appointments,heldSlots&groupBy=job&evidence=true&format=json',
    '?metrics=appointments,feedbackRate&groupBy=interviewer&evidence=true&format=csv',
    '?metrics=interviews&groupBy=department,week&evidence=true&format=json',
  ],
  [`${METRICS_PATH}/definitions`]: [''],
  [ODATA_PATH]: ['/'],
  [`${ODATA_PATH}/{resource}`]: [
    '/$metadata',
    '/Appointments?$count=true',
    '/Appointments?$top=2&$count=true',
    '/Appointments/$count',
    '/Interviews?$count=true',
    '/Interviews/$count',
    "/Interviews('alpha-0')",
    "/Interviews('shared')",
    `/Interviews/$count?$filter=jobId eq ${jobOf('alpha')}`,
    '/MetricsByWeek',
    '/MetricsByInterviewerAndWeek',
  ],
  '/graphql': [
    graphql(`{ ${LISTS.map((list) => `${list} { totalCount edges { cursor node { id } } }`).join(' ')} }`),
    graphql(
      '{ appointments { nodes { row { interviewId room interviewerReview candidateProfileId creatorFirstName } } } }',
    ),
    graphql('{ jobs { nodes { jobId title department interviews { totalCount } candidates { totalCount } } } }'),
    graphql('{ interviews { nodes { interviewId job { title } candidate { candidateProfileId } creator { name } } } }'),
    graphql('{ interviewers { nodes { employeeId name interviews { totalCount } metrics { appointments } } } }'),
    graphql('{ dataset { appointments interviews interviewers candidates jobs applications firstStart lastStart } }'),
    graphql('{ metrics(groupBy: [DEPARTMENT]) { groupCount groups { key { text } values { appointments } } } }'),
    graphql(
      '{ interviewers(where: { interviews: { some: { job: { department: { eq: "Beta" } } } } }) { nodes { employeeId } } }',
    ),
    graphql(`{ job(jobId: "${jobOf('alpha')}") { title } interview(interviewId: "beta-1") { interviewId } }`),
    graphql('{ interviews(orderBy: [{ field: STARTS_AT, direction: DESC }], last: 3) { nodes { interviewId } } }'),
  ],
};

const WITHOUT_ROWS = /definitions$|\$metadata$|\/odata\/v4\/$/;

const addressesOf = (path: string): string[] =>
  (ADDRESSES[path] ?? []).map((rest) => (rest.startsWith('/graphql') ? rest : path.replace(/\/\{.*/, '') + rest));

test('the table has every path of the description that gives rows to a token', async () => {
  const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as Json;
  const asked = Object.entries<Json>(document.paths)
    .filter(([path, { get }]) => get && !(get.security?.length === 0) && !path.startsWith('/admin/'))
    .map(([path]) => path);
  expect(asked.sort()).toEqual(Object.keys(ADDRESSES).sort());
});

const WAYS: Readonly<Record<string, (side: Side) => Restriction>> = {
  department: (side) => ({ jobIds: [], departments: [SIDES[side].department] }),
  job: (side) => ({ jobIds: [jobOf(side)], departments: [] }),
  'department and job': (side) => ({ jobIds: [jobOf(side)], departments: [SIDES[side].department, 'Gamma'] }),
};

describe.each(Object.entries(WAYS))('two tokens that are restricted by %s', (way, restrictionOf) => {
  const tokens = new Map<Side, string>();
  beforeAll(async () => {
    for (const side of ['alpha', 'beta'] as const) {
      const rest = { expiresAt: null, restriction: restrictionOf(side), ratePerMinute: null };
      const name = `${side} by ${way}`;
      tokens.set(side, (await issueToken(service.db.prisma, { name, scopes: ['read', 'personal'], ...rest })).token);
    }
  });

  async function get(side: Side, address: string, headers: Record<string, string> = {}) {
    const response = await service.get(address, {
      headers: { 'x-smarttoken': tokens.get(side) ?? '', accept: '*/*', ...headers },
    });
    const { status } = response;
    return { status, headers: response.headers, text: await response.text() };
  }

  /** Fails if a text has anything of a side; ids that the client sent itself it may hear again, in an error or a link. */
  const expectNothingOf = (side: Side, text: string, address: string) => {
    const sent = decodeURIComponent(address).match(/\b(?:alpha|beta)-\d+\b/g) ?? [];
    const rest = sent.reduce((left, id) => left.replaceAll(id, ''), text);
    expect([address, rest.match(new RegExp(signOf(side), 'gi'))]).toEqual([address, null]);
  };

  test.each(Object.keys(ADDRESSES).flatMap(addressesOf))('learn nothing of each other: %s', async (address) => {
    const first = await get('alpha', address);
    const other = await get('beta', address);
    // Whatever was kept in between.
    const again = await get('alpha', address);
    expect(again.text).toBe(first.text);
    expectNothingOf('beta', first.text, address);
    expectNothingOf('alpha', other.text, address);
    if (WITHOUT_ROWS.test(address)) return;
    const isOfOneSide = signOf('alpha').test(address) || signOf('beta').test(address);
    if (!isOfOneSide) expect(first.text).not.toBe(other.text);
    const tag = first.headers.get('etag');
    if (tag === null) return;
    expect(await get('alpha', address, { 'if-none-match': tag })).toMatchObject({ status: 304, text: '' });
    const crossed = await get('beta', address, { 'if-none-match': tag });
    expect([crossed.status, crossed.text]).toEqual([other.status, other.text]);
    expect(crossed.headers.get('etag')).not.toBe(tag);
  });

  test('count their own rows', async () => {
    for (const side of ['alpha', 'beta'] as const) {
      const { dataset } = JSON.parse((await get(side, SUMMARY_PATH)).text);
      // And the shared interview.
      expect(dataset).toMatchObject({ rows: 2 * SIDES[side].interviews + 1, interviews: SIDES[side].interviews + 1 });
    }
  });

  test('can’t use each other’s links to next pages', async () => {
    const rest = await get('alpha', `${EXTRACT_PATH}?format=csv&limit=2`);
    const odata = await get('alpha', `${ODATA_PATH}/Appointments?$top=100`, { prefer: 'odata.maxpagesize=2' });
    const next = [
      new URL(/<([^>]*)>/.exec(rest.headers.get('link') ?? '')?.[1] ?? '', `${service.url}${EXTRACT_PATH}`),
      new URL(JSON.parse(odata.text)['@odata.nextLink'], service.url),
    ];
    for (const { pathname, search } of next) {
      expect((await get('alpha', pathname + search)).status).toBe(200);
      const crossed = await get('beta', pathname + search);
      expect(crossed.status).toBe(200);
      expect(crossed.text).not.toMatch(signOf('alpha'));
    }
  });

  test('can’t use each other’s addresses of rows behind a metric', async () => {
    const { text } = await get(
      'alpha',
      `${METRICS_PATH}?metrics=appointments,heldSlots&groupBy=job,interviewer&evidence=true&format=json`,
    );
    const addresses = [...new Set(text.match(/\/analytics\/interviews\?[^"]*/g))];
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      const [own, crossed] = [await get('alpha', `${address}&format=csv`), await get('beta', `${address}&format=csv`)];
      expect(own.text).toMatch(signOf('alpha'));
      expect([crossed.status, crossed.text.trim().split('\n').length]).toEqual([200, 1]);
    }
  });

  test('can’t use each other’s ids and cursors', async () => {
    for (const list of LISTS) {
      const page = `{ list: ${list}(first: 500) { edges { cursor node { id } } } }`;
      const of = async (side: Side) =>
        (await ask(service, page, {}, { 'x-smarttoken': tokens.get(side) ?? '' })).data.list.edges as Json[];
      const [own, others] = [await of('alpha'), await of('beta')];
      const ids = own.map(({ node }) => node.id);
      const known = others.map(({ node }) => node.id);
      const asBeta = { 'x-smarttoken': tokens.get('beta') ?? '' };
      const { data } = await ask(service, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }, asBeta);
      // The shared interview and its slot are of both.
      expect(data.nodes.map((node: Json, at: number) => (node === null ? null : ids[at]))).toEqual(
        ids.map((id) => (known.includes(id) ? id : null)),
      );
      expect(ids.filter((id) => !known.includes(id)).length).toBeGreaterThan(0);
      for (const { cursor } of own) {
        const after = `query ($after: String!) { list: ${list}(first: 500, after: $after) { nodes { id } } }`;
        const answer = await ask(service, after, { after: cursor }, asBeta);
        for (const { id } of answer.data?.list.nodes ?? []) expect(known).toContain(id);
      }
    }
  });

  test('see no history of imports, administer nothing and import nothing', async () => {
    for (const side of ['alpha', 'beta'] as const) {
      const headers = { 'x-smarttoken': tokens.get(side) ?? '' };
      const history = await ask(service, '{ dataset { imports { inserted } } }', {}, headers);
      expect(history).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
      expect((await service.get('/admin/tokens', { headers })).status).toBe(403);
      const sent = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: csvOf(SHARED) };
      expect((await service.get(EXTRACT_PATH, sent)).status).toBe(403);
    }
  });
});

test('a token that is restricted to what no row has sees nothing, without an error', async () => {
  const restriction = { jobIds: [], departments: ['alpha & sons'] };
  const { token } = await issueToken(service.db.prisma, {
    ...{ name: 'misspelled', scopes: ['read', 'personal'], expiresAt: null, restriction, ratePerMinute: null },
  });
  const headers = { 'x-smarttoken': token };
  expect((await (await service.get(SUMMARY_PATH, { headers })).json()) as Json).toMatchObject({
    rows: 0,
    dataset: { rows: 0, interviews: 0 },
  });
  const { data } = await ask(service, '{ interviews { totalCount } jobs { totalCount } }', {}, headers);
  expect(data).toEqual({ interviews: { totalCount: 0 }, jobs: { totalCount: 0 } });
});

test('a job that comes to a department is seen with the import of its name, also in what was kept', async () => {
  const { token } = await issueToken(service.db.prisma, {
    ...{ name: 'moving', scopes: ['read'], expiresAt: null, ratePerMinute: null },
    restriction: { jobIds: [], departments: ['Beta'] },
  });
  const count = async () =>
    ((await (await service.get(SUMMARY_PATH, { headers: { 'x-smarttoken': token } })).json()) as Json).rows;
  const before = await count();
  await importNames(service, { jobs: `jobId,title,department\n${jobOf('alpha')},alpha title,Beta\n` });
  expect(await count()).toBe(before + 2 * SIDES.alpha.interviews + 1);
  await importNames(service, {
    jobs: `jobId,title,department\n${jobOf('alpha')},alpha title,${SIDES.alpha.department}\n`,
  });
  expect(await count()).toBe(before);
});
