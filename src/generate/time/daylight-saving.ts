import { DAY_SECONDS, FRIDAY, onOrAfter, SATURDAY, SUNDAY, THURSDAY } from './calendar.ts';

/** The first day on summer time and the first day back on standard time in a year, as days since 1970. */
type Changes = readonly [summer: number, standard: number];

const day = (date: string) => Date.parse(date) / 1000 / DAY_SECONDS;

/**
 * Morocco suspends its summer time during Ramadan. The dates are announced; those after the last year here are unknown.
 */
const MOROCCO: Readonly<Record<number, Changes>> = {
  2023: [day('2023-04-23'), day('2023-03-19')],
  2024: [day('2024-04-14'), day('2024-03-10')],
  2025: [day('2025-04-06'), day('2025-02-23')],
  2026: [day('2026-03-22'), day('2026-02-15')],
  2027: [day('2027-03-14'), day('2027-02-07')],
  2028: [day('2028-03-05'), day('2028-01-23')],
};

/** Palestine began late in the years when Ramadan was in March and April. */
const PALESTINE: Readonly<Record<number, Changes>> = {
  2023: [day('2023-04-29'), day('2023-10-28')],
  2024: [day('2024-04-20'), day('2024-10-26')],
  2025: [day('2025-04-12'), day('2025-10-25')],
};

/**
 * The rules of the IANA time zone database in force since April 2024, to the day: offices are closed when clocks
 * change. With the machine's own time zone data, the generator would produce other rows on another machine.
 */
export const RULES = {
  europe: (year) => [onOrAfter(year, 3, 25, SUNDAY), onOrAfter(year, 10, 25, SUNDAY)],
  northAmerica: (year) => [onOrAfter(year, 3, 8, SUNDAY), onOrAfter(year, 11, 1, SUNDAY)],
  chile: (year) => [onOrAfter(year, 9, 2, SUNDAY), onOrAfter(year, 4, 2, SUNDAY)],
  australia: (year) => [onOrAfter(year, 10, 1, SUNDAY), onOrAfter(year, 4, 1, SUNDAY)],
  newZealand: (year) => [onOrAfter(year, 9, 24, SUNDAY), onOrAfter(year, 4, 1, SUNDAY)],
  egypt: (year) => [onOrAfter(year, 4, 24, FRIDAY), onOrAfter(year, 10, 25, THURSDAY) + 1],
  israel: (year) => [onOrAfter(year, 3, 23, FRIDAY), onOrAfter(year, 10, 25, SUNDAY)],
  palestine: (year) => PALESTINE[year] ?? [onOrAfter(year, 3, 24, SATURDAY), onOrAfter(year, 10, 24, SATURDAY)],
  morocco: (year) => MOROCCO[year],
} satisfies Record<string, (year: number) => Changes | undefined>;

export type Rule = keyof typeof RULES;
