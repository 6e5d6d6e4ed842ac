/**
 * The rows that the Tableau connector hands over, as test/database/promised.test.ts promises them.
 *
 * This test may not be changed, nor may its golden file, to make it pass: somebody's workbook has just come to have other values.
 */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';
import { phase, startTableau } from '../kit/tableau.ts';

const golden = (name: string) => readFile(new URL(`../golden/promised/${name}`, import.meta.url), 'utf8');

describe.skipIf(!hasBrowser())('The Tableau connector', () => {
  let tableau: { origin: string; stop(): Promise<void> };
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    tableau = await startTableau();
    [service, browser] = await Promise.all([
      startService({ TABLEAU_LIBRARY_URL: `${tableau.origin}/library.js` }),
      startBrowser(),
    ]);
    await service.import(await golden('extract.csv'));
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close(), tableau?.stop()]));

  test('hands over the same rows, each with all its columns', async () => {
    const { page, leave } = await visit(browser, tableau.origin, {}, [service.url]);
    await page.goto('/');
    const connector = `${service.url}/analytics-applications/tableau/interviews`;
    const { ended, rows } = await phase(page, connector, 'gatherData', { password: ADMIN_TOKEN });
    expect(ended).toBe('done');
    expect(JSON.stringify({ content: rows })).toBe(JSON.stringify(JSON.parse(await golden('connector.answer'))));
    await leave();
  });
});
