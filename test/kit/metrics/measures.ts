/** Every measure of a group of rows, one after the other as docs/metrics.md defines them. */
import { addUnits, type DayPeriod, isComplete, startOf, wallClock } from './calendar.ts';
import { type Fact, groupedBy, newestOf } from './facts.ts';
import type { Surroundings } from './request.ts';
import { type PlainRate, type PlainStatistics, percentileDisc, rate, statistics, sumOrNull } from './statistics.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The fields of MetricValues; those that take arguments are functions. Instants in milliseconds. */
export interface PlainValues {
  readonly appointments: number;
  readonly interviews: number;
  readonly slots: number;
  readonly candidates: number;
  readonly applications: number;
  readonly interviewers: number;
  readonly heldSlots: number;
  readonly heldInterviews: number;
  readonly heldSlotsAllDeclined: number;
  readonly upcomingSlotsUncovered: number;
  readonly upcomingSlots: number;
  readonly unknownTime: number;
  readonly heldHours: number | null;
  readonly heldInterviewerHours: number | null;
  readonly cancellation: PlainRate;
  readonly interviewerAcceptance: PlainRate;
  readonly interviewerDecline: PlainRate;
  readonly interviewerOpen: PlainRate;
  readonly candidateAcceptance: PlainRate;
  readonly candidateDecline: PlainRate;
  readonly feedback: PlainRate;
  feedbackWithin(hours: number): PlainRate;
  readonly timeToFeedback: {
    readonly given: PlainStatistics;
    readonly due: number;
    percentileOfDue(p: number): number | null;
  };
  readonly feedbackBacklog: Backlog;
  readonly rating: PlainStatistics;
  readonly schedulingLead: PlainStatistics;
  readonly panelSize: PlainStatistics;
  readonly interviewerLoad: { readonly slotsPerWeek: PlainStatistics; readonly hoursPerWeek: PlainStatistics };
  readonly overlapping: number;
  readonly hiredApplications: number;
  readonly heldSlotsPerHire: number | null;
}

interface Backlog {
  readonly total: number;
  readonly underThirtyDays: number;
  readonly oldestEndedAt: number | null;
  readonly underOneDay: number;
  readonly oneToThreeDays: number;
  readonly threeToSevenDays: number;
  readonly sevenToThirtyDays: number;
  readonly overThirtyDays: number;
}

/** What a group is measured in: every row that may be seen, what rows don't say, the period and the clock. */
export interface Setting {
  readonly all: readonly Fact[];
  readonly surroundings: Surroundings;
  readonly period: DayPeriod;
  readonly at: number;
}

const stated = <T>(values: readonly (T | null)[]): T[] => values.flatMap((value) => (value === null ? [] : [value]));

const lowest = (values: readonly (number | null)[]): number | null =>
  stated(values).reduce<number | null>((least, value) => (least === null || value < least ? value : least), null);

/** The measures of some rows. */
export function measuresOf(rows: readonly Fact[], setting: Setting): PlainValues {
  const { at, surroundings } = setting;
  const slots = [...groupedBy(rows, ({ slot }) => slot).values()];
  const interviews = [...groupedBy(rows, ({ row }) => row.interviewId).values()];
  const applications = [...groupedBy(rows, ({ row }) => row.applicationId).keys()];
  const heldSlots = slots.filter((own) => own.some(({ held }) => held));
  const upcomingSlots = slots.filter((own) => own.some(({ upcoming }) => upcoming));

  const due = rows.filter((row) => row.due);
  const given = due.filter((row) => row.given);
  const interviewerAnswers = rows
    .filter(({ canceled }) => !canceled)
    .flatMap(({ row }) => (row.interviewerStatus === null ? [] : [row.interviewerStatus]));
  const interviewerRate = (...answers: string[]) =>
    rate(interviewerAnswers.filter((answer) => answers.includes(answer)).length, interviewerAnswers.length);
  const candidateAnswers = stated(interviews.map((own) => newestOf(own).row.candidateStatus));
  const candidateRate = (answer: string) =>
    rate(candidateAnswers.filter((one) => one === answer).length, candidateAnswers.length);
  const hiredApplications = applications.filter((id) => surroundings.stages.get(id) === 'HIRED').length;

  return {
    appointments: rows.length,
    interviews: interviews.length,
    slots: slots.length,
    candidates: groupedBy(rows, ({ row }) => row.candidateProfileId).size,
    applications: applications.length,
    interviewers: groupedBy(rows, ({ row }) => row.interviewerEmployeeId).size,
    heldSlots: heldSlots.length,
    heldInterviews: interviews.filter((own) => own.some(({ held }) => held)).length,
    heldSlotsAllDeclined: heldSlots.filter((own) => own.every(({ declined }) => declined)).length,
    upcomingSlotsUncovered: upcomingSlots.filter((own) => !own.some(({ covered }) => covered)).length,
    upcomingSlots: upcomingSlots.length,
    unknownTime: rows.filter(({ unknownTime }) => unknownTime).length,
    heldHours: sumOrNull(stated(heldSlots.map((own) => newestOf(own).hours))),
    heldInterviewerHours: sumOrNull(stated(slots.flatMap(interviewerHours))),
    cancellation: rate(interviews.filter((own) => newestOf(own).canceled).length, interviews.length),
    interviewerAcceptance: interviewerRate('ACCEPTED'),
    interviewerDecline: interviewerRate('DECLINED'),
    interviewerOpen: interviewerRate('PENDING', 'TENTATIVE'),
    candidateAcceptance: candidateRate('ACCEPTED'),
    candidateDecline: candidateRate('DECLINED'),
    feedback: rate(given.length, due.length),
    feedbackWithin(hours) {
      const mature = due.filter(({ endsAt }) => endsAt !== null && endsAt <= at - hours * HOUR_MS);
      const inTime = mature.filter((row) => row.given && row.feedbackHours !== null && row.feedbackHours <= hours);
      return rate(inTime.length, mature.length);
    },
    timeToFeedback: {
      given: statistics(stated(given.map(({ feedbackHours }) => feedbackHours))),
      due: due.length,
      percentileOfDue(p) {
        const waited = due.map((row) => (row.given ? row.feedbackHours : null) ?? Number.POSITIVE_INFINITY);
        const found = percentileDisc(waited, p);
        return found === Number.POSITIVE_INFINITY ? null : found;
      },
    },
    feedbackBacklog: backlogOf(due, at),
    rating: statistics(stated(rows.map(({ rating }) => rating))),
    schedulingLead: statistics(stated(interviews.map(leadDays))),
    panelSize: statistics(slots.map(panelSize).filter((size) => size > 0)),
    interviewerLoad: interviewerLoad(due, setting),
    overlapping: rows.filter((row) => setting.all.some((other) => overlap(row, other))).length,
    hiredApplications,
    heldSlotsPerHire: hiredApplications === 0 ? null : heldSlots.length / hiredApplications,
  };
}

