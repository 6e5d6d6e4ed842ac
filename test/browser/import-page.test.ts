/** The page for imports, as somebody without a shell meets it: a file is checked, what would happen is said, and then it is saved. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createToken } from '../../src/db/tokens/tokens.ts';
import { accessibilityFaults } from '../kit/axe.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const row = (interviewId: string, room = 'A', interviewers = '1') => rowWith({ interviewId, room, interviewers });
const STORED = csvOf(Array.from({ length: 60 }, (_, at) => row(`i-${String(at).padStart(2, '0')}`)));

describe.skipIf(!hasBrowser())('The page for imports', () => {
  let service: Service;
  let browser: Browser;
  let token: string;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
    token = await createToken(service.db.prisma, 'importer', ['write']);
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));
  beforeEach(() => service.reset(STORED));

  async function open(text = token) {
    const visited = await visit(browser, service.url);
    const { page } = visited;
    await page.goto('/import');
    await expect
      .poll(() => page.getByLabel('Token', { exact: true }).evaluate((field) => field.matches(':focus')))
      .toBe(true);
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    return visited;
  }
  const choose = (page: Page, text: string, name = 'march.csv') =>
    page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const outcome = (page: Page) => page.locator('#outcome').innerText();
  const counts = async (page: Page) => (await page.locator('#counts').innerText()).split('\n').filter(Boolean);

  test('checks a file from a spreadsheet, says what was read otherwise than written, and saves it', async () => {
    const { page, faults, leave } = await open();
    const german = csvOf([row('i-00', 'B'), row('new')]).replaceAll(
      /("[^"]*")|,/g,
      (found, quoted) => quoted ?? `;${found.slice(1)}`,
    );
    await choose(page, `\ufeff${german.replaceAll('false', 'FALSCH')}`);
    await press(page, 'Check');
    await expect.poll(() => outcome(page)).toBe('The file is right. Save it when the numbers are what you expect.');
    expect(await counts(page)).toEqual([
      'Rows in the file',
      '2',
      'New',
      '1',
      'Changed',
      '1',
      'The same',
      '0',
      'Removed',
      '0',
    ]);
    expect(await page.locator('#findings').innerText()).toMatch(
      /Read otherwise than written\n2 words or numbers read as true or false \(first in line 2: FALSCH\)/,
    );
    expect(await page.locator('#report-title').evaluate((title) => title.matches(':focus'))).toBe(true);
    expect(await service.export('csv')).toBe(STORED);
    expect(await accessibilityFaults(page)).toEqual([]);
    await press(page, 'Save');
    await expect.poll(() => outcome(page)).toBe('Saved.');
    expect(await service.rows("SELECT room FROM appointment WHERE interview_id IN ('i-00', 'new') ORDER BY 1")).toEqual(
      [{ room: 'A' }, { room: 'B' }],
    );
    // A token without the scope read can't see the summary, which the page asks for once.
    expect(faults.filter((fault) => !/status of 403/.test(fault))).toEqual([]);
    await leave();
  });

  test('takes when the file was made by the clock of the computer, and says that what is known of later stays', async () => {
    const { page, faults, leave } = await open();
    await service.rows('UPDATE dataset SET known_at = NULL');
    const knownAt = async () => (await service.rows('SELECT known_at FROM dataset'))[0]?.known_at;
    await page.getByText('How old the rows are').click();
    const made = page.getByLabel('When the file was made');
    const check = async (wall: string) => {
      await choose(page, csvOf([row('new')]));
      await made.fill(wall);
      await press(page, 'Check');
      await expect.poll(() => page.locator('#outcome').isVisible()).toBe(true);
    };
    const instantOf = (wall: string) => page.evaluate((text) => new Date(text).toISOString(), wall);
    await check('2024-03-01T07:30');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.locator('#findings').innerText()).toBe('');
    await press(page, 'Save');
    await expect.poll(() => outcome(page)).toBe('Saved.');
    expect(await knownAt()).toEqual(new Date(await instantOf('2024-03-01T07:30')));
    await check('2024-02-28T07:30:15');
    expect(await page.locator('#findings').innerText()).toMatch(
      /^The file is of .*2024.*\. What is stored is known until .*2024.* already, and that stays\.$/,
    );
    expect(faults.filter((fault) => !/status of 403/.test(fault))).toEqual([]);
    await leave();
  });

  test('refuses a date without its time, and one to come, before anything is read', async () => {
    const { page, leave } = await open();
    await choose(page, csvOf([row('new')]));
    await page.getByText('How old the rows are').click();
    const made = page.getByLabel('When the file was made');
    await made.focus();
    await page.keyboard.type('03');
    await press(page, 'Check');
    await expect
      .poll(() => page.locator('#fault').innerText())
      .toBe('When the file was made: the date or the time is incomplete.');
    expect(await made.evaluate((field) => field.matches(':focus'))).toBe(true);
    await made.fill('2999-01-01T00:00');
    await press(page, 'Check');
    await expect.poll(() => page.locator('#fault').innerText()).toMatch(/^asOf: "2\d{3}-.*" is in the future; /);
    await leave();
  });

  test('shows refused rows, saves the others on request, and gives the refused ones as a file', async () => {
    const { page, leave } = await open();
    await choose(page, csvOf([row('good'), rowWith({ interviewId: 'bad', applicationId: 'x' })]));
    await press(page, 'Check');
    await expect.poll(() => outcome(page)).toMatch(/^1 row can’t be taken/);
    expect(await page.locator('#findings').innerText()).toMatch(
      /Refused\n[\s\S]*4\tapplicationId\tx\t"x" is not a UUID/,
    );
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await page.getByLabel(/Save the other interviews/).check();
    await press(page, 'Save');
    await expect.poll(() => outcome(page)).toBe('Saved.');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^The refused rows/ }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('march.refused.csv');
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toMatch(/^reason,interviewId,[^\n]*\n"applicationId: ""x"" is not a UUID[^\n]*",bad,x,/);
    await leave();
  });

  test('says what a filtered file would remove, and removes it only when told so', async () => {
    const { page, leave } = await open();
    await choose(page, csvOf([row('i-00')]));
    await page.getByText('What happens to what is stored').click();
    await page.getByLabel('Remove the interviews that the file doesn’t contain').check();
    await press(page, 'Check');
    await expect.poll(() => outcome(page)).toMatch(/^The file would remove more than an import may/);
    expect(await counts(page)).toContain('59');
    const save = page.getByRole('button', { name: 'Save', exact: true });
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel(/Remove these rows anyway/).check();
    await save.click();
    await expect.poll(() => outcome(page)).toBe('Saved.');
    expect(await service.export('csv')).toBe(csvOf([row('i-00')]));
    await leave();
  });

  test('takes the names of jobs and candidates', async () => {
    const { page, leave } = await open();
    await page.getByText('Job titles').click();
    expect(await page.locator('#options').isVisible()).toBe(false);
    await choose(page, 'Job ID;Title\n7d444840-9dc0-11d1-b245-5ffdce74fad2;Engineer\n', 'jobs.csv');
    await press(page, 'Check');
    await expect.poll(() => outcome(page)).toMatch(/^The file is right/);
    await press(page, 'Save');
    await expect.poll(() => outcome(page)).toBe('Saved.');
    expect(await service.rows('SELECT title FROM job')).toEqual([{ title: 'Engineer' }]);
    await leave();
  });

  test('says so beside the field where there is no file, and of a token that may not import', async () => {
    const { page, leave } = await open();
    await press(page, 'Check');
    expect(await page.locator('#file-fault').innerText()).toBe('Choose a file first.');
    await choose(page, '');
    await press(page, 'Check');
    expect(await page.locator('#file-fault').innerText()).toBe('This file is empty.');
    await leave();
    const reader = await open(await createToken(service.db.prisma, 'reader', ['read']));
    await expect
      .poll(() => reader.page.locator('#fault').innerText())
      .toBe('This token lacks the scope write, which an import needs.');
    expect(await reader.page.getByRole('button', { name: 'Check', exact: true }).isDisabled()).toBe(true);
    await reader.leave();
  });

  test('does all of it by keyboard, on a phone, without scrolling sideways', async () => {
    const { page, leave } = await visit(browser, service.url, { viewport: { width: 360, height: 740 } });
    await page.goto('/import');
    await page.keyboard.type(token);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#import').isVisible()).toBe(true);
    await choose(page, csvOf([row('i-00', 'C')]));
    await page.locator('#file').focus();
    for (let tabs = 0; !(await page.locator('#check').evaluate((button) => button.matches(':focus'))); tabs++) {
      expect(tabs).toBeLessThan(10);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => outcome(page)).toMatch(/^The file is right/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    for (let tabs = 0; !(await page.locator('#save').evaluate((button) => button.matches(':focus'))); tabs++) {
      expect(tabs).toBeLessThan(10);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => outcome(page)).toBe('Saved.');
    expect(await accessibilityFaults(page)).toEqual([]);
    await leave();
  });
});
