/** What the tests of the dashboard have in common. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ADMIN_TOKEN } from './service.ts';

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
