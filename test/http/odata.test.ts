/** OData as its clients see it: what there is, pages of rows, single rows, numbers of rows, and errors. */
import { once } from 'node:events';
import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELD_KEYS, FIELDS } from '../../src/domain/fields.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { extract } from '../kit/generated.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const ROWS = 120;

type Row = Record<string, string | number | boolean | null>;

let service: Service;
let reader: string;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: ROWS, seed: 16 }));
  reader = await createToken(service.db.prisma, 'reader', ['read']);
});
afterAll(() => service?.stop());

const get = (path: string, headers: Record<string, string> = {}) => service.get(`/odata/v4${path}`, { headers });
const read = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).json();
const as = (token: string) => ({ 'x-smarttoken': token });

/** All rows of a list, page after page. */
async function readAll(path: string, headers: Record<string, string> = {}): Promise<{ rows: Row[]; pages: number }> {
  const rows: Row[] = [];
  for (let next: string | undefined = `${service.url}/odata/v4${path}`, pages = 0; ; pages++) {
    if (next === undefined) return { rows, pages };
    const response: Response = await service.get(next.slice(service.url.length), { headers });
    expect([next, response.status]).toEqual([next, 200]);
    const page = await response.json();
    rows.push(...page.value);
    next = page['@odata.nextLink'];
  }
}

/** A row of the extract as OData has it, but for what the extract lacks. */
function fromExtract({ rowId, startsAt, endsAt, reviewedAt, ...fields }: Record<string, string | null>): Row {
  const row = Object.fromEntries(
    FIELDS.map(({ key, kind }) => {
      const value = fields[key] ?? null;
      return [key, kind === 'utc' && value !== null ? `${value}Z` : value];
    }),
  );
  return { ...row, rowId, startsAt, endsAt, reviewedAt } as Row;
}

const byRowId = (one: Row, other: Row) => String(one.rowId).localeCompare(String(other.rowId));

test('the service document names what there is to read, with and without a slash at its end', async () => {
  for (const path of ['', '/']) {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('odata-version')).toBe('4.0');
    expect(response.headers.get('content-type')).toBe('application/json;odata.metadata=minimal');
    const document = await response.json();
    expect(document['@odata.context']).toBe(`${service.url}/odata/v4/$metadata`);
    expect(document.value).toContainEqual({ name: 'Appointments', kind: 'EntitySet', url: 'Appointments' });
  }
});

test('links have the address that the client used, through a proxy too', async () => {
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'data.example.org',
    'x-forwarded-prefix': '/hr',
  };
  const page = await read('/Appointments?$select=interviewId', { ...forwarded, prefer: 'odata.maxpagesize=5' });
  expect(page['@odata.context']).toBe('https://data.example.org/hr/odata/v4/$metadata#Appointments(interviewId)');
  expect(page['@odata.nextLink']).toMatch(/^https:\/\/data\.example\.org\/hr\/odata\/v4\/Appointments\?\$select=/);
  const odd = { 'x-forwarded-proto': 'javascript', 'x-forwarded-host': 'a/b"c', 'x-forwarded-prefix': '//evil' };
  expect((await read('', odd))['@odata.context']).toBe(`${service.url}/odata/v4/$metadata`);
});

test('$metadata is XML, the same for every token, and names all properties with their types', async () => {
  const response = await get('/$metadata');
  expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  const xml = await response.text();
  for (const key of FIELD_KEYS) expect(xml).toContain(`<Property Name="${key}" Type="Edm.`);
  expect(xml).toContain('<Property Name="startsAt" Type="Edm.DateTimeOffset">');
  expect(xml).toContain('<Property Name="startTime" Type="Edm.String">');
  expect(await (await get('/%24metadata', as(reader))).text()).toBe(xml);
});

test('has the rows of the extract, each with its key and its times as instants', async () => {
  const { content } = await (
    await service.get('/analytics/interviews?format=json&nulls=include&include=rowId,startsAt,endsAt,reviewedAt')
  ).json();
  const { rows } = await readAll('/Appointments');
  expect(rows.length).toBe(ROWS);
  expect(rows.sort(byRowId)).toEqual(content.map(fromExtract).sort(byRowId));
});

