import { METRIC_DATES } from '../../domain/calendar/resolve.ts';
import { METRIC_COMPARISONS } from '../../domain/calendar/shift.ts';
import { CALENDAR_UNITS, WEEKDAYS } from '../../domain/calendar/units.ts';
import { DIMENSIONS, SLOT_STATES } from '../../domain/metrics/dimensions.ts';
import type { MetricUnit as Unit } from '../../domain/metrics/measure.ts';
import { METRICS } from '../../domain/metrics/metric-names.ts';
import { mapRecord } from '../../domain/types/records.ts';
import { builder, PERSONAL } from '../builder.ts';

/** The enumerations of metrics, from the tables of src/domain/metrics. */

/** Describes each of some values. */
const described = <K extends string>(_values: readonly K[], descriptions: Readonly<Record<K, string>>) =>
  mapRecord(descriptions, (description) => ({ description }));

export const MetricDate = builder.enumType('MetricDate', {
  description: 'The date by which appointments are put into periods.',
  values: described(METRIC_DATES, {
    START: 'Start of the time slot.',
    CREATE: 'Creation of the interview.',
    UPDATE: 'Last change of the interview.',
    REVIEW: 'Submission of the review.',
  }),
});

export const CalendarUnit = builder.enumType('CalendarUnit', {
  description: 'A unit of the calendar.',
  values: described(CALENDAR_UNITS, {
    DAY: 'Days.',
    WEEK: 'Weeks.',
    MONTH: 'Months.',
    QUARTER: 'Quarters of the calendar year.',
    YEAR: 'Calendar years.',
  }),
});

export const Weekday = builder.enumType('Weekday', {
  description: 'A day of the week.',
  values: described(WEEKDAYS, {
    MONDAY: 'Monday.',
    TUESDAY: 'Tuesday.',
    WEDNESDAY: 'Wednesday.',
    THURSDAY: 'Thursday.',
    FRIDAY: 'Friday.',
    SATURDAY: 'Saturday.',
    SUNDAY: 'Sunday.',
  }),
});

export const MetricComparison = builder.enumType('MetricComparison', {
  description: 'The period to compare with.',
  values: described(METRIC_COMPARISONS, {
    PREVIOUS_PERIOD:
      'The period of the same length directly before; for whole months, quarters and years, so many of those.',
    PREVIOUS_YEAR: '364 days before for groups by day or week, so that weekdays match; otherwise 12 months before.',
  }),
});

export const SlotState = builder.enumType('SlotState', {
  description: 'What has become of a time slot at the clock.',
  values: mapRecord(SLOT_STATES, (description) => ({ description })),
});

export const MetricDimension = builder.enumType('MetricDimension', {
  description: 'What appointments are grouped by.',
  values: mapRecord(DIMENSIONS, ({ description, personal }) => ({
    description: personal ? `${description} Requires the scope \`personal\`.` : description,
    ...(personal && { extensions: PERSONAL }),
  })),
});

export const MetricName = builder.enumType('MetricName', {
  description: 'A single value of a measure, by name: for sort keys, conditions, columns of CSV and alerts.',
  values: Object.fromEntries(
    METRICS.map(({ name, title, scope }) => [
      name,
      {
        description: scope === 'personal' ? `${title}. Requires the scope \`personal\`.` : `${title}.`,
        ...(scope === 'personal' && { extensions: PERSONAL }),
      },
    ]),
  ),
});

const UNITS: Readonly<Record<Unit, string>> = {
  ROWS: 'Appointments: rows of the extract.',
  INTERVIEWS: 'Interviews.',
  SLOTS: 'Time slots.',
  PEOPLE: 'People.',
  APPLICATIONS: 'Applications.',
  HOURS: 'Hours.',
  DAYS: 'Days, with fractions.',
  RATE: 'A ratio, from 0 to 1.',
  RATING: 'A rating as in the source; its scale is not known.',
  SLOTS_PER_WEEK: 'Time slots per week.',
  SLOTS_PER_APPLICATION: 'Time slots per application.',
};

export const MetricUnit = builder.enumType('MetricUnit', {
  description: 'The unit of a metric.',
  values: mapRecord(UNITS, (description) => ({ description })),
});

export const MetricDirection = builder.enumType('MetricDirection', {
  description: 'Which values of a metric are better.',
  values: { HIGHER: { description: 'Higher is better.' }, LOWER: { description: 'Lower is better.' } },
});
