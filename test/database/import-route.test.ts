import { once } from 'node:events';
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginImport } from '../../src/db/import/import-session.ts';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FROM_COMMAND } from '../../src/domain/import/import-record.ts';
import { eventually } from '../kit/command.ts';
import { csvOf, HEADER, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const PATH = '/analytics/interviews';
const extract = (...ids: string[]) => csvOf(ids.map((interviewId) => rowOf({ interviewId })));
const BAD = rowOf({ interviewId: 'bad', applicationId: 'no-uuid' });
const BROKEN = csvOf([rowOf({ interviewId: 'good' }), BAD, rowOf({ interviewId: 'bad' })]);

let service: Service;

beforeAll(async () => {
  service = await startService({ MAX_UPLOAD_BYTES: '100000', UPLOAD_TIMEOUT: '1' });
});
afterAll(() => service?.stop());
beforeEach(() => service.reset(extract('kept')));

const post = (body: RequestInit['body'], query = '', headers: Record<string, string> = {}) =>
  service.get(PATH + query, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);

async function expectRefused(response: Response, status: number, code: string, message: RegExp): Promise<void> {
  expect(await response.json()).toMatchObject({ message: expect.stringMatching(message), errors: [{ code }] });
  expect(response.status).toBe(status);
  expect(await service.export('csv')).toBe(extract('kept'));
}

/** A body that is sent only in part. */
async function beginUpload(part: string): Promise<http.ClientRequest> {
  const headers = { 'x-smarttoken': ADMIN_TOKEN, 'content-type': 'text/csv' };
  const request = http.request(service.url + PATH, { method: 'POST', headers, agent: false });
  request.on('error', () => {});
  request.write(part);
  await eventually(async () => expect(await importing()).toBe(1));
  return request;
}

/** How many imports are in the database. */
async function importing(): Promise<number> {
  const [found] = await service.rows(
    `SELECT count(*)::integer AS count FROM pg_stat_activity
     WHERE datname = current_database() AND query LIKE '%load.copy%' AND pid <> pg_backend_pid()`,
  );
  return found?.count as number;
}

describe('POST of an extract', () => {
  test.each([
    ['CSV', 'text/csv; charset=utf-8', extract('a')],
    ['JSON', 'application/json', '{"content":[{"interviewId":"a"}]}'],
    ['NDJSON', 'application/x-ndjson', '{"interviewId":"a"}\n'],
  ])('imports %s, plain and gzip, and answers with the report', async (_format, type, text) => {
    const plain = await post(text, '?allowMissingColumns=true', { 'content-type': type });
    expect(plain.status).toBe(200);
    expect(await plain.json()).toMatchObject({ saved: true, read: 1, inserted: 1, refused: 0, refusedRows: [] });
    const headers = { 'content-type': type, 'content-encoding': 'gzip' };
    const packed = await post(new Uint8Array(gzipSync(text)), '?allowMissingColumns=true', headers);
    expect(await packed.json()).toMatchObject({ saved: true, inserted: 0, unchanged: 1 });
    expect(await service.export('csv')).toBe(extract('a', 'kept'));
  });

  test('takes the options of the import', async () => {
    expect(await (await post(extract('a'), '?dryRun=true')).json()).toMatchObject({ saved: false, inserted: 1 });
    expect(await service.export('csv')).toBe(extract('kept'));
    const all = '?replaceAll=true&allowRemovals=true';
    expect(await (await post(extract('a'), all)).json()).toMatchObject({ saved: true, removed: 1 });
    const dated = `interviewId,startTime\na,31.12.2025\n`;
    expect((await post(dated, '?allowMissingColumns=true&dateFormat=dd.MM.yyyy')).status).toBe(200);
    expect(await service.export('csv')).toContain(',2025-12-31T00:00:00,');
  });

  test('saves nothing where a row is refused, and says which', async () => {
    const response = await post(BROKEN);
    const body = await response.clone().json();
    await expectRefused(
      response,
      422,
      'INVALID_EXTRACT',
      /^Nothing was saved: 2 of 3 rows would be refused; refusedRows says why\. The first: line 3, applicationId: "no-uuid" is not a UUID/,
    );
    expect(body).toMatchObject({
      saved: false,
      read: 3,
      refused: 2,
      refusedRows: [{ line: 3, column: 'applicationId' }],
    });
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /the body, line 1: the file is empty; it must begin with a header\.$/],
    ['of another header', 'a,b\n', /the body, line 1: this is not the header of an extract: .*…\.$/],
    [
      'of broken quoting',
      `${HEADER}a,"b"c`,
      /the body, line 2, column applicationId: a closing quote is followed by "c" /,
    ],
    [
      'of bytes that are not UTF-8',
      Buffer.from(`${HEADER}\xe9\n`, 'latin1'),
      /the body, line 2: the byte 0xE9 is not UTF-8; /,
    ],
    [
      'of gzip that is cut off',
      gzipSync(extract('a')).subarray(0, -9),
      /the body, line 3: the gzip data is truncated\.$/,
    ],
    ['of no JSON', '{"content":[{]}', /the body, element 1: invalid JSON: /],
    ['cut off in its last record', `${extract('a')}b,`, /the body, line 3: the file is truncated in this record: /],
  ])('a body %s is refused with the reason as its message', async (_what, body, message) => {
    const response = await post(typeof body === 'string' ? body : new Uint8Array(body));
    const { refusedRows, ...answer } = (await response.clone().json()) as Record<string, unknown>;
    await expectRefused(response, 422, 'INVALID_EXTRACT', new RegExp(`^Nothing was saved: ${message.source}`));
    expect(answer).toMatchObject({ saved: false, unreadable: true });
    expect(refusedRows).toHaveLength(1);
  });

  test('with skipInvalid saves the others, and gives the refused ones back to be mended', async () => {
    const response = await post(BROKEN, '?skipInvalid=true');
    expect(response.status).toBe(200);
    const { refusedCsv, ...report } = (await response.json()) as { refusedCsv: string };
    expect(report).toMatchObject({ saved: true, inserted: 1, refused: 2 });
    expect(refusedCsv.split('\n')).toHaveLength(4);
    expect((await post(refusedCsv.replaceAll('no-uuid', ''))).status).toBe(200);
    expect(await service.export('csv')).toBe(extract('bad', 'good', 'kept'));
  });

  test('with skipInvalid says by null that there are refused rows that it doesn’t give back, and by an empty text that there are none', async () => {
    const refusedOf = async (body: string, query: string) =>
      ((await (await post(body, `?skipInvalid=true${query}`)).json()) as { refusedCsv: unknown }).refusedCsv;
    await service.import(extract('kept', 'more'), { replaceAll: true });
    expect(await refusedOf(extract('kept'), '')).toBe('');
    expect(await refusedOf(extract('kept'), '&dryRun=true')).toBe('');
    // Nothing is written where nothing is saved: a dry run, removals that are refused, a body that can't be read.
    expect(await refusedOf(BROKEN, '&dryRun=true')).toBeNull();
    expect(await refusedOf(csvOf([BAD]), '&replaceAll=true')).toBeNull();
    expect(await refusedOf(`${BROKEN}a,"b"c`, '')).toBeNull();
    expect(await refusedOf('', '')).toBeNull();
  });

  test.each([
    ['?colour=red', /^"colour" is not a parameter/],
    ['?format=csv', /^"format" is not a parameter/],
    ['?dryRun=yes', /^dryRun: "yes" is not accepted/],
    ['?dryRun=true&dryRun=true', /^dryRun occurs 2 times/],
    ['?dateFormat=QQ', /Q/],
  ])('refuses %s', async (query, message) => {
    await expectRefused(await post(extract('a'), query), 400, 'BAD_USER_INPUT', message);
  });

  test.each([
    'text/plain',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'application/vnd.ms-excel',
    'application/json',
    '',
  ])('the content tells what the body is, not the type %s', async (type) => {
    const body = Buffer.from('{"content":[{"interviewId":"a"}]}');
    const headers: Record<string, string> = {
      'x-smarttoken': ADMIN_TOKEN,
      ...(type !== '' && { 'content-type': type }),
    };
    // fetch gives every text a type.
    const request = http.request(`${service.url}${PATH}?allowMissingColumns=true`, { method: 'POST', headers });
    request.end(type === 'application/json' ? extract('a') : body);
    const [response] = await once(request, 'response');
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(await service.export('csv')).toBe(extract('a', 'kept'));
  });

  test('names jobs and candidates, as the command does, and knows a dry run and its parameters', async () => {
    const job = 'dddddddd-0000-4000-8000-000000000001';
    const names = async (what: string, body: string, query = '') => {
      const response = await service.get(`${PATH}/${what}${query}`, { method: 'POST', body });
      return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
    };
    const dry = await names('jobs', `jobId,title\n${job},Cook\n`, '?dryRun=true');
    expect(dry).toMatchObject({ status: 200, saved: false, jobs: { read: 1, inserted: 1, refused: 0 } });
    expect(await service.rows('SELECT title FROM job')).toEqual([]);
    const saved = await names('jobs', `Job ID;Title;Department\n${job};Cook;-\n`, '?null=-');
    expect(saved).toMatchObject({ status: 200, saved: true, jobs: { read: 1, inserted: 1 } });
    expect(await service.rows('SELECT title, department FROM job')).toEqual([{ title: 'Cook', department: null }]);
    const refused = await names('candidates', 'candidateProfileId,firstName\nx,Ann\n');
    expect(refused).toMatchObject({
      status: 422,
      saved: false,
      candidates: { refused: 1 },
      message: expect.stringMatching(/^Nothing was saved: candidates, line 2: "x" is not a UUID/),
    });
    expect(await names('jobs', '', '?replaceAll=true')).toMatchObject({
      status: 400,
      message: '"replaceAll" is not a parameter; accepted: dryRun, excel, null.',
    });
    await names('jobs', `jobId,title\n${job},\n`);
  });

  test('names the parameters in its messages, not the options of the command', async () => {
    const cases: [string, RegExp][] = [
      ['interviewId\na\n', /; allowMissingColumns=true treats missing columns as empty$/],
      [csvOf([rowOf({ interviewId: 'a', startTime: '01/02/2026' })]), /; dateFormat=PATTERN says it$/],
      [csvOf([rowOf({ interviewId: 'a', startTime: 'May 1st' })]), /; dateFormat=PATTERN accepts another form$/],
      [`\ufeff${csvOf([rowOf({ interviewId: '5.81E+023' })])}`, /; keepIds=true takes it as it is$/],
    ];
    for (const [body, reason] of cases) {
      const { refusedRows } = (await (await post(body)).json()) as { refusedRows: { reason: string }[] };
      expect(refusedRows.map((row) => row.reason)).toEqual([expect.stringMatching(reason)]);
    }
  });

  test('the next one is taken as soon as one was refused', async () => {
    for (let times = 0; times < 40; times++) {
      // Its end is found while rows are on their way to the database.
      expect((await post(`${extract('a', 'b')}c,"`)).status).toBe(422);
      expect((await post(BROKEN)).status).toBe(422);
    }
  });

  test('refuses forms and other encodings, and tokens that may not write', async () => {
    const form = new FormData();
    form.set('file', new Blob([extract('a')]), 'a.csv');
    await expectRefused(
      await service.get(PATH, { method: 'POST', body: form }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      /^Content-Type: "multipart\/form-data" is not accepted; send the file itself as the body/,
    );
    await expectRefused(
      await post('x', '', { 'content-encoding': 'br' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      /^Content-Enc/,
    );
    const reader = await createToken(service.db.prisma, 'reader', ['read', 'personal']);
    await expectRefused(await post(extract('a'), '', { 'x-smarttoken': reader }), 403, 'FORBIDDEN', /scope write/);
    await expectRefused(
      await post(extract('a'), '', { 'x-smarttoken': 'nobodys' }),
      401,
      'NOT_AUTHENTICATED',
      /unknown/,
    );
  });

  test('refuses more than it may have, also in gzip', async () => {
    const large = HEADER + '\n'.repeat(200_000);
    await expectRefused(await post(large), 413, 'PAYLOAD_TOO_LARGE', /^The body is larger than 100000 bytes/);
    await expectRefused(
      await post(new Blob([large]).stream(), '', {}),
      413,
      'PAYLOAD_TOO_LARGE',
      /^The body is larger/,
    );
    for (const headers of [{ 'content-encoding': 'gzip' }, {}] as Record<string, string>[])
      await expectRefused(
        await post(new Uint8Array(gzipSync(large)), '', headers),
        413,
        'PAYLOAD_TOO_LARGE',
        /decompressed/,
      );
  });

  test('is refused at once while another import runs', async () => {
    const running = await beginImport(service.db.streams, FROM_COMMAND, () => {});
    await expectRefused(await post(extract('a')), 409, 'CONFLICT', /^Another import is running/);
    await running.rollback();
    await eventually(async () => expect((await post(extract('a'))).status).toBe(200));
  });

  test('leaves no trace when the client goes, and holds up nobody', async () => {
    const request = await beginUpload(extract('a', 'b'));
    request.destroy();
    await eventually(async () => expect(await importing()).toBe(0));
    expect(await service.export('csv')).toBe(extract('kept'));
    await eventually(async () => expect((await post(extract('a'))).status).toBe(200));
  });

  test('is given up when the client sends nothing for long', async () => {
    const request = await beginUpload(extract('a', 'b'));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(response.statusCode).toBe(408);
    response.resume();
    await eventually(async () => expect(await importing()).toBe(0));
    expect(await service.export('csv')).toBe(extract('kept'));
    await eventually(async () => expect(request.destroyed).toBe(true));
  });
});
