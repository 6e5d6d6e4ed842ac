/** The CSV of any rows' metrics, by any parameters, is that of a plain computation. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { METRICS_PATH } from '../../src/domain/paths.ts';
import { keysOf } from '../../src/domain/types/records.ts';
import { type AnyRequest, anyRequest, makesSense } from '../kit/metrics/any-request.ts';
import { anyClock, anyRows, JOBS } from '../kit/metrics/any-rows.ts';
import type { PlainValues } from '../kit/metrics/measures.ts';
import { METRIC_NAMES, type MetricName, metricValue, rateOf } from '../kit/metrics/metric-names.ts';
import { plainMetrics } from '../kit/metrics/plain-metrics.ts';
import { CALENDAR_UNITS, type Dimension, type Having, type PlainRow } from '../kit/metrics/request.ts';
import { RESTRICTED_TOKEN, seenBy, startMetricsService, storeRows } from '../kit/metrics/stored.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { ADMIN_TOKEN, type Service } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startMetricsService();
});
afterAll(() => service?.stop());

/** Filters as parameters, and what they mean for a row. */
const FILTERS: readonly { readonly text: string; readonly holds: (row: PlainRow) => boolean }[] = [
  { text: '', holds: () => true },
  { text: '&interviewerEmployeeId=e-1', holds: (row) => row.interviewerEmployeeId === 'e-1' },
  { text: `&jobId=${JOBS[0]}&jobId=${JOBS[1]}`, holds: (row) => JOBS.slice(0, 2).includes(row.jobId ?? '') },
  { text: '&interviewCanceled=false', holds: (row) => row.interviewCanceled === 'false' },
  { text: '&interviewerStatus=DECLINED', holds: (row) => row.interviewerStatus === 'DECLINED' },
  {
    text: '&startsFrom=2026-10-25T00:00:00&startsBefore=2027-01-01T00:00:00',
    holds: ({ startTime }) => startTime !== null && startTime >= '2026-10-25' && startTime < '2027-01-01',
  },
];

/** A request of the route, beside what GraphQL's may have, too. */
interface CsvRequest {
  readonly asked: AnyRequest;
  readonly filter: (typeof FILTERS)[number];
  readonly metrics: readonly MetricName[];
  readonly counts: boolean;
  readonly total: boolean;
  readonly at: string;
}

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Each comparison as a condition of its own. */
const comparisonsOf = (having: readonly Having[]): Having[] =>
  having.flatMap(({ metric, ...limits }) =>
    keysOf(SIGNS).flatMap((one) => (limits[one] === undefined ? [] : [{ metric, [one]: limits[one] }])),
  );

const conditionText = ({ metric, ...limits }: Having): string =>
  keysOf(SIGNS)
    .flatMap((one) => (limits[one] === undefined ? [] : [`${wordOf(metric)}${SIGNS[one]}${limits[one]}`]))
    .join();

const anyCsvRequest: fc.Arbitrary<CsvRequest> = anyRequest.chain((asked) =>
  fc.record({
    // The route has conditions only on groups, only comparisons, and what has no value comes last.
    asked: fc.constant({
      ...asked,
      having: asked.groupBy.length === 0 ? [] : comparisonsOf(asked.having ?? []),
      orderBy: asked.orderBy?.map((order) => ({ ...order, nulls: 'LAST' as const })) ?? [],
    }),
    filter: fc.constantFrom(...FILTERS),
    metrics: fc.subarray(
      METRIC_NAMES.filter((name) => makesSense(name, asked.groupBy, asked.period.on)),
      { minLength: 1, maxLength: 12 },
    ),
    counts: fc.boolean(),
    total: fc.boolean(),
    at: anyClock,
  }),
);

const wordOf = (name: string): string =>
  name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

const isUnit = (dimension: Dimension): boolean => CALENDAR_UNITS.some((unit) => unit === dimension);

function addressOf({ asked, filter, metrics, counts, total, at }: CsvRequest): string {
  const { groupBy, period, having = [], orderBy = [], first, compareTo, fill } = asked;
  const { on, from, to, last, timeZone, weekStart } = period;
  const orders = orderBy.map(({ metric, dimension = '', direction }) => {
    return `${direction === 'DESC' ? '-' : ''}${wordOf(metric ?? dimension)}`;
  });
  const parameters: Record<string, string | null | undefined> = {
    metrics: metrics.map(wordOf).join(),
    groupBy: groupBy.map(wordOf).join() || null,
    ...{ from, to, timeZone, at },
    last: last && `${last.count}-${last.unit.toLowerCase()}s`,
    andCurrent: last?.andCurrent ? 'true' : null,
    on: on && wordOf(on),
    weekStart: weekStart && wordOf(weekStart),
    compareTo: compareTo && wordOf(compareTo),
    having: having.map(conditionText).join() || null,
    orderBy: orders.join() || null,
    first: first?.toString(),
    fill: String(fill),
    counts: String(counts),
    total: total && groupBy.length > 0 ? 'true' : null,
  };
  const given = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `${METRICS_PATH}?${new URLSearchParams(given)}${filter.text}`;
}

