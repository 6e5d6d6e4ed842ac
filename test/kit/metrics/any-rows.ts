/**
 * Rows for property tests of metrics: of every kind that a measure could get wrong, with few different ids and times, so that groups are full.
 * They are canonical, and an import takes all of them.
 */
import fc from 'fast-check';
import { FIELD_KEYS, type FieldKey } from '../../../src/domain/fields.ts';
import { grouped, millis, type Row } from '../generated.ts';

/** Changes of clocks in Berlin and New York, days around New Year (week 53 of 2026), and others near them. */
const DAYS = [
  '2026-03-08',
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-10-24',
  '2026-10-25',
  '2026-10-26',
  '2026-11-01',
  '2026-12-27',
  '2026-12-28',
  '2026-12-31',
  '2027-01-01',
  '2027-01-03',
  '2027-01-04',
];

/** At 02:30 a time may be skipped or come twice; slots of an hour from 23:30 go over midnight. */
const TIMES = ['00:00:00', '00:30:00', '02:30:00', '09:00:00', '09:30:00', '10:00:00', '16:45:00', '23:30:00'];

/** All zones of any rows. */
export const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'UTC',
] as const;

/** Minutes; below 0 the end is before the start. */
const LENGTHS = [30, 45, 60, 60, 90, 0, -30, 1440];
/** A quarter of an hour has an exact binary fraction, so sums and means are exact, too. */
const HOURS = ['-1.25', '0', '0.5', '1', '23.75', '24', '24.25', '47', '48', '100', '719.5', '1500000'];

const ANSWERS = ['PENDING', 'TENTATIVE', 'ACCEPTED', 'DECLINED'] as const;

const uuids = (letter: string, count: number) =>
  Array.from({ length: count }, (_, at) => `00000000-0000-4000-8000-0000000000${letter}${at + 1}`);

/** The jobs of any rows. */
export const JOBS = uuids('b', 3);

const from = (...values: readonly (string | null)[]) => fc.constantFrom(...values);

const clock = fc.tuple(from(...DAYS), from(...TIMES)).map(([day, time]) => `${day}T${time}`);

type Values = Partial<Record<FieldKey, string | null>>;

const NOTHING = Object.fromEntries(FIELD_KEYS.map((key) => [key, null])) as Row;

/** A row with these values, by the names of its fields. */
export const rowNamed = (values: Values): Row => ({ ...NOTHING, ...values });

/** What the rows of an interview mostly agree on. */
const interview: fc.Arbitrary<Values> = fc.record({
  applicationId: from(...uuids('a', 4), null),
  candidateProfileId: from(...uuids('c', 3), null),
  candidateStatus: from(...ANSWERS, null),
  jobId: from(...JOBS, null),
  interviewType: from('VIDEO', 'PHONE', null),
  interviewLocation: from('Berlin', '', null),
  interviewCreateDate: fc.option(clock, { freq: 8 }),
  interviewUpdateDate: fc.option(clock, { freq: 8 }),
  interviewTimeZone: fc.oneof({ weight: 6, arbitrary: from(...ZONES) }, { weight: 1, arbitrary: fc.constant(null) }),
  interviewCanceled: from('false', 'false', 'false', null, 'true'),
  creatorEmployeeId: from('e-1', 'e-9', null),
});

/** What the rows of a slot mostly agree on. */
const slot = fc.record({
  start: fc.option(clock, { freq: 12 }),
  length: fc.option(fc.constantFrom(...LENGTHS), { freq: 12 }),
  duration: from(null, null, '1', '0.5', '1.5', '0'),
  room: from(null, null, 'Kant', ''),
  applicationStage: from('INTERVIEW', 'HIRED', 'REJECTED', null),
  applicationStep: from('Final', '', null),
});

const endOf = (start: string, length: number): string =>
  new Date(millis(start) + length * 60_000).toISOString().slice(0, 19);

/** The values of a slot, moved to a day if one is given. */
function valuesOf(
  { start, length, ...rest }: typeof slot extends fc.Arbitrary<infer S> ? S : never,
  day: string | null,
): Values {
  const startTime = start && day ? `${day}${start.slice(day.length)}` : start;
  return { ...rest, startTime, endTime: length === null ? null : endOf(startTime ?? '2026-10-25T09:00:00', length) };
}

/** An interviewer by id, by name alone, with empty names, or nobody. */
const interviewer: fc.Arbitrary<Values> = fc
  .constantFrom(
    ['e-1', 'Ada', 'Abel'],
    ['e-1', 'Ada', 'Abel'],
    ['e-2', null, null],
    ['e-3', '', ''],
    [null, 'Dee', null],
    [null, '', ''],
    [null, null, ''],
    [null, null, null],
  )
  .map(([interviewerEmployeeId = null, interviewerFirstName = null, interviewerLastName = null]) => ({
    interviewerEmployeeId,
    interviewerFirstName,
    interviewerLastName,
  }));

const appointment: fc.Arbitrary<Values> = fc
  .record({
    who: interviewer,
    interviewerStatus: from('ACCEPTED', 'ACCEPTED', ...ANSWERS, null),
    interviewerReview: from(null, null, '', 'Sound.'),
    interviewerRating: from(null, null, '1', '3.5', '4'),
    timeToProvideFeedback: from(null, ...HOURS),
  })
  .map(({ who, ...rest }) => ({ ...who, ...rest }));

/** What one row says otherwise than the others of its interview or slot. */
const disagreement: fc.Arbitrary<Values> = fc.record(
  {
    candidateStatus: from(...ANSWERS, null),
    interviewCanceled: from('true', 'false', null),
    interviewUpdateDate: fc.option(clock, { freq: 8 }),
    interviewCreateDate: fc.option(clock, { freq: 8 }),
    interviewTimeZone: from(...ZONES, null),
    duration: from('2', '0.25', null),
    jobId: from(...JOBS, null),
    room: from('Hegel', null),
    applicationId: from(...uuids('a', 4), null),
  },
  { requiredKeys: [] },
);

const oftenNothing = fc.oneof(
  { weight: 3, arbitrary: fc.constant({} as Values) },
  { weight: 1, arbitrary: disagreement },
);

const anySlot = fc.tuple(slot, fc.array(fc.tuple(appointment, oftenNothing), { minLength: 1, maxLength: 3 }));

/** Half of the interviews have all their slots on one day, and of half the rows agree. */
const anyInterview = fc
  .record({
    common: interview,
    day: fc.oneof(from(...DAYS), fc.constant(null)),
    agrees: fc.boolean(),
    slots: fc.array(anySlot, { minLength: 1, maxLength: 3 }),
  })
  .map(({ common, day, agrees, slots }) =>
    slots.flatMap(([inSlot, rows]) =>
      rows.map(([own, other]) => ({ ...common, ...valuesOf(inSlot, day), ...own, ...(agrees ? {} : other) })),
    ),
  );

/** Rows of up to eight interviews, no two of them the same. */
export const anyRows: fc.Arbitrary<Row[]> = fc.array(anyInterview, { maxLength: 8 }).map((interviews) => {
  const rows = interviews.flatMap((own, at) =>
    own.map((values) => rowNamed({ ...values, interviewId: `i-${at + 1}` })),
  );
  return grouped(rows, (row) => JSON.stringify(row)).flatMap(([row]) => row ?? []);
});

/** Clocks before, among and after the rows. */
export const anyClock = fc
  .tuple(
    fc.constantFrom('2026-01-01', '2026-10-25', '2026-11-02', '2027-01-04', '2027-03-01'),
    fc.constantFrom(...TIMES),
  )
  .map(([day, time]) => `${day}T${time}Z`);
