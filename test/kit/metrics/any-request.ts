/** Requests for property tests of metrics, about the rows of any-rows.ts. Nothing in them is refused. */
import fc from 'fast-check';
import type { Where } from '../filters.ts';
import { JOBS, ZONES } from './any-rows.ts';
import { METRIC_NAMES, type MetricName } from './metric-names.ts';
import {
  CALENDAR_UNITS,
  type Comparison,
  type Dimension,
  type Having,
  type MetricsRequest,
  type Order,
  type PeriodArgument,
  type PlainRow,
  WEEKDAYS,
} from './request.ts';

/** A filter as GraphQL has it, and what it means for a row. */
interface Filter {
  readonly where: Where | null;
  readonly holds: (row: PlainRow) => boolean;
}

/** All rows. */
export const ALL: Filter = { where: null, holds: () => true };

const FILTERS: readonly Filter[] = [
  ALL,
  ALL,
  ALL,
  { where: {}, holds: () => true },
  {
    where: { row: { interviewerEmployeeId: { eq: 'e-1' } } },
    holds: (row) => row.interviewerEmployeeId === 'e-1',
  },
  { where: { row: { jobId: { in: JOBS.slice(0, 2) } } }, holds: (row) => JOBS.slice(0, 2).includes(row.jobId ?? '') },
  {
    where: { not: { row: { interviewCanceled: { eq: true } } } },
    holds: (row) => row.interviewCanceled !== 'true',
  },
  {
    where: { or: [{ status: { eq: 'DECLINED' } }, { row: { room: { isNull: true } } }] },
    holds: (row) => row.interviewerStatus === 'DECLINED' || row.room === null,
  },
];

/** A request of the field `metrics`, with its filter in both forms. */
export interface AnyRequest extends Omit<MetricsRequest, 'where' | 'at'> {
  readonly filter: Filter;
  readonly period: PeriodArgument;
  readonly groupBy: readonly Dimension[];
  readonly fill: boolean;
}

const OTHER_DIMENSIONS = [
  'WEEKDAY',
  'HOUR',
  'INTERVIEWER',
  'CREATOR',
  'CANDIDATE',
  'JOB',
  'DEPARTMENT',
  'APPLICATION_STAGE',
  'APPLICATION_STEP',
  'INTERVIEW_TYPE',
  'CANDIDATE_STATUS',
  'INTERVIEWER_STATUS',
  'CANCELED',
  'SLOT_STATE',
  'LOCATION',
  'ROOM',
] as const;

/** Those whose key follows from what the rows of a slot or an interview share. */
const SHARED_DIMENSIONS = ['WEEKDAY', 'HOUR', 'JOB', 'DEPARTMENT', 'CANCELED', 'SLOT_STATE'] as const;

const others = (dimensions: readonly Dimension[]) =>
  fc.uniqueArray(fc.constantFrom<Dimension>(...dimensions), { maxLength: 2 });

const BOUNDS = [
  '2026-03-01',
  '2026-03-29',
  '2026-04-01',
  '2026-10-19',
  '2026-10-25',
  '2026-11-01',
  '2026-11-02',
].concat(['2026-12-28', '2027-01-01', '2027-01-04', '2027-04-01']);

const unit = fc.constantFrom(...CALENDAR_UNITS);

const days: fc.Arbitrary<PeriodArgument> = fc.oneof(
  fc.constant({}),
  { weight: 3, arbitrary: fc.uniqueArray(fc.constantFrom(...BOUNDS), { minLength: 2, maxLength: 2 }).map(bounded) },
  fc.constantFrom(...BOUNDS).map((from) => ({ from })),
  fc.constantFrom(...BOUNDS).map((to) => ({ to })),
  fc
    .record({ count: fc.integer({ min: 0, max: 3 }), unit, andCurrent: fc.boolean() })
    .map((last): PeriodArgument => ({ last: { ...last, andCurrent: last.andCurrent || last.count === 0 } })),
);

function bounded(two: string[]): PeriodArgument {
  const [from = null, to = null] = two.sort();
  return { from, to };
}

const period: fc.Arbitrary<PeriodArgument> = fc
  .record({
    days,
    on: fc.oneof(
      { weight: 3, arbitrary: fc.constant('START' as const) },
      fc.constantFrom('CREATE', 'UPDATE', 'REVIEW'),
    ),
    timeZone: fc.constantFrom(null, null, ...ZONES, 'America/Sao_Paulo'),
    weekStart: fc.constantFrom('MONDAY', ...WEEKDAYS),
  })
  .map(({ days, ...rest }) => ({ ...days, ...rest }));

