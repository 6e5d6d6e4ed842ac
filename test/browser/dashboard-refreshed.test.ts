/** The dashboard after an import: nobody waits for its numbers a second time. */
import { expect, test } from 'vitest';
import { hasBrowser } from '../kit/browser.ts';
import { ROWS, startDashboard, tableOf, visitDashboard } from '../kit/dashboard.ts';
import { costlyStatements, EAGER, refreshLog } from '../kit/refreshed.ts';
import { recordStatements } from '../kit/statements.ts';

/** The Monday after the clock of the rows. */
const MONDAY = '2026-11-30T06:00:00Z';

test.skipIf(!hasBrowser())(
  'after an import in the next week, the page is there without a look at rows, and right',
  async () => {
    const { service, browser, stop } = await startDashboard();
    const { log, refreshed } = refreshLog();
    const eager = await service.another({}, log, EAGER);
    try {
      const first = await visitDashboard({ service: eager, browser });
      const before = await tableOf(first.page, 'jobs');
      await first.leave();
      await service.import(ROWS, { asOf: Date.parse(MONDAY) });
      expect(await refreshed(service)).toBeGreaterThan(10);
      const { result, statements } = await recordStatements(() => visitDashboard({ service: eager, browser }));
      // The people who interviewed most may be others.
      expect(costlyStatements(statements).filter((name) => name === 'metrics.groups').length).toBeLessThanOrEqual(1);
      const anew = await visitDashboard({ service, browser });
      for (const card of ['weeks', 'speed', 'backlog', 'owed', 'answers', 'overlaps', 'load', 'jobs', 'hours'])
        expect(await tableOf(result.page, card), card).toEqual(await tableOf(anew.page, card));
      expect(await tableOf(result.page, 'jobs')).not.toEqual(before);
      await result.leave();
      await anew.leave();
    } finally {
      await eager.stop();
      await stop();
    }
  },
);
