/** The measures by the names of MetricName. */
import type { PlainValues } from './measures.ts';
import type { PlainRate } from './statistics.ts';

const BY_NAME = {
  APPOINTMENTS: ({ appointments }) => appointments,
  INTERVIEWS: ({ interviews }) => interviews,
  SLOTS: ({ slots }) => slots,
  CANDIDATES: ({ candidates }) => candidates,
  APPLICATIONS: ({ applications }) => applications,
  INTERVIEWERS: ({ interviewers }) => interviewers,
  HELD_SLOTS: ({ heldSlots }) => heldSlots,
  HELD_INTERVIEWS: ({ heldInterviews }) => heldInterviews,
  HELD_SLOTS_ALL_DECLINED: ({ heldSlotsAllDeclined }) => heldSlotsAllDeclined,
  UPCOMING_SLOTS_UNCOVERED: ({ upcomingSlotsUncovered }) => upcomingSlotsUncovered,
  UPCOMING_SLOTS: ({ upcomingSlots }) => upcomingSlots,
  UNKNOWN_TIME: ({ unknownTime }) => unknownTime,
  HELD_HOURS: ({ heldHours }) => heldHours,
  HELD_INTERVIEWER_HOURS: ({ heldInterviewerHours }) => heldInterviewerHours,
  CANCELLATION_RATE: ({ cancellation }) => cancellation.value,
  INTERVIEWER_ACCEPTANCE_RATE: ({ interviewerAcceptance }) => interviewerAcceptance.value,
  INTERVIEWER_DECLINE_RATE: ({ interviewerDecline }) => interviewerDecline.value,
  INTERVIEWER_OPEN_RATE: ({ interviewerOpen }) => interviewerOpen.value,
  CANDIDATE_ACCEPTANCE_RATE: ({ candidateAcceptance }) => candidateAcceptance.value,
  CANDIDATE_DECLINE_RATE: ({ candidateDecline }) => candidateDecline.value,
  FEEDBACK_DUE: ({ timeToFeedback }) => timeToFeedback.due,
  FEEDBACK_RATE: ({ feedback }) => feedback.value,
  FEEDBACK_WITHIN_24_HOURS_RATE: (values) => values.feedbackWithin(24).value,
  FEEDBACK_WITHIN_48_HOURS_RATE: (values) => values.feedbackWithin(48).value,
  FEEDBACK_BACKLOG: ({ feedbackBacklog }) => feedbackBacklog.total,
  FEEDBACK_BACKLOG_UNDER_THIRTY_DAYS: ({ feedbackBacklog }) => feedbackBacklog.underThirtyDays,
  TIME_TO_FEEDBACK_MEDIAN_OF_GIVEN: ({ timeToFeedback }) => timeToFeedback.given.median,
  TIME_TO_FEEDBACK_MEDIAN_OF_DUE: ({ timeToFeedback }) => timeToFeedback.percentileOfDue(0.5),
  RATING_MEAN: ({ rating }) => rating.mean,
  SCHEDULING_LEAD_MEDIAN: ({ schedulingLead }) => schedulingLead.median,
  SCHEDULING_LEAD_P90: ({ schedulingLead }) => schedulingLead.p90,
  PANEL_SIZE_MEAN: ({ panelSize }) => panelSize.mean,
  SLOTS_PER_INTERVIEWER_WEEK_MEDIAN: ({ interviewerLoad }) => interviewerLoad.slotsPerWeek.median,
  SLOTS_PER_INTERVIEWER_WEEK_MAX: ({ interviewerLoad }) => interviewerLoad.slotsPerWeek.max,
  OVERLAPPING: ({ overlapping }) => overlapping,
  HIRED_APPLICATIONS: ({ hiredApplications }) => hiredApplications,
  HELD_SLOTS_PER_HIRE: ({ heldSlotsPerHire }) => heldSlotsPerHire,
} satisfies Record<string, (values: PlainValues) => number | null>;

export type MetricName = keyof typeof BY_NAME;

export const METRIC_NAMES = Object.keys(BY_NAME) as MetricName[];

/** The value of a measure by its name. */
export const metricValue = (values: PlainValues, name: MetricName): number | null => BY_NAME[name](values);

const RATES: Partial<Record<MetricName, (values: PlainValues) => PlainRate>> = {
  CANCELLATION_RATE: ({ cancellation }) => cancellation,
  INTERVIEWER_ACCEPTANCE_RATE: ({ interviewerAcceptance }) => interviewerAcceptance,
  INTERVIEWER_DECLINE_RATE: ({ interviewerDecline }) => interviewerDecline,
  INTERVIEWER_OPEN_RATE: ({ interviewerOpen }) => interviewerOpen,
  CANDIDATE_ACCEPTANCE_RATE: ({ candidateAcceptance }) => candidateAcceptance,
  CANDIDATE_DECLINE_RATE: ({ candidateDecline }) => candidateDecline,
  FEEDBACK_RATE: ({ feedback }) => feedback,
  FEEDBACK_WITHIN_24_HOURS_RATE: (values) => values.feedbackWithin(24),
  FEEDBACK_WITHIN_48_HOURS_RATE: (values) => values.feedbackWithin(48),
};

/** The rate behind a measure by its name; null where it isn't one. */
export const rateOf = (values: PlainValues, name: MetricName): PlainRate | null => RATES[name]?.(values) ?? null;
