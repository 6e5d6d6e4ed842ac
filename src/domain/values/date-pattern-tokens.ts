/**
 * Date patterns in the syntax of Java's SimpleDateFormat, with English names: the letters y M d H h m s S a E, text in single quotes ('' is
 * a quote), and any other printable character except the letters A-Z (docs/contract.md, "Request").
 */
import { Failure, shown } from '../errors.ts';

export type PatternLetter = 'y' | 'M' | 'd' | 'H' | 'h' | 'm' | 's' | 'S' | 'a' | 'E';

/**
 * One part of a pattern: `letter`, repeated `count` times, or literal text. As in Java, `count` is the minimum number of digits, but `yy`
 * is the last two digits of the year, MMM and E are short names, and MMMM and EEEE full names.
 */
export type PatternToken =
  | { readonly letter: PatternLetter; readonly count: number }
  | { readonly letter: null; readonly literal: string };

const LETTERS = 'yMdHhmsSaE';
const MAX_PATTERN_LENGTH = 100;
const PART = /''|'((?:[^']|'')+)'|([A-Za-z])\2*|[^A-Za-z']+|'/g;

/**
 * Splits a pattern into its parts, in order. This is enough to write dates. Errors: BAD_USER_INPUT for an unsupported letter, a control
 * character, an unclosed quote, and an empty or overlong pattern.
 */
export function patternTokens(text: string): readonly PatternToken[] {
  if (text === '' || text.length > MAX_PATTERN_LENGTH) {
    throw new Failure(
      'BAD_USER_INPUT',
      `A date pattern has 1 to ${MAX_PATTERN_LENGTH} characters; this one has ${text.length}.`,
    );
  }
  const control = /[\p{Cc}\p{Surrogate}]/u.exec(text);
  if (control) {
    throw new Failure(
      'BAD_USER_INPUT',
      `The date pattern ${shown(text)} contains a control character, ${shown(control[0])}; text in it must be printable.`,
    );
  }
  return Array.from(text.matchAll(PART), ([whole, quoted, letter]): PatternToken => {
    if (quoted !== undefined) return { letter: null, literal: quoted.replaceAll("''", "'") };
    if (whole === "''") return { letter: null, literal: "'" };
    if (letter !== undefined && isPatternLetter(letter)) return { letter, count: whole.length };
    if (letter !== undefined) {
      throw new Failure(
        'BAD_USER_INPUT',
        `The letter ${letter} in the date pattern ${shown(text)} is not known; accepted are ${[...LETTERS].join(' ')}, text in single quotes, and punctuation.`,
      );
    }
    if (whole === "'") {
      throw new Failure('BAD_USER_INPUT', `A single quote in the date pattern ${shown(text)} is not closed.`);
    }
    return { letter: null, literal: whole };
  });
}

function isPatternLetter(letter: string): letter is PatternLetter {
  return LETTERS.includes(letter);
}
