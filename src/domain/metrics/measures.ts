import { type Aggregate, itemsOf } from './formulas.ts';
import { below, count, type Measure, number, type Refusal, rate, rateParts } from './measure.ts';

/**
 * THE TABLE of measures (docs/metrics.md has the definitions with their reasons). The GraphQL fields, the names of MetricName with their
 * definitions, the columns of CSV and their SQL are all generated from it. A new measure starts here.
 */

const rows = itemsOf('row');
const slots = itemsOf('slot');
const interviews = itemsOf('interview');
const applications = itemsOf('application');

/** The default of `feedbackWithin(hours:)`, and its limits, in hours. */
export const DEFAULT_WITHIN_HOURS = 24;
export const MAX_WITHIN_HOURS = 1000;

const SECONDS_PER_HOUR = 3600;

/** Missing feedback whose slot ended `from` hours ago or longer, but less than `to`. */
const missingFor = (from: number, to: number | null): Aggregate =>
  rows.count(
    'due',
    { not: 'given' },
    {
      fact: 'secondsSinceEnd',
      atLeast: from * SECONDS_PER_HOUR,
      ...(to !== null && { below: to * SECONDS_PER_HOUR }),
    },
  );

const OF_SLOTS: Refusal = {
  by: ['INTERVIEWER', 'INTERVIEWER_STATUS'],
  reason: 'it looks at all interviewers of a time slot, and such a group has only some of them',
};

