/** The plain computation that the program is compared with, on cases that are computed by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../kit/generated.ts';
import { anyClock, anyRows, JOBS, rowNamed, ZONES } from '../kit/metrics/any-rows.ts';
import { startOfDay } from '../kit/metrics/calendar.ts';
import { currentStages } from '../kit/metrics/facts.ts';
import { METRIC_NAMES, metricValue } from '../kit/metrics/metric-names.ts';
import { plainMetrics } from '../kit/metrics/plain-metrics.ts';
import type { Dimension, MetricsRequest, PlainRow } from '../kit/metrics/request.ts';
import { percentileCont, percentileDisc } from '../kit/metrics/statistics.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import type { Values } from '../kit/rows.ts';

/** An hour of Ada's in Berlin on a Tuesday, and what is said otherwise. */
const row = (values: Values = {}): Row =>
  rowNamed({
    interviewId: 'i1',
    interviewTimeZone: 'Europe/Berlin',
    interviewerEmployeeId: 'e-1',
    startTime: '2026-11-24T09:00:00',
    endTime: '2026-11-24T10:00:00',
    ...values,
  });

const DEPARTMENTS = new Map(JOBS.slice(0, 2).map((job, at) => [job, `Department ${at % 2}`]));

const metrics = (rows: readonly PlainRow[], request: Partial<MetricsRequest> = {}) =>
  plainMetrics(
    rows,
    { stages: currentStages(rows), departments: DEPARTMENTS },
    { at: '2026-12-01T00:00:00Z', ...request },
  );

const total = (rows: readonly PlainRow[], at = '2026-12-01T00:00:00Z') => metrics(rows, { at }).total;

const keys = (rows: readonly PlainRow[], request: Partial<MetricsRequest>) =>
  metrics(rows, request).groups.map(({ key }) => key.text.join(' '));

/** The names of the groups, each with its number of rows. */
const counts = (rows: readonly PlainRow[], request: Partial<MetricsRequest>) =>
  metrics(rows, request).groups.map(({ key, values }) => `${key.text.join(' ')}: ${values.appointments}`);

test('percentiles are those of Postgres', () => {
  expect([0, 0.25, 0.5, 0.875, 1].map((p) => percentileCont([10, 4, 1, 2], p))).toEqual([1, 1.75, 3, 7.75, 10]);
  expect([0, 0.25, 0.26, 0.5, 1].map((p) => percentileDisc([10, 4, 1, 2], p))).toEqual([1, 1, 2, 2, 10]);
  expect([percentileCont([], 0.5), percentileDisc([], 0.5)]).toEqual([null, null]);
});

describe('held and due', () => {
  test('is what had ended at the clock, to the second', () => {
    expect(total([row()], '2026-11-24T08:59:59.999Z').upcomingSlots).toBe(1);
    expect(total([row()], '2026-11-24T09:00:00Z').heldSlots).toBe(1);
  });

  test.each([
    ['an id', { interviewerEmployeeId: 'e-1' }, 1],
    ['a name alone', { interviewerEmployeeId: null, interviewerLastName: 'Dorn' }, 1],
    ['empty names', { interviewerEmployeeId: null, interviewerFirstName: '', interviewerLastName: '' }, 0],
    ['nobody', { interviewerEmployeeId: null }, 0],
    ['no answer', { interviewerStatus: null }, 1],
    ['a decline', { interviewerStatus: 'DECLINED' }, 0],
    ['a cancellation', { interviewCanceled: 'true' }, 0],
    ['no zone', { interviewTimeZone: null }, 0],
    ['an end that is skipped', { startTime: '2026-03-29T01:30:00', endTime: '2026-03-29T02:30:00' }, 0],
  ] as const)('of a row with %s', (_what, values, due) => {
    expect(total([row(values)]).timeToFeedback.due).toBe(due);
  });

  test('an hour that comes twice is that of standard time', () => {
    const twice = row({ startTime: '2026-10-25T01:30:00', endTime: '2026-10-25T02:30:00' });
    expect(total([twice], '2026-10-25T01:29:59Z').heldSlots).toBe(0);
    expect(total([twice], '2026-10-25T01:30:00Z').heldHours).toBe(2);
  });

  test('an end before the start has no hours, unless they are stated', () => {
    const backwards = { startTime: '2026-11-24T09:00:00', endTime: '2026-11-24T08:00:00' };
    expect(total([row(backwards)])).toMatchObject({ heldSlots: 1, heldHours: null });
    expect(total([row({ ...backwards, duration: '1.5' })]).heldHours).toBe(1.5);
  });
});

