/** GraphiQL as a frontend engineer meets it. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { EXAMPLES } from '../../src/pages/graphiql/examples.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { revoke } from '../kit/revoke.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

describe.skipIf(!hasBrowser())('GraphiQL', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
    await service.import(await readFile(new URL('../../prisma/sample/interviews-extract.csv', import.meta.url)));
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  const field = (page: Page) => page.getByLabel('Token', { exact: true });
  const run = (page: Page) => page.getByRole('button', { name: /^Execute query/ });
  const tab = (page: Page, name: string) => page.getByRole('tab').getByRole('button', { name, exact: true });
  const shown = (page: Page) => page.getByRole('tab', { selected: true }).innerText();
  const alert = (page: Page) => page.getByRole('alert').filter({ hasText: /./ });
  /** The lines of the answer that are in view. */
  const response = async (page: Page) => (await page.locator('.result-window').innerText()).replaceAll('\u00a0', ' ');

  /** Opens the page and gives a token, by keyboard, to the field that has the focus. */
  async function enter(page: Page, token = ADMIN_TOKEN): Promise<void> {
    await page.goto('/graphql');
    await expect.poll(() => field(page).evaluate((input) => input.matches(':focus'))).toBe(true);
    await page.keyboard.type(token);
    await page.keyboard.press('Enter');
  }

  /** A day in the middle of the sample. */
  const DAY = '2026-09-14T10:00:00Z';

  test('asks for a token once, shows the examples, and runs them all, without a fault, a request to another host or a trace in the address', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await page.clock.setFixedTime(DAY);
    await enter(page);
    await run(page).waitFor();
    expect(await field(page).isVisible()).toBe(false);
    const names = EXAMPLES.map(({ query }) => /^query (\w+)/m.exec(query)?.[1] ?? '');
    for (const name of names) {
      await tab(page, name).click();
      await expect.poll(() => shown(page)).toBe(name);
      await run(page).click();
      await expect.poll(() => response(page)).toMatch(/"totalCount": [1-9]|"(nodes|groups)": \[\s*\{/);
    }
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(names);
    expect(page.url()).toBe(`${service.url}/graphql`);
    expect(faults).toEqual([]);
    await leave();
  });

  test.each([
    { size: 'wide', viewport: { width: 1280, height: 900 } },
    { size: 'narrow', viewport: { width: 360, height: 740 } },
  ])('shows each tab with its first click, opens another, and closes it, on a $size screen', async ({ viewport }) => {
    const { page, faults, leave } = await visit(browser, service.url, { viewport });
    await enter(page);
    await run(page).waitFor();
    for (const name of ['Jobs', 'MissingFeedback', 'UpcomingInterviews', 'InterviewersWeek']) {
      await tab(page, name).click();
      await expect.poll(() => shown(page)).toBe(name);
    }
    await page.getByRole('button', { name: 'New tab' }).click();
    await expect.poll(() => page.getByRole('tab').count()).toBe(EXAMPLES.length + 1);
    await page.getByRole('tab', { selected: true }).getByRole('button', { name: 'Close Tab' }).click();
    await expect.poll(() => page.getByRole('tab').count()).toBe(EXAMPLES.length);
    expect(faults).toEqual([]);
    await leave();
  });

  test('asks about the last week of data that end long before today', async () => {
    const { page, leave } = await visit(browser, service.url);
    await page.clock.setFixedTime('2040-01-01T10:00:00Z');
    await enter(page);
    await run(page).click();
    await expect.poll(() => response(page)).toMatch(/"startDate": "202[67]-/);
    await leave();
  });

  test('knows the schema once the token is there', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await enter(page);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await page.getByRole('link', { name: 'interviewers', exact: true }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('says that a token is wrong, keeps none that is, and goes on with a right one', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await enter(page, 'a-token-that-nobody-has');
    await expect.poll(() => alert(page).allInnerTexts()).toEqual(['The token is unknown or was revoked.']);
    expect(await field(page).getAttribute('aria-invalid')).toBe('true');
    expect(await run(page).count()).toBe(0);
    expect(await page.evaluate('JSON.stringify([sessionStorage, localStorage])')).toBe('[{},{}]');
    await page.keyboard.type(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await run(page).waitFor();
    expect(faults).toEqual([expect.stringContaining('401')]);
    await leave();
  });

  test('says what can be no token', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await enter(page, 'señor token');
    await expect
      .poll(() => alert(page).allInnerTexts())
      .toEqual(['This is not a token: tokens consist of ASCII characters without spaces.']);
    expect(faults).toEqual([]);
    await leave();
  });

  test('says which scope a token lacks', async () => {
    const token = await createToken(service.db.prisma, 'importer', ['write']);
    const { page, leave } = await visit(browser, service.url);
    await enter(page, token);
    await expect
      .poll(() => alert(page).allInnerTexts())
      .toEqual(['This requires the scope read; the token has write.']);
    await leave();
  });

  test('keeps the token and what was written in a tab through a reload; another tab asks anew', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await enter(page);
    await tab(page, 'Jobs').click();
    // GraphiQL writes down what is in its editors half a second later, one after the other.
    const stored = (name: string) =>
      page.evaluate(`sessionStorage.getItem('interviews-data-service:graphiql:${name}')`);
    await expect.poll(() => stored('query')).toContain('query Jobs');
    await expect.poll(() => stored('variables')).toMatch(/^\{\s*"from": "[^"]*"\s*\}$/);
    await expect.poll(() => stored('tabState')).toContain('"activeTabIndex":5');
    await page.reload();
    await run(page).click();
    await expect.poll(() => response(page)).toContain('"jobs"');
    expect(await field(page).isVisible()).toBe(false);

    const another = await page.context().newPage();
    await another.goto('/graphql');
    await field(another).waitFor();
    expect(await run(another).count()).toBe(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('asks again when the token was revoked, and goes on with the next where it was', async () => {
    const token = await createToken(service.db.prisma, 'short-lived', ['read']);
    const { page, leave } = await visit(browser, service.url);
    await enter(page, token);
    await tab(page, 'Jobs').click();
    await revoke(service, 'short-lived', token);
    await run(page).click();
    await expect.poll(() => alert(page).allInnerTexts()).toEqual(['The token is unknown or was revoked.']);
    await field(page).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await field(page).waitFor({ state: 'hidden' });
    await run(page).click();
    await expect.poll(() => response(page)).toContain('"jobs"');
    await leave();
  });

  test('a revoked token is no longer shown as the one in use, and Forget token ends a check that takes long', async () => {
    const token = await createToken(service.db.prisma, 'shown no longer', ['read']);
    const { page, leave } = await visit(browser, service.url);
    await enter(page, token);
    await run(page).waitFor();
    await revoke(service, 'shown no longer', token);
    await run(page).click();
    await alert(page).waitFor();
    expect(await page.locator('#who').innerText()).toBe('');
    for (const name of ['Change token', 'Forget token'])
      expect(await page.getByRole('button', { name }).isVisible()).toBe(false);
    await field(page).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#who').innerText()).toBe('Token “ADMIN_TOKEN”: admin');
    await page.route('**/graphql', (route) => (route.request().method() === 'POST' ? undefined : route.continue()));
    await page.reload();
    await expect.poll(() => page.locator('#who').innerText()).toBe('Checking the token …');
    await page.getByRole('button', { name: 'Forget token' }).click();
    await field(page).waitFor();
    expect(await page.evaluate('Object.values({ ...sessionStorage }).join()')).not.toContain(ADMIN_TOKEN);
    await leave();
  });

  test('waits as long as it is told to where it asks too often, and goes on; where that is long it says so', async () => {
    const { page, leave } = await visit(browser, service.url);
    const message = 'The request needs 500 points, and 7 of 2000000 are left; 500000 come back per second.';
    let posts = 0;
    let seconds = 1;
    await page.route('**/graphql', async (route) => {
      // Every second one goes on, but none where it is told to wait for long.
      const isRefused = route.request().method() === 'POST' && (seconds > 1 || posts++ % 2 === 0);
      const headers = { 'retry-after': String(seconds) };
      const json = { message, errors: [{ code: 'RATE_LIMITED', message }] };
      await (isRefused ? route.fulfill({ status: 429, headers, json }) : route.continue());
    });
    await enter(page);
    await run(page).waitFor();
    await run(page).click();
    await expect.poll(() => response(page)).toContain('"interviews"');
    seconds = 600;
    await page.reload();
    await expect.poll(() => alert(page).allInnerTexts()).toEqual([`${message} Try again in 10 minutes.`]);
    expect(await field(page).getAttribute('aria-invalid')).toBe('false');
    await leave();
  });

  test('keeps the token in use where another is refused, and shows whose it is', async () => {
    const { page, leave } = await visit(browser, service.url);
    await enter(page);
    await page.getByRole('button', { name: 'Change token' }).click();
    await page.keyboard.type('a-token-that-nobody-has');
    await page.keyboard.press('Enter');
    await alert(page).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('status').first().innerText()).toBe('Token “ADMIN_TOKEN”: admin');
    await run(page).click();
    await expect.poll(() => response(page)).toContain('"interviews"');
    await leave();
  });

  test('forgets the token, and all that it showed, when told so', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await enter(page);
    await run(page).waitFor();
    await page.getByRole('button', { name: 'Forget token' }).click();
    await field(page).waitFor();
    expect(await run(page).count()).toBe(0);
    expect(await page.evaluate('Object.values({ ...sessionStorage, ...localStorage }).join()')).not.toContain(
      ADMIN_TOKEN,
    );
    await page.reload();
    await field(page).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('is no page in production', async () => {
    const production = await startService({ NODE_ENV: 'production' });
    const { page, leave } = await visit(browser, production.url);
    const answer = await page.goto('/graphql');
    expect(answer?.status()).toBe(401);
    expect(await page.locator('body').innerText()).toContain('NOT_AUTHENTICATED');
    await leave();
    await production.stop();
  });
});
