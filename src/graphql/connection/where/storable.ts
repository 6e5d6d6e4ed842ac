import { Failure } from '../../../domain/errors.ts';
import { UNSTORABLE_TEXT } from '../../../domain/values/cells.ts';

/** Returns a client's text unchanged. Errors: BAD_USER_INPUT, naming the argument, if Postgres cannot store the text. */
export function requireStorable(argument: string, text: string): string {
  if (!UNSTORABLE_TEXT.test(text)) return text;
  throw new Failure(
    'BAD_USER_INPUT',
    `${argument} has a character that can’t be stored (NUL or half of a surrogate pair).`,
  );
}
