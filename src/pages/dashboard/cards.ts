/** A part of the dashboard: what it is called, what it shows, and by which metrics. */
export interface Card {
  /** Also the name of its tile and its view in ../browser/dashboard. */
  readonly id: string;
  readonly title: string;
  /** What its numbers are of, and what to know before one reads them. */
  readonly hint: string;
  /** The metrics whose definitions it shows, by name. */
  readonly metrics: readonly string[];
  /** What its charts show, for those who don’t see them. */
  readonly charts?: readonly { readonly title: string; readonly label: string }[];
  /** The colours of a chart with several series: the name of the class, and the title. */
  readonly legend?: readonly (readonly [name: string, title: string])[];
  /** How much of the width it takes: all of it, or half. */
  readonly width: 'full' | 'half';
  /** What comes first instead of a table: numbers beside each other. */
  readonly isFigures?: boolean;
  readonly isHeatMap?: boolean;
}

/** All parts, in their order on the page. */
export const CARDS: readonly Card[] = [
  {
    id: 'week',
    title: 'Last week',
    hint: 'The last week that is over, beside the one before.',
    metrics: [
      'HELD_SLOTS',
      'HELD_INTERVIEWER_HOURS',
      'CANCELLATION_RATE',
      'FEEDBACK_RATE',
      'FEEDBACK_WITHIN_24_HOURS_RATE',
      'HELD_SLOTS_ALL_DECLINED',
    ],
    width: 'full',
    isFigures: true,
  },
  {
    id: 'weeks',
    title: 'Slots by week',
    hint: 'By the week in which a slot starts. Weeks to come can still be canceled, so they don’t compare with past ones.',
    metrics: ['SLOTS', 'HELD_SLOTS', 'UPCOMING_SLOTS', 'UNKNOWN_TIME'],
    charts: [
      { title: '', label: 'Held, upcoming and canceled slots by week, stacked; the table below has the numbers.' },
    ],
    legend: [
      ['held', 'Held'],
      ['upcoming', 'Upcoming'],
      ['canceled', 'Canceled'],
      ['unknown', 'Unknown time'],
    ],
    width: 'full',
  },
  {
    id: 'speed',
    title: 'How fast feedback comes',
    hint: 'Only weeks that are old enough are drawn: a younger one would look better or worse than it is.',
    metrics: ['FEEDBACK_RATE', 'FEEDBACK_WITHIN_24_HOURS_RATE', 'TIME_TO_FEEDBACK_MEDIAN_OF_DUE'],
    charts: [
      {
        title: 'Given within 24 hours',
        label: 'Share of the feedback that was given within 24 hours, by week; the table below has the numbers.',
      },
      {
        title: 'Hours until half of it was given',
        label: 'Hours until half of the feedback due was given, by week; the table below has the numbers.',
      },
    ],
    width: 'full',
  },
  {
    id: 'backlog',
    title: 'Missing feedback by age',
    hint: 'All that is missing at the clock, of whatever period.',
    metrics: ['FEEDBACK_BACKLOG', 'FEEDBACK_BACKLOG_UNDER_THIRTY_DAYS'],
    width: 'half',
  },
  {
    id: 'owed',
    title: 'Who owes feedback',
    hint: 'Of whatever period, most first.',
    metrics: ['FEEDBACK_BACKLOG', 'FEEDBACK_BACKLOG_UNDER_THIRTY_DAYS'],
    width: 'half',
  },
  {
    id: 'answers',
    title: 'Answers for the next seven days',
    hint: 'From the day of the clock on. Interviews that are canceled have none.',
    metrics: [
      'INTERVIEWER_ACCEPTANCE_RATE',
      'INTERVIEWER_OPEN_RATE',
      'INTERVIEWER_DECLINE_RATE',
      'UPCOMING_SLOTS',
      'UPCOMING_SLOTS_UNCOVERED',
    ],
    width: 'half',
  },
  {
    id: 'overlaps',
    title: 'Double bookings ahead',
    hint: 'From the day of the clock on, whatever the other slot is for.',
    metrics: ['OVERLAPPING'],
    width: 'half',
  },
  {
    id: 'load',
    title: 'Load by interviewer and week',
    hint: 'Held appointments that the interviewer has not declined. Nobody is listed who had none.',
    metrics: ['FEEDBACK_DUE'],
    width: 'full',
    isHeatMap: true,
  },
  {
    id: 'jobs',
    title: 'Jobs',
    hint: 'Those with most held slots. A share of few says little: look at what it is of.',
    metrics: [
      'HELD_SLOTS',
      'CANDIDATES',
      'CANCELLATION_RATE',
      'FEEDBACK_RATE',
      'HIRED_APPLICATIONS',
      'HELD_SLOTS_PER_HIRE',
    ],
    width: 'full',
  },
  {
    id: 'hours',
    title: 'When interviews are held',
    hint: 'Held slots by weekday and hour of their start, by the clock of the chosen zone.',
    metrics: ['HELD_SLOTS'],
    width: 'full',
    isHeatMap: true,
  },
];
