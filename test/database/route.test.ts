import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/create-app.ts';
import { readConfig } from '../../src/config.ts';
import { createToken, revokeToken } from '../../src/db/tokens/tokens.ts';
import { METRICS_PATH, ODATA_PATH } from '../../src/domain/paths.ts';
import { EXTRACT_PARAMETERS } from '../../src/extract/request.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../kit/command.ts';
import { addLargeRows } from '../kit/download.ts';
import { whileLocked } from '../kit/locked.ts';
import { csvOf, HEADER, jsonOf, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { recordStatements } from '../kit/statements.ts';

const PATH = '/analytics/interviews';
const EXTRACT = csvOf([rowOf({ interviewId: 'i-1' })]);

let service: Service;

beforeAll(async () => {
  service = await startService();
  await service.import(EXTRACT);
});
afterAll(() => service?.stop());

const anonymous = (path: string, init?: RequestInit) => fetch(`${service.url}${path}`, init);

describe('the format of the answer', () => {
  test.each([
    [undefined, 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/csv;charset=utf-8', 'text/csv; charset=utf-8'],
    ['text/*', 'text/csv; charset=utf-8'],
    ['application/x-ndjson', 'application/x-ndjson; charset=utf-8'],
    ['', 'application/json; charset=utf-8'],
    [' , ', 'application/json; charset=utf-8'],
    ['application/json;q=0.5, text/csv', 'text/csv; charset=utf-8'],
    ['text/html, application/xml;q=0.9, */*;q=0.8', 'application/json; charset=utf-8'],
    ['application/json;q=0, */*', 'text/csv; charset=utf-8'],
    ['TEXT/CSV', 'text/csv; charset=utf-8'],
  ])('Accept: %s gives %s', async (accept, contentType) => {
    const response = await service.get(PATH, { headers: accept === undefined ? {} : { accept } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('vary')).toMatch(/\bAccept\b/);
  });

  test('?format= wins over Accept', async () => {
    const response = await service.get(`${PATH}?format=csv`, { headers: { accept: 'application/json' } });
    expect(await response.text()).toBe(EXTRACT);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="interviews-extract.csv"');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('JSON leaves the keys of nothing out, NDJSON has them, and nulls= says otherwise', async () => {
    const row = rowOf({ interviewId: 'i-1' });
    const [stated, full] = [jsonOf(row, 'omit'), jsonOf(row, 'include')];
    const answers = {
      '?format=json': `{"content":[${stated}]}`,
      '?format=json&nulls=omit': `{"content":[${stated}]}`,
      '?format=json&nulls=include': `{"content":[${full}]}`,
      '?format=ndjson': `${full}\n`,
      '?format=ndjson&nulls=include': `${full}\n`,
      '?format=ndjson&nulls=omit': `${stated}\n`,
    };
    const tags = new Map<string, string | null>();
    for (const [query, body] of Object.entries(answers)) {
      const response = await service.get(PATH + query);
      expect([query, await response.text()]).toEqual([query, body]);
      const head = await service.get(PATH + query, { method: 'HEAD' });
      expect(head.headers.get('etag')).toBe(response.headers.get('etag'));
      tags.set(body, response.headers.get('etag'));
    }
    // What differs has another tag.
    expect(new Set(tags.values()).size).toBe(4);
  });

  test('an Accept header that allows no format is refused with 406 and what there is', async () => {
    await expectFailure(
      await service.get(PATH, { headers: { accept: 'text/html' } }),
      406,
      'NOT_ACCEPTABLE',
      'Accept: "text/html" allows none of application/json, text/csv, application/x-ndjson, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; request one of them, or add ?format=json.',
    );
  });

  test('HEAD reads no rows, and so tells of no next page', async () => {
    // Whoever wanted to read one would wait for this lock.
    const response = await whileLocked(service, 'appointment', () =>
      service.get(`${PATH}?limit=1`, { method: 'HEAD' }),
    );
    expect([response.status, response.headers.get('link')]).toEqual([200, null]);
  });

  test('HEAD tells the same headers without a body', async () => {
    const response = await service.get(`${PATH}?format=csv`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="interviews-extract.csv"');
    expect(await response.text()).toBe('');
  });
});

describe('the token', () => {
  const REQUIRED =
    'A token is required: send it as X-SmartToken, as Authorization: Bearer, or as the password of Basic.';
  test('is taken from X-SmartToken and from Authorization: Bearer', async () => {
    const ways: Record<string, string>[] = [
      { 'x-smarttoken': ADMIN_TOKEN },
      { authorization: `Bearer ${ADMIN_TOKEN}` },
      { authorization: `bearer ${ADMIN_TOKEN}` },
    ];
    for (const headers of ways) expect((await anonymous(PATH, { headers })).status).toBe(200);
  });

  test.each([
    ['missing', {}, REQUIRED],
    ['empty', { 'x-smarttoken': ' ' }, REQUIRED],
    ['unknown', { 'x-smarttoken': 'nobodys' }, 'The token is unknown or was revoked.'],
    ['of another scheme', { authorization: 'Digest username="a"' }, REQUIRED],
  ])('that is %s is refused with 401', async (_what, headers, message) => {
    const response = await anonymous(PATH, { headers });
    expect(response.headers.get('www-authenticate')).toBe(
      message === 'The token is unknown or was revoked.'
        ? `Bearer realm="interviews", error="invalid_token", error_description="${message}"`
        : 'Bearer realm="interviews"',
    );
    await expectFailure(response, 401, 'NOT_AUTHENTICATED', message);
  });

  test('works from the moment it is made until at most a second after it is revoked', async () => {
    const token = await createToken(service.db.prisma, 'reader', ['read', 'personal']);
    expect(token).toMatch(/^[A-Za-z0-9]{32}$/);
    const status = async () => (await anonymous(PATH, { headers: { 'x-smarttoken': token } })).status;
    expect(await status()).toBe(200);
    await revokeToken(service.db.prisma, 'reader');
    await expect.poll(status, { timeout: 5_000 }).toBe(401);
    expect(await status()).toBe(401);
  });

  test('is not stored anywhere, only its SHA-256', async () => {
    const token = await createToken(service.db.prisma, 'hashed', ['read', 'personal']);
    const rows = await service.rows('SELECT a::text AS stored FROM access_token a');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('without the scope read is refused with 403, which names the scope', async () => {
    const token = await createToken(service.db.prisma, 'writer', ['write', 'personal']);
    await expectFailure(
      await anonymous(PATH, { headers: { 'x-smarttoken': token } }),
      403,
      'FORBIDDEN',
      'This requires the scope read; the token has write, personal.',
    );
  });
});

describe('what is not there is refused with its name', () => {
  test.each([
    ['?colour=red', `"colour" is not a parameter; accepted: ${EXTRACT_PARAMETERS.join(', ')}.`],
    ['?format=xml', 'format: "xml" is not a format; accepted are json, csv, ndjson, xlsx.'],
    ['?format=', 'format: "" is not a format; accepted are json, csv, ndjson, xlsx.'],
    ['?format=csv&format=json', 'format occurs 2 times; it may occur only once.'],
    ['?__proto__=1', `"__proto__" is not a parameter; accepted: ${EXTRACT_PARAMETERS.join(', ')}.`],
  ])('%s', async (query, message) => {
    await expectFailure(await service.get(`${PATH}${query}`), 400, 'BAD_USER_INPUT', message);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('the method %s, with the methods that are', async (method) => {
    const response = await service.get(PATH, { method });
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    await expectFailure(response, 405, 'METHOD_NOT_ALLOWED', `${PATH} supports GET, HEAD, POST, not ${method}.`);
  });

  test('a method, also where its body is no JSON', async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{' };
    const response = await service.get(PATH, init);
    await expectFailure(response, 405, 'METHOD_NOT_ALLOWED', `${PATH} supports GET, HEAD, POST, not PUT.`);
  });

  test('a path', async () => {
    await expectFailure(
      await service.get('/analytics/jobs?x=1'),
      404,
      'NOT_FOUND',
      'There is nothing at "/analytics/jobs".',
    );
  });

  test('a path that can’t be decoded', async () => {
    const response = await service.get('/%E0%A4%A');
    expect(response.status).toBe(400);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toMatchObject({ errors: [{ code: 'BAD_USER_INPUT' }] });
  });
});

describe('the state of the service', () => {
  test('/healthz says that it is alive, /readyz that the database is there, without a token', async () => {
    expect(await (await anonymous('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await anonymous('/readyz')).json()).toEqual({ status: 'ready' });
  });

  test('is told to HEAD as to GET, without a body', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const get = await anonymous(path);
      const head = await anonymous(path, { method: 'HEAD' });
      expect(head.status).toBe(200);
      for (const name of ['content-type', 'content-length']) expect(head.headers.get(name)).toBe(get.headers.get(name));
      expect(await head.text()).toBe('');
    }
  });

  test('every answer has a request id', async () => {
    const ids = await Promise.all([1, 2].map(async () => (await anonymous('/healthz')).headers.get('x-request-id')));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('clients that leave', () => {
  test('at whatever moment, hold up nobody', async () => {
    for (let round = 0; round < 3; round++) {
      await Promise.all(
        Array.from({ length: 12 }, async (_, at) => {
          const controller = new AbortController();
          const answer = service.get(PATH, { signal: controller.signal });
          setTimeout(() => controller.abort(), at);
          await answer.then((response) => response.text()).catch(() => {});
        }),
      );
    }
    expect((await service.get(PATH)).status).toBe(200);
  });

  test('before it is known whose request it was, are no fault of the service', async () => {
    const config = readConfig({ DATABASE_URL: 'postgresql://unused' });
    const app = createApp({ config, db: service.db, log: createLog('silent') });
    // The system doesn't tell the address of a connection that the client has reset, although Node still takes it for open.
    app.server.prependListener('connection', (socket) => Object.defineProperty(socket, 'remoteAddress', {}));
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const response = await fetch(address + PATH);
    expect([response.status, await response.json()]).toMatchObject([401, { errors: [{ code: 'NOT_AUTHENTICATED' }] }]);
    await app.close();
  });
});

describe('a client that pipelines requests', () => {
  test.each([
    PATH,
    `${ODATA_PATH}/Appointments`,
    `${METRICS_PATH}?metrics=appointments&groupBy=week`,
  ])('and leaves gives every connection back, and its places among the concurrent requests: %s', async (path) => {
    const large = await startService({ RATE_LIMIT_CONCURRENT: '5' });
    try {
      await addLargeRows(large, 300);
      for (let round = 0; round < 4; round++) {
        const { hostname, port } = new URL(large.url);
        const socket = connect(Number(port), hostname);
        socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nX-SmartToken: ${ADMIN_TOKEN}\r\n\r\n`.repeat(4));
        await once(socket, 'data');
        socket.destroy();
      }
      await eventually(async () => expect(large.db.exports.totalCount - large.db.exports.idleCount).toBe(0));
      const { headers } = await large.get(`${PATH}?limit=1`);
      expect(headers.get('x-ratelimit-concurrent-remaining')).toBe('4');
    } finally {
      await large.stop();
    }
  });
});

describe('an empty database', () => {
  test('gives the header, or an empty content', async () => {
    const empty = await startService();
    try {
      expect(await (await empty.get(`${PATH}?format=csv`)).text()).toBe(HEADER);
      expect(await (await empty.get(PATH)).text()).toBe('{"content":[]}');
    } finally {
      await empty.stop();
    }
  });
});

async function expectFailure(response: Response, status: number, code: string, message: string): Promise<void> {
  expect(await response.json()).toEqual({ message, errors: [{ code, message }] });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
}

test('a page of the extract needs two rows to tell the next one, however long it is', async () => {
  const other = await startService();
  try {
    await other.import([...generateExtract({ rows: 120, seed: 4 })].join(''));
    let query = '?format=csv&limit=50';
    for (let page = 1; page <= 2; page++) {
      const { result, statements } = await recordStatements(() => other.get(`${PATH}${query}`));
      await result.text();
      const told = statements.filter(({ text }) => text.startsWith('/* extract.page'));
      expect(told.map(({ rows }) => rows)).toEqual([2]);
      query = /<(.*)>/.exec(result.headers.get('link') ?? '')?.[1] ?? '';
    }
  } finally {
    await other.stop();
  }
});
