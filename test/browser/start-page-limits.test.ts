/** The start page and a service that is busy, slow or away: it waits as long as it is told to, and says what is final. */
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { extract } from '../kit/generated.ts';
import { startPrefixProxy } from '../kit/prefix-proxy.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { alerts, count, enter, progress } from '../kit/start-page.ts';

const EXTRACT = '**/analytics/interviews?**';
const SUMMARY = '**/analytics/interviews/summary**';

describe.skipIf(!hasBrowser())('The start page and limits', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([
      startService({ RATE_LIMIT_PER_SECOND: '10', RATE_LIMIT_CONCURRENT: '8' }),
      startBrowser(),
    ]);
    await service.import(extract({ rows: 300, seed: 23 }));
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  async function open() {
    const visited = await visit(browser, service.url);
    await enter(visited.page);
    await expect.poll(() => count(visited.page)).toBe('300 rows');
    return visited;
  }
  const interviewer = (page: Page) => page.getByLabel('Interviewer', { exact: true });
  const go = (page: Page) => page.getByRole('button', { name: 'Download' });
  const tooMany = (seconds: number | string) => ({
    status: 429,
    headers: { 'retry-after': String(seconds) },
    json: { message: 'More than 10 requests in one second.', errors: [{ code: 'RATE_LIMITED' }] },
  });

  test('typing, fast or slow, with filters ticked meanwhile, stays within the default limits and finds what was typed', async () => {
    const { page, faults, leave } = await open();
    const [{ name } = {}] = await service.rows(
      `SELECT first_name || ' ' || last_name AS name FROM employee WHERE first_name <> '' AND last_name <> ''
       GROUP BY 1 HAVING count(*) = 1 ORDER BY length(min(first_name)) DESC LIMIT 1`,
    );
    for (const delay of [40, 250, 450]) {
      await interviewer(page).fill('');
      await interviewer(page).pressSequentially(String(name), { delay });
      await expect
        .poll(() => page.locator('#interviewerEmployeeId-note').innerText())
        .toContain(`${name}, employee ID `);
    }
    for (const word of ['Video', 'Phone', 'Onsite', 'Video', 'Phone', 'Onsite']) await page.getByLabel(word).click();
    await expect.poll(() => count(page)).toMatch(/rows?$/);
    expect(await alerts(page)).toEqual([]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('where something else is chosen, what is under way is given up, and the last choice counts', async () => {
    const proxy = await startPrefixProxy(service.url, '');
    const { page, leave } = await visit(browser, proxy.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('300 rows');
    proxy.silentAt = '/analytics/interviews';
    await page.getByLabel('Video').check();
    await expect.poll(() => proxy.waiting.length).toBe(2);
    proxy.silentAt = null;
    await page.getByLabel('Phone').check();
    const { rows } = await (
      await service.get('/analytics/interviews/summary?interviewType=VIDEO&interviewType=PHONE')
    ).json();
    await expect.poll(() => count(page)).toBe(`${rows} rows`);
    await expect.poll(() => [...proxy.left].sort()).toEqual([...proxy.waiting].sort());
    for (const path of proxy.left) expect(path).toMatch(/interviewType=VIDEO$/);
    await leave();
    await proxy.stop();
  });

  test('what is one request too many is asked for again after as long as the service says, and it says so', async () => {
    const { page, leave } = await open();
    let refused = 0;
    await page.route(SUMMARY, (route) => (refused++ < 2 ? route.fulfill(tooMany(2)) : route.continue()));
    await page.getByLabel('Video').check();
    await expect.poll(() => count(page)).toBe('More than 10 requests in one second. Asking again in 2 s …');
    await expect.poll(() => count(page), { timeout: 15_000 }).toMatch(/^\d+ rows?$/);
    expect(refused).toBe(3);
    expect(await alerts(page)).toEqual([]);
    await leave();
  });

  test('a look-up and a download that are one too many go on by themselves, too', async () => {
    const { page, leave } = await open();
    const [{ id } = {}] = await service.rows('SELECT min(interviewer_employee_id) AS id FROM appointment');
    await interviewer(page).focus();
    await expect.poll(() => page.locator('#interviewers option').count()).toBeGreaterThan(3);
    let asked = 0;
    const first = (route: Route) => (asked++ === 0 ? route.fulfill(tooMany(1)) : route.continue());
    await page.route('**/graphql', first);
    await interviewer(page).fill(String(id));
    await expect.poll(() => count(page)).toMatch(/ Asking again in 1 s …$/);
    await expect.poll(() => count(page), { timeout: 15_000 }).toMatch(/^\d+ rows?$/);
    expect(asked).toBe(2);
    asked = 0;
    await page.route(EXTRACT, first);
    await go(page).click();
    await expect.poll(() => progress(page)).toMatch(/Asking again in 1 s/);
    await expect.poll(() => progress(page), { timeout: 15_000 }).toMatch(/^Saved as /);
    await leave();
  });

  test('where the service wants nothing more for long, that is said with the time, and nothing is asked meanwhile', async () => {
    const { page, leave } = await open();
    let asked = 0;
    const refuse = (route: Route) => {
      asked++;
      return route.fulfill(tooMany(600));
    };
    await page.route(SUMMARY, refuse);
    await page.route(EXTRACT, refuse);
    await page.getByLabel('Video').check();
    const said = 'More than 10 requests in one second. Try again in 10 minutes.';
    await expect.poll(() => alerts(page)).toEqual([said]);
    expect(await count(page)).toBe('');
    expect(asked).toBe(2);
    await go(page).click();
    await expect.poll(() => alerts(page)).toEqual([`${said} Nothing was saved.`, said]);
    expect(asked).toBe(3);
    await leave();
  });

  test('Retry-After may be a date', async () => {
    const { page, leave } = await open();
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    await page.route(SUMMARY, (route) => route.fulfill(tooMany(date)));
    await page.getByLabel('Video').check();
    await expect.poll(() => alerts(page)).toEqual([expect.stringMatching(/ Try again in (59|60) minutes\.$/)]);
    await leave();
  });

  test('a token that is one request too many is no wrong token', async () => {
    const { page, leave } = await visit(browser, service.url);
    let refused = 0;
    await page.route(SUMMARY, (route) => (refused++ < 1 ? route.fulfill(tooMany(1)) : route.continue()));
    await enter(page);
    await expect.poll(() => count(page), { timeout: 15_000 }).toBe('300 rows');
    await page.unroute(SUMMARY);
    await page.route(SUMMARY, (route) => route.fulfill(tooMany(600)));
    await page.reload();
    await expect.poll(() => alerts(page)).toEqual(['More than 10 requests in one second. Try again in 10 minutes.']);
    expect(await page.getByLabel('Token', { exact: true }).getAttribute('aria-invalid')).toBe('false');
    expect(await page.evaluate('Object.values(sessionStorage)')).toEqual([ADMIN_TOKEN]);
    await leave();
  });

  test('while a slow service is asked whose the kept token is, no other token is asked for; it can be forgotten meanwhile', async () => {
    const { page, leave } = await open();
    await page.route(SUMMARY, () => {});
    await page.reload();
    await expect.poll(() => page.locator('#whose').innerText()).toBe('Checking the token …');
    expect(await page.getByLabel('Token', { exact: true }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Forget token' }).click();
    await page.getByLabel('Token', { exact: true }).waitFor();
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}');
    await leave();
  });

  test('where all exports that may run are running, that and when to try again is said; Download can be pressed again', async () => {
    const { page, leave } = await open();
    const message = 'All exports that may run at once are running.';
    await page.route(EXTRACT, (route) =>
      route.fulfill({ status: 503, headers: { 'retry-after': '5' }, json: { message } }),
    );
    await go(page).click();
    await expect.poll(() => alerts(page)).toEqual([`${message} Try again in 5 s. Nothing was saved.`]);
    await page.unroute(EXTRACT);
    await go(page).click();
    await expect.poll(() => progress(page)).toMatch(/^Saved as /);
    expect(await alerts(page)).toEqual([]);
    await leave();
  });

  test('two tabs with one token that ask at once both get their rows', async () => {
    const token = await createToken(service.db.prisma, 'shared by tabs', ['read']);
    const pages = [];
    const { page, leave } = await visit(browser, service.url);
    for (const one of [page, await page.context().newPage(), await page.context().newPage()]) {
      await one.goto('/');
      await one.getByLabel('Token', { exact: true }).fill(token);
      pages.push(one);
    }
    await Promise.all(pages.map((one) => one.getByRole('button', { name: 'Use token' }).click()));
    for (const word of ['Video', 'Phone', 'Onsite'])
      await Promise.all(pages.map((one) => one.getByLabel(word).check()));
    for (const one of pages) await expect.poll(() => count(one), { timeout: 30_000 }).toMatch(/^\d+ rows$/);
    await leave();
  });
});
