import { completenessAt } from '../../domain/calendar/complete.ts';
import type { DayRange } from '../../domain/calendar/days.ts';
import { bucketName, periodName } from '../../domain/calendar/names.ts';
import type { ResolvedPeriod } from '../../domain/calendar/resolve.ts';
import { type CalendarUnit, nextStart } from '../../domain/calendar/units.ts';
import { builder } from '../builder.ts';

/** Days that follow each other, with their name. */
export interface Period extends DayRange {
  readonly name: string;
  /** Whether all of it is within the period asked for, and over at the clock. */
  readonly complete: boolean;
}

export const PeriodType = builder.objectRef<Period>('Period').implement({
  description: 'A period of the calendar.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      description:
        'Name: `2026-11-24`, `2026-W48`, `2026-11`, `2026-Q4`, `2026`. Weeks that do not start on Monday have the name of their first day; other periods are written `2026-01-15/2026-03-20`, with `..` for an open end.',
    }),
    from: t.expose('from', { type: 'LocalDate', description: 'First day; null if it has no beginning.' }),
    to: t.expose('to', { type: 'LocalDate', description: 'The day after the last; null if it has no end.' }),
    complete: t.exposeBoolean('complete', {
      nullable: false,
      description:
        'Whether all of it is within the requested period, and over at the clock. Periods that are not make no trend.',
    }),
  }),
});

/** Returns a period as such; null for all time. `at`: the clock in milliseconds since 1970. */
export function wholePeriod(period: ResolvedPeriod, at: number): Period | null {
  const { from, to } = period;
  if (from === null && to === null) return null;
  return { name: periodName(period), from, to, complete: completenessAt(period, at)(period) };
}

/** Returns what makes the buckets of a period by their first days. `at`: the clock in milliseconds since 1970. */
export function bucketsOf(period: ResolvedPeriod, at: number, unit: CalendarUnit): (firstDay: string) => Period {
  const { weekStart } = period;
  const isComplete = completenessAt(period, at);
  return (from) => {
    const to = nextStart(from, unit, weekStart);
    return { name: bucketName(from, unit, weekStart), from, to, complete: isComplete({ from, to }) };
  };
}