/** The hours of a slot, once for each of its due rows. */
const interviewerHours = (slot: readonly Fact[]): (number | null)[] =>
  slot.filter(({ due }) => due).map(() => newestOf(slot).hours);

/** Due rows without feedback, by the hours since the slot ended. */
function backlogOf(due: readonly Fact[], at: number): Backlog {
  const missing = due.filter(({ given }) => !given);
  const ages = stated(missing.map(({ endsAt }) => endsAt)).map((end) => (at - end) / HOUR_MS);
  const aged = (from: number, to: number) => ages.filter((age) => age >= from && age < to).length;
  return {
    total: missing.length,
    underThirtyDays: aged(0, 720),
    oldestEndedAt: lowest(missing.map(({ endsAt }) => endsAt)),
    underOneDay: aged(0, 24),
    oneToThreeDays: aged(24, 72),
    threeToSevenDays: aged(72, 168),
    sevenToThirtyDays: aged(168, 720),
    overThirtyDays: aged(720, Number.POSITIVE_INFINITY),
  };
}

/** Days from an interview's creation to its first start in the group. */
function leadDays(interview: readonly Fact[]): number | null {
  const [first, created] = [lowest(interview.map(({ startsAt }) => startsAt)), newestOf(interview).createdAt];
  return first === null || created === null ? null : (first - created) / DAY_MS;
}

/** The different interviewers of a slot, by their ids. */
const panelSize = (slot: readonly Fact[]): number => groupedBy(slot, ({ row }) => row.interviewerEmployeeId).size;

/** Over the pairs of an interviewer and a complete week, by the start of the slot, in which something was held. */
function interviewerLoad(due: readonly Fact[], { period, at }: Setting): PlainValues['interviewerLoad'] {
  // The days asked for cut weeks only where they are days of the start.
  const calendar: DayPeriod = period.on === 'START' ? period : { ...period, on: 'START', from: null, to: null };
  const pairs = groupedBy(due, (fact) => {
    const { interviewerEmployeeId: id, startTime } = fact.row;
    const start =
      calendar.timeZone === null
        ? startTime
        : fact.startsAt === null
          ? null
          : wallClock(fact.startsAt, calendar.timeZone);
    if (id === null || start === null) return null;
    const week = startOf(start.slice(0, 10), 'WEEK', calendar.weekStart);
    return isComplete(week, addUnits(week, 'WEEK', 1), calendar, at) ? JSON.stringify([id, week]) : null;
  });
  const slotsOfPairs = [...pairs.values()].map((own) => [...groupedBy(own, ({ slot }) => slot).values()]);
  const hours = slotsOfPairs.map((slots) => sumOrNull(stated(slots.map((own) => newestOf(own).hours))));
  return {
    slotsPerWeek: statistics(slotsOfPairs.map((slots) => slots.length)),
    hoursPerWeek: statistics(stated(hours)),
  };
}

/** Whether a row takes time of its interviewer that could be taken twice. */
const takesTime = (fact: Fact): fact is Fact & { readonly startsAt: number; readonly endsAt: number } =>
  !fact.canceled &&
  !fact.declined &&
  fact.row.interviewerEmployeeId !== null &&
  fact.startsAt !== null &&
  fact.endsAt !== null &&
  fact.startsAt < fact.endsAt;

const overlap = (one: Fact, other: Fact): boolean =>
  takesTime(one) &&
  takesTime(other) &&
  one.row.interviewerEmployeeId === other.row.interviewerEmployeeId &&
  one.slot !== other.slot &&
  one.startsAt < other.endsAt &&
  other.startsAt < one.endsAt;
