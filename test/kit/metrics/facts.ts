/** What one row says at the clock, and which of several rows is the newest: docs/metrics.md, "Words". */
import { endsAt, numberOf, reviewedAt, startsAt } from '../expected-from-rows.ts';
import { millis, slotKey } from '../generated.ts';
import type { PlainRow, Surroundings } from './request.ts';

const HOUR_MS = 3_600_000;

/** More hours than that between an end and a review can't be meant: the time of the review is unknown then. */
const MAX_FEEDBACK_HOURS = 1_000_000;

/** A row with what follows from it. Instants in milliseconds, durations in hours. */
export interface Fact {
  readonly row: PlainRow;
  /** The slot: interview, start, end and room. */
  readonly slot: string;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly reviewedAt: number | null;
  readonly canceled: boolean;
  readonly held: boolean;
  readonly upcoming: boolean;
  readonly unknownTime: boolean;
  /** Has an interviewer who hasn't declined. */
  readonly covered: boolean;
  readonly declined: boolean;
  /** Whether feedback is due, and whether it was given by the clock. */
  readonly due: boolean;
  readonly given: boolean;
  /** How long the slot takes. */
  readonly hours: number | null;
  readonly feedbackHours: number | null;
  /** Null where it was given after the clock. */
  readonly rating: number | null;
}

const parsed = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));
const parsedUtc = (wallClock: string | null): number | null => (wallClock === null ? null : millis(wallClock));

/** What a row says at the instant `at`. */
export function factOf(row: PlainRow, at: number): Fact {
  const [start, end] = [parsed(startsAt(row)), parsed(endsAt(row))];
  const feedbackHours = numberOf(row.timeToProvideFeedback);
  const isMeant = Math.abs(feedbackHours ?? 0) <= MAX_FEEDBACK_HOURS;
  const reviewed = isMeant ? parsed(reviewedAt(row)) : null;
  const canceled = row.interviewCanceled === 'true';
  const ended = end !== null && end <= at;
  const declined = row.interviewerStatus === 'DECLINED';
  const hasInterviewer =
    row.interviewerEmployeeId !== null || Boolean(row.interviewerFirstName) || Boolean(row.interviewerLastName);
  const notLater = reviewed === null || reviewed <= at;
  const held = ended && !canceled;
  const between = start === null || end === null || end < start ? null : (end - start) / HOUR_MS;
  return {
    row,
    slot: slotKey(row),
    startsAt: start,
    endsAt: end,
    createdAt: parsedUtc(row.interviewCreateDate),
    updatedAt: parsedUtc(row.interviewUpdateDate),
    reviewedAt: reviewed,
    canceled,
    held,
    upcoming: end !== null && !ended && !canceled,
    unknownTime: end === null && !canceled,
    covered: hasInterviewer && !declined,
    declined,
    due: held && hasInterviewer && !declined,
    given: (row.interviewerReview !== null || row.interviewerRating !== null) && notLater,
    hours: numberOf(row.duration) ?? between,
    feedbackHours,
    rating: notLater ? numberOf(row.interviewerRating) : null,
  };
}

/** What decides which row is the newest. */
const AGE = [
  (row: PlainRow) => row.interviewUpdateDate,
  (row: PlainRow) => row.startTime,
  (row: PlainRow) => row.rowId ?? null,
];

/** Below 0 if the first row is newer. Nothing is older than anything. */
function byAge(one: PlainRow, other: PlainRow): number {
  for (const of of AGE) {
    const [a, b] = [of(one) ?? '', of(other) ?? ''];
    if (a !== b) return a > b ? -1 : 1;
  }
  return 0;
}

/** The newest of some rows, of which there is at least one. */
export const newestOf = (facts: readonly Fact[]): Fact =>
  [...facts].sort((one, other) => byAge(one.row, other.row))[0] as Fact;

/** The things with the same key, by the key; those whose key is null are left out. */
export function groupedBy<T>(things: readonly T[], keyOf: (thing: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    if (key === null) continue;
    groups.set(key, [...(groups.get(key) ?? []), thing]);
  }
  return groups;
}

/** The current stage of each application in all rows: that of its newest row. */
export function currentStages(rows: readonly PlainRow[]): Surroundings['stages'] {
  const byApplication = groupedBy(rows, (row) => row.applicationId);
  return new Map(
    [...byApplication].map(([id, own]) => [id, [...own].sort(byAge)[0]?.applicationStage ?? null] as const),
  );
}
