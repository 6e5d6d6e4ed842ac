import { Failure, shown } from '../errors.ts';
import { type PatternLetter, type PatternToken, patternTokens } from './date-pattern-tokens.ts';
import { readWallClock, type WallClock, writeWallClock } from './wall-clock.ts';

/** A pattern that both reads and writes dates. */
export interface DatePattern {
  readonly text: string;
  readonly tokens: readonly PatternToken[];
  /**
   * The canonical wall clock that the text states, or null where it does not have this form or states no real day, or
   * the wrong day of the week. What the pattern does not state is 00. Two-digit years are 1970 to 2069.
   */
  read(text: string): string | null;
  /** A canonical wall clock in this form. */
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
 * The pattern to read dates by and to write them back. BAD_USER_INPUT as patternTokens, and where a date could not be
 * read back from it: year, month or day missing, a 12-hour clock without a, or numbers that run into each other.
 */
export function parseDatePattern(text: string): DatePattern {
  const tokens = patternTokens(text);
  const letters = tokens.flatMap((token) => token.letter ?? []);
  for (const [letter, name] of Object.entries({ y: 'year', M: 'month', d: 'day' })) {
    if (letters.some((each) => each === letter)) continue;
    throw new Failure('BAD_USER_INPUT', `The date pattern ${shown(text)} states no ${name} (${letter}).`);
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

/** The regular expression of one part, one group a letter. */
function source(token: PatternToken, next: PatternToken | undefined, pattern: string): string {
  if (token.letter === null) {
    // Any kind of space stands for a space: Java and ICU have put U+202F before AM and PM for some years.
    return token.literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll(' ', '\\s');
  }
  const { letter, count } = token;
  if (letter === 'a') return '(AM|PM)';
  if (letter === 'E') return names(WEEKDAYS);
  if (letter === 'M' && count >= 3) return names(MONTHS);
  if (next !== undefined && startsWithDigit(next)) {
    // yyyyMMdd: what runs into the next number has the digits that the pattern gives it.
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

/** The canonical wall clock out of the texts found for the letters; null where they contradict each other. */
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
  // Java's pivot moves with the clock of the machine (80 years back, 20 ahead); ours stands still.
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
