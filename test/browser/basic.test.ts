/** A browser never asks for a password, whatever address it opens, so that it keeps none that pages of other sites could use. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../kit/browser.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const ROWS = '/analytics/interviews';

describe.skipIf(!hasBrowser())('A browser', () => {
  let service: Service;
  let browser: Browser;
  let other: Server;
  let otherUrl: string;
  let addresses: string[];
  beforeAll(async () => {
    // This one asks.
    other = createServer((_request, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"', 'content-type': 'text/html' }).end('<p>'),
    );
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    // GraphiQL would be what a browser gets at /graphql.
    [service, browser] = await Promise.all([startService({ GRAPHIQL: 'off' }), startBrowser()]);
    const { paths } = await (await fetch(`${service.url}/openapi.json`)).json();
    addresses = Object.keys(paths).filter((path) => 'get' in paths[path] && !path.includes('{'));
    addresses.push('/odata/v4/', '/odata/v4/$metadata', '/odata/v4/Appointments', '/odata/v4/nothing');
  });
  afterAll(async () => {
    await Promise.all([service?.stop(), browser?.close()]);
    other?.close();
  });

  /** A page, and the addresses for which the browser would have asked whoever uses it for a password. */
  async function watched(): Promise<{ page: Page; asked: string[] }> {
    const page = await browser.newPage();
    const asked: string[] = [];
    const protocol = await page.context().newCDPSession(page);
    protocol.on('Fetch.requestPaused', ({ requestId }) => {
      protocol.send('Fetch.continueRequest', { requestId }).catch(() => {});
    });
    protocol.on('Fetch.authRequired', ({ requestId, request }) => {
      asked.push(request.url);
      const authChallengeResponse = { response: 'CancelAuth' } as const;
      protocol.send('Fetch.continueWithAuth', { requestId, authChallengeResponse }).catch(() => {});
    });
    await protocol.send('Fetch.enable', { handleAuthRequests: true });
    return { page, asked };
  }

  test('asks where a service does so, which this test would see', async () => {
    const { page, asked } = await watched();
    await page.goto(otherUrl);
    expect(asked).toEqual([otherUrl]);
    await page.close();
  });

  test('asks at no address that is opened', async () => {
    const { page, asked } = await watched();
    expect(addresses).toEqual(expect.arrayContaining([ROWS, '/graphql', '/docs', '/import']));
    const statuses: Record<string, number | undefined> = {};
    for (const path of addresses) statuses[path] = (await page.goto(service.url + path))?.status();
    expect(statuses).toMatchObject({
      '/': 200,
      [ROWS]: 401,
      [`${ROWS}/metrics`]: 401,
      '/graphql': 401,
      '/odata/v4/Appointments': 401,
    });
    expect(asked).toEqual([]);
    await page.close();
  });

  test('asks at no address that a page loads, of the service or of another site', async () => {
    const { page, asked } = await watched();
    for (const from of [service.url, otherUrl]) {
      // The page of the other site may be any page; what asks there is that site itself.
      await page.goto(from);
      asked.length = 0;
      for (const path of addresses) {
        await page.evaluate(async (address) => {
          const ended = (element: HTMLElement, source: object) =>
            new Promise<void>((done) => {
              element.onload = element.onerror = () => done();
              document.body.append(Object.assign(element, source));
              setTimeout(done, 2_000);
            });
          const frame = document.createElement('iframe');
          await Promise.all([
            ended(document.createElement('img'), { src: address }),
            ended(document.createElement('script'), { src: address }),
            ended(frame, { src: address }),
            fetch(address, { credentials: 'include', mode: 'no-cors' }).catch(() => {}),
          ]);
        }, service.url + path);
      }
      expect(asked).toEqual([]);
    }
    await page.close();
  });

  test('doesn’t send a token that somebody has put into an address, and keeps it for no other request', async () => {
    const { page, asked } = await watched();
    const { host } = new URL(service.url);
    const response = await page.goto(`http://anybody:${ADMIN_TOKEN}@${host}${ROWS}?limit=1`);
    expect(response?.status()).toBe(401);
    expect(await page.evaluate(async (address) => (await fetch(address)).status, service.url + ROWS)).toBe(401);
    expect(asked).toEqual([]);
    await page.close();
  });
});
