/** What the tests of the dashboard have in common. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { startBrowser, visit } from './browser.ts';
import { extract } from './generated.ts';
import { ADMIN_TOKEN, type Service, startService } from './service.ts';

/** The clock of the rows, on a Thursday. */
export const KNOWN_AT = '2026-11-26T09:30:00Z';

/** Half a year of rows. */
export const ROWS = extract({ rows: 4_000, seed: 5, from: '2026-06-01', until: '2026-12-20' });

/** Starts a service with half a year of rows, and a browser. */
export async function startDashboard(): Promise<{ service: Service; browser: Browser; stop(): Promise<unknown> }> {
  const [service, browser] = await Promise.all([startService(), startBrowser()]);
  await service.import(ROWS, { asOf: Date.parse(KNOWN_AT) });
  return { service, browser, stop: () => Promise.all([service.stop(), browser.close()]) };
}

/** Visits the page in a window of its own, which may copy. */
export async function visitDashboard(
  { service, browser }: { readonly service: Service; readonly browser: Browser },
  choice = '',
  token = ADMIN_TOKEN,
  options: BrowserContextOptions = {},
) {
  const visited = await visit(browser, service.url, {
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  await openDashboard(visited.page, choice, token);
  return visited;
}

/** Opens the page, with what its address says after `#`, and gives it a token; waits until all of it is there. */
export async function openDashboard(page: Page, choice = '', token = ADMIN_TOKEN): Promise<void> {
  await page.goto(`/dashboard${choice && `#${choice}`}`);
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.keyboard.press('Enter');
  await settled(page);
}

/** Waits until the page asks for nothing any more. */
export async function settled(page: Page): Promise<void> {
  const isSettled = () =>
    page.evaluate(
      `document.querySelector('#progress').textContent === '' && !document.querySelector('[aria-busy=true]') &&
        ['#cards', '#empty', '#fault'].some((part) => document.querySelector(part).checkVisibility() && document.querySelector(part).textContent !== '')`,
    );
  await expect.poll(isSettled).toBe(true);
}

/** The table of a part of the page: the texts of its cells, without the notes beside them. */
export const tableOf = (page: Page, card: string): Promise<string[][]> =>
  page.evaluate(
    `Array.from(document.querySelectorAll('#card-${card} tbody tr'), (line) => Array.from(line.cells, (cell) => {
      const copy = cell.cloneNode(true);
      for (const note of copy.querySelectorAll('.hint')) note.remove();
      return copy.textContent.trim();
    }))`,
  );

/** What a button of a part of the page copies; the page must be allowed to. */
export async function copied(page: Page, card: string, button: string): Promise<string> {
  await page.locator(`#card-${card}`).getByRole('button', { name: button, exact: true }).click();
  await expect.poll(() => page.locator('#told').textContent()).toBe(`${button}: Copied`);
  await page.evaluate(`document.querySelector('#told').textContent = ''`);
  return await page.evaluate('navigator.clipboard.readText()');
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count as the page writes it. */
export const count = (value: unknown): string => whole.format(Number(value));