type Cell = string | number | boolean | null;

/** The columns that a row begins with, and where they have other names than the dimension. */
const KEY_COLUMNS: Partial<Record<Dimension, string>> = {
  INTERVIEWER: 'interviewerEmployeeId',
  CREATOR: 'creatorEmployeeId',
  CANDIDATE: 'candidateProfileId',
  JOB: 'jobId',
};

/** The table as it should be: the names of its columns, then the rows. */
function plainTable(rows: readonly PlainRow[], request: CsvRequest, token: string): Cell[][] {
  const { asked, filter, metrics, counts, at } = request;
  const { groupBy, compareTo } = asked;
  const { visible, surroundings } = seenBy(token, rows);
  const plain = plainMetrics(visible, surroundings, { ...asked, where: filter.holds, at });
  const isTotal = request.total && groupBy.length > 0;
  const cellsOf = (values: PlainValues | null, metric: MetricName): Cell[] => {
    const rate = values && rateOf(values, metric);
    const isRate = metric.endsWith('_RATE');
    return [
      values && metricValue(values, metric),
      ...(isRate && counts ? [rate?.numerator ?? null, rate?.denominator ?? null] : []),
    ];
  };
  const namesOf = (metric: MetricName): string[] =>
    ['', ...(metric.endsWith('_RATE') && counts ? ['Numerator', 'Denominator'] : [])].map(
      (part) => wordOf(metric) + part,
    );
  const measured = (values: PlainValues, previous: PlainValues | null): Cell[] =>
    metrics.flatMap((metric) => [...cellsOf(values, metric), ...(compareTo ? cellsOf(previous, metric) : [])]);
  const header = [
    ...(isTotal ? ['isTotal'] : []),
    ...groupBy.flatMap((dimension) => [
      KEY_COLUMNS[dimension] ?? wordOf(dimension),
      ...(isUnit(dimension) ? ['from', 'complete'] : []),
    ]),
    ...metrics.flatMap((metric) => [
      ...namesOf(metric),
      ...(compareTo ? namesOf(metric).map((name) => `previous${capital(name)}`) : []),
    ]),
  ];
  const groups = plain.groups.map(({ key, values, previous }) => [
    ...(isTotal ? [false] : []),
    ...groupBy.flatMap((dimension, index) => [
      key.text[index] ?? null,
      ...(isUnit(dimension) ? [key.period?.from ?? null, key.period?.complete ?? null] : []),
    ]),
    ...measured(values, previous),
  ]);
  const total = [
    ...(isTotal ? [true] : []),
    ...groupBy.flatMap((dimension) => [
      null,
      ...(isUnit(dimension) ? [plain.period?.from ?? null, plain.period?.complete ?? false] : []),
    ]),
    ...measured(plain.total, plain.previousTotal),
  ];
  return [header, ...groups, ...(isTotal || groupBy.length === 0 ? [total] : [])];
}

/** A cell as text. Binary fractions may differ in their last digits. */
const shown = (cell: Cell): string | null => {
  if (cell === null || typeof cell === 'boolean') return cell === null ? null : String(cell);
  const isNumber = cell !== '' && /^-?\d+(\.\d+)?$/.test(String(cell));
  return isNumber ? String(Number(Number(cell).toPrecision(12))) : String(cell);
};

async function expectSame(rows: readonly PlainRow[], request: CsvRequest, token: string): Promise<void> {
  const address = addressOf(request);
  const response = await service.get(address, { headers: { 'x-smarttoken': token } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${address}: ${response.status} ${text}`);
  const table: (string | null)[][] = parse(text, {
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
  expect({ address, table: table.map((row) => row.map(shown)) }).toEqual({
    address,
    table: plainTable(rows, request, token).map((row) => row.map(shown)),
  });
}

test(
  'metrics as CSV are those of the plain computation',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRows.filter((rows) => rows.length > 0),
        fc.array(anyCsvRequest, { minLength: 12, maxLength: 12 }),
        fc.constantFrom(ADMIN_TOKEN, ADMIN_TOKEN, RESTRICTED_TOKEN),
        async (rows, requests, token) => {
          const stored = await storeRows(service, rows);
          for (const request of requests) await expectSame(stored, request, token);
        },
      ),
      // Each case takes an import: fewer rows would take a long time to find.
      { numRuns: propertyRuns(8), endOnFailure: true },
    );
  },
  propertyRuns(120_000),
);
