/** Two public libraries of OData read a hundred thousand rows, each once: by the links of pages, and by $top and $skip. */
import { OData } from '@odata/client';
import { o } from 'odata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { type Service, startService } from '../kit/service.ts';

const ROWS = 100_000;
const PAGE = 10_000;

interface Row {
  readonly rowId: string;
  readonly interviewId: string;
  readonly startsAt: string | null;
}

let service: Service;
let token: string;
let stored: Set<string>;
beforeAll(async () => {
  service = await startService();
  await service.import([...generateExtract({ rows: ROWS, seed: 16 })].join(''));
  token = await createToken(service.db.prisma, 'analyst', ['read']);
  const rows = await service.rows('SELECT row_id FROM appointment');
  stored = new Set(rows.map(({ row_id }) => String(row_id)));
  expect(stored.size).toBe(ROWS);
}, 600_000);
afterAll(() => service?.stop());

test('o.js, which follows the links of pages', async () => {
  const client = o(`${service.url}/odata/v4/`, { headers: { 'X-SmartToken': token } });
  const seen: string[] = [];
  const read = async (path: string, options = {}) => ((await client.get(path).fetch(options)) as Response).json();
  let page = await read('Appointments', { $select: 'rowId,startsAt', $orderby: 'startsAt' });
  let last: string | null = null;
  for (;;) {
    for (const { rowId, startsAt } of page.value as Row[]) {
      seen.push(rowId);
      expect((startsAt ?? '') >= (last ?? '')).toBe(true);
      last = startsAt;
    }
    const next: string | undefined = page['@odata.nextLink'];
    if (next === undefined) break;
    page = await read(next.slice(`${service.url}/odata/v4/`.length));
  }
  expect(seen.length).toBe(ROWS);
  expect(new Set(seen)).toEqual(stored);
});

test('@odata/client, which signs in with Basic, counts and turns pages itself', async () => {
  const client = OData.New4({
    serviceEndpoint: `${service.url}/odata/v4/`,
    credential: { username: 'anybody', password: token },
  });
  const appointments = client.getEntitySet<Row>('Appointments');
  const seen: string[] = [];
  const count = await appointments.count();
  expect(Number(count)).toBe(ROWS);
  for (let skip = 0; skip < count; skip += PAGE) {
    const rows = await appointments.query(client.newOptions().select(['rowId']).top(PAGE).skip(skip));
    seen.push(...rows.map(({ rowId }) => rowId));
  }
  expect(seen.length).toBe(ROWS);
  expect(new Set(seen)).toEqual(stored);
  const [some] = await appointments.query(client.newOptions().top(1));
  const filter = client
    .newFilter()
    .property('interviewId')
    .eq(some?.interviewId ?? '');
  const found = await appointments.query(filter);
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map(({ interviewId }) => interviewId))).toEqual(new Set([some?.interviewId]));
});
