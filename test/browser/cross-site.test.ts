/** What a page of another origin can do in a browser, with CORS_ORIGINS and without. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../kit/browser.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

describe.skipIf(!hasBrowser())('a page of another origin', () => {
  let app: Server;
  let other: Server;
  let service: Service;
  let browser: Browser;
  const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serve = async (): Promise<Server> => {
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<title>a page</title>'),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return server;
  };

  beforeAll(async () => {
    [app, other] = await Promise.all([serve(), serve()]);
    [service, browser] = await Promise.all([
      startService({ CORS_ORIGINS: originOf(app), RATE_LIMIT_PER_SECOND: '100', RATE_LIMIT_POINTS: '2000000' }),
      startBrowser(),
    ]);
  });
  afterAll(async () => {
    await Promise.all([service?.stop(), browser?.close()]);
    for (const server of [app, other]) server?.close();
  });

  async function pageOf(server: Server): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(originOf(server));
    return page;
  }

  /** What the page can read of an answer. */
  const read = (page: Page, path: string, init: RequestInit) =>
    page.evaluate(
      async ([address, options]) => {
        try {
          const response = await fetch(address as string, options as RequestInit);
          const names = [
            'x-ratelimit-limit',
            'x-ratelimit-points-limit',
            'x-request-id',
            'etag',
            'content-disposition',
            'www-authenticate',
          ];
          const headers = names.filter((name) => response.headers.has(name));
          return { status: response.status, headers, body: await response.text() };
        } catch (error) {
          return String(error);
        }
      },
      [service.url + path, init] as const,
    );

  const operation = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-smarttoken': ADMIN_TOKEN },
    body: '{"query":"{ viewer { name } }"}',
  };

  test('that is named reads answers of both APIs, and refusals', async () => {
    const page = await pageOf(app);
    expect(await read(page, '/graphql', operation)).toMatchObject({
      status: 200,
      headers: ['x-ratelimit-points-limit', 'x-request-id'],
      body: expect.stringContaining('"name":"ADMIN_TOKEN"'),
    });
    const extract = { headers: { authorization: `Bearer ${ADMIN_TOKEN}`, accept: 'text/csv' } };
    expect(await read(page, '/analytics/interviews', extract)).toMatchObject({
      status: 200,
      headers: ['x-ratelimit-limit', 'x-request-id', 'etag', 'content-disposition'],
      body: expect.stringMatching(/^interviewId,/),
    });
    const refused = await read(page, '/graphql', { ...operation, headers: { 'content-type': 'application/json' } });
    expect(refused).toMatchObject({ status: 401, headers: expect.arrayContaining(['www-authenticate']) });
    await page.close();
  });

  test('that isn’t named reads nothing, with a token or without', async () => {
    const page = await pageOf(other);
    for (const init of [operation, {}, { method: 'POST', body: operation.body, mode: 'cors' as const }])
      expect(await read(page, '/graphql', init)).toBe('TypeError: Failed to fetch');
    await page.close();
  });

  test('gets a refusal where it sends a form, since no form has a token', async () => {
    const page = await pageOf(other);
    await page.setContent(
      `<form method="post" action="${service.url}/graphql"><input name="query" value="{ viewer { name } }"></form>`,
    );
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.url() === `${service.url}/graphql`),
      page.evaluate(() => document.forms[0]?.submit()),
    ]);
    expect(response.status()).toBe(401);
    await page.close();
  });
});
