/** Metrics as entity sets of OData: the same numbers as those of the metrics route. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { METRICS } from '../../src/domain/metrics/metric-names.ts';
import { extract } from '../kit/generated.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

type Row = Record<string, string | number | boolean | null>;

let service: Service;
let reader: string;
beforeAll(async () => {
  service = await startService();
  // The last one is in no week, and nobody’s.
  await service.import([extract({ rows: 150, seed: 12 }), csvOf([rowOf({ interviewId: 'timeless' })])]);
  reader = await createToken(service.db.prisma, 'reader', ['read']);
});
afterAll(() => service?.stop());

const get = (path: string, headers: Record<string, string> = {}) => service.get(`/odata/v4${path}`, { headers });
const read = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).json();

/** The metrics of the route, in all groups. */
async function fromRoute(groupBy: string, dimensions: readonly string[], include = ''): Promise<Row[]> {
  const metrics = METRICS.filter((metric) =>
    dimensions.every((name) => (metric.dimensions as string[]).includes(name)),
  );
  const query = `metrics=${metrics.map(({ column }) => column)}&groupBy=${groupBy}&format=json${include}`;
  const { content } = await (await service.get(`/analytics/interviews/metrics?${query}`)).json();
  return content;
}

const byId = (one: Row, other: Row) => String(one.id).localeCompare(String(other.id));

test('weeks have the numbers of the metrics route, and a key each, also without a week', async () => {
  const { value } = await read('/MetricsByWeek');
  const expected = (await fromRoute('week', ['WEEK'])).map((row) => ({ id: row.week ?? '-', ...row }));
  expect(expected.length).toBeGreaterThan(3);
  expect(value.sort(byId)).toEqual(expected.sort(byId));
  expect(value.map((row: Row) => row.id)).toContain('-');
});

test('interviewers and weeks too, with the names of the interviewers', async () => {
  const { value } = await read('/MetricsByInterviewerAndWeek');
  const rows = await fromRoute('interviewer,week', ['INTERVIEWER', 'WEEK'], '&include=names');
  const idOf = ({ week, interviewerEmployeeId: of }: Row) => `${week ?? '-'}${of === null ? '' : `/${of}`}`;
  const expected = rows.map((row) => ({ id: idOf(row), ...row }));
  expect(value.sort(byId)).toEqual(expected.sort(byId));
  expect(new Set(value.map((row: Row) => row.id)).size).toBe(value.length);
});

test('are selected, filtered, ordered, bounded and counted', async () => {
  const all: Row[] = (await read('/MetricsByWeek')).value;
  const few = all.filter((row) => Number(row.heldSlots) >= 2 && row.week !== null);
  const filter = encodeURIComponent('heldSlots ge 2 and week ne null');
  const page = await read(
    `/MetricsByWeek?$select=id,slots&$filter=${filter}&$orderby=${encodeURIComponent('heldSlots desc,week')}&$skip=1&$top=2&$count=true`,
  );
  const ordered = few.sort(
    (one, other) =>
      Number(other.heldSlots) - Number(one.heldSlots) || String(one.week).localeCompare(String(other.week)),
  );
  expect(page.value).toEqual(ordered.slice(1, 3).map(({ id, slots }) => ({ id, slots })));
  expect(page['@odata.count']).toBe(few.length);
  expect(page['@odata.context']).toBe(`${service.url}/odata/v4/$metadata#MetricsByWeek(id,slots)`);
  expect(await (await get(`/MetricsByWeek/$count?$filter=${filter}`)).text()).toBe(String(few.length));
  const [first] = (await read('/MetricsByWeek?$orderby=week')).value;
  expect(first.week).toBeNull();
});

test('are found by key, by day and by name', async () => {
  const all: Row[] = (await read('/MetricsByInterviewerAndWeek')).value;
  const one = all.find((row) => row.week !== null && row.interviewerEmployeeId !== null);
  const { '@odata.context': _, ...found } = await read(
    `/MetricsByInterviewerAndWeek('${encodeURIComponent(String(one?.id))}')`,
  );
  expect(found).toEqual(one);
  const by = async (filter: string) => {
    const { value } = await read(`/MetricsByInterviewerAndWeek?$select=id&$filter=${encodeURIComponent(filter)}`);
    return value.map((row: Row) => row.id).sort();
  };
  const idsOf = (rows: Row[]) => rows.map((row) => row.id).sort();
  expect(await by(`from eq ${one?.from}`)).toEqual(idsOf(all.filter((row) => row.from === one?.from)));
  const name = String(one?.interviewerName).slice(0, 3);
  expect(await by(`startswith(interviewerName,'${name}')`)).toEqual(
    idsOf(all.filter((row) => String(row.interviewerName ?? '').startsWith(name))),
  );
  expect(await by('complete eq true')).toEqual(idsOf(all.filter((row) => row.complete === true)));
  const missing = await get("/MetricsByWeek('1999-W01')");
  expect([missing.status, (await missing.json()).error.code]).toEqual([404, 'NOT_FOUND']);
});

test('without the scope personal, what is personal is null, and nothing is found by it', async () => {
  const headers = { 'x-smarttoken': reader };
  const personal = METRICS.filter(({ scope }) => scope === 'personal').map(({ column }) => column);
  const all: Row[] = (await read('/MetricsByInterviewerAndWeek')).value;
  const hidden = Object.fromEntries(
    [...personal.filter((key) => key in (all[0] ?? {})), 'interviewerName'].map((key) => [key, null]),
  );
  expect((await read('/MetricsByInterviewerAndWeek', headers)).value).toEqual(
    all.map((row) => ({ ...row, ...hidden })),
  );
  const filter = encodeURIComponent("interviewerName eq 'a'");
  expect((await get(`/MetricsByInterviewerAndWeek?$filter=${filter}`, headers)).status).toBe(403);
  expect((await get(`/MetricsByWeek?$orderby=${personal[0]}`, headers)).status).toBe(403);
});

describe('answers and errors', () => {
  test('an answer that a client has already is not sent again', async () => {
    const first = await get('/MetricsByWeek?$select=id,slots');
    await first.text();
    const tag = first.headers.get('etag') ?? '';
    expect((await get('/MetricsByWeek?$select=id,slots', { 'if-none-match': tag })).status).toBe(304);
    expect((await get('/MetricsByWeek?$select=id,slots&$top=1', { 'if-none-match': tag })).status).toBe(200);
    const head = await service.get('/odata/v4/MetricsByWeek?$select=id,slots', { method: 'HEAD' });
    expect(head.headers.get('etag')).toBe(tag);
  });

  test.each<[path: string, target: string, message: RegExp]>([
    ['/MetricsByWeek?$skiptoken=a', '$skiptoken', /makes no sense here/],
    ['/MetricsByWeek?$orderby=from', '$orderby', /can’t be ordered by from; there are week, /],
    ['/MetricsByWeek?$filter=heldSlot gt 1', '$filter', /did you mean heldSlots/],
    ['/MetricsByWeek?$filter=from gt 2026-02-30', '$filter', /takes a day, such as 2026-11-24/],
    ['/MetricsByWeek(1)', 'MetricsByWeek', /a key is expected/],
  ])('%s is refused', async (path, target, message) => {
    const response = await get(path);
    const { error } = await response.json();
    expect([response.status, error.target, error.message]).toEqual([400, target, expect.stringMatching(message)]);
  });
});
