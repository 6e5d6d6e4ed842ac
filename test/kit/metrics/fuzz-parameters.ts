/** Values of the parameters of metrics and of the rows behind them, right ones and nearly right ones. */
import fc from 'fast-check';
import { DIMENSION_WORDS, METRIC_WORDS, UNIT_WORDS } from '../../../src/extract/metrics/words.ts';

const DIMENSIONS = Object.keys(DIMENSION_WORDS);
const METRICS = Object.keys(METRIC_WORDS);
const UNITS = Object.keys(UNIT_WORDS);

const metricList = fc.oneof(
  { weight: 6, arbitrary: fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1, maxLength: 4 }).map(String) },
  fc.constantFrom(String(METRICS), 'slots,', ',', 'slots,slots', 'HELD_SLOTS', 'a,'.repeat(1200), '__proto__'),
);
const dimensionList = fc.oneof(
  { weight: 6, arbitrary: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 3 }).map(String) },
  fc.constantFrom('week,month', 'week,week', 'JOB', 'constructor', 'day,hour,job,room'),
);
const day = fc.constantFrom(
  ...['2025-12-29', '2026-01-01', '2026-03-29', '2026-11-01', '0001-01-01', '9999-12-31'],
  ...['2026-02-30', '10000-01-01', '2026-1-1', '2026-01-01T00:00', 'now', '-infinity'],
);
const clock = fc.oneof(
  day,
  fc.constantFrom(
    '2026-01-05T12:00:00Z',
    '2026-01-05T12:00:00.9+14:00',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ),
);
const zone = fc.constantFrom(
  ...['Europe/Berlin', 'UTC', 'America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe'],
  ...['US/Pacific-New', 'CET', 'EST5EDT', '+02:00', 'europe/berlin', 'Mars/Base'],
);
const key = fc
  .tuple(
    fc.constantFrom(...DIMENSIONS),
    fc.option(
      fc.oneof(
        day,
        fc.uuid(),
        fc.constantFrom(
          'monday',
          'MONDAY',
          '7',
          '24',
          '-1',
          'VIDEO',
          'true',
          'held',
          'e-1',
          ':',
          '\0',
          'x'.repeat(3000),
        ),
      ),
    ),
  )
  .map(([dimension, value]) => (value === null ? dimension : `${dimension}:${value}`));
const onOff = fc.constantFrom('true', 'false', 'TRUE', '');

/** By the names of the parameters. */
export const METRICS_VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  metrics: metricList,
  metric: fc.constantFrom(...METRICS, 'HELD_SLOTS', 'slots,interviews'),
  groupBy: dimensionList,
  key,
  period: fc.constantFrom('last-week', 'this-year', 'next-quarter', 'last-day', 'last', 'LAST-WEEK'),
  last: fc
    .tuple(fc.constantFrom('1', '3', '400', '401', '0', '-1', '1.5'), fc.constantFrom(...UNITS, 'fortnight'))
    .map(([count, unit]) => `${count}-${unit}s`),
  andCurrent: onOff,
  from: day,
  to: day,
  timeZone: zone,
  weekStart: fc.constantFrom('monday', 'sunday', 'saturday', 'SUNDAY', '1'),
  on: fc.constantFrom('start', 'create', 'update', 'review', 'START', 'end'),
  at: clock,
  compareTo: fc.constantFrom('previousPeriod', 'previousYear', 'PREVIOUS_YEAR'),
  having: fc
    .tuple(
      fc.constantFrom(...METRICS, 'slot'),
      fc.constantFrom('>', '>=', '<', '<=', '=', '>>'),
      fc.constantFrom('1', '-0.5', '1e3', '', '9'.repeat(15)),
    )
    .map((parts) => parts.join('')),
  orderBy: fc.oneof(
    metricList.map((list) => `-${list}`),
    dimensionList,
  ),
  first: fc.constantFrom('1', '5', '1000000', '1000001', '0', '1e3'),
  fill: onOff,
  counts: onOff,
  total: onOff,
  evidence: onOff,
  include: fc.constantFrom('names', 'jobTitle', ''),
};