test('has each interview once', async () => {
  const { rows } = await readAll('/Interviews?$select=interviewId,createdAt');
  const stored = await service.rows('SELECT interview_id, created_at FROM interview');
  expect(rows.length).toBe(stored.length);
  const instant = (date: unknown) => (date instanceof Date ? date.toISOString().replace('.000Z', 'Z') : null);
  expect(new Map(rows.map((row) => [row.interviewId, row.createdAt]))).toEqual(
    new Map(stored.map((row) => [row.interview_id, instant(row.created_at)])),
  );
});

describe('pages', () => {
  test('have every row once, whatever their size, and say how many rows there are', async () => {
    const whole = await read('/Appointments?$count=true');
    expect([whole['@odata.count'], whole.value.length, whole['@odata.nextLink']]).toEqual([ROWS, ROWS, undefined]);
    for (const size of [1, 7, 60, ROWS]) {
      const { rows, pages } = await readAll('/Appointments', { prefer: `odata.maxpagesize=${size}` });
      expect([size, pages, rows]).toEqual([size, Math.ceil(ROWS / size), whole.value]);
    }
    const response = await get('/Appointments', { prefer: 'return=minimal, maxpagesize=7' });
    expect(response.headers.get('preference-applied')).toBe('odata.maxpagesize=7');
  });

  test('keep the options of the first one; $top bounds all of them, $skip leaves out rows before them', async () => {
    const { value } = await read('/Appointments?$select=rowId');
    const { rows, pages } = await readAll('/Appointments?$select=rowId&$top=25&$skip=3&$count=true', {
      prefer: 'odata.maxpagesize=10',
    });
    expect([pages, rows]).toEqual([3, value.slice(3, 28)]);
    expect(await read('/Appointments?$top=0&$count=true')).toMatchObject({ '@odata.count': ROWS, value: [] });
    expect((await read('/Appointments?$skip=1000')).value).toEqual([]);
  });

  test.each([
    'startsAt',
    'startsAt desc',
    'reviewedAt',
    'reviewedAt desc, startsAt',
    'interviewCreateDate',
    'interviewUpdateDate desc',
    'interviewId desc',
  ])('are in the order %s, nulls first if it ascends', async (order) => {
    const path = `/Appointments?$select=rowId,startsAt,reviewedAt,interviewCreateDate,interviewUpdateDate,interviewId&$orderby=${encodeURIComponent(order)}`;
    const whole = (await read(path)).value;
    expect((await readAll(path, { prefer: 'odata.maxpagesize=9' })).rows).toEqual(whole);
    const [key = '', direction] = order.split(/[ ,]/);
    const keys = whole.map((row: Row) => String(row[key] ?? ''));
    expect(keys).toEqual(direction === 'desc' ? [...keys].sort().reverse() : [...keys].sort());
  });
});

test('long IDs, which a token holds in a shorter form, lose no row', async () => {
  const ids = Array.from({ length: 5 }, (_, index) => `${'é'.repeat(253)}${index}`);
  await service.import(csvOf(ids.map((interviewId) => rowOf({ interviewId }))));
  const filter = encodeURIComponent("startswith(interviewId,'éé')");
  const { rows, pages } = await readAll(`/Interviews?$filter=${filter}&$select=interviewId`, {
    prefer: 'maxpagesize=1',
  });
  await service.rows("DELETE FROM appointment WHERE interview_id LIKE 'é%'");
  await service.rows("DELETE FROM time_slot WHERE interview_id LIKE 'é%'");
  await service.rows("DELETE FROM interview WHERE interview_id LIKE 'é%'");
  expect([pages, rows]).toEqual([5, ids.map((interviewId) => ({ interviewId }))]);
});

