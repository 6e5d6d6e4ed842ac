/** What statements of metrics read: where they can, an index that has all they need. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ONE_SERVER } from '../../src/db/connection/layout.ts';
import { queryOf } from '../../src/db/connection/snapshot.ts';
import { setPlanner } from '../../src/db/metrics/planner-settings.ts';
import { metricsStatement } from '../../src/db/metrics/statement.ts';
import type { DimensionName } from '../../src/domain/metrics/dimensions.ts';
import { METRICS } from '../../src/domain/metrics/metric-names.ts';
import { IS_DISTRIBUTED } from '../kit/database.ts';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 300, seed: 4 }));
  await service.rows('VACUUM ANALYZE');
});
afterAll(() => service?.stop());

/** Measures that read other columns of all rows. */
const WIDE = ['CANDIDATES', 'APPLICATIONS', 'RATING_MEAN', 'OVERLAPPING', 'HIRED_APPLICATIONS', 'HELD_SLOTS_PER_HIRE'];

/** How rows, slots and interviews are found for a metric, apart from the rows of single interviews. */
async function scansOf(metric: string, groupBy: readonly DimensionName[], timeZone: string | null): Promise<string[]> {
  const { statement, parameters } = metricsStatement(
    {
      where: { all: [] },
      visible: { all: [] },
      period: { on: 'START', from: '2026-01-01', to: '2026-04-01', timeZone, weekStart: 'MONDAY' },
      at: '2026-06-01T00:00:00Z',
      groupBy,
      values: METRICS.filter(({ name }) => name === metric).map(({ value }) => value),
      having: [],
      orderBy: [],
      first: null,
      fill: null,
      compared: null,
    },
    ONE_SERVER,
  );
  const client = await service.db.pool.connect();
  try {
    await client.query('BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off');
    const { rows } = await client.query(`EXPLAIN ${statement}`, [...parameters]);
    const plan = rows.map((row) => String(row['QUERY PLAN']));
    return plan.filter(
      (line) => /Scan .*on (appointment|time_slot|interview)/.test(line) && !line.includes('appointment_pkey'),
    );
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

test.skipIf(IS_DISTRIBUTED).each(METRICS.map(({ name }) => name).filter((name) => !WIDE.includes(name)))(
  '%s of a quarter is read from an index alone, in total and by week and job',
  async (metric) => {
    const groupings: DimensionName[][] = [[], ['WEEK', 'JOB']];
    for (const groupBy of groupings)
      for (const timeZone of [null, 'Europe/Berlin']) {
        const scans = await scansOf(metric, groupBy, timeZone);
        expect(scans).not.toEqual([]);
        for (const scan of scans)
          expect(scan).toMatch(/Index Only Scan using (appointment|time_slot|interview)_metrics/);
      }
  },
);

test('is not compiled, also where the server compiles what costs much', async () => {
  const client = await service.db.pool.connect();
  try {
    await client.query('BEGIN; SET LOCAL jit = on');
    await setPlanner(queryOf(client, ONE_SERVER));
    expect((await client.query('SHOW jit')).rows).toEqual([{ jit: 'off' }]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});
