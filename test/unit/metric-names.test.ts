/** The names of metrics, and the values that they stand for. */
import { expect, test } from 'vitest';
import { DEFAULT_WITHIN_HOURS, MAX_WITHIN_HOURS, MEASURES, measureOf } from '../../src/domain/metrics/measures.ts';
import { findMetric, METRICS } from '../../src/domain/metrics/metric-names.ts';
import { ALL_TIME, resolveMetrics } from '../../src/domain/metrics/request.ts';
import { OPERATOR } from '../../src/domain/viewer.ts';
import { WORDS } from '../../src/extract/metrics/words.ts';
import { METRIC_NAMES } from '../kit/metrics/metric-names.ts';

test('are those of docs/metrics.md, each with a column of its own and a formula', () => {
  expect(METRICS.map(({ name }) => name).sort()).toEqual([...METRIC_NAMES].sort());
  expect(new Set(METRICS.map(({ column }) => column)).size).toBe(METRICS.length);
  for (const metric of METRICS) {
    expect(findMetric(metric.name)).toBe(metric);
    const { measure, part, argument = 0 } = metric.value;
    expect([metric.name, measureOf(measure).parts[part]?.(argument)]).toEqual([metric.name, expect.any(Object)]);
  }
  expect(findMetric('heldSlots')).toBeUndefined();
});

test('have hours that feedbackWithin takes', () => {
  const hours = METRICS.filter(({ value }) => value.measure === 'feedbackWithin').map(({ value }) => value.argument);
  expect(hours).toContain(DEFAULT_WITHIN_HOURS);
  expect(Math.max(...hours.map(Number))).toBeLessThanOrEqual(MAX_WITHIN_HOURS);
  expect(MEASURES.feedbackWithin.argument).toBe('hours');
});

test('all of them can be asked of all rows, at a clock in whole seconds', () => {
  const request = {
    ...{ where: { all: [] }, period: ALL_TIME, groupBy: [], having: [], orderBy: [], first: null, compareTo: null },
    ...{ fill: true, at: Date.parse('2026-11-28T12:00:00.900Z') },
  };
  const context = { viewer: OPERATOR, knownAt: null, now: 0, words: WORDS };
  const { values, at } = resolveMetrics(request, context).total(METRICS.map(({ value }) => value));
  expect([values.length, at]).toEqual([METRICS.length, '2026-11-28T12:00:00Z']);
});
