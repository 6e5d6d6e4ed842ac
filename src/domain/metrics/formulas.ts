/**
 * The formulas of measures: an aggregate over the items of a group, or the quotient of two. They name facts of the items, which
 * src/db/metrics/items.ts defines in SQL; src/db/metrics/statement.ts translates formulas.
 */

/** The facts of the items of each kind. A fact is a condition (true or false) or a value, which may be null. */
export interface Facts {
  /** An appointment. */
  readonly row:
    | 'accepted'
    | 'declined'
    | 'open'
    | 'answered'
    | 'due'
    | 'given'
    | 'unknownTime'
    | 'overlapping'
    | 'secondsSinceEnd'
    | 'feedbackHours'
    | 'feedbackHoursOrInfinity'
    | 'endsAt'
    | 'knownRating';
  /** A time slot, of its rows in the group. */
  readonly slot: 'held' | 'upcoming' | 'allDeclined' | 'uncovered' | 'hours' | 'interviewerHours';
  /** An interview, of its rows in the group. */
  readonly interview:
    | 'held'
    | 'canceled'
    | 'candidateAccepted'
    | 'candidateDeclined'
    | 'candidateAnswered'
    | 'leadDays';
  readonly candidate: never;
  readonly application: 'hired';
  /** An interviewer by ID. */
  readonly interviewer: never;
  /** A time slot with the number of interviewers of its rows in the group; only slots with one or more. */
  readonly panel: 'size';
  /** A complete week of an interviewer in which they had a held slot. */
  readonly interviewerWeek: 'slots' | 'hours';
}

/** The kinds of items. In a group each item counts once, however many rows it has there. */
export type ItemKind = keyof Facts;

/** A condition on an item: a fact is true, is not, or is a value from `atLeast`, up to `atMost`, or below `below`. */
export type Test<K extends ItemKind = ItemKind> =
  | Facts[K]
  | { readonly not: Facts[K] }
  | { readonly fact: Facts[K]; readonly atLeast?: number; readonly atMost?: number; readonly below?: number };

/** What an aggregate takes of the items: how many there are, or something of the values of a fact that are not null. */
export type Take<K extends ItemKind = ItemKind> =
  | { readonly the: 'count' }
  | { readonly the: 'number' | 'sum' | 'mean' | 'min' | 'max'; readonly of: Facts[K] }
  /** Between two values proportionally (percentile_cont). `p`: 0 to 1. */
  | { readonly the: 'percentile'; readonly of: Facts[K]; readonly p: number }
  /** The first value within which so great a part lies (percentile_disc); null if that is infinite. `p`: 0 to 1. */
  | { readonly the: 'value'; readonly of: Facts[K]; readonly p: number };

/** An aggregate over the items of a kind for which all tests hold. */
export interface Aggregate {
  readonly items: ItemKind;
  readonly take: Take;
  readonly where: readonly Test[];
}

/** A quotient; null where the divisor is 0. */
export interface Quotient {
  readonly dividend: Aggregate;
  readonly divisor: Aggregate;
}

export type Formula = Aggregate | Quotient;

/** The parts of statistics, each of its argument. */
type StatisticsParts = Readonly<
  Record<'count' | 'mean' | 'median' | 'p90' | 'percentile' | 'min' | 'max', (p: number) => Aggregate>
>;

/** Returns what makes aggregates of the items of a kind. */
export function itemsOf<K extends ItemKind>(items: K) {
  /** Something of the items for which all tests hold. */
  const take = (take: Take<K>, ...where: readonly Test<K>[]): Aggregate => ({ items, take, where });
  return {
    take,
    /** The number of the items for which all tests hold. */
    count: (...where: readonly Test<K>[]): Aggregate => take({ the: 'count' }, ...where),
    /** The statistics of a fact, of the items for which all tests hold. */
    statistics: (of: Facts[K], ...where: readonly Test<K>[]): StatisticsParts => ({
      count: () => take({ the: 'number', of }, ...where),
      mean: () => take({ the: 'mean', of }, ...where),
      median: () => take({ the: 'percentile', of, p: 0.5 }, ...where),
      p90: () => take({ the: 'percentile', of, p: 0.9 }, ...where),
      percentile: (p) => take({ the: 'percentile', of, p }, ...where),
      min: () => take({ the: 'min', of }, ...where),
      max: () => take({ the: 'max', of }, ...where),
    }),
  };
}