test('a single row is found by its key, and its number of rows is text', async () => {
  const [row] = (await read('/Appointments?$top=1')).value;
  const { '@odata.context': context, ...single } = await read(`/Appointments(${row.rowId})`);
  expect(single).toEqual(row);
  expect(context).toBe(`${service.url}/odata/v4/$metadata#Appointments/$entity`);
  expect(await read(`/Appointments(rowId=${row.rowId.toUpperCase()})?$select=interviewId`)).toMatchObject({
    interviewId: row.interviewId,
  });
  expect((await read(`/Interviews('${row.interviewId}')`)).interviewId).toBe(row.interviewId);
  const count = await get('/Appointments/$count');
  expect([count.headers.get('content-type'), await count.text()]).toEqual(['text/plain; charset=utf-8', String(ROWS)]);
});

test('without the scope personal, personal properties are null, and nothing is found by them', async () => {
  const personal = FIELDS.filter((field) => field.personal).map(({ key }) => key);
  const { value } = await read('/Appointments', as(reader));
  const seen = (await read('/Appointments')).value;
  expect(value).toEqual(
    seen.map((row: Row) => ({ ...row, ...Object.fromEntries(personal.map((key) => [key, null])) })),
  );
  const refused = await get("/Appointments?$filter=room eq 'a'", as(reader));
  expect([refused.status, (await refused.json()).error.code]).toEqual([403, 'FORBIDDEN']);
});

describe('a token that is restricted to a job', () => {
  let restricted: Service;
  let job: string;
  const headers = { 'x-smarttoken': 'restricted' };
  const seen = async (path: string) => (await restricted.get(`/odata/v4${path}`, { headers })).json();

  beforeAll(async () => {
    const [{ job_id } = {}] = await service.rows('SELECT job_id FROM appointment WHERE job_id IS NOT NULL LIMIT 1');
    job = String(job_id);
    const viewer: Viewer = {
      ...{ name: 'tests', caller: 'tests', scopes: ['read', 'personal'] },
      restriction: { jobIds: [job], departments: [] },
    };
    restricted = await startService({}, undefined, {}, async () => viewer);
    await restricted.import(extract({ rows: ROWS, seed: 16 }));
  });
  afterAll(() => restricted?.stop());

  test('sees and counts the rows of that job alone, whatever it asks for', async () => {
    const all: Row[] = (await read('/Appointments')).value;
    const own = all.filter((row) => row.jobId === job).length;
    expect(own).toBeGreaterThan(0);
    expect(own).toBeLessThan(ROWS);
    const page = await seen('/Appointments?$count=true');
    expect([page['@odata.count'], page.value.length]).toEqual([own, own]);
    expect(new Set(page.value.map((row: Row) => row.jobId))).toEqual(new Set([job]));
    expect((await seen(`/Appointments?$count=true&$filter=jobId ne ${job}`))['@odata.count']).toBe(0);
    expect(await seen('/Appointments/$count')).toBe(own);
    const interviews: Row[] = (await seen('/Interviews')).value;
    expect(new Set(interviews.map((row) => row.jobId))).toEqual(new Set([job]));
    const weeks: Row[] = (await seen('/MetricsByWeek?$select=slots,appointments')).value;
    expect(weeks.reduce((sum, row) => sum + Number(row.appointments), 0)).toBe(own);
  });

  test('does not find a row of another job by its key', async () => {
    const [other] = await restricted.rows(
      `SELECT row_id, interview_id FROM appointment WHERE job_id <> '${job}' LIMIT 1`,
    );
    expect((await seen(`/Appointments(${other?.row_id})`)).error.code).toBe('NOT_FOUND');
    expect((await seen(`/Interviews('${other?.interview_id}')`)).error.code).toBe('NOT_FOUND');
  });
});

test('an answer that a client has already is not sent again', async () => {
  for (const path of ['', '/$metadata', '/Appointments?$top=3', '/Interviews?$top=1']) {
    const first = await get(path);
    const tag = first.headers.get('etag') ?? '';
    await first.text();
    expect([path, (await get(path, { 'if-none-match': tag })).status]).toEqual([path, 304]);
    const other = await get(path, { 'if-none-match': tag, 'x-forwarded-host': 'other.example.org' });
    expect([path, other.status]).toEqual([path, path === '/$metadata' ? 304 : 200]);
  }
  const tagFor = async (token: string) => (await get('/Appointments?$top=3', as(token))).headers.get('etag');
  expect(await tagFor(reader)).not.toBe((await get('/Appointments?$top=3')).headers.get('etag'));
});

