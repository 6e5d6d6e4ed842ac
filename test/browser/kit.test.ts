/** The kit of the tests in a browser sees what it is there to see. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, startBrowser, visit } from '../kit/browser.ts';
import { type Service, startService } from '../kit/service.ts';

describe.skipIf(!hasBrowser())('a visit', () => {
  let service: Service;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), startBrowser()]);
  });
  afterAll(() => Promise.all([service?.stop(), browser?.close()]));

  test('shows what the service answers, without a fault', async () => {
    const { page, faults, leave } = await visit(browser, service.url);
    const response = await page.goto('/healthz');
    expect(response?.status()).toBe(200);
    expect(await page.locator('body').textContent()).toContain('"ok"');
    expect(faults).toEqual([]);
    await leave();
  });

  test.each([
    ['an answer from 400 on', 'fetch("/nothing")', /^console: .*404.*\/nothing/],
    ['an error that the page logs', 'console.error("oh")', /^console: oh/],
    ['an uncaught exception', 'setTimeout(() => { throw new Error("oh") })', /^uncaught: Error: oh/],
    ['an address that nobody answers at', 'fetch("http://127.0.0.1:1/").catch(() => 0)', /^no answer: GET .*:1\//],
    ['another host', 'fetch("https://cdn.example.org/").catch(() => 0)', /^another host: https:\/\/cdn\.example\.org/],
  ])('notices %s', async (_what, script, fault) => {
    const { page, faults, leave } = await visit(browser, service.url);
    await page.goto('/healthz');
    await page.evaluate(script);
    await expect.poll(() => faults).toContainEqual(expect.stringMatching(fault));
    await leave();
  });
});
