import { Failure, shown } from '../domain/errors.ts';

/** What to generate. */
export interface GenerateOptions {
  /** How many rows, without the header. */
  readonly rows: number;
  /** Any integer from 0; another seed gives other rows. */
  readonly seed: number;
  /** When the first interview is created, in UTC: `yyyy-MM-dd` or `yyyy-MM-ddTHH:mm:ss`, default 2026-01-01. */
  readonly from?: string;
  /** When the extract is taken, after the last interview was created, in the same form; default 2027-01-01. */
  readonly until?: string;
}

/** The options as numbers that can't be wrong; instants are seconds since 1970. */
interface GeneratePlan {
  readonly rows: number;
  readonly seed: number;
  readonly from: number;
  readonly until: number;
}

const DATE_OR_DATE_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/;

/** @throws Failure BAD_USER_INPUT that names the option, its value and what would be right */
export function generatePlan(options: GenerateOptions): GeneratePlan {
  const { from = '2026-01-01', until = '2027-01-01' } = options;
  const plan = {
    rows: wholeNumber('rows', options.rows),
    seed: wholeNumber('seed', options.seed),
    from: instant('from', from),
    until: instant('until', until),
  };
  if (plan.from < plan.until) return plan;
  throw new Failure('BAD_USER_INPUT', `from ${shown(from)} is not before until ${shown(until)}; it must be earlier.`);
}

function wholeNumber(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Failure('BAD_USER_INPUT', `${name} ${shown(String(value))} is not a whole number of at least 0.`);
}

/** Years in which the seconds fit the eight digits that begin an interview id, and the zones' rules make sense. */
function instant(name: string, text: string): number {
  const iso = text.length > 10 ? `${text}Z` : text;
  const time = DATE_OR_DATE_TIME.test(text) ? Date.parse(iso) : Number.NaN;
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  if (exists && text >= '1970' && text < '2101') return time / 1000;
  throw new Failure(
    'BAD_USER_INPUT',
    `${name} ${shown(text)} is not a date from 1970 to 2100 such as 2026-01-31 or 2026-01-31T08:30:00.`,
  );
}
