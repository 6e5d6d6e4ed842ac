/** The token as the password of HTTP Basic, for programs that keep passwords: which requests may use it, and what the others are told. */
import { execFile } from 'node:child_process';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { extract } from '../kit/generated.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const ROWS = '/analytics/interviews';
const METRICS = `${ROWS}/metrics?metrics=slots`;

const { log, text: logged } = memoryLog();
let service: Service;
let token: string;
beforeAll(async () => {
  service = await startService({ CORS_ORIGINS: 'https://app.example.org' }, log);
  await service.import(extract({ rows: 20, seed: 3 }));
  token = await createToken(service.db.prisma, 'excel', ['read']);
});
afterAll(() => service?.stop());

const encoded = (credentials: string | Uint8Array) => `Basic ${Buffer.from(credentials).toString('base64')}`;

const send = (path: string, authorization: string, init: RequestInit = {}) =>
  fetch(service.url + path, { ...init, headers: { authorization, ...init.headers } });

/** The status and what an error says. */
async function answer(response: Response): Promise<[status: number, code: string, message: string]> {
  const { errors, message } = (await response.json()) as { errors: [{ code: string }]; message: string };
  return [response.status, errors[0].code, message];
}

const UNKNOWN = [401, 'NOT_AUTHENTICATED', 'The token is unknown or was revoked.'];
const ELSEWHERE = [
  401,
  'NOT_AUTHENTICATED',
  'The password of Authorization: Basic is taken as the token only by GET and HEAD of the extract, its summary, its metrics and OData. Send it as X-SmartToken here.',
];

describe('with the token as password', () => {
  test.each([
    ['GET', `${ROWS}?format=csv`],
    ['HEAD', ROWS],
    ['GET', `${ROWS}/summary`],
    ['HEAD', `${ROWS}/summary`],
    ['HEAD', `${ROWS}/metrics/definitions`],
    ['GET', METRICS],
    ['HEAD', METRICS],
    ['GET', `${ROWS}/metrics/definitions`],
    ['GET', '/odata/v4/'],
    ['GET', '/odata/v4/$metadata'],
    ['GET', '/odata/v4/Appointments?$top=5'],
    ['HEAD', '/odata/v4/Interviews'],
  ])('%s %s answers as with X-SmartToken', async (method, path) => {
    const basic = await send(path, encoded(`somebody:${token}`), { method });
    const plain = await service.get(path, { method, headers: { 'x-smarttoken': token } });
    expect([basic.status, await basic.text()]).toEqual([200, await plain.text()]);
    expect(basic.headers.get('etag')).toBe(plain.headers.get('etag'));
  });

  test.each([
    ['no user name', ':'],
    ['a user name of letters beyond ASCII', 'Jürgen 面试:'],
    ['one that an old client writes in its own encoding', Buffer.from('J\xfcrgen:', 'latin1')],
    ['one with an address', 'DOMAIN\\anna@example.org:'],
  ])('the user name may be anything: %s', async (_what, user) => {
    const response = await send(ROWS, encoded(Buffer.concat([Buffer.from(user), Buffer.from(token)])));
    expect(response.status).toBe(200);
  });

  test('the scheme may be in any letter case, and blanks around the token are copied along with it', async () => {
    for (const credentials of [`x:${token} `, `x: ${token}`])
      expect((await send(ROWS, encoded(credentials).replace('Basic', 'BASIC '))).status).toBe(200);
  });

  test('curl reads OData with the password only once it is asked for it, as programs do that keep passwords', async () => {
    const { stdout } = await promisify(execFile)('curl', [
      ...['-fsS', '--anyauth', '-u', `me:${token}`],
      `${service.url}/odata/v4/Appointments/$count`,
    ]);
    expect(stdout).toMatch(/20$/);
  });

  test('Power Query is asked for it, and then finds the tables, their types and their rows', async () => {
    // Its headers for OData.Feed, as far as they are known: no Power Query runs here.
    const headers = {
      accept:
        'application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7',
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      maxdataserviceversion: '3.0',
      'user-agent': 'Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)',
    };
    // Not fetch, which adds a header of browsers.
    const ask = (path: string, authorization?: string) =>
      new Promise<{ status: number; challenge: string; text: string }>((resolve, reject) => {
        const sent = { ...headers, ...(authorization && { authorization }) };
        get(new URL(path, service.url), { headers: sent }, async (response) => {
          const challenge = String(response.headers['www-authenticate'] ?? '');
          resolve({ status: response.statusCode ?? 0, challenge, text: await text(response) });
        }).on('error', reject);
      });
    const first = await ask('/odata/v4/');
    expect([first.status, first.challenge]).toEqual([401, expect.stringMatching(/^Basic realm=/)]);
    const authorization = encoded(`me:${token}`);
    const tables = JSON.parse((await ask('/odata/v4/', authorization)).text);
    const metadata = await ask('/odata/v4/$metadata', authorization);
    expect([metadata.status, metadata.text]).toEqual([200, expect.stringContaining('<EntityType Name="Appointment">')]);
    for (const { url } of tables.value) {
      const rows = await ask(`/odata/v4/${url}?$top=1000`, authorization);
      expect([url, rows.status, Array.isArray(JSON.parse(rows.text).value)]).toEqual([url, 200, true]);
    }
    const filter = "$filter=startsAt ge 2026-01-01T00:00:00Z and interviewType eq 'VIDEO'&$select=startsAt,interviewId";
    expect((await ask(`/odata/v4/Appointments?${filter}`, authorization)).status).toBe(200);
  });

  test('curl -u reads rows', async () => {
    const { stdout } = await promisify(execFile)('curl', [
      '-fsS',
      '-u',
      `me:${token}`,
      `${service.url}${ROWS}?format=csv`,
    ]);
    expect(stdout).toMatch(/^interviewId,/);
  });

  test('every user name and nothing but the password decides, by any text', async () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => !/\p{Cc}/u.test(one));
    await fc.assert(
      fc.asyncProperty(texts, texts, fc.boolean(), async (user, other, right) => {
        const password = right ? token : other;
        const response = await send(`${ROWS}?limit=1`, encoded(`${user.replaceAll(':', '')}:${password}`));
        await response.text();
        expect(response.status).toBe(right ? 200 : 401);
      }),
      { numRuns: 100 },
    );
  });
});

