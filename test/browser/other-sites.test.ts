/**
 * What a page of another site can do with the browser of somebody who works with the service, even if that browser kept a token as a password:
 * it reads nothing, changes nothing, shows no page as its own, and gets no token.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser } from '../kit/browser.ts';
import type { Json } from '../kit/graphql.ts';
import { keptPassword } from '../kit/kept-password.ts';
import { csvOf, rowOf } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const EVIL = 'evil.example.org';
/** A name whose owner lets it lead to the service, too (DNS rebinding). */
const REBOUND = 'rebound.example.org';
const PAGES = ['/', '/dashboard', '/docs', '/import', '/graphql'];
const TABLEAU = '/analytics-applications/tableau/interviews';
const FORMS = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'];

/** What routes are asked with. */
const QUERIES: Readonly<Record<string, string>> = {
  '/graphql': '?query={viewer{name}}',
  '/analytics/interviews/metrics': '?metrics=slots',
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = (server: Server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

describe.skipIf(!hasBrowser())('a page of another site', () => {
  let service: Service;
  let browser: Browser;
  let context: BrowserContext;
  let evil: Server;
  let front: ReturnType<typeof keptPassword>;
  /** The service as a browser knows it that has kept a password for it. */
  let address: string;
  let posts: string[];
  let gets: string[];
  /** What came to the other site. */
  const came: IncomingHttpHeaders[] = [];

  beforeAll(async () => {
    service = await startService();
    await service.import(csvOf([rowOf({ interviewId: 'i-1' })]));
    evil = createServer(({ headers }, response) => {
      came.push(headers);
      response.setHeader('content-type', 'text/html').end('<title>another site</title><body>');
    });
    front = keptPassword(service.url, ADMIN_TOKEN);
    await Promise.all([listen(evil), listen(front.server)]);
    address = `http://127.0.0.1:${portOf(front.server)}`;
    browser = await startBrowser([EVIL, REBOUND]);
    const { paths } = await (await fetch(`${service.url}/openapi.json`)).json();
    const routes = Object.entries<Json>(paths).map(([path, methods]) => ({
      path: path.replace('{resource}', 'Interviews'),
      methods,
    }));
    posts = routes.filter(({ methods }) => methods.post).map(({ path }) => path);
    gets = routes
      .filter(({ methods }) => methods.get && methods.get.security?.length !== 0)
      .map(({ path }) => path + (QUERIES[path] ?? ''));
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    for (const server of [evil, front?.server]) server?.close();
  });

  /** A page of the other site, in a browser of its own. */
  async function open(): Promise<Page> {
    await context?.close();
    context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://${EVIL}:${portOf(evil)}/`);
    front.passed.length = 0;
    return page;
  }

  /** What an attack would have changed. */
  const stored = async () => ({
    rows: await service.rows('SELECT count(*)::int AS count FROM appointment'),
    tokens: await service.rows('SELECT count(*)::int AS count FROM access_token'),
    erasures: await service.rows('SELECT count(*)::int AS count FROM erasure'),
  });

  const statusesOf = (method: string) =>
    front.passed.filter((one) => one.method === method).map(({ status }) => status);

  test('changes nothing by a form, of any type, at any route', async () => {
    expect(posts).toEqual(
      expect.arrayContaining(['/graphql', '/analytics/interviews', '/admin/tokens', '/admin/erasures']),
    );
    const [page, before] = [await open(), await stored()];
    for (const path of posts)
      for (const type of FORMS)
        await page.evaluate(
          async ([action, enctype]) => {
            const frame = Object.assign(document.createElement('iframe'), { name: `${Math.random()}` });
            const form = Object.assign(document.createElement('form'), {
              ...{ method: 'post', target: frame.name, action, enctype },
            });
            // As text/plain it is JSON.
            const field = Object.assign(document.createElement('input'), {
              ...{ name: '{"name":"evil","scopes":["admin"],"query":"{viewer{name}}","x":"', value: '"}' },
            });
            form.append(field);
            document.body.append(frame, form);
            const ended = new Promise((done) => frame.addEventListener('load', done));
            form.submit();
            await ended;
            frame.remove();
          },
          [address + path, type] as const,
        );
    expect(front.passed.map(({ path }) => path)).toEqual(posts.flatMap((path) => FORMS.map(() => path)));
    expect(new Set(statusesOf('POST'))).toEqual(new Set([401]));
    expect(await stored()).toEqual(before);
  });

  test('changes nothing by a script that sends without asking, and what it would have to ask for isn’t sent', async () => {
    const [page, before] = [await open(), await stored()];
    for (const path of posts)
      await page.evaluate(async (target) => {
        const body = '{"name":"evil","scopes":["admin"],"query":"{viewer{name}}"}';
        const without: RequestInit = { method: 'POST', mode: 'no-cors', credentials: 'include' };
        const bodies = [body, new Blob([body]), new URLSearchParams({ query: body }), new FormData()];
        for (const one of bodies) await fetch(target, { ...without, body: one }).catch(() => {});
        navigator.sendBeacon(target, body);
        const asked = { method: 'POST', credentials: 'include', body } as const;
        const headers: [string, string][] = [
          ['content-type', 'application/json'],
          ['x-smarttoken', 'x'],
        ];
        for (const header of headers) await fetch(target, { ...asked, headers: [header] }).catch(() => {});
      }, address + path);
    await expect.poll(() => statusesOf('POST').length).toBeGreaterThanOrEqual(5 * posts.length);
    expect(new Set(statusesOf('POST'))).toEqual(new Set([401]));
    expect(front.passed.filter(({ type }) => type.includes('json'))).toEqual([]);
    expect(new Set(statusesOf('OPTIONS'))).toEqual(new Set([405]));
    expect(await stored()).toEqual(before);
  });

  test('reads nothing as an image, a script, a style sheet, an object, a frame, or what a script gets without asking', async () => {
    expect(gets).toEqual(expect.arrayContaining(['/analytics/interviews', '/odata/v4/Interviews', '/admin/tokens']));
    const page = await open();
    for (const path of gets)
      await page.evaluate(async (target) => {
        const ended = (element: HTMLElement, source: object) =>
          new Promise<void>((done) => {
            element.onload = element.onerror = () => done();
            document.body.append(Object.assign(element, source));
            setTimeout(done, 2_000);
          });
        await Promise.all([
          ended(document.createElement('img'), { src: target }),
          ended(document.createElement('script'), { src: target }),
          ended(document.createElement('link'), { rel: 'stylesheet', href: target }),
          ended(document.createElement('object'), { data: target }),
          ended(document.createElement('iframe'), { src: target }),
          fetch(target, { credentials: 'include', mode: 'no-cors' }).catch(() => {}),
        ]);
      }, address + path);
    expect(front.passed.length).toBeGreaterThanOrEqual(5 * gets.length);
    expect(front.passed.filter(({ status }) => status !== 401)).toEqual([]);
  });

  test('runs none of the service’s scripts in its own place', async () => {
    const page = await open();
    const ended = await page.evaluate(
      (src) =>
        new Promise((done) => {
          const script = Object.assign(document.createElement('script'), { src });
          script.onload = () => done('load');
          script.onerror = () => done('error');
          document.body.append(script);
        }),
      `${address}/files/chart.js`,
    );
    expect([ended, await page.evaluate(() => 'Chart' in globalThis)]).toEqual(['error', false]);
    // It went out; the browser kept it from the page.
    expect(front.passed.map(({ status }) => status)).toEqual([200]);
  });

  test('shows no page in a frame but that for Tableau, in which there is no token', async () => {
    const page = await open();
    const own = await context.newPage();
    await enter(own, `${address}/`);
    const framed = async (path: string) => {
      const shown = page.waitForEvent('frameattached');
      await page.evaluate((src) => {
        document.body.replaceChildren(Object.assign(document.createElement('iframe'), { src }));
      }, address + path);
      const frame = await shown;
      await expect.poll(() => frame.url()).not.toMatch(/^(about:blank)?$/);
      return frame;
    };
    for (const path of PAGES)
      expect([path, (await framed(path)).url()]).toEqual([path, 'chrome-error://chromewebdata/']);
    const tableau = await framed(TABLEAU);
    expect(tableau.url()).toBe(address + TABLEAU);
    // Browsers keep nothing for such a frame, or not what they keep for the page itself.
    const kept = () => {
      try {
        return sessionStorage.length + localStorage.length;
      } catch {
        return 0;
      }
    };
    expect(await tableau.evaluate(kept)).toBe(0);
  });

  test('has no hold of the window of a page that it opens, but of that for Tableau, of which it sees nothing', async () => {
    const page = await open();
    const opened = async (path: string) => {
      const popup = context.waitForEvent('page');
      await page.evaluate((url) => {
        Object.assign(globalThis, { opened: window.open(url) });
      }, address + path);
      const shown = await popup;
      await shown.waitForLoadState();
      const seen = await page.evaluate(() => {
        const { opened } = globalThis as unknown as { opened: Window };
        try {
          return [opened.closed, opened.document.title];
        } catch (error) {
          return [opened.closed, (error as Error).name];
        }
      });
      const opener = await shown.evaluate(() => window.opener === null);
      await shown.close();
      return [path, seen[0], opener, seen[1]];
    };
    for (const path of PAGES) expect((await opened(path)).slice(0, 3)).toEqual([path, true, true]);
    expect(await opened(TABLEAU)).toEqual([TABLEAU, false, false, 'SecurityError']);
  });

  test('gets neither a token nor a row under a name of its own that leads to the service', async () => {
    const page = await open();
    const { port } = new URL(service.url);
    await enter(page, `${service.url}/`);
    await page.goto(`http://${REBOUND}:${port}/`);
    expect(await page.title()).toContain('Interviews Data Service');
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
    const statuses = await page.evaluate(
      async (paths) => await Promise.all(paths.map(async (path) => (await fetch(path)).status)),
      gets,
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
  });

  /** Enters the administrator's token. */
  async function enter(page: Page, url: string): Promise<void> {
    await page.goto(url);
    await page.locator('#token').fill(ADMIN_TOKEN);
    await page.locator('#ask [type=submit]').first().click();
    await page.getByText('“ADMIN_TOKEN”').first().waitFor();
  }

  test.each([
    '/',
    '/dashboard',
    '/import',
    '/graphql',
  ])('isn’t told by a link on %s where it came from, and the token stays in the tab', async (path) => {
    const page = await open();
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''));
    await enter(page, address + path);
    expect(page.url()).not.toContain(ADMIN_TOKEN);
    expect(asked.join(' ')).not.toContain(ADMIN_TOKEN);
    const elsewhere = await context.newPage();
    await elsewhere.goto(address + path);
    const kept = (of: Page) =>
      of.evaluate(() => [JSON.stringify({ ...sessionStorage }), JSON.stringify({ ...localStorage })]);
    const [[tab = '', browserWide = ''], other] = [await kept(page), await kept(elsewhere)];
    expect([tab.includes(ADMIN_TOKEN), browserWide.includes(ADMIN_TOKEN)]).toEqual([true, false]);
    expect(other.join('')).not.toContain(ADMIN_TOKEN);
    came.length = 0;
    await Promise.all([
      page.waitForURL(`http://${EVIL}:${portOf(evil)}/**`),
      page.evaluate(
        (href) => {
          const link = Object.assign(document.createElement('a'), { href });
          document.body.append(link);
          link.click();
        },
        `http://${EVIL}:${portOf(evil)}/linked`,
      ),
    ]);
    // Its own page then asks for an icon.
    const told = came.map(({ referer }) => referer).filter((referer) => !referer?.includes(EVIL));
    expect(told).toEqual([undefined]);
  });
});
