/** The worked example of docs/metrics.md: its tables are the rows of the file, and what they say was worked out is what the rows give. */
import { describe, expect, test } from 'vitest';
import { codesIn, readDocument, sectionOf, sectionWithin, tableRows } from '../kit/documents.ts';
import { rowsIn, slotKey } from '../kit/generated.ts';
import { currentStages } from '../kit/metrics/facts.ts';
import type { PlainValues } from '../kit/metrics/measures.ts';
import { METRIC_NAMES, type MetricName, metricValue, rateOf } from '../kit/metrics/metric-names.ts';
import { plainMetrics } from '../kit/metrics/plain-metrics.ts';
import type { MetricsRequest } from '../kit/metrics/request.ts';

const CLOCK = '2025-12-01T12:00:00Z';

const document = readDocument('docs/metrics.md');
const rows = rowsIn(readDocument('examples/metrics/interviews.csv'));
const surroundings = { stages: currentStages(rows), departments: new Map<string, string>() };
const metrics = (request: Partial<MetricsRequest>) => plainMetrics(rows, surroundings, { at: CLOCK, ...request });

/** A value as the tables write it: a part and a whole where there is one. */
function written(values: PlainValues, name: MetricName, like: string): string {
  const rate = rateOf(values, name);
  if (rate) return `${rate.numerator}/${rate.denominator}`;
  const value = metricValue(values, name);
  const [part = 0, whole] = like.split('/').map(Number);
  // A mean that has no short decimal is written as a fraction.
  if (whole !== undefined && value !== null && Math.abs(value - part / whole) < 1e-9) return like;
  return value === null ? 'null' : String(Math.round(value * 1e9) / 1e9);
}

/** The last two characters of an id tell which it is. */
const short = (id: string | null) => id?.slice(-2) ?? 'none';
const minute = (wallClock: string) => wallClock.slice(0, 16).replace('T', ' ');
const clockTime = (wallClock: string | null) => String(wallClock).slice(11, 16);

describe('the tables of rows', () => {
  test('have the interviews of the file', () => {
    const interviews = new Map(rows.map((row) => [row.interviewId, row]));
    const lead = (interviewId: string | null) =>
      metrics({ where: (row) => row.interviewId === interviewId }).total.schedulingLead.median;
    const listed = tableRows(sectionOf(document, 'Its interviews')).map((cells) => cells.toSpliced(6, 1));
    expect(listed).toEqual(
      [...interviews.values()].map((row) => [
        row.interviewId,
        short(row.applicationId),
        short(row.candidateProfileId),
        short(row.jobId),
        minute(String(row.interviewCreateDate)),
        row.interviewCanceled === 'true' ? 'yes' : 'no',
        lead(row.interviewId)
          ?.toString()
          .concat(lead(row.interviewId) === -1 ? ' day' : ' days') ?? 'none',
      ]),
    );
  });

  test('have the rows of the file', () => {
    const slots = [...new Set(rows.map(slotKey))];
    const reviews = (review: string | null) => (review === null ? 'none' : review === '' ? 'empty' : 'yes');
    expect(tableRows(sectionOf(document, 'Its rows'))).toEqual(
      rows.map((row, index) => [
        String(index + 1),
        row.interviewId,
        String.fromCharCode(65 + slots.indexOf(slotKey(row))),
        minute(String(row.startTime)),
        clockTime(row.endTime),
        row.duration ?? 'none',
        [row.interviewerEmployeeId, row.interviewerFirstName].filter(Boolean).join(' ') || 'none',
        row.interviewerStatus ?? 'none',
        reviews(row.interviewerReview),
        row.interviewerRating ?? 'none',
        row.timeToProvideFeedback ?? 'none',
        row.candidateStatus ?? 'none',
        row.applicationStage ?? 'none',
      ]),
    );
  });
});

test('the measures are described, each once', () => {
  const described = tableRows(sectionWithin(document, 'Measures')).flatMap(([name = '']) => codesIn(name));
  expect(described.toSorted()).toEqual([...METRIC_NAMES].sort());
  expect(sectionOf(document, 'Measures')).toContain(`There are ${METRIC_NAMES.length} names.`);
});

describe('worked out', () => {
  test('are all measures of all rows', () => {
    const { total } = metrics({});
    const table = tableRows(sectionOf(document, 'All of it, worked out')).map(([name = '', value = '']) => {
      return [codesIn(name)[0] as MetricName, value] as const;
    });
    expect(table.map(([name]) => name).toSorted()).toEqual([...METRIC_NAMES].sort());
    expect(table).toEqual(table.map(([name, value]) => [name, written(total, name, value)]));
  });

  test('are all measures by week, and seen earlier', () => {
    const period = { from: '2025-11-17', to: '2025-12-08' };
    const weeks = metrics({ period, groupBy: ['WEEK'] }).groups;
    expect(weeks.map(({ key }) => [key.period?.name, key.period?.complete])).toEqual([
      ['2025-W47', true],
      ['2025-W48', true],
      ['2025-W49', false],
    ]);
    const columns = [...weeks.map(({ values }) => values), metrics({ at: '2025-11-27T12:00:00Z' }).total];
    const table = tableRows(sectionOf(document, 'By week, and seen earlier')).map(([name = '', ...values]) => {
      return [codesIn(name)[0] as MetricName, ...values] as const;
    });
    expect(table.map(([name]) => name).toSorted()).toEqual([...METRIC_NAMES].sort());
    expect(table).toEqual(
      table.map(([name, ...values]) => [
        name,
        ...values.map((value, index) =>
          value === '-' && name === 'HELD_SLOTS_PER_HIRE' ? value : written(columns[index] as PlainValues, name, value),
        ),
      ]),
    );
  });

  test('are the held slots for a hire by job', () => {
    const { groups } = metrics({ groupBy: ['JOB'] });
    const perHire = groups.map(({ key, values }) => [short(key.text[0] ?? null), values.heldSlotsPerHire]);
    expect(perHire).toEqual([
      ['b1', 4],
      ['b2', 2],
    ]);
    expect(document).toContain('by job is 4 for b1 (A, B, C, E for a1) and 2 for b2 (F, G for a3)');
  });
});