export const MEASURES = {
  appointments: count(
    'APPOINTMENTS',
    rows.count(),
    'ROWS',
    'Appointments',
    'Appointments, which are the rows of the extract: one per interviewer and time slot.',
  ),
  interviews: count(
    'INTERVIEWS',
    interviews.count(),
    'INTERVIEWS',
    'Interviews',
    'Interviews, canceled ones included.',
  ),
  slots: count('SLOTS', slots.count(), 'SLOTS', 'Time slots', 'Time slots of interviews, canceled ones included.'),
  candidates: count('CANDIDATES', itemsOf('candidate').count(), 'PEOPLE', 'Candidates', 'Candidates.'),
  applications: count('APPLICATIONS', applications.count(), 'APPLICATIONS', 'Applications', 'Applications.'),
  interviewers: count(
    'INTERVIEWERS',
    itemsOf('interviewer').count(),
    'PEOPLE',
    'Interviewers',
    'Interviewers by employee ID; appointments without one are not counted.',
  ),
  heldSlots: count(
    'HELD_SLOTS',
    slots.count('held'),
    'SLOTS',
    'Held slots (ended, not canceled)',
    'Time slots that have ended and were not canceled. Whether anybody came is not known.',
  ),
  heldInterviews: count(
    'HELD_INTERVIEWS',
    interviews.count('held'),
    'INTERVIEWS',
    'Held interviews (ended, not canceled)',
    'Interviews with at least one held slot.',
  ),
  heldSlotsAllDeclined: count(
    'HELD_SLOTS_ALL_DECLINED',
    slots.count('held', 'allDeclined'),
    'SLOTS',
    'Held slots declined by all interviewers',
    'Held slots all of whose interviewers had declined: held by others, or not at all.',
    { refused: OF_SLOTS, better: 'LOWER' },
  ),
  upcomingSlots: count(
    'UPCOMING_SLOTS',
    slots.count('upcoming'),
    'SLOTS',
    'Upcoming slots',
    'Time slots that have not ended and are not canceled.',
  ),
  upcomingSlotsUncovered: count(
    'UPCOMING_SLOTS_UNCOVERED',
    slots.count('upcoming', 'uncovered'),
    'SLOTS',
    'Upcoming slots without interviewers',
    'Upcoming slots in which nobody is left: all interviewers have declined, or none is named.',
    { refused: OF_SLOTS, better: 'LOWER' },
  ),
  unknownTime: count(
    'UNKNOWN_TIME',
    rows.count('unknownTime'),
    'ROWS',
    'Appointments of unknown time',
    'Appointments, not canceled, whose end is not known as an instant: they are in none of the measures that need it.',
    { better: 'LOWER' },
  ),
  heldHours: number(
    'HELD_HOURS',
    slots.take({ the: 'sum', of: 'hours' }, 'held'),
    { title: 'Held hours', unit: 'HOURS' },
    'Hours of the held slots, each once: the duration as stated, otherwise from start to end. Null if none is known.',
  ),
  heldInterviewerHours: number(
    'HELD_INTERVIEWER_HOURS',
    slots.take({ the: 'sum', of: 'interviewerHours' }),
    { title: 'Held interviewer hours', unit: 'HOURS' },
    'Hours of the held slots, for each of their interviewers who has not declined.',
  ),
  cancellation: rate(
    'CANCELLATION_RATE',
    interviews.count('canceled'),
    interviews.count(),
    'Cancellation rate',
    'Canceled interviews among all interviews. Interviews that do not say so are not canceled.',
    'LOWER',
  ),
  interviewerAcceptance: rate(
    'INTERVIEWER_ACCEPTANCE_RATE',
    rows.count('accepted'),
    rows.count('answered'),
    'Interviewer acceptance rate',
    'Accepted among all responses of interviewers, pending and tentative ones included, in interviews that are not canceled.',
    'HIGHER',
  ),
  interviewerDecline: rate(
    'INTERVIEWER_DECLINE_RATE',
    rows.count('declined'),
    rows.count('answered'),
    'Interviewer decline rate',
    'Declined among all responses of interviewers, pending and tentative ones included, in interviews that are not canceled.',
    'LOWER',
  ),
  interviewerOpen: rate(
    'INTERVIEWER_OPEN_RATE',
    rows.count('open'),
    rows.count('answered'),
    'Open responses of interviewers',
    'Pending and tentative among all responses of interviewers, in interviews that are not canceled.',
    'LOWER',
  ),
  candidateAcceptance: rate(
    'CANDIDATE_ACCEPTANCE_RATE',
    interviews.count('candidateAccepted'),
    interviews.count('candidateAnswered'),
    'Candidate acceptance rate',
    'Accepted among all responses of candidates, one per interview, canceled interviews included.',
    'HIGHER',
  ),
  candidateDecline: rate(
    'CANDIDATE_DECLINE_RATE',
    interviews.count('candidateDeclined'),
    interviews.count('candidateAnswered'),
    'Candidate decline rate',
    'Declined among all responses of candidates, one per interview, canceled interviews included: most declined ones are canceled afterwards.',
    'LOWER',
  ),
  feedback: {
    type: 'Rate',
    description:
      'Feedback given among the feedback due. Due is a held appointment of an interviewer who has not declined; given is one with a review or a rating by the clock.',
    parts: rateParts(() => ({ dividend: rows.count('due', 'given'), divisor: rows.count('due') })),
    names: {
      FEEDBACK_DUE: { part: 'denominator', title: 'Feedback due', unit: 'ROWS' },
      FEEDBACK_RATE: { part: 'value', title: 'Feedback rate', unit: 'RATE', better: 'HIGHER' },
    },
    refusedByReview: true,
  },
  feedbackWithin: {
    type: 'Rate',
    description:
      'Feedback given within so many hours, among the feedback that has been due for at least as long: recent weeks are neither better nor worse for being recent. Feedback without a time counts as late.',
    argument: 'hours',
    parts: rateParts((hours) => {
      const isMature = { fact: 'secondsSinceEnd', atLeast: hours * SECONDS_PER_HOUR } as const;
      return {
        dividend: rows.count('due', isMature, 'given', { fact: 'feedbackHours', atMost: hours }),
        divisor: rows.count('due', isMature),
      };
    }),
    names: {
      FEEDBACK_WITHIN_24_HOURS_RATE: {
        part: 'value',
        argument: 24,
        title: 'Feedback within 24 hours',
        unit: 'RATE',
        better: 'HIGHER',
      },
      FEEDBACK_WITHIN_48_HOURS_RATE: {
        part: 'value',
        argument: 48,
        title: 'Feedback within 48 hours',
        unit: 'RATE',
        better: 'HIGHER',
      },
    },
    refusedByReview: true,
  },
  timeToFeedback: {
    type: 'FeedbackTime',
    description: 'Hours from the end of the time slot to the review.',
    parts: {
      ...below('given', rows.statistics('feedbackHours', 'due', 'given')),
      due: () => rows.count('due'),
      percentileOfDue: (p) => rows.take({ the: 'value', of: 'feedbackHoursOrInfinity', p }, 'due'),
    },
    names: {
      TIME_TO_FEEDBACK_MEDIAN_OF_GIVEN: {
        part: 'given.median',
        title: 'Median time to feedback, of given',
        description:
          'Median hours from the end of the time slot to the review, of the feedback that has been given: the more is missing, the better it looks.',
        unit: 'HOURS',
        better: 'LOWER',
      },
      TIME_TO_FEEDBACK_MEDIAN_OF_DUE: {
        part: 'percentileOfDue',
        argument: 0.5,
        title: 'Median time to feedback, of due',
        description:
          'Hours within which half of the feedback due was given; null if less has been given so far. Missing feedback counts as late, so trends take periods that are complete.',
        unit: 'HOURS',
        better: 'LOWER',
      },
    },
    refusedByReview: true,
  },
  feedbackBacklog: {
    type: 'FeedbackBacklog',
    description: 'Feedback that is due and has not been given, by the hours since the end of the time slot.',
    parts: {
      total: () => rows.count('due', { not: 'given' }),
      underThirtyDays: () => missingFor(0, 720),
      oldestEndedAt: () => rows.take({ the: 'min', of: 'endsAt' }, 'due', { not: 'given' }),
      underOneDay: () => missingFor(0, 24),
      oneToThreeDays: () => missingFor(24, 72),
      threeToSevenDays: () => missingFor(72, 168),
      sevenToThirtyDays: () => missingFor(168, 720),
      overThirtyDays: () => missingFor(720, null),
    },
    names: {
      FEEDBACK_BACKLOG: { part: 'total', title: 'Missing feedback', unit: 'ROWS', better: 'LOWER' },
      FEEDBACK_BACKLOG_UNDER_THIRTY_DAYS: {
        part: 'underThirtyDays',
        title: 'Missing feedback of the last 30 days',
        description:
          'Feedback that is due and has not been given, of time slots that ended less than 720 hours ago: what is older mostly never comes.',
        unit: 'ROWS',
        better: 'LOWER',
      },
    },
    refusedByReview: true,
  },
  rating: {
    type: 'Statistics',
    description:
      'Ratings as stated, by the clock, of any appointment, canceled ones included. Their scale is not known.',
    parts: rows.statistics('knownRating'),
    names: { RATING_MEAN: { part: 'mean', title: 'Mean rating', unit: 'RATING' } },
    personal: true,
  },
  schedulingLead: {
    type: 'Statistics',
    description:
      'Days from the creation of interviews to the start of their first time slot in the group, as instants, canceled interviews included. May be negative. Interviews to come and moved ones read long: for trends, take the date CREATE.',
    parts: interviews.statistics('leadDays'),
    names: {
      SCHEDULING_LEAD_MEDIAN: { part: 'median', title: 'Median scheduling lead', unit: 'DAYS', better: 'LOWER' },
      SCHEDULING_LEAD_P90: { part: 'p90', title: '90th percentile of scheduling lead', unit: 'DAYS', better: 'LOWER' },
    },
  },
  panelSize: {
    type: 'Statistics',
    description:
      'Interviewers per time slot, by employee ID, those who declined and canceled slots included; slots without any are left out.',
    parts: itemsOf('panel').statistics('size'),
    names: { PANEL_SIZE_MEAN: { part: 'mean', title: 'Mean panel size', unit: 'PEOPLE' } },
    refused: OF_SLOTS,
  },
  interviewerLoad: {
    type: 'InterviewerLoad',
    description:
      'Held slots of interviewers who have not declined, per interviewer and week, over the weeks in which they had at least one. Weeks that are not over, or not entirely within the period, are left out.',
    parts: {
      ...below('slotsPerWeek', itemsOf('interviewerWeek').statistics('slots')),
      ...below('hoursPerWeek', itemsOf('interviewerWeek').statistics('hours')),
    },
    names: {
      SLOTS_PER_INTERVIEWER_WEEK_MEDIAN: {
        part: 'slotsPerWeek.median',
        title: 'Median slots per interviewer and week',
        unit: 'SLOTS_PER_WEEK',
      },
      SLOTS_PER_INTERVIEWER_WEEK_MAX: {
        part: 'slotsPerWeek.max',
        title: 'Most slots of an interviewer in a week',
        unit: 'SLOTS_PER_WEEK',
        better: 'LOWER',
      },
    },
    refused: {
      by: ['DAY', 'WEEKDAY', 'HOUR'],
      reason: 'it is counted per week, and such a group has only a part of one',
    },
  },
  overlapping: count(
    'OVERLAPPING',
    rows.count('overlapping'),
    'ROWS',
    'Overlapping appointments',
    'Appointments that overlap another time slot of the same interviewer, whichever job, group or period that is in; neither canceled nor declined.',
    { better: 'LOWER' },
  ),
  hiredApplications: count(
    'HIRED_APPLICATIONS',
    applications.count('hired'),
    'APPLICATIONS',
    'Hired applications',
    'Applications whose current stage is HIRED.',
  ),
  heldSlotsPerHire: {
    ...number(
      'HELD_SLOTS_PER_HIRE',
      { dividend: slots.count('held'), divisor: applications.count('hired') },
      { title: 'Held slots per hire', unit: 'SLOTS_PER_APPLICATION' },
      'Held slots per hired application: those of all applications, not only of the hired ones.',
    ),
    refused: {
      by: [
        'DAY',
        'WEEK',
        'MONTH',
        'QUARTER',
        'YEAR',
        'WEEKDAY',
        'HOUR',
        'INTERVIEWER',
        'CREATOR',
        'CANDIDATE',
        'APPLICATION_STAGE',
        'APPLICATION_STEP',
        'INTERVIEW_TYPE',
        'CANDIDATE_STATUS',
        'INTERVIEWER_STATUS',
        'CANCELED',
        'SLOT_STATE',
        'LOCATION',
        'ROOM',
      ],
      reason: 'hires lie elsewhere than the slots that led to them; it makes sense in total, by job and by department',
    },
  },
} satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof MEASURES;

/** Returns a measure by its name. */
export const measureOf = (name: MeasureName): Measure => MEASURES[name];
