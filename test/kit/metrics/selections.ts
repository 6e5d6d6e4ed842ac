/** The fields of MetricValues, each with what the plain computation has in its place. */
import { makesSense } from './any-request.ts';
import type { PlainValues } from './measures.ts';
import type { MetricName } from './metric-names.ts';
import type { Dimension, PeriodDate } from './request.ts';
import type { PlainStatistics } from './statistics.ts';

export interface Selection {
  /** The field as a query selects it. */
  readonly text: string;
  /** What an answer has of it: the fields of MetricValues by their names or aliases. */
  readonly plain: (values: PlainValues) => object;
  /** A name of the measure: it makes sense where that does. */
  readonly metric: MetricName;
}

const STATISTICS = '{ count mean median p90 min max p75: percentile(p: 0.75) }';

const all = ({ percentile, ...rest }: PlainStatistics) => ({ ...rest, p75: percentile(0.75) });

/** A field that is a number. */
function number(metric: MetricName, name: keyof PlainValues): Selection {
  return { metric, text: name, plain: (values) => ({ [name]: values[name] }) };
}

/** A field that is a rate. */
const rate = (metric: MetricName, name: keyof PlainValues): Selection => ({
  metric,
  text: `${name} { value numerator denominator }`,
  plain: (values) => ({ [name]: values[name] }),
});

/** A field that is statistics. */
const statistics = (metric: MetricName, name: 'rating' | 'schedulingLead' | 'panelSize'): Selection => ({
  metric,
  text: `${name} ${STATISTICS}`,
  plain: (values) => ({ [name]: all(values[name]) }),
});

const within = (hours: number): Selection => {
  const alias = `within${hours.toString().replace('.', '_')}`;
  return {
    metric: 'FEEDBACK_WITHIN_24_HOURS_RATE',
    text: `${alias}: feedbackWithin(hours: ${hours}) { value numerator denominator }`,
    plain: (values) => ({ [alias]: values.feedbackWithin(hours) }),
  };
};

const instantText = (at: number | null) => at && new Date(at).toISOString().replace('.000Z', 'Z');

/** All fields of MetricValues. */
export const SELECTIONS: readonly Selection[] = [
  number('APPOINTMENTS', 'appointments'),
  number('INTERVIEWS', 'interviews'),
  number('SLOTS', 'slots'),
  number('CANDIDATES', 'candidates'),
  number('APPLICATIONS', 'applications'),
  number('INTERVIEWERS', 'interviewers'),
  number('HELD_SLOTS', 'heldSlots'),
  number('HELD_INTERVIEWS', 'heldInterviews'),
  number('HELD_SLOTS_ALL_DECLINED', 'heldSlotsAllDeclined'),
  number('UPCOMING_SLOTS_UNCOVERED', 'upcomingSlotsUncovered'),
  number('UPCOMING_SLOTS', 'upcomingSlots'),
  number('UNKNOWN_TIME', 'unknownTime'),
  number('HELD_HOURS', 'heldHours'),
  number('HELD_INTERVIEWER_HOURS', 'heldInterviewerHours'),
  number('OVERLAPPING', 'overlapping'),
  number('HIRED_APPLICATIONS', 'hiredApplications'),
  number('HELD_SLOTS_PER_HIRE', 'heldSlotsPerHire'),
  rate('CANCELLATION_RATE', 'cancellation'),
  rate('INTERVIEWER_ACCEPTANCE_RATE', 'interviewerAcceptance'),
  rate('INTERVIEWER_DECLINE_RATE', 'interviewerDecline'),
  rate('INTERVIEWER_OPEN_RATE', 'interviewerOpen'),
  rate('CANDIDATE_ACCEPTANCE_RATE', 'candidateAcceptance'),
  rate('CANDIDATE_DECLINE_RATE', 'candidateDecline'),
  rate('FEEDBACK_RATE', 'feedback'),
  within(0.5),
  within(24),
  within(36.25),
  within(48),
  {
    metric: 'TIME_TO_FEEDBACK_MEDIAN_OF_DUE',
    text: `timeToFeedback { due given ${STATISTICS} percentileOfDue p0: percentileOfDue(p: 0) p90: percentileOfDue(p: 0.9) }`,
    plain: ({ timeToFeedback: { due, given, percentileOfDue } }) => ({
      timeToFeedback: {
        due,
        given: all(given),
        percentileOfDue: percentileOfDue(0.5),
        p0: percentileOfDue(0),
        p90: percentileOfDue(0.9),
      },
    }),
  },
  {
    metric: 'FEEDBACK_BACKLOG',
    text: `feedbackBacklog {
      total underThirtyDays oldestEndedAt underOneDay oneToThreeDays threeToSevenDays sevenToThirtyDays overThirtyDays
    }`,
    plain: ({ feedbackBacklog: { oldestEndedAt, ...rest } }) => ({
      feedbackBacklog: { ...rest, oldestEndedAt: instantText(oldestEndedAt) },
    }),
  },
  statistics('RATING_MEAN', 'rating'),
  statistics('SCHEDULING_LEAD_P90', 'schedulingLead'),
  statistics('PANEL_SIZE_MEAN', 'panelSize'),
  {
    metric: 'SLOTS_PER_INTERVIEWER_WEEK_MAX',
    text: `interviewerLoad { slotsPerWeek ${STATISTICS} hoursPerWeek ${STATISTICS} }`,
    plain: ({ interviewerLoad: { slotsPerWeek, hoursPerWeek } }) => ({
      interviewerLoad: { slotsPerWeek: all(slotsPerWeek), hoursPerWeek: all(hoursPerWeek) },
    }),
  },
];

/** Those of the fields that make sense by these dimensions and on that date. */
export const sensible = (
  selections: readonly Selection[],
  groupBy: readonly Dimension[],
  on: PeriodDate | undefined,
): Selection[] => selections.filter(({ metric }) => makesSense(metric, groupBy, on));

/** The text of a selection set, which always has a field. */
export const textOf = (selections: readonly Selection[]): string =>
  `{ __typename ${selections.map(({ text }) => text).join(' ')} }`;

/** What an answer has of these fields. */
export const plainOf = (selections: readonly Selection[], values: PlainValues | null): object | null =>
  values && Object.assign({ __typename: 'MetricValues' }, ...selections.map(({ plain }) => plain(values)));
