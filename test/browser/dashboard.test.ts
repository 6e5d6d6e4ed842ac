/** The dashboard, as an analyst meets it: choices, links, files, print, and what it says where something fails. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { hasBrowser, visit } from '../kit/browser.ts';
import { count, KNOWN_AT, openDashboard, settled, startDashboard, tableOf, visitDashboard } from '../kit/dashboard.ts';
import { extract } from '../kit/generated.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

describe.skipIf(!hasBrowser())('The dashboard', () => {
  let dashboard: Awaited<ReturnType<typeof startDashboard>>;
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    dashboard = await startDashboard();
    ({ service, browser } = dashboard);
  });
  afterAll(() => dashboard?.stop());

  const open = (choice = '', token = ADMIN_TOKEN, options: BrowserContextOptions = {}) =>
    visitDashboard(dashboard, choice, token, options);

  test('saves a part as a workbook, under a name with its days', async () => {
    const { page, leave } = await open();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#card-weeks').getByRole('button', { name: 'Workbook' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/2026.*\.xlsx$/);
    await leave();
  });

  test('what is chosen stands in the address, never the token; a link that is copied has the days and the clock', async () => {
    const { page, leave } = await open();
    expect(page.url()).toBe(`${service.url}/dashboard`);
    await page.getByText('4 weeks', { exact: true }).click();
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    await page.getByText('Filters', { exact: true }).click();
    await page.getByLabel('Video').check();
    await expect
      .poll(() => page.url())
      .toBe(`${service.url}/dashboard#period=4-weeks&interviewType=VIDEO&timeZone=Europe%2FBerlin`);
    await settled(page);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => page.locator('#told').textContent()).toBe('Copy link: Copied');
    const link: string = await page.evaluate('navigator.clipboard.readText()');
    expect(decodeURIComponent(link)).toBe(
      `${service.url}/dashboard#startsFrom=2026-10-26&startsBefore=2026-11-30&at=${KNOWN_AT}&timeZone=Europe/Berlin&interviewType=VIDEO`,
    );
    const before = [await tableOf(page, 'jobs'), await tableOf(page, 'weeks')];
    await page.goto('about:blank');
    await page.goto(link);
    await settled(page);
    expect([await tableOf(page, 'jobs'), await tableOf(page, 'weeks')]).toEqual(before);
    expect(await page.locator('#past').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Show the newest' }).click();
    await expect.poll(() => page.url()).not.toContain('at=');
    await leave();
  });

  test.each([
    ['light', 1400],
    ['dark', 1400],
    ['light', 390],
    ['dark', 390],
  ] as const)('has no fault that axe finds: %s, %i pixels wide', async (colorScheme, width) => {
    const { page, faults, leave } = await open('', ADMIN_TOKEN, { colorScheme, viewport: { width, height: 900 } });
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test('printed, it has the tables below the charts, and nothing to press', async () => {
    const { page, leave } = await open();
    expect(await page.locator('#card-weeks table').isVisible()).toBe(false);
    await page.pdf();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#card-weeks table').isVisible()).toBe(true);
    for (const name of ['Forget token', 'CSV', 'Copy link'])
      expect(await page.getByRole('button', { name }).first().isVisible()).toBe(false);
    expect(await page.locator('.top').isVisible()).toBe(false);
    await leave();
  });

  test('without the scope personal it has IDs and no name, and says so', async () => {
    const token = await createToken(service.db.prisma, 'analyst without names', ['read']);
    const { page, faults, leave } = await open('', token);
    expect(await page.locator('#withheld').innerText()).toContain('employee IDs');
    const names = await service.rows(
      'SELECT DISTINCT interviewer_last_name AS last FROM appointment WHERE length(interviewer_last_name) > 2',
    );
    expect(names.length).toBeGreaterThan(10);
    const [owed, load] = [await tableOf(page, 'owed'), await tableOf(page, 'load')];
    expect(owed.length).toBeGreaterThan(5);
    const titles = [...owed, ...load].map(([title]) => title).join(' ');
    for (const { last } of names) expect(titles).not.toContain(String(last));
    await page.locator('#card-owed button.number').first().click();
    await expect.poll(() => page.getByRole('dialog').locator('tbody tr').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a part that fails says why, and is tried again', async () => {
    const { page, leave } = await open();
    let fails = true;
    await page.route('**/graphql', async (route) => {
      if (fails && route.request().postData()?.includes('query Jobs'))
        await route.fulfill({ status: 500, json: { errors: [{ message: 'The service failed.' }] } });
      else await route.continue();
    });
    await page.getByText('8 weeks', { exact: true }).click();
    await expect.poll(() => page.locator('#card-jobs .fault').innerText()).toBe('The service failed.');
    await settled(page);
    expect(await page.locator('#card-jobs table').isVisible()).toBe(false);
    expect(await page.locator('#card-hours table').isVisible()).toBe(true);
    fails = false;
    await page.locator('#card-jobs').getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.locator('#card-jobs table').isVisible()).toBe(true);
    await leave();
  });

  test('an import that ends meanwhile is shown, and nothing of before beside it', async () => {
    const own = await startService();
    const { page, faults, leave } = await visit(browser, own.url);
    await own.import(extract({ rows: 200, seed: 6, from: '2026-06-01', until: '2026-12-20' }), {
      asOf: Date.parse(KNOWN_AT),
    });
    let imports = 0;
    await page.route('**/graphql', async (route) => {
      if (imports === 0 && route.request().postData()?.includes('query Jobs')) {
        imports += 1;
        await own.import(extract({ rows: 400, seed: 7, from: '2026-06-01', until: '2026-12-20' }), {
          asOf: Date.parse(KNOWN_AT),
        });
      }
      await route.continue();
    });
    await openDashboard(page);
    await expect.poll(() => page.locator('#state').innerText()).toContain('600 rows');
    await settled(page);
    const { content } = await (
      await own.get(`/analytics/interviews/metrics?metrics=feedbackBacklog&at=${KNOWN_AT}&format=json`)
    ).json();
    expect((await tableOf(page, 'backlog')).at(-1)).toEqual(['All', count(content[0].feedbackBacklog)]);
    expect([imports, faults]).toEqual([1, []]);
    await leave();
    await own.stop();
  });

  test('where the browser lets a page copy nothing, the text is shown, selected', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await page.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await openDashboard(page);
    await page.locator('#card-weeks').getByRole('button', { name: 'Copy as curl' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('pre').innerText()).toMatch(/^curl -f .*metrics=slots&groupBy=week,slotState/);
    expect(await page.evaluate('getSelection().toString()')).toMatch(/^curl -f /);
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(faults).toEqual([]);
    await leave();
  });

  test('a week that isn’t over, or of which the period has a part, says so', async () => {
    const { page, leave } = await open('startsFrom=2026-10-07&startsBefore=2026-11-30');
    const notes = await page.locator('#card-weeks tbody th .hint').allTextContents();
    expect([notes[0], notes[1], notes[7]]).toEqual([
      '5 Oct to 11 Oct, part',
      '12 Oct to 18 Oct',
      '23 Nov to 29 Nov, so far',
    ]);
    await leave();
  });

  test('without the library, the tables stand open in the place of the charts', async () => {
    const { page, leave } = await visit(browser, service.url);
    await page.route('**/files/chart.js', (route) => route.abort());
    await openDashboard(page);
    expect(await page.locator('#card-weeks table').isVisible()).toBe(true);
    expect(await page.locator('canvas').first().isVisible()).toBe(false);
    await leave();
  });

  test('says what is wrong with a token, a period, a zone, a link; and that there are no rows', async () => {
    const { page, leave } = await visit(browser, service.url);
    await page.goto('/dashboard#period=7-weeks&colour=red');
    await page.getByLabel('Token', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#why').innerText()).toBe('The token is unknown or was revoked.');
    await page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('#link-fault').innerText())
      .toBe('The link also says what this page doesn’t have: period=7-weeks, colour=red.');
    await settled(page);
    await page.getByLabel('Time zone').fill('Europe/Nowhere');
    await expect.poll(() => page.locator('#fault').innerText()).toContain('Europe/Nowhere');
    expect(await page.locator('#cards').isVisible()).toBe(false);
    await page.getByLabel('Time zone').fill('');
    await expect.poll(() => page.locator('#cards').isVisible()).toBe(true);
    await page.getByText('By date', { exact: true }).click();
    await expect.poll(() => page.locator('#fault').innerText()).toContain('Give both days of the period');
    await page.getByLabel('From').fill('2020-01-01');
    await page.getByLabel('To and including').fill('2026-01-01');
    await expect.poll(() => page.locator('#fault').innerText()).toContain('at most 60');
    const empty = await startService();
    const visited = await visit(browser, empty.url);
    await openDashboard(visited.page);
    expect(await visited.page.locator('#empty').innerText()).toContain('There are no rows yet.');
    expect(await visited.page.locator('#cards').isVisible()).toBe(false);
    expect(visited.faults).toEqual([]);
    await Promise.all([visited.leave(), leave()]);
    await empty.stop();
  });
});