describe('feedback', () => {
  test.each([
    ['without hours, is given and late', { interviewerReview: '' }, 1, 0],
    ['of a rating alone', { interviewerRating: '4', timeToProvideFeedback: '24' }, 1, 1],
    ['before the end', { interviewerReview: 'Sound.', timeToProvideFeedback: '-2' }, 1, 1],
    ['after the clock, is missing', { interviewerReview: 'Sound.', timeToProvideFeedback: '1000' }, 0, 0],
    [
      'after hours that can’t be meant, is given',
      { interviewerReview: 'Sound.', timeToProvideFeedback: '1500000' },
      1,
      0,
    ],
    ['of hours alone, is missing', { timeToProvideFeedback: '1' }, 0, 0],
  ] as const)('%s', (_what, values, given, inTime) => {
    const { feedback, feedbackWithin } = total([row(values)]);
    expect([feedback.numerator, feedbackWithin(24).numerator]).toEqual([given, inTime]);
  });

  test('is counted within 24 hours once they are over', () => {
    const early = row({ interviewerReview: 'Sound.', timeToProvideFeedback: '1' });
    expect(total([early], '2026-11-25T08:59:59Z').feedbackWithin(24)).toMatchObject({ value: null, denominator: 0 });
    expect(total([early], '2026-11-25T09:00:00Z').feedbackWithin(24)).toMatchObject({ value: 1, denominator: 1 });
  });

  test('that is missing is counted by its age', () => {
    const at = (hours: number) => new Date(Date.parse('2026-11-24T09:00:00Z') + hours * 3_600_000).toISOString();
    const ages = [23, 24, 72, 168, 719, 720].map((hours) => total([row()], at(hours)).feedbackBacklog);
    const under = ages.map((age) => [age.underOneDay, age.oneToThreeDays, age.threeToSevenDays, age.sevenToThirtyDays]);
    expect(under).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
    expect(ages.map((age) => age.overThirtyDays)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(ages[0]?.oldestEndedAt).toBe(Date.parse('2026-11-24T09:00:00Z'));
  });
});

describe('where rows disagree', () => {
  test('the newest of the group decides, even by saying nothing', () => {
    const rows = [
      row({ interviewUpdateDate: '2026-11-01T00:00:00', candidateStatus: 'ACCEPTED', interviewCanceled: 'true' }),
      row({ interviewUpdateDate: '2026-11-02T00:00:00', interviewerEmployeeId: 'e-2', duration: '3' }),
      row({ interviewUpdateDate: null, interviewerEmployeeId: 'e-3', duration: '7' }),
    ];
    expect(total(rows)).toMatchObject({
      cancellation: { numerator: 0, denominator: 1 },
      candidateAcceptance: { denominator: 0 },
      heldHours: 3,
      heldInterviewerHours: 6,
    });
  });

  test('one held row is enough, and one interviewer who is left', () => {
    const declined = row({ interviewerStatus: 'DECLINED' });
    expect(total([declined, row({ interviewCanceled: 'true' })])).toMatchObject({
      heldSlots: 1,
      heldSlotsAllDeclined: 0,
    });
    expect(total([declined], '2026-11-01T00:00:00Z').upcomingSlotsUncovered).toBe(1);
    expect(total([declined, row()], '2026-11-01T00:00:00Z').upcomingSlotsUncovered).toBe(0);
  });

  test('rooms make slots', () => {
    const rooms = [null, '', 'Kant'].map((room) => row({ room }));
    expect(total(rooms)).toMatchObject({ slots: 3, interviews: 1, panelSize: { count: 3, mean: 1 } });
  });
});

describe('overlapping', () => {
  const other = (values: Values) => row({ interviewId: 'i2', ...values });

  test.each([
    ['half an hour', { startTime: '2026-11-24T09:30:00', endTime: '2026-11-24T10:30:00' }, 2],
    ['end to start', { startTime: '2026-11-24T10:00:00', endTime: '2026-11-24T11:00:00' }, 0],
    ['the same hour elsewhere', { interviewTimeZone: 'UTC' }, 0],
    ['one declined', { interviewerStatus: 'DECLINED' }, 0],
    ['another person', { interviewerEmployeeId: 'e-2' }, 0],
    ['no length', { startTime: '2026-11-24T09:30:00', endTime: '2026-11-24T09:30:00' }, 0],
  ] as const)('%s', (_what, values, overlapping) => {
    expect(total([row(), other(values)]).overlapping).toBe(overlapping);
  });

  test('a row outside of the filter overlaps, too; one named twice in a slot doesn’t', () => {
    expect(metrics([row(), other({})], { where: ({ interviewId }) => interviewId === 'i1' }).total.overlapping).toBe(1);
    expect(total([row(), row({ interviewerStatus: 'ACCEPTED' })]).overlapping).toBe(0);
  });
});

describe('times', () => {
  test('are local: own days without a zone, one calendar with it', () => {
    const late = row({ startTime: '2026-11-23T23:30:00', endTime: '2026-11-24T00:30:00' });
    const newYork = row({ startTime: '2026-11-23T23:30:00', interviewTimeZone: 'America/New_York' });
    const groupBy: Dimension[] = ['DAY', 'HOUR'];
    expect(keys([late, newYork], { groupBy })).toEqual(['2026-11-23 23']);
    expect(keys([late, newYork], { groupBy, period: { timeZone: 'Europe/Berlin' } })).toEqual([
      '2026-11-23 23',
      '2026-11-24 5',
    ]);
  });

  test.each([
    ['2027-01-01', 'MONDAY', '2026-W53'],
    ['2027-01-04', 'MONDAY', '2027-W01'],
    ['2024-12-30', 'MONDAY', '2025-W01'],
    ['2027-01-01', 'SUNDAY', '2026-12-27'],
    ['2026-12-27', 'SUNDAY', '2026-12-27'],
  ] as const)('%s is in the week from %s named %s', (day, weekStart, name) => {
    expect(keys([row({ startTime: `${day}T09:00:00` })], { groupBy: ['WEEK'], period: { weekStart } })).toEqual([name]);
  });

  test('weekdays come from Monday on, whatever weeks begin with', () => {
    const rows = ['2026-11-22', '2026-11-23'].map((day) => row({ startTime: `${day}T09:00:00` }));
    for (const weekStart of ['MONDAY', 'SUNDAY'] as const)
      expect(keys(rows, { groupBy: ['WEEKDAY'], period: { weekStart } })).toEqual(['MONDAY', 'SUNDAY']);
  });

  test('that are missing are a group without a period, and outside of one', () => {
    const rows = [row(), row({ startTime: null })];
    expect(counts(rows, { groupBy: ['YEAR'] })).toEqual(['2026: 1', ': 1']);
    expect(counts(rows, { groupBy: ['YEAR'], period: { from: '2020-01-01' } })).toEqual(['2026: 1']);
    const skipped = row({ startTime: '2026-03-29T02:30:00' });
    expect(metrics([skipped], { period: { from: '2026-01-01' } }).total.appointments).toBe(1);
    expect(metrics([skipped], { period: { from: '2026-01-01', timeZone: 'UTC' } }).total.appointments).toBe(0);
  });

  test('are filled, for the other keys found', () => {
    const rows = [row(), row({ interviewerEmployeeId: 'e-2', startTime: '2026-11-26T09:00:00' })];
    const period = { from: '2026-11-24', to: '2026-11-27' };
    expect(counts(rows, { groupBy: ['DAY'], period })).toEqual(['2026-11-24: 1', '2026-11-25: 0', '2026-11-26: 1']);
    expect(counts(rows, { groupBy: ['INTERVIEWER', 'DAY'], period })).toEqual([
      'e-1 2026-11-24: 1',
      'e-1 2026-11-25: 0',
      'e-1 2026-11-26: 0',
      'e-2 2026-11-24: 0',
      'e-2 2026-11-25: 0',
      'e-2 2026-11-26: 1',
    ]);
    expect(counts(rows, { groupBy: ['DAY'], period, fill: false })).toEqual(['2026-11-24: 1', '2026-11-26: 1']);
    expect(counts([], { groupBy: ['MONTH'], period })).toEqual(['2026-11: 0']);
  });

  test.each([
    [null, '2026-11-30T12:00:00Z', true],
    [null, '2026-11-30T11:59:59Z', false],
    ['Europe/Berlin', '2026-11-29T23:00:00Z', true],
    ['Europe/Berlin', '2026-11-29T22:59:59Z', false],
  ] as const)('in the zone %s, a week is over at %s: %s', (timeZone, at, over) => {
    const period = { from: '2026-11-16', to: '2026-11-30', timeZone };
    expect(metrics([], { groupBy: ['WEEK'], period, at }).groups.map(({ key }) => key.period?.complete)).toEqual([
      true,
      over,
    ]);
  });

  test('a day begins where clocks skip midnight, or the whole day', () => {
    expect(startOfDay('2017-10-15', 'America/Sao_Paulo')).toBe(Date.parse('2017-10-15T03:00:00Z'));
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(startOfDay('2011-12-31', 'Pacific/Apia'));
    expect(startOfDay('2026-10-25', 'Europe/Berlin')).toBe(Date.parse('2026-10-24T22:00:00Z'));
  });

  test('last counts whole weeks before the clock', () => {
    const last = { count: 2, unit: 'WEEK' } as const;
    const days = (argument: MetricsRequest['period'], at = '2026-11-28T12:00:00Z') =>
      metrics([], { period: argument, at }).period?.name;
    expect(days({ last })).toBe('2026-11-09/2026-11-23');
    expect(days({ last: { ...last, andCurrent: true } })).toBe('2026-11-09/2026-11-30');
    expect(days({ last, weekStart: 'SUNDAY' })).toBe('2026-11-08/2026-11-22');
    expect(days({ last: { count: 1, unit: 'QUARTER' } })).toBe('2026-Q3');
    expect(days({ last: { count: 1, unit: 'DAY' }, timeZone: 'Pacific/Kiritimati' })).toBe('2026-11-28');
  });
});

describe('a comparison', () => {
  const compared = (period: MetricsRequest['period'], request: Partial<MetricsRequest> = {}) =>
    metrics([], { period, compareTo: 'PREVIOUS_PERIOD', ...request }).previousPeriod?.name;

  test('is with as many days, or months, before', () => {
    expect(compared({ from: '2026-11-16', to: '2026-11-23' })).toBe('2026-W46');
    expect(compared({ from: '2026-10-01', to: '2027-01-01' })).toBe('2026-Q3');
    expect(compared({ from: '2026-03-01', to: '2026-04-01' })).toBe('2026-02');
    expect(compared({ from: '2026-11-16', to: '2026-11-23' }, { compareTo: 'PREVIOUS_YEAR' })).toBe(
      '2025-11-16/2025-11-23',
    );
    expect(compared({ from: '2026-11-16', to: '2026-11-23' }, { compareTo: 'PREVIOUS_YEAR', groupBy: ['WEEK'] })).toBe(
      '2025-W47',
    );
  });

  test('has the clock of then, so what is given later is missing', () => {
    const feedback = { interviewerReview: 'Sound.', timeToProvideFeedback: '30' };
    const rows = ['2026-11-10', '2026-11-17'].map((day, at) =>
      row({ interviewId: `i${at}`, startTime: `${day}T09:00:00`, endTime: `${day}T10:00:00`, ...feedback }),
    );
    // Wednesday noon: both are given at half past three in the afternoon.
    const { groups, total, previousTotal } = metrics(rows, {
      groupBy: ['WEEK'],
      period: { from: '2026-11-16', to: '2026-11-23' },
      compareTo: 'PREVIOUS_PERIOD',
      at: '2026-11-18T12:00:00Z',
    });
    const missing = [groups[0]?.values, groups[0]?.previous, total, previousTotal].map((values) => values?.feedback);
    expect(missing).toEqual(missing.map(() => ({ value: 0, numerator: 0, denominator: 1 })));
  });
});

describe('groups', () => {
  const rows = ['e-2', 'e-1', null, 'e-1', 'é'].map((interviewerEmployeeId, at) =>
    row({ interviewId: `i${at}`, interviewerEmployeeId }),
  );

  test('come in their own order, what is missing last', () => {
    expect(counts(rows, { groupBy: ['INTERVIEWER'] })).toEqual(['e-1: 2', 'e-2: 1', 'é: 1', ': 1']);
  });

  test('are ordered, conditioned and cut', () => {
    const groupBy: Dimension[] = ['INTERVIEWER'];
    expect(keys(rows, { groupBy, orderBy: [{ metric: 'APPOINTMENTS', direction: 'DESC' }], first: 2 })).toEqual([
      'e-1',
      'e-2',
    ]);
    expect(keys(rows, { groupBy, orderBy: [{ dimension: 'INTERVIEWER', direction: 'DESC', nulls: 'FIRST' }] })).toEqual(
      ['', 'é', 'e-2', 'e-1'],
    );
    const having = [{ metric: 'INTERVIEWERS', gte: 1 }] as const;
    expect(metrics(rows, { groupBy, having, first: 1 })).toMatchObject({ groupCount: 3, total: { appointments: 5 } });
    expect(keys(rows, { groupBy, having: [{ metric: 'RATING_MEAN', gte: 0 }] })).toEqual([]);
    expect(keys(rows, { groupBy, having: [{ metric: 'RATING_MEAN', isNull: true }], first: 1 })).toEqual(['e-1']);
  });

  test('are by state, answer and department as they are listed', () => {
    const states = [
      row({ interviewTimeZone: null }),
      row({ interviewCanceled: 'true' }),
      row({ endTime: '2027-01-01T00:00:00' }),
      row({ jobId: JOBS[0] ?? null }),
    ];
    expect(keys(states, { groupBy: ['SLOT_STATE'] })).toEqual(['HELD', 'UPCOMING', 'CANCELED', 'UNKNOWN_TIME']);
    expect(counts(states, { groupBy: ['DEPARTMENT'] })).toEqual(['Department 0: 1', ': 3']);
  });
});

/** Everything that has a name, of a group. */
const named = (rows: readonly PlainRow[], at: string) => {
  const values = total(rows, at);
  return Object.fromEntries(METRIC_NAMES.map((name) => [name, metricValue(values, name)]));
};

describe('of any rows', () => {
  const numbered = anyRows.map((rows) =>
    rows.map((one, at): PlainRow => ({ ...one, rowId: String(at).padStart(3, '0') })),
  );

  test('the measures don’t depend on the order of the rows', () => {
    fc.assert(
      fc.property(numbered, anyClock, (rows, at) => {
        expect(named(rows.toReversed(), at)).toEqual(named(rows, at));
      }),
      { numRuns: propertyRuns(30) },
    );
  });

  test('the rows of groups add up, with any number of dimensions', () => {
    const timeZone = fc.constantFrom(...ZONES, null);
    const dimensions = fc.constantFrom<Dimension[]>(['WEEK'], ['JOB', 'MONTH'], ['SLOT_STATE', 'DAY', 'ROOM']);
    fc.assert(
      fc.property(numbered, anyClock, timeZone, dimensions, (rows, at, zone, groupBy) => {
        const { groups, total } = metrics(rows, { at, groupBy, period: { timeZone: zone } });
        expect(groups.reduce((sum, { values }) => sum + values.appointments, 0)).toBe(total.appointments);
        expect(total.appointments).toBe(rows.length);
      }),
      { numRuns: propertyRuns(30) },
    );
  });
});
