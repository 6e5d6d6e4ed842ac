/** The start page for people who know Excel: periods by one click, links, other separators, and what is left out. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from '../kit/axe.ts';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { address, alerts, count, download } from '../kit/start-page.ts';

const JOB = '7d444840-9dc0-11d1-b245-5ffdce74fa01';

/** A Saturday. */
const NOW = Date.parse('2026-11-28T12:00:00Z');

describe.skipIf(!hasBrowser())('The start page', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService({}, undefined, {}, undefined, () => NOW), startBrowser()]);
    const slot = (interviewId: string, startTime: string, [id, first, last]: string[]) =>
      rowWith({
        interviewId,
        startTime,
        endTime: startTime.replace('T09', 'T10'),
        jobId: JOB,
        interviewType: 'VIDEO',
        interviewerEmployeeId: id ?? null,
        interviewerFirstName: first ?? null,
        interviewerLastName: last ?? null,
      });
    await service.import(
      csvOf([
        slot('a', '2026-07-01T09:00:00', ['e1', 'Grace', 'Hopper']),
        slot('b', '2026-09-30T09:00:00', ['e2', 'Ada', 'Lovelace']),
        slot('c', '2026-11-16T09:00:00', ['e1', 'Grace', 'Hopper']),
        slot('d', '2026-12-01T09:00:00', ['e3', 'Grace', 'Hopper']),
      ]),
    );
    await service.rows(`UPDATE job SET title = 'Compiler Engineer', department = 'Research'`);
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  async function open(path = '/', options = {}) {
    const visited = await visit(browser, service.url, options);
    await visited.page.goto(path);
    await visited.page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await visited.page.keyboard.press('Enter');
    await expect.poll(() => count(visited.page)).toMatch(/rows?$/);
    return visited;
  }
  const interviewer = (page: Page) => page.getByLabel('Interviewer', { exact: true });
  const hash = (page: Page) => decodeURIComponent(new URL(page.url()).hash);

  test('last quarter’s interviews of one interviewer: a click, a name, and Download', async () => {
    const { page, faults, leave } = await open();
    await page.getByLabel('Last quarter').check();
    await interviewer(page).fill('ada lovelace');
    await expect.poll(() => count(page)).toBe('1 row');
    expect(await page.locator('#period-note').innerText()).toBe('That is Jul 1, 2026 to Sep 30, 2026.');
    expect((await address(page)).toString()).toBe('format=csv&period=last-quarter&interviewerEmployeeId=e2');
    const { name, text } = await download(page);
    expect(name).toBe('interviews-2026-07-01-to-2026-09-30-interviewer-e2.xlsx');
    expect(text.startsWith('PK')).toBe(true);
    expect(await page.locator('#preview tbody tr').count()).toBe(1);
    expect(await page.locator('#preview tbody td').first().innerText()).toBe('b');
    // What programs are told needs no dates, either.
    for (const id of ['curl', 'power-query', 'pandas'])
      expect(await page.locator(`#${id}`).textContent()).toContain('last-quarter');
    expect(faults).toEqual([]);
    await leave();
  });

  test('a period takes the place of days, and days that of a period', async () => {
    const { page, leave } = await open();
    await page.getByLabel('From').fill('2026-07-01');
    await page.getByLabel('Last week').check();
    await expect.poll(async () => (await address(page)).toString()).toBe('format=csv&period=last-week');
    expect(await page.getByLabel('From').inputValue()).toBe('');
    await page.getByLabel('To and including').fill('2026-09-30');
    await expect.poll(async () => (await address(page)).toString()).toBe('format=csv&startsBefore=2026-10-01');
    expect(await page.getByLabel('Last week').isChecked()).toBe(false);
    expect(await page.locator('#period-note').innerText()).toBe('');
    await leave();
  });

  test('what is chosen stands in the address, and a link chooses the same, people by their names', async () => {
    const { page, leave } = await open();
    expect(hash(page)).toBe('');
    await page.getByLabel('Last quarter').check();
    await interviewer(page).fill('Ada Lovelace');
    await page.getByLabel('Job', { exact: true }).fill('compiler engineer');
    await page.getByLabel('Video').check();
    await page.getByLabel('Without').check();
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByLabel('Room', { exact: true }).uncheck();
    await page.getByLabel('Job Title', { exact: true }).check();
    await page.getByLabel('JSON').check();
    await expect.poll(() => hash(page)).toContain('kind=json');
    // No name of anybody.
    expect(hash(page)).toMatch(
      /^#period=last-quarter&jobId=7d444840-[\w-]+&interviewerEmployeeId=e2&interviewType=VIDEO&interviewCanceled=false&column=interviewId,.*&include=jobTitle&kind=json$/,
    );
    const [chosen, link] = [(await address(page)).toString(), page.url().slice(service.url.length)];
    await leave();

    const other = await open(link);
    await expect.poll(() => count(other.page)).toBe('1 row');
    expect((await address(other.page)).toString()).toBe(chosen);
    expect(await interviewer(other.page).inputValue()).toBe('Ada Lovelace');
    expect(await other.page.locator('#interviewerEmployeeId-note').innerText()).toBe('employee ID: e2.');
    expect(await other.page.getByLabel('Job', { exact: true }).inputValue()).toBe('Compiler Engineer');
    expect(await alerts(other.page)).toEqual([]);
    expect(other.page.url()).toBe(service.url + link);
    expect(other.faults).toEqual([]);
    await other.leave();
  });

  test('a link to one of two people of one name is to that one', async () => {
    const { page, leave } = await open('/#interviewerEmployeeId=e3');
    await expect.poll(() => count(page)).toBe('1 row');
    expect(await interviewer(page).inputValue()).toBe('Grace Hopper');
    expect((await address(page)).getAll('interviewerEmployeeId')).toEqual(['e3']);
    await leave();
  });

  test('what a link says and the form doesn’t have is said, and the rest is chosen', async () => {
    const { page, faults, leave } = await open(
      '/#period=last-fortnight&colour=red&interviewType=VIDEO&startsBefore=soon',
    );
    await expect
      .poll(() => alerts(page))
      .toEqual([
        'The link also says what this form doesn’t have: period=last-fortnight, colour=red, startsBefore=soon.',
      ]);
    expect((await address(page)).toString()).toBe('format=csv&interviewType=VIDEO');
    await page.getByLabel('Phone').check();
    await expect.poll(() => alerts(page)).toEqual([]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a link that is pasted into the same tab is opened, too', async () => {
    const { page, leave } = await open();
    await page.evaluate("location.hash = '#period=last-week'");
    await expect.poll(() => count(page)).toBe('1 row');
    expect(await page.getByLabel('Last week').isChecked()).toBe(true);
    await leave();
  });

  test('the first rows say which rows and columns are left out', async () => {
    const { page, leave } = await open();
    const leftOut = page.locator('#left-out');
    expect(await leftOut.innerText()).toBe('');
    await page.getByLabel('Last quarter').check();
    await interviewer(page).fill('e2');
    await expect
      .poll(() => leftOut.innerText())
      .toBe('Left out: 3 of 4 rows, by Period of the interviews and Interviewer.');
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByLabel('Room', { exact: true }).uncheck();
    await page.getByLabel('Duration', { exact: true }).uncheck();
    await expect.poll(() => leftOut.innerText()).toContain('; the columns Duration and Room.');
    await page.getByRole('button', { name: 'None' }).click();
    await page.getByLabel('Room', { exact: true }).check();
    await expect.poll(() => leftOut.innerText()).toContain('; 29 of 30 columns.');
    await leave();
  });

  test('columns besides the 30 are in the first rows, the file, and what programs are told', async () => {
    const { page, leave } = await open();
    await page.locator('summary', { hasText: 'Columns' }).click();
    await page.getByLabel('Job Title', { exact: true }).check();
    await page.getByLabel('Starts At (UTC)', { exact: true }).check();
    await expect.poll(() => page.locator('#columns-chosen').innerText()).toBe('(30 of 30, and 2 more)');
    await expect.poll(() => page.locator('#preview th').count()).toBe(32);
    expect(await page.locator('#preview tbody tr').first().locator('td').nth(30).innerText()).toBe('Compiler Engineer');
    await page.getByLabel('CSV', { exact: true }).check();
    expect((await download(page)).text.split('\n')[0]).toMatch(/,jobTitle,startsAt$/);
    expect(await page.locator('#power-query').textContent()).toContain('{"startsAt", type datetimezone}');
    await leave();
  });

  test.each([
    ['en-US', '', 'Commas, decimal point', 'interviewId,'],
    ['de-DE', 'delimiter=semicolon&decimal=comma', 'Semicolons, decimal comma', 'interviewId;'],
  ])('the CSV for Excel has the separators of %s, and others if asked for', async (locale, parameters, label, header) => {
    const { page, leave } = await open('/', { locale });
    const separators = page.getByLabel('Separators');
    // A workbook has none.
    expect(await separators.isVisible()).toBe(false);
    await page.getByLabel('CSV for Excel').check();
    await expect.poll(() => hash(page)).toBe('#kind=excel');
    expect(await separators.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.label)).toBe(label);
    expect((await download(page)).text.slice(1).startsWith(header)).toBe(true);
    expect(await page.locator('#curl').textContent()).toContain(`excel=true${parameters && `&${parameters}`}'`);
    await separators.selectOption('Tabs, decimal comma');
    await expect.poll(() => hash(page)).toBe('#kind=excel&dialect=tab,comma');
    expect((await download(page)).text.slice(1).startsWith('interviewId\t')).toBe(true);
    // Programs need no other separators.
    await page.getByLabel('CSV', { exact: true }).check();
    await expect.poll(() => separators.isVisible()).toBe(false);
    expect((await download(page)).text.startsWith('interviewId,')).toBe(true);
    await leave();
  });

  test.each([
    'light',
    'dark',
  ] as const)('on a phone, %s, by keyboard: a link, a period, a workbook; nothing is cut, and axe finds nothing', async (colorScheme) => {
    const { page, faults, leave } = await open('/#colour=red', { viewport: { width: 360, height: 740 }, colorScheme });
    await expect.poll(() => alerts(page)).toHaveLength(1);
    const looked = async () => {
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
    };
    await looked();
    await page.getByLabel('All, or by date').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => hash(page)).toBe('#period=last-quarter');
    await expect.poll(() => count(page)).toBe('2 rows');
    await looked();
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toBe('interviews-2026-07-01-to-2026-09-30.xlsx');
    expect(faults).toEqual([]);
    await leave();
  });

  test('what the service refuses is said at the field that it names', async () => {
    const { page, leave } = await open();
    await page.route('**/analytics/interviews/summary?*', (route) =>
      route.fulfill({ status: 400, json: { message: 'jobId: "x" is not a UUID.' } }),
    );
    await page.getByLabel('Video').check();
    await expect.poll(() => page.locator('#jobId-fault').innerText()).toBe('jobId: "x" is not a UUID.');
    expect(await page.locator('#preview-fault').innerText()).toBe('');
    await leave();
  });
});
