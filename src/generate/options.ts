import { Failure, shown } from '../domain/errors.ts';

/** What to generate. */
export interface GenerateOptions {
  /** Number of rows, without the header. */
  readonly rows: number;
  /** An integer from 0; another seed produces other rows. */
  readonly seed: number;
  /** Creation time of the first interview in UTC: `yyyy-MM-dd` or `yyyy-MM-ddTHH:mm:ss`; default 2026-01-01. */
  readonly from?: string;
  /** Time of the extract, after the creation of the last interview, in the same format; default 2027-01-01. */
  readonly until?: string;
}

/** The validated options; instants are seconds since 1970. */
interface GeneratePlan {
  readonly rows: number;
  readonly seed: number;
  readonly from: number;
  readonly until: number;
}

const DATE_OR_DATE_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/;

/** Validates the options. Errors: BAD_USER_INPUT, which names the option, its value and what is right. */
export function readOptions(options: GenerateOptions): GeneratePlan {
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

/**
 * Reads a date of the years 1970 to 2100: their seconds fit the eight digits with which an interview id begins, and the
 * rules of the time zones hold.
 */
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
