/** `format=xlsx` over HTTP: what the workbook holds, and what it is refused for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELDS, isDate } from '../../src/domain/fields.ts';
import { PROGRAM_VERSION } from '../../src/package-info.ts';
import { readCanonical, toCsv } from '../kit/canonical.ts';
import { nextOf } from '../kit/download.ts';
import { extract } from '../kit/generated.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';
import { type StoredCell, type StoredSheet, sheetsOf, wallClockOf } from '../kit/workbook.ts';

const PATH = '/analytics/interviews';
const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let service: Service;
let stored: string;

beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 300, seed: 41 }));
  stored = await service.export('csv');
});
afterAll(() => service?.stop());

async function workbook(query: string, headers: Record<string, string> = {}) {
  const response = await service.get(`${PATH}?format=xlsx${query}`, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(bytes.toString());
  const [sheet, about] = sheetsOf(bytes) as [StoredSheet, StoredSheet];
  return { response, sheet, about: new Map(about.rows.map(([label, value]) => [label?.value, value?.value])) };
}

const textIn = (cell: StoredCell | null | undefined, isDateCell: boolean): string | null => {
  if (!cell) return null;
  if (cell.type === 'b') return cell.value === '1' ? 'true' : 'false';
  return cell.type === 'n' && isDateCell ? wallClockOf(cell.value) : cell.value;
};

async function refusal(query: string): Promise<[number, string]> {
  const response = await service.get(`${PATH}?${query}`);
  return [response.status, ((await response.json()) as { message: string }).message];
}

describe('format=xlsx', () => {
  test('has the rows of the CSV, in their order, under the labels of the fields', async () => {
    const { response, sheet, about } = await workbook('');
    expect(response.headers.get('content-type')).toBe(MEDIA_TYPE);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="interviews-extract.xlsx"');
    expect(response.headers.get('content-encoding')).toBeNull();
    const [header, ...rows] = sheet.rows;
    expect(header?.map((cell) => cell?.value)).toEqual(FIELDS.map(({ label }) => label));
    const read = rows.map((cells) => FIELDS.map((field, at) => textIn(cells[at], isDate(field))));
    expect(toCsv(read)).toBe(stored);
    expect([...about].slice(0, 1)).toEqual([['Source', `Interviews Data Service ${PROGRAM_VERSION}`]]);
    expect(about.get('Rows')).toBe(String(rows.length));
    expect(about.get('Filters')).toBe('none');
    expect(Date.now() - Date.parse(`${about.get('Exported at (UTC)')}Z`)).toBeLessThan(60_000);
  });

  test('is also given for its media type in Accept', async () => {
    const response = await service.get(PATH, { headers: { accept: MEDIA_TYPE } });
    expect(response.headers.get('content-type')).toBe(MEDIA_TYPE);
    expect(sheetsOf(Buffer.from(await response.arrayBuffer()))).toHaveLength(2);
  });

  test('has the fields of the request under their keys, and its filters in words', async () => {
    const query = '&fields=room,interviewId&header=keys&interviewType=VIDEO&interviewType=PHONE&startsFrom=2020-01-01';
    const { sheet, about } = await workbook(query);
    expect(sheet.rows[0]?.map((cell) => cell?.value)).toEqual(['room', 'interviewId']);
    const csv = await service.get(`${PATH}?format=csv${query}`);
    const read = sheet.rows.slice(1).map((cells) => [0, 1].map((at) => cells[at]?.value ?? null));
    expect(csvOf(read, ['room', 'interviewId'])).toBe(await csv.text());
    expect(about.get('Filter: Interview Type')).toBe('VIDEO or PHONE');
    expect(about.get('Filter: Time slot starts at or after')).toBe('2020-01-01');
    expect(about.get('Columns left out')).toMatch(/^Application ID, Application Stage, /);
  });

  test('has dates as text where they have a form of the user’s', async () => {
    const { sheet } = await workbook('&fields=startTime&dateFormat=dd.MM.yyyy');
    const csv = await (await service.get(`${PATH}?format=csv&fields=startTime&dateFormat=dd.MM.yyyy`)).text();
    expect(
      csvOf(
        sheet.rows.slice(1).map(([cell]) => [cell?.value ?? null]),
        ['startTime'],
      ),
    ).toBe(csv);
    expect(new Set(sheet.rows.slice(1).flatMap(([cell]) => (cell ? [cell.type] : [])))).toEqual(new Set(['inlineStr']));
  });

  test('has optional columns, instants as dates in UTC', async () => {
    const query = '&fields=interviewId&include=startsAt,interviewerName';
    const { sheet, about } = await workbook(query);
    const csv = readCanonical(await (await service.get(`${PATH}?format=csv${query}`)).text());
    const read = sheet.rows.slice(1).map(([id, start, name]) => {
      expect(start?.type ?? 'n').toBe('n');
      return [id?.value, start ? `${wallClockOf(start.value)}Z` : null, name?.value ?? null];
    });
    expect(read).toEqual(csv);
    expect(about.get('Dates in UTC')).toBe('Starts At (UTC)');
  });

  test('says which days a period was', async () => {
    const { about } = await workbook('&period=last-week&timeZone=Europe/Berlin');
    expect(about.get('Filter: Time slot starts in')).toMatch(
      /^last-week: \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, days of Europe\/Berlin$/,
    );
  });

  test('is read page by page, each of which says what it leaves out', async () => {
    const rows: (string | null)[] = [];
    const leftOut: (string | undefined)[] = [];
    for (let next: string | null = `${PATH}?format=xlsx&fields=interviewId&limit=120`; next !== null; ) {
      const { response, sheet, about } = await workbook(next.replace(`${PATH}?format=xlsx`, ''));
      rows.push(...sheet.rows.slice(1).map(([cell]) => cell?.value ?? null));
      leftOut.push(about.get('Rows left out'));
      next = nextOf(response);
    }
    expect(rows).toEqual(readCanonical(stored).map(([id]) => id));
    expect(leftOut).toEqual([
      'those after the first 120',
      'those before this page, those after the first 120 of this page',
      'those before this page',
    ]);
  });

  test('hides personal fields from a token without that scope, and says so', async () => {
    const token = await createToken(service.db.prisma, 'reader', ['read']);
    const { sheet, about } = await workbook('&fields=interviewId,room,interviewerRating', { 'x-smarttoken': token });
    for (const cells of sheet.rows.slice(1)) expect([cells[1] ?? null, cells[2] ?? null]).toEqual([null, null]);
    expect(about.get('Personal columns')).toBe(
      'empty, because the token lacks the scope personal: Room, Interviewer Rating',
    );
  });

  test('has a weak ETag, which stays while nothing changes, and no content coding', async () => {
    const headers = { 'accept-encoding': 'gzip, br' };
    const { response } = await workbook('&fields=interviewId', headers);
    const tag = response.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\//);
    expect(response.headers.get('content-encoding')).toBeNull();
    for (const method of ['GET', 'HEAD']) {
      const again = await service.get(`${PATH}?format=xlsx&fields=interviewId`, {
        method,
        headers: { ...headers, 'if-none-match': tag },
      });
      expect([again.status, again.headers.get('etag')]).toEqual([304, tag]);
    }
  });
});

describe('a cell that is too long', () => {
  const long = (length: number) => rowOf({ interviewId: 'long', interviewerReview: 'é'.repeat(length) });
  test('is refused before the first byte, with what to do', async () => {
    await service.import(toCsv([long(32_768)]));
    expect(await refusal('format=xlsx')).toEqual([
      400,
      'format: interviewerReview of the interview "long" has 32768 characters, and a cell of xlsx has at most 32767; leave the field out with fields, filter, or use format=csv.',
    ]);
    // What does not read it is not concerned.
    await workbook('&fields=interviewId');
    await workbook('&interviewType=VIDEO');
    await workbook('&limit=10');
    const reader = await createToken(service.db.prisma, 'other reader', ['read']);
    await workbook('', { 'x-smarttoken': reader });
  });

  test('is written if it has as many characters as a cell, however many bytes', async () => {
    await service.import(toCsv([long(32_767)]));
    const { sheet } = await workbook('&interviewId=long&fields=interviewerReview');
    expect(sheet.rows[1]?.[0]?.value).toBe('é'.repeat(32_767));
  });

  test('counts characters as a spreadsheet does, with two for those beyond U+FFFF', async () => {
    await service.import(toCsv([rowOf({ interviewId: 'long', interviewerReview: `${'🙂'.repeat(16_383)}x` })]));
    await workbook('&interviewId=long');
    await service.import(toCsv([rowOf({ interviewId: 'long', interviewerReview: '🙂'.repeat(16_384) })]));
    expect((await refusal('format=xlsx&interviewId=long'))[1]).toContain('has 32768 characters');
  });
});