test('JSON comes without context, and with numbers as texts, if a client wants it so', async () => {
  const plain = await read('/Appointments?$top=1&$count=true&$format=application/json;odata.metadata=none');
  expect(Object.keys(plain)).toEqual(['@odata.count', 'value']);
  const accept = 'application/atom+xml;q=0.9, application/json;odata.metadata=minimal;IEEE754Compatible=true;q=0.5';
  const response = await get('/Appointments?$top=1&$count=true&$select=duration,interviewers', { accept });
  expect(response.headers.get('content-type')).toContain('IEEE754Compatible=true');
  expect(await response.json()).toMatchObject({ '@odata.count': '120', value: [{ duration: expect.any(String) }] });
});

test('HEAD has the headers of GET', async () => {
  for (const path of ['', '/$metadata', '/Appointments?$top=1', '/Interviews']) {
    const head = await service.get(`/odata/v4${path}`, { method: 'HEAD' });
    const full = await get(path);
    await full.text();
    for (const name of ['content-type', 'etag', 'odata-version'])
      expect([path, name, head.headers.get(name)]).toEqual([path, name, full.headers.get(name)]);
  }
});

test('the log has no key of a row', async () => {
  const { log, lines } = memoryLog();
  const logged = await service.another({}, log);
  for (const path of ["/Interviews('secret')", '/Interviews%28%27secret%27%29', '/Interviews/$count'])
    await (await logged.get(`/odata/v4${path}`)).text();
  await logged.stop();
  const paths = lines()
    .filter(({ msg }) => msg === 'request')
    .map((line) => line.path);
  expect(paths).toEqual(['/odata/v4/Interviews(…)', '/odata/v4/Interviews(…)', '/odata/v4/Interviews/$count']);
});

