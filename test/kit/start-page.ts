/** What the tests of the start page have in common. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { ADMIN_TOKEN } from './service.ts';

/** Opens the page and gives a token to the field that has the focus, by keyboard. */
export async function enter(page: Page, token = ADMIN_TOKEN): Promise<void> {
  await page.goto('/');
  await expect
    .poll(() => page.getByLabel('Token', { exact: true }).evaluate((field) => field.matches(':focus')))
    .toBe(true);
  await page.keyboard.type(token);
  await page.keyboard.press('Enter');
}

/** How many rows the page says there are. */
export const count = (page: Page) => page.locator('#count').innerText();

/** All that the page says is wrong. */
export const alerts = (page: Page) => page.getByRole('alert').filter({ hasText: /./ }).allInnerTexts();

/** What became of a download. */
export const progress = (page: Page) => page.locator('#progress').innerText();

/** Downloads, and gives the name and the text of the file. */
export async function download(page: Page): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

/** Chooses something, and gives the ids and what else the page then asks the extract for. */
export async function address(page: Page): Promise<URLSearchParams> {
  return new URL((await page.locator('#address').textContent()) ?? '').searchParams;
}
