/** What the start page's form says of what was chosen, where it says it, and what it saves. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { FIELDS } from '../../src/domain/fields.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { extract } from '../kit/generated.ts';
import { startPrefixProxy } from '../kit/prefix-proxy.ts';
import { revoke } from '../kit/revoke.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { address, alerts, count, download, enter, progress } from '../kit/start-page.ts';

const PERSONAL = FIELDS.filter(({ personal }) => personal).map(({ label }) => label);

describe.skipIf(!hasBrowser())('The start page’s form', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
    await service.import(extract({ rows: 300, seed: 22 }));
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  /** Opens the page with a token that is taken. */
  async function open(token = ADMIN_TOKEN) {
    const visited = await visit(browser, service.url);
    await enter(visited.page, token);
    await expect.poll(() => count(visited.page)).toBe('300 rows');
    return visited;
  }
  const from = (page: Page) => page.getByLabel('From');
  const to = (page: Page) => page.getByLabel('To and including');
  const go = (page: Page) => page.getByRole('button', { name: 'Download' });
  const focused = (page: Page) => page.evaluate('document.activeElement.name || document.activeElement.id');

  test('a period that ends before it begins is said at its field, before anything is asked; Enter and Download lead there', async () => {
    const { page, faults, leave } = await open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await from(page).fill('2026-05-02');
    await to(page).fill('2026-05-01');
    const said = page.locator('#period-fault');
    await expect.poll(() => said.innerText()).toBe('The period ends before it begins.');
    expect(await said.getAttribute('role')).toBe('alert');
    expect(await to(page).getAttribute('aria-describedby')).toContain('period-fault');
    expect(await to(page).getAttribute('aria-invalid')).toBe('true');
    const [field, message] = await Promise.all([to(page).boundingBox(), said.boundingBox()]);
    expect((message?.y ?? 0) - (field?.y ?? 0)).toBeLessThan(60);
    for (const way of [() => page.keyboard.press('Enter'), () => go(page).click({ force: true })]) {
      await page.getByLabel('CSV', { exact: true }).focus();
      await way();
      await expect.poll(() => focused(page)).toBe('lastDay');
    }
    expect(asked).toEqual([]);
    await to(page).fill('2026-05-02');
    await expect.poll(() => count(page)).toMatch(/rows?$/);
    expect([await said.innerText(), await to(page).getAttribute('aria-invalid')]).toEqual(['', null]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('that no column is chosen is said beside the columns, to which Download leads, also where they are folded up', async () => {
    const { page, leave } = await open();
    const columns = page.locator('summary', { hasText: 'Columns' });
    await columns.click();
    await page.getByRole('button', { name: 'None' }).click();
    await columns.click();
    await expect.poll(() => page.locator('#columns-fault').innerText()).toBe('No column is chosen.');
    await go(page).click({ force: true });
    await expect.poll(() => focused(page)).toBe('all-columns');
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page)).toBe('300 rows');
    expect(await alerts(page)).toEqual([]);
    await leave();
  });

  test('filters that no row passes save no file, in no format, and that is said', async () => {
    const { page, leave } = await open();
    const saved: string[] = [];
    page.on('download', (file) => saved.push(file.suggestedFilename()));
    await from(page).fill('9000-01-01');
    await expect.poll(() => count(page)).toBe('0 rows');
    expect(await page.locator('#nothing').isVisible()).toBe(true);
    for (const format of ['Excel workbook', 'CSV for Excel', 'CSV', 'JSON']) {
      await page.getByLabel(format, { exact: true }).check();
      await expect.poll(() => alerts(page)).toEqual([]);
      await go(page).click();
      await expect.poll(() => alerts(page)).toEqual(['No row passes these filters, so nothing was saved.']);
      expect(await progress(page)).toBe('');
    }
    expect(saved).toEqual([]);
    await leave();
  });

  test('what became of a download that Enter began is still said once the first rows are there', async () => {
    const { page, leave } = await open();
    await from(page).fill('9000-01-01');
    await page.evaluate("document.getElementById('download').requestSubmit()");
    await expect.poll(() => count(page)).toBe('0 rows');
    await expect.poll(() => alerts(page)).toEqual(['No row passes these filters, so nothing was saved.']);
    await leave();
  });

  test('a file of one row that states nothing in its one column is saved', async () => {
    const one = await startService();
    await one.import(csvOf([rowWith({ room: null })]));
    const { page, leave } = await visit(browser, one.url);
    await enter(page);
    await expect.poll(() => count(page)).toBe('1 row');
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByRole('button', { name: 'None' }).click();
    await page.getByLabel('Room', { exact: true }).check();
    await expect.poll(() => alerts(page)).toEqual([]);
    await page.getByLabel('CSV', { exact: true }).check();
    await expect.poll(() => count(page)).toBe('1 row');
    expect((await download(page)).text).toBe('room\n\n');
    await leave();
    await one.stop();
  });

  test('a token without personal is told which columns are left empty and why: in the form, the first rows and the download', async () => {
    const reader = await createToken(service.db.prisma, 'reader of rows', ['read']);
    const { page, faults, leave } = await open(reader);
    expect(await page.locator('#withheld').innerText()).toBe(
      `This token lacks the scope personal, so these columns are left empty: ${PERSONAL.join(', ')}. If you need them, ask whoever runs this service for a token that has it.`,
    );
    const cells = page.locator('#preview tbody tr').first().locator('td');
    const shown = await cells.allInnerTexts();
    expect(FIELDS.filter((_, at) => shown[at] === 'left empty').map(({ label }) => label)).toEqual(PERSONAL);
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByRole('button', { name: 'None' }).click();
    await page.getByLabel('Interview ID', { exact: true }).check();
    await page.getByLabel('Room', { exact: true }).check();
    const why = 'Room is left empty, since this token lacks the scope personal.';
    await expect.poll(() => page.locator('#preview-withheld').innerText()).toBe(why);
    await download(page);
    await expect
      .poll(() => progress(page))
      .toMatch(/^Saved as interviews-extract\.xlsx: \d+ kB\. Room is left empty, /);
    expect(await progress(page)).toContain(why);
    await page.getByLabel('Room', { exact: true }).uncheck();
    await expect.poll(() => page.locator('#preview-withheld').innerText()).toBe('');
    expect(faults).toEqual([]);
    await leave();

    const all = await open();
    expect(await all.page.locator('#withheld').isVisible()).toBe(false);
    expect(await all.page.locator('#preview-withheld').innerText()).toBe('');
    await all.leave();
  });

  test('a token that is revoked while somebody types a name is asked for again, and nothing stays of what it saw', async () => {
    const soon = await createToken(service.db.prisma, 'soon revoked', ['read', 'personal']);
    const { page, leave } = await open(soon);
    await revoke(service, 'soon revoked', soon);
    await page.getByLabel('Interviewer', { exact: true }).fill('an');
    await expect.poll(() => alerts(page)).toEqual(['The token is unknown or was revoked.']);
    for (const part of ['#download', '#dataset', '#who']) expect(await page.locator(part).isVisible()).toBe(false);
    expect(await page.locator('#preview td').count()).toBe(0);
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}');
    await page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#download').isVisible()).toBe(true);
    expect(await page.locator('#why').innerText()).toBe('');
    await leave();
  });

  test('who has no shell at the service is told whom to ask for a token and for rows', async () => {
    const { page, leave } = await visit(browser, service.url);
    for (const path of ['/', '/graphql']) {
      await page.goto(path);
      await page.getByLabel('Token', { exact: true }).waitFor();
      expect(await page.locator('#hint').innerText()).toMatch(/Whoever runs this service gives you one: npm start /);
    }
    await leave();
  });

  test('Copy says that it copied, also where it is pressed twice, and then is Copy again', async () => {
    const { page, leave } = await visit(browser, service.url, { permissions: ['clipboard-read', 'clipboard-write'] });
    await enter(page);
    await expect.poll(() => count(page)).toBe('300 rows');
    await page.locator('summary', { hasText: 'Address' }).click();
    const copy = page.locator('[data-copy=address]');
    await page.clock.install();
    await copy.click();
    await copy.click();
    await expect.poll(() => copy.innerText()).toBe('Copied');
    await page.clock.runFor(5_000);
    expect(await copy.innerText()).toBe('Copy');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await page.locator('#address').textContent());
    await leave();
  });

  test('Back and Forward: what is shown is what the form says', async () => {
    const { page, faults, leave } = await open();
    await page.getByLabel('Video').check();
    await from(page).fill('2026-03-01');
    await expect.poll(async () => (await address(page)).get('startsFrom')).toBe('2026-03-01');
    await page.getByRole('link', { name: 'API reference' }).first().click();
    await page.getByRole('heading', { name: 'API reference' }).waitFor();
    await page.goBack();
    await expect.poll(() => count(page)).toMatch(/rows?$/);
    const chosen = await page.getByLabel('Video').isChecked();
    expect((await address(page)).get('interviewType')).toBe(chosen ? 'VIDEO' : null);
    expect((await address(page)).get('startsFrom')).toBe((await from(page).inputValue()) || null);
    await page.goForward();
    await page.getByRole('heading', { name: 'API reference' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('behind a proxy’s prefix all of it works, and programs are told the address with the prefix', async () => {
    const proxy = await startPrefixProxy(service.url, '/tools/interviews');
    const { page, faults, leave } = await visit(browser, proxy.origin);
    await page.goto('/tools/interviews/');
    await page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page)).toBe('300 rows');
    await page.getByLabel('Interviewer', { exact: true }).focus();
    await expect.poll(() => page.locator('#interviewers option').count()).toBeGreaterThan(3);
    await page.getByLabel('Video').check();
    await expect.poll(() => page.locator('#curl').textContent()).toContain('interviewType=VIDEO');
    expect(await page.locator('#curl').textContent()).toContain(`'${proxy.url}/analytics/interviews?`);
    await page.getByLabel('CSV', { exact: true }).check();
    await expect.poll(() => page.locator('#curl').textContent()).toContain('format=csv');
    expect((await download(page)).text).toContain('VIDEO');
    for (const name of ['API reference', 'Tableau', 'GraphQL']) {
      await page.getByRole('link', { name, exact: true }).first().click();
      await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/tools\/interviews\/./);
      await page.getByRole('heading').first().waitFor();
      if (name !== 'GraphQL') continue;
      await page.getByRole('button', { name: /^Execute query/ }).waitFor();
    }
    // Tableau's own library is on another host, which no test finds.
    expect(faults.filter((fault) => !fault.includes('connectors.tableau.com'))).toEqual([]);
    await leave();
    await proxy.stop();
  });
});
