/** Who gets GraphiQL at /graphql, and with what; test/browser/graphiql.test.ts uses it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Service, startService } from '../kit/service.ts';

/** As browsers send it for a page. */
const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

/** Without a token. */
const open = (path: string, accept = HTML, init: RequestInit = {}, at = service): Promise<Response> =>
  fetch(at.url + path, { ...init, headers: { accept, ...init.headers } });

const needsToken = async (response: Response) => {
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ code: 'NOT_AUTHENTICATED' }] });
};

describe('GraphiQL', () => {
  test('is what a browser gets at /graphql, without a token, with headers that allow it its own files and no more', async () => {
    const response = await open('/graphql');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>GraphiQL');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; " +
        "font-src data:; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
      vary: 'Accept',
    });
  });

  test.each([
    'application/json',
    'application/graphql-response+json',
    '*/*',
    'application/json, text/html',
    'text/html;q=0.5, */*',
    '',
  ])('is not what a client gets that accepts "%s"', async (accept) => {
    await needsToken(await open('/graphql', accept));
  });

  test('leaves operations alone: those in the address, those by POST, and HEAD', async () => {
    await needsToken(await open('/graphql?query={__typename}'));
    await needsToken(await open('/graphql', HTML, { method: 'POST' }));
    const answered = await service.get('/graphql?query={__typename}', { headers: { accept: HTML } });
    expect(await answered.json()).toMatchObject({ data: { __typename: 'Query' } });
    const head = await open('/graphql', HTML, { method: 'HEAD' });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  test('loads only what the service has, which a browser keeps as long as it is the same', async () => {
    const page = await (await open('/graphql')).text();
    const files = Array.from(page.matchAll(/(?:src|href)="([^"]*)"/g), ([, file]) => `/${file}`);
    for (const worker of ['editor', 'graphql', 'json']) files.push(`/graphql/files/${worker}-worker.js`);
    expect(files).toHaveLength(9);
    for (const file of files) {
      const whole = await open(file);
      expect([file, whole.status, whole.headers.get('x-content-type-options')]).toEqual([file, 200, 'nosniff']);
      expect((await whole.text()).length).toBeGreaterThan(100);
      const known = await open(file, '*/*', { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
      expect([file, known.status]).toEqual([file, 304]);
      const head = await open(file, '*/*', { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
      const plain = await open(file, '*/*', { headers: { 'accept-encoding': 'identity' } });
      expect(plain.headers.get('etag')).not.toBe(whole.headers.get('etag'));
      expect(head.headers.get('content-length')).toBe(String((await plain.arrayBuffer()).byteLength));
    }
    expect((await open('/graphql/files/package.json')).status).toBe(404);
  });

  test.each([
    ['is off in production', { NODE_ENV: 'production' }, false],
    ['can be turned off', { GRAPHIQL: 'off' }, false],
    ['can be turned on in production', { NODE_ENV: 'production', GRAPHIQL: 'on' }, true],
  ])('%s', async (_name, env, on) => {
    const other = await service.another(env as Record<string, string>);
    try {
      const page = await open('/graphql', HTML, {}, other);
      if (on) expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      else await needsToken(page);
      expect((await open('/graphql/files/graphiql.js', '*/*', { method: 'HEAD' }, other)).status).toBe(on ? 200 : 404);
    } finally {
      await other.stop();
    }
  });
});
