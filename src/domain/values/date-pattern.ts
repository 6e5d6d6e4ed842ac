import { Failure, shown } from '../errors.ts';
import { type PatternLetter, type PatternToken, patternTokens } from './date-pattern-tokens.ts';
import { readWallClock, type WallClock, writeWallClock } from './wall-clock.ts';

/** A pattern that can both read and write dates. */
export interface DatePattern {
  readonly text: string;
  readonly tokens: readonly PatternToken[];
  /**
   * Returns the canonical wall clock of a text; null if the text does not match the pattern, or names a day that does not exist or the
   * wrong day of the week. Parts that the pattern lacks are 00. Two-digit years are 1970 to 2069.
   */
  read(text: string): string | null;
  /** Writes a canonical wall clock in this format. */
  write(canonical: string): string;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/**
 * Parses a pattern for reading and writing. Errors: BAD_USER_INPUT as in patternTokens, and if a date could not be read back: year, month
 * or day is missing, a 12-hour clock has no `a`, or adjacent numbers cannot be separated.
 */
export function parseDatePattern(text: string): DatePattern {
  const tokens = patternTokens(text);
  const letters = tokens.flatMap((token) => token.letter ?? []);
  for (const [letter, name] of Object.entries({ y: 'year', M: 'month', d: 'day' })) {
    if (letters.some((each) => each === letter)) continue;
    throw new Failure('BAD_USER_INPUT', `The date pattern ${shown(text)} has no ${name} (${letter}).`);
  }
  if (letters.includes('h') && !letters.includes('H') && !letters.includes('a')) {
    throw new Failure('BAD_USER_INPUT', `The date pattern ${shown(text)} has h without a (AM or PM); use HH or add a.`);
  }
  const form = new RegExp(`^${tokens.map((token, i) => source(token, tokens[i + 1], text)).join('')}$`, 'i');
  return {
    text,
    tokens,
    read(date) {
      const found = form.exec(date);
      return found === null ? null : wallClockOf(letters, found.slice(1));
    },
    write(canonical) {
      const clock = readWallClock(canonical);
      return tokens.map((token) => (token.letter === null ? token.literal : printPattern(token, clock))).join('');
    },
  };
}

/** Returns the regular expression of one part, with one group per letter. */
function source(token: PatternToken, next: PatternToken | undefined, pattern: string): string {
  if (token.letter === null) {
    // A space matches any kind of space: recent versions of Java and ICU write U+202F before AM and PM.
    return token.literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(' ', '\\s');
  }
  const { letter, count } = token;
  if (letter === 'a') return '(AM|PM)';
  if (letter === 'E') return names(WEEKDAYS);
  if (letter === 'M' && count >= 3) return names(MONTHS);
  if (next !== undefined && startsWithDigit(next)) {
    // A number that is directly followed by another has exactly the digits of the pattern, as in yyyyMMdd.
    if (letter === 'y' ? count === 2 || count >= 4 : letter === 'S' || count >= 2) return `(\\d{${count}})`;
    throw new Failure(
      'BAD_USER_INPUT',
      `In the date pattern ${shown(pattern)} ${letter.repeat(count)} runs into the next number; write ${letter === 'y' ? 'yyyy' : letter.repeat(2)} or put something between them.`,
    );
  }
  if (letter === 'S') return '(\\d+)';
  if (letter === 'y') return count === 2 ? '(\\d\\d)' : `(\\d{${count},${Math.max(count, 4)}})`;
  return `(\\d{1,${Math.max(count, 2)}})`;
}

function names(all: readonly string[]): string {
  return `(${[...all, ...all.map((name) => name.slice(0, 3))].join('|')})`;
}

function startsWithDigit(token: PatternToken): boolean {
  if (token.letter === null) return /^\d/.test(token.literal);
  return token.letter !== 'a' && token.letter !== 'E' && !(token.letter === 'M' && token.count >= 3);
}

/** Builds the canonical wall clock from the texts of the letters; null if they contradict each other. */
function wallClockOf(letters: readonly PatternLetter[], texts: readonly string[]): string | null {
  const values = new Map<PatternLetter, number>();
  for (const [i, letter] of letters.entries()) {
    const value = numberOf(letter, texts[i] ?? '');
    if (letter !== 'S' && values.has(letter) && values.get(letter) !== value) return null;
    values.set(letter, value);
  }
  const half = values.get('a') ?? 0;
  const ofTwelve = values.get('h');
  if (ofTwelve !== undefined && (ofTwelve < 1 || ofTwelve > 12)) return null;
  const hour = values.get('H') ?? (ofTwelve === undefined ? half : (ofTwelve % 12) + half);
  if (values.has('a') && hour < 12 !== (half === 0)) return null;
  if (ofTwelve !== undefined && hour % 12 !== ofTwelve % 12) return null;
  const canonical = writeWallClock({
    year: values.get('y') ?? 0,
    month: values.get('M') ?? 0,
    day: values.get('d') ?? 0,
    hour,
    minute: values.get('m') ?? 0,
    second: values.get('s') ?? 0,
  });
  if (canonical === null || !values.has('E')) return canonical;
  return new Date(`${canonical}Z`).getUTCDay() === values.get('E') ? canonical : null;
}

function numberOf(letter: PatternLetter, text: string): number {
  const starts = (name: string): boolean => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase();
  if (letter === 'a') return text.toLowerCase() === 'pm' ? 12 : 0;
  if (letter === 'E') return WEEKDAYS.findIndex(starts);
  if (letter === 'M' && !/^\d/.test(text)) return MONTHS.findIndex(starts) + 1;
  // Java's pivot year moves with the system clock (80 years back, 20 ahead); this one is fixed.
  if (letter === 'y' && text.length === 2) return Number(text) + (Number(text) < 70 ? 2000 : 1900);
  return Number(text);
}

function printPattern(token: { letter: PatternLetter; count: number }, clock: WallClock): string {
  const { letter, count } = token;
  const digits = (number: number): string => String(number).padStart(count, '0');
  switch (letter) {
    case 'y':
      return count === 2 ? digits(clock.year % 100) : digits(clock.year);
    case 'M': {
      const name = MONTHS[clock.month - 1] ?? '';
      return count < 3 ? digits(clock.month) : count === 3 ? name.slice(0, 3) : name;
    }
    case 'd':
      return digits(clock.day);
    case 'H':
      return digits(clock.hour);
    case 'h':
      return digits(clock.hour % 12 === 0 ? 12 : clock.hour % 12);
    case 'm':
      return digits(clock.minute);
    case 's':
      return digits(clock.second);
    case 'S':
      return digits(0);
    case 'a':
      return clock.hour < 12 ? 'AM' : 'PM';
    case 'E': {
      const name = WEEKDAYS[new Date(`${writeWallClock(clock)}Z`).getUTCDay()] ?? '';
      return count < 4 ? name.slice(0, 3) : name;
    }
  }
}
