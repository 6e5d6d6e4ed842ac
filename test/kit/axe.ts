import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** What axe-core finds wrong with a page, or a frame of one, as it stands, a line each. */
export async function accessibilityFaults(page: Page | Frame): Promise<string[]> {
  // As a statement of the debugger: a script element is what the page's own policy forbids.
  await page.evaluate(axe.source);
  const violations = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as axe.Result[];
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}