const groupBy: fc.Arbitrary<Dimension[]> = fc
  .tuple(fc.option(unit, { freq: 2 }), fc.oneof(others(OTHER_DIMENSIONS), others(SHARED_DIMENSIONS)), fc.boolean())
  .map(([bucket, others, first]) => {
    const buckets: Dimension[] = bucket === null ? [] : [bucket];
    return first ? [...buckets, ...others] : [...others, ...buckets];
  });

const OF_SLOTS: readonly MetricName[] = ['HELD_SLOTS_ALL_DECLINED', 'UPCOMING_SLOTS_UNCOVERED', 'PANEL_SIZE_MEAN'];

/** Whether a measure makes sense by these dimensions and on that date (docs/metrics.md, "What is not offered, and why"). */
export function makesSense(name: MetricName, groupBy: readonly Dimension[], on: PeriodArgument['on']): boolean {
  const by = (...dimensions: Dimension[]) => groupBy.some((one) => dimensions.includes(one));
  if (name.includes('FEEDBACK')) return on !== 'REVIEW';
  if (OF_SLOTS.includes(name)) return !by('INTERVIEWER', 'INTERVIEWER_STATUS');
  if (name.startsWith('SLOTS_PER_INTERVIEWER_WEEK')) return !by('DAY', 'WEEKDAY', 'HOUR');
  if (name === 'HELD_SLOTS_PER_HIRE') return groupBy.every((one) => one === 'JOB' || one === 'DEPARTMENT');
  return true;
}

/** Numbers that measures of whole numbers have, and others hardly. */
const bound = fc.constantFrom(0, 1, 2, 3, 0.37, 5.1);

/** A condition that compares with something: without that it is refused. */
const having = (metric: fc.Arbitrary<MetricName>): fc.Arbitrary<Having> =>
  fc
    .record(
      { metric, gt: bound, gte: bound, lt: bound, lte: bound, isNull: fc.boolean() },
      { requiredKeys: ['metric'] },
    )
    .filter((condition) => Object.keys(condition).length > 1);

const order = (metric: fc.Arbitrary<MetricName>, dimensions: readonly Dimension[]): fc.Arbitrary<Order> =>
  fc
    .record({
      by: fc.oneof(metric, dimensions.length === 0 ? metric : fc.constantFrom(...dimensions)),
      direction: fc.constantFrom('ASC' as const, 'DESC' as const),
      nulls: fc.constantFrom('FIRST' as const, 'LAST' as const),
    })
    .map(({ by, ...rest }) =>
      METRIC_NAMES.some((name) => name === by)
        ? { metric: by as MetricName, ...rest }
        : { dimension: by as Dimension, ...rest },
    );

/** Days that filling would make too many rows of. */
const MAX_FILLED_DAYS = 70;

function isLong({ from, to, last }: PeriodArgument): boolean {
  if (last) return ['QUARTER', 'YEAR'].includes(last.unit) || last.count > 2;
  return Date.parse(to ?? '') - Date.parse(from ?? '') > MAX_FILLED_DAYS * 86_400_000;
}

/** Any request that the program accepts. */
export const anyRequest: fc.Arbitrary<AnyRequest> = fc
  .record({
    filter: fc.constantFrom(...FILTERS),
    period,
    groupBy,
    wantsFill: fc.boolean(),
    compareTo: fc.option(fc.constantFrom<Comparison>('PREVIOUS_PERIOD', 'PREVIOUS_YEAR'), { freq: 2 }),
    first: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 2, nil: undefined }),
  })
  .chain(({ wantsFill, compareTo, first, ...request }) => {
    const { groupBy, period } = request;
    const metric = fc.constantFrom(...METRIC_NAMES.filter((name) => makesSense(name, groupBy, period.on)));
    const isBounded = Boolean(period.last || (period.from && period.to));
    return fc
      .record({
        having: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(having(metric), { maxLength: 2 })),
        orderBy: fc.array(order(metric, groupBy), { maxLength: 2 }),
      })
      .map(
        (rest): AnyRequest => ({
          ...request,
          ...rest,
          fill: wantsFill && !(groupBy.includes('DAY') && groupBy.length > 1 && isLong(period)),
          compareTo: isBounded ? compareTo : null,
          ...(first !== undefined && { first }),
        }),
      );
  });
