/** The rows behind a metric are those that it counts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ONE_SERVER } from '../../src/db/connection/layout.ts';
import { queryOf } from '../../src/db/connection/snapshot.ts';
import { evidenceSql } from '../../src/db/metrics/evidence.ts';
import { readMetrics } from '../../src/db/metrics/read-metrics.ts';
import { parameterList, sql, withUsedParameters } from '../../src/db/sql.ts';
import { METRICS, type Metric } from '../../src/domain/metrics/metric-names.ts';
import { ALL_TIME, resolveMetrics } from '../../src/domain/metrics/request.ts';
import { OPERATOR } from '../../src/domain/viewer.ts';
import { WORDS } from '../../src/extract/metrics/words.ts';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 400, seed: 11 }));
});
afterAll(() => service?.stop());

/** The columns of what is counted, by the unit of a metric. */
const COUNTED: Readonly<Record<string, readonly string[]>> = {
  ROWS: ['row_id'],
  SLOTS: ['interview_id', 'slot_id'],
  INTERVIEWS: ['interview_id'],
};

const countable = METRICS.filter(({ unit }) => unit in COUNTED);

test.each(countable.map((metric): [string, Metric] => [metric.column, metric]))('%s by week', async (_, metric) => {
  const query = queryOf(service.db.operations, ONE_SERVER);
  const request = {
    ...{ where: { all: [] }, period: ALL_TIME, groupBy: ['WEEK' as const], having: [], orderBy: [], first: null },
    ...{ compareTo: null, fill: true, at: Date.parse('2026-07-01T12:00:00Z') },
  };
  const context = { viewer: OPERATOR, knownAt: null, now: 0, words: WORDS };
  const asked = resolveMetrics(request, context).groups([metric.value]);
  const { groups } = await readMetrics(query, asked);
  expect(groups.length).toBeGreaterThan(10);
  for (const { keys, values } of groups.slice(0, 12)) {
    const { parameters, bind } = parameterList(ONE_SERVER);
    const behind = evidenceSql({ ...asked, keys, value: metric.value }, bind);
    const { statement, parameters: used } = withUsedParameters(
      sql`SELECT a.row_id, a.slot_id, a.interview_id FROM appointment a WHERE ${behind}`,
      parameters,
    );
    const { rows } = await service.db.operations.query<Record<string, string>>(statement, used);
    const counted = new Set(rows.map((row) => COUNTED[metric.unit]?.map((column) => row[column]).join()));
    expect([keys, counted.size]).toEqual([keys, values[0]]);
  }
});