describe('errors have OData’s form:', () => {
  test.each<[path: string, status: number, target: string | undefined, message: RegExp]>([
    ['/Appointmens', 404, undefined, /"Appointmens" is not an entity set; did you mean Appointments\?/],
    ['/Appointments/room', 404, undefined, /there is nothing at this path/],
    ['/Appointments(00000000-0000-0000-0000-000000000000)', 404, undefined, /has none with the key/],
    ['/Appointments(1)', 400, 'Appointments', /a key is expected, such as Appointments\(3f2504e0/],
    ["/Interviews('a', 'b')", 400, 'Interviews', /a key is expected/],
    ['/Appointments?$expand=job', 400, '"$expand"', /not an option that is served; accepted are \$select, \$filter/],
    ['/Appointments?top=5', 400, 'top', /it is written \$top/],
    ['/Appointments?$top=5&$top=6', 400, '$top', /occurs 2 times/],
    ['/Appointments?$top=-1', 400, '$top', /"-1" is not a whole number from 0/],
    ['/Appointments?$top=99999999999999999999', 400, '$top', /is not a whole number/],
    ['/Appointments?$skip=100001', 400, '$skip', /follow @odata.nextLink/],
    ['/Appointments?$count=yes', 400, '$count', /"yes" is not true or false/],
    ['/Appointments?$select=rooms', 400, '$select', /did you mean room\?/],
    ['/Appointments?$orderby=room', 400, '$orderby', /can’t be ordered by room; there are interviewId/],
    ['/Appointments?$orderby=startsAt up', 400, '$orderby', /"up" is not asc or desc/],
    ['/Appointments?$orderby=startsAt,startsAt desc', 400, '$orderby', /startsAt occurs twice/],
    ['/Appointments?$skiptoken=abc', 400, '$skiptoken', /is not a token of this list/],
    ['/Appointments?$format=atom', 400, '$format', /"atom" is not accepted here/],
    ['/$metadata?$format=json', 400, '$format', /accepted are xml/],
    ['/Appointments/$count?$top=1', 400, '$top', /makes no sense here; accepted are \$filter/],
  ])('%s', async (path, status, target, message) => {
    const response = await get(path);
    expect(response.headers.get('odata-version')).toBe('4.0');
    const { error } = await response.json();
    expect([response.status, error.message]).toEqual([status, expect.stringMatching(message)]);
    expect(error.target).toBe(target);
  });

  test.each<[option: string, text: string, message: RegExp]>([
    ['$select', 'a,'.repeat(1200), /has 2400 characters; at most/],
    ['$orderby', 'startsAt,'.repeat(500), /has 4500 characters; at most/],
    ['$filter', '('.repeat(8001), /has 8001 characters; at most 8000/],
    ['$skiptoken', 'a'.repeat(5000), /is not a token of this list/],
  ])('the size of %s is looked at first', async (option, text, message) => {
    const response = await get(`/Appointments?${option}=${text}`);
    const { error } = await response.json();
    expect([response.status, error.target, error.message]).toEqual([400, option, expect.stringMatching(message)]);
  });

  test('no token of a page, however it was changed, is an internal error', async () => {
    const page = await read('/Appointments?$orderby=reviewedAt', { prefer: 'maxpagesize=1' });
    const token = new URL(page['@odata.nextLink']).searchParams.get('$skiptoken') ?? '';
    const [order, ...keyset] = JSON.parse(Buffer.from(token, 'base64url').toString());
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('9999-12-31 23:59:59+00', 'infinity', '\0', '\ud800', ...keyset),
    );
    const list = fc.array(odd, { maxLength: 6 }).map((values) => [order, ...values]);
    const tokens = fc.oneof(
      list.map((values) => Buffer.from(JSON.stringify(values)).toString('base64url')),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(tokens, async (text) => {
        const response = await get(`/Appointments?$orderby=reviewedAt&$top=1&$skiptoken=${encodeURIComponent(text)}`);
        await response.text();
        expect([text, [200, 400].includes(response.status)]).toEqual([text, true]);
      }),
      { numRuns: propertyRuns(100) },
    );
  });

  test('a token of another order is refused', async () => {
    const page = await read('/Appointments?$orderby=startsAt', { prefer: 'maxpagesize=1' });
    const token = new URL(page['@odata.nextLink']).searchParams.get('$skiptoken');
    const response = await get(`/Appointments?$orderby=reviewedAt&$skiptoken=${token}`);
    expect([response.status, (await response.json()).error.target]).toEqual([400, '$skiptoken']);
  });

  test('without a token, for another format, with a method that changes something', async () => {
    const anonymous = await fetch(`${service.url}/odata/v4/`);
    expect([anonymous.status, (await anonymous.json()).error.code]).toEqual([401, 'NOT_AUTHENTICATED']);
    const program = await once(request(`${service.url}/odata/v4/`).end(), 'response');
    expect(program[0].resume().headers['www-authenticate']).toContain('Basic realm="interviews"');
    const basic = { authorization: `Basic ${Buffer.from(`any:${reader}`).toString('base64')}` };
    expect((await fetch(`${service.url}/odata/v4/`, { headers: basic })).status).toBe(200);
    expect((await get('/Appointments', { accept: 'application/atom+xml' })).status).toBe(406);
    // There is one form of these, whatever a client accepts everywhere.
    for (const path of ['/$metadata', '/Appointments/$count'])
      expect((await get(path, { accept: 'application/json' })).status).toBe(200);
    expect((await get('/%E0%A4%A')).status).toBe(400);
    expect((await get('/Interviews(%27a%00%27)')).status).toBe(400);
    const written = await service.get('/odata/v4/Appointments', { method: 'POST', body: '{}' });
    expect([written.status, written.headers.get('allow'), (await written.json()).error.code]).toEqual([
      405,
      'GET, HEAD',
      'METHOD_NOT_ALLOWED',
    ]);
  });
});