describe('is refused', () => {
  test.each([
    ['GET', '/graphql?query={__typename}'],
    ['POST', '/graphql'],
    ['POST', ROWS],
    ['POST', `${ROWS}/jobs`],
    ['POST', `${ROWS}/candidates`],
  ])('by %s %s, which says where the token belongs', async (method, path) => {
    const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
    const response = await send(path, encoded(`x:${ADMIN_TOKEN}`), { method, ...body });
    expect(await answer(response)).toEqual(ELSEWHERE);
    expect(response.headers.get('www-authenticate')).not.toContain('Basic realm');
  });

  test.each(['cross-site', 'same-site', 'something-new'])('from a page of another site: %s', async (site) => {
    const response = await send(ROWS, encoded(`x:${token}`), { headers: { 'sec-fetch-site': site } });
    expect(await answer(response)).toEqual([
      401,
      'NOT_AUTHENTICATED',
      `Authorization: Basic is refused from pages of other sites (Sec-Fetch-Site is ${JSON.stringify(site)}); send the token as X-SmartToken.`,
    ]);
  });

  test('from a page of another origin over plain HTTP, also of one that may read answers', async () => {
    for (const origin of ['https://app.example.org', 'http://evil.example.org', 'null']) {
      const response = await send(ROWS, encoded(`x:${token}`), { headers: { origin } });
      expect((await answer(response)).slice(0, 2)).toEqual([401, 'NOT_AUTHENTICATED']);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('but not where the address was typed, or from a page of its own', async () => {
    for (const site of ['none', 'same-origin'])
      expect((await send(ROWS, encoded(`x:${token}`), { headers: { 'sec-fetch-site': site } })).status).toBe(200);
  });

  const malformed = (fault: string) => [
    400,
    'BAD_USER_INPUT',
    `The credentials of Authorization: Basic ${fault} (RFC 7617).`,
  ];
  const longest = 'x'.repeat(6_142);
  test.each([
    ['a wrong password', encoded('x:nobodys'), UNKNOWN],
    ['the token as user name', () => encoded(`${token}:x`), UNKNOWN],
    ['a colon after the token', () => encoded(`x:${token}:`), UNKNOWN],
    [
      'the token as user name, and no password',
      () => encoded(`${token}:`),
      [
        401,
        'NOT_AUTHENTICATED',
        'The password of Authorization: Basic is empty; the token belongs there. The user name may be anything.',
      ],
    ],
    ['no colon', () => encoded(token), malformed('have no colon between the user name and the password')],
    ['nothing', 'Basic', malformed('have no colon between the user name and the password')],
    ['no base64', 'Basic x:y', malformed('are not base64')],
    ['base64 for addresses', 'Basic eDr_-w==', malformed('are not base64')],
    ['base64 without its end', 'Basic eDp5eQ', malformed('are not base64')],
    ['two words', 'Basic eDp5 eQ==', malformed('are not base64')],
    [
      'a line end after the token',
      () => encoded(`x:${token}\n`),
      malformed('have the control character 10; perhaps a tab or a line end was copied with the token'),
    ],
    [
      'a null in the user name',
      () => encoded(`x\0:${token}`),
      malformed('have the control character 0; perhaps a tab or a line end was copied with the token'),
    ],
    [
      'a password that is no UTF-8',
      encoded(Buffer.from('x:\xfc', 'latin1')),
      malformed('have a password that is not UTF-8'),
    ],
    ['the longest credentials', encoded(`x:${longest}`), UNKNOWN],
    ['longer ones', encoded(`x:${longest}x`), malformed('have 8196 characters; the maximum is 8192')],
    [
      'long ones that are no base64',
      `Basic ${'§'.repeat(8_193)}`,
      malformed('have 8193 characters; the maximum is 8192'),
    ],
  ] as [
    what: string,
    authorization: string | (() => string),
    expected: unknown[],
  ][])('with %s', async (_what, authorization, expected) => {
    const response = await send(ROWS, typeof authorization === 'string' ? authorization : authorization());
    expect(await answer(response)).toEqual(expected);
    expect(response.headers.get('www-authenticate')?.includes('Basic realm') ?? false).toBe(false);
  });
});

test('X-SmartToken counts alone where both are sent: a proxy may have a password of its own', async () => {
  const both = (smartToken: string, authorization: string, path = ROWS) =>
    send(path, authorization, { headers: { 'x-smarttoken': smartToken } });
  expect((await both(token, encoded('proxy:its-own-password'))).status).toBe(200);
  expect((await both(token, 'Basic x:y')).status).toBe(200);
  expect((await both(token, encoded('proxy:its-own-password'), '/graphql?query={__typename}')).status).toBe(200);
  expect((await both('nobodys', encoded(`x:${token}`))).status).toBe(401);
  expect((await both(' ', encoded(`x:${token}`))).status).toBe(200);
});

test('wrong passwords are counted by the address, and right ones by the token', async () => {
  const limited = await service.another({ RATE_LIMIT_PER_SECOND: '2' });
  try {
    const status = async (password: string) =>
      (await fetch(limited.url + ROWS, { headers: { authorization: encoded(`x:${password}`) } })).status;
    await expect.poll(async () => await Promise.all(['a', 'b', 'c\n'].map(status))).toContain(429);
    await expect.poll(async () => await Promise.all([token, token, token].map(status))).toContain(429);
    await expect.poll(async () => await status(token)).toBe(200);
  } finally {
    await limited.stop();
  }
});

test('the token is in no line of the log and in no answer', async () => {
  const secret = 'Secret5f2Kd81q';
  for (const credentials of [`x:${secret}`, `${secret}:x`, secret, `x:${secret}\n`, `x:${secret}\xfc`]) {
    const authorization = encoded(Buffer.from(credentials, 'latin1'));
    for (const path of [ROWS, '/graphql?query={__typename}', `${ROWS}/nothing`]) {
      const response = await send(path, authorization);
      expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain(secret);
    }
    for (const written of [secret, authorization.slice('Basic '.length)]) expect(logged()).not.toContain(written);
  }
  expect(logged()).toContain(ROWS);
  expect(logged()).not.toContain(token);
});

describe('a 401 asks for the password only below /odata/v4, and only a program:', () => {
  const ODATA = () => `${service.url}/odata/v4/Appointments`;
  const CHALLENGE = 'Basic realm="interviews", charset="UTF-8"';
  /** curl adds no header of a browser. */
  async function challenges(...options: string[]): Promise<string[]> {
    const { stdout } = await promisify(execFile)('curl', ['-sSi', ...options]);
    return Array.from(stdout.matchAll(/^www-authenticate: (.*)\r$/gim), ([, value = '']) => value);
  }

  test('curl, Excel and others that wait for it', async () => {
    expect(await challenges(ODATA())).toEqual([CHALLENGE, 'Bearer realm="interviews"']);
    expect(await challenges('-A', 'Microsoft.Data.Mashup', '-H', 'Accept: application/json', ODATA())).toEqual([
      CHALLENGE,
      'Bearer realm="interviews"',
    ]);
    expect(await challenges('-u', 'x:wrong', ODATA())).toEqual([
      CHALLENGE,
      'Bearer realm="interviews", error="invalid_token", error_description="The token is unknown or was revoked."',
    ]);
  });

  test.each([
    'Accept: application/xhtml+xml,text/html;q=0.9,*/*;q=0.8',
    'Sec-Fetch-Mode: no-cors',
    'Sec-Fetch-Site: none',
    'Origin: http://example.org',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  ])('no browser, which has %s', async (header) => {
    expect(await challenges('-H', header, ODATA())).toEqual(['Bearer realm="interviews"']);
  });

  test.each([
    ROWS,
    `${ROWS}/summary`,
    METRICS,
    `${ROWS}/metrics/definitions`,
    '/graphql',
  ])('nobody at %s', async (path) => {
    expect(await challenges(service.url + path)).toEqual(['Bearer realm="interviews"']);
  });
});
