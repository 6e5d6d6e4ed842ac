/** Rows whose texts are HTML and scripts: pages show them as the texts that they are. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { KNOWN_AT, visitDashboard } from '../kit/dashboard.ts';
import { importNames } from '../kit/import-names.ts';
import { csvCell, csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

const MARKUP = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;
const JOB = '7d444840-9dc0-11d1-b245-5ffdce74fad2';

/** A row of the week before the clock. */
const row = (number: number) => {
  const day = `2026-11-1${6 + number}`;
  const names = { interviewerFirstName: MARKUP, interviewerLastName: `${MARKUP}${number}`, creatorFirstName: MARKUP };
  const texts = { interviewLocation: MARKUP, room: MARKUP, interviewerReview: null, applicationStep: MARKUP };
  return rowWith({
    ...{ ...names, ...texts, interviewId: `i-${number}`, jobId: JOB, interviewerEmployeeId: `${MARKUP}${number}` },
    ...{ interviewerStatus: 'ACCEPTED', timeToProvideFeedback: null, interviewerRating: null },
    ...{ interviewStartDate: `${day}T09:00:00`, startTime: `${day}T09:00:00`, endTime: `${day}T10:30:00` },
  });
};

describe.skipIf(!hasBrowser())('rows with HTML in them', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
    await service.import(csvOf([0, 1, 2, 3].map(row)), { asOf: Date.parse(KNOWN_AT) });
    await importNames(service, { jobs: `jobId,title,department\n${JOB},${csvCell(MARKUP)},${csvCell(MARKUP)}\n` });
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  /** What of a text has become a part of the page, instead of being shown. */
  const parts = (page: Page) =>
    page.evaluate(() => [document.querySelectorAll('main img, main script, [onerror]').length, document.title]);

  test('are shown by the dashboard as they are', async () => {
    const { page, faults, leave } = await visitDashboard({ service, browser });
    expect(await page.locator('main').textContent()).toContain(MARKUP);
    expect(await parts(page)).toEqual([0, 'Dashboard · Interviews Data Service']);
    expect(faults).toEqual([]);
    await leave();
  });

  test('are shown by the page for imports as they are', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    await page.goto('/import');
    await page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    const file = csvOf([rowWith({ interviewId: MARKUP, interviewType: MARKUP })]);
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles({ name: `${MARKUP.replaceAll('/', '')}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect.poll(() => page.locator('#findings').innerText()).toContain('<img src=x');
    expect(await parts(page)).toEqual([0, 'Import · Interviews Data Service']);
    // The file is refused.
    expect(faults.filter((fault) => !/status of 422/.test(fault))).toEqual([]);
    await leave();
  });
});
