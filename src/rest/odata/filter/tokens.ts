import { Failure, shown } from '../../../domain/errors.ts';

/** A literal of a filter: its type as far as it can be told without the property, and its text. */
export interface Literal {
  readonly type: 'null' | 'boolean' | 'string' | 'number' | 'date' | 'time' | 'guid';
  /** The text: of a string without its quotes, of others as written. */
  readonly text: string;
}

export type Token = { readonly at: number; readonly text: string } & (
  | { readonly is: 'literal'; readonly literal: Literal }
  /** A name of a property, a function or an operator. */
  | { readonly is: 'name' | 'sign' | 'end' }
);

/** UTF-16 code units of a filter. */
const MAX_LENGTH = 8_000;

const SPACE = /[ \t]+/y;
const NAME = /[A-Za-z_]\w*/y;
const SIGN = /[(),/]/y;

/** The literals, in the order in which they are tried (OData ABNF, "Literal Data Values"). An unencoded `+` of an offset arrives as a blank. */
const LITERALS: readonly (readonly [Literal['type'], RegExp])[] = [
  ['string', /'(?:[^']|'')*'/y],
  ['guid', /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?!\w)/iy],
  ['time', /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+ -]\d\d:\d\d)(?!\w)/iy],
  ['date', /\d{4}-\d\d-\d\d(?!\w)/y],
  ['number', /[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.-])/iy],
];

const WORDS: ReadonlyMap<string, Literal['type']> = new Map([
  ['null', 'null'],
  ['true', 'boolean'],
  ['false', 'boolean'],
]);

/** Returns a refusal of a filter. */
export const badFilter = (message: string): Failure =>
  new Failure('BAD_USER_INPUT', `$filter: ${message}`, { target: '$filter' });

/** Cuts a filter into its tokens; an end is the last. Errors: BAD_USER_INPUT for a text that is too long, or no filter. */
export function tokensOf(text: string): Token[] {
  if (text.length > MAX_LENGTH) throw badFilter(`it has ${text.length} characters; at most ${MAX_LENGTH} are allowed.`);
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    at += match(SPACE)?.length ?? 0;
    if (at === text.length) break;
    const token = literalAt(at, match) ?? nameAt(at, match);
    if (token === null) throw badFilter(unreadable(text, at));
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { is: 'end', at, text: '' }];
}

type Match = (pattern: RegExp) => string | undefined;

function literalAt(at: number, match: Match): Token | null {
  for (const [type, pattern] of LITERALS) {
    const text = match(pattern);
    if (text !== undefined) {
      const value = type === 'string' ? text.slice(1, -1).replaceAll("''", "'") : text.replace(' ', '+');
      return { is: 'literal', at, text, literal: { type, text: value } };
    }
  }
  return null;
}

function nameAt(at: number, match: Match): Token | null {
  const text = match(NAME);
  const type = WORDS.get(text ?? '');
  if (text !== undefined && type !== undefined) return { is: 'literal', at, text, literal: { type, text } };
  if (text !== undefined) return { is: 'name', at, text };
  const sign = match(SIGN);
  return sign === undefined ? null : { is: 'sign', at, text: sign };
}

function unreadable(text: string, at: number): string {
  const rest = text.slice(at);
  if (rest.startsWith("'"))
    return `the text that begins at character ${at + 1} has no end; ${shown(rest)} lacks a "'".`;
  return `${shown(rest)} at character ${at + 1} can’t be read; texts are in single quotes, IDs, numbers and times are not, and times have Z or an offset, such as 2026-11-24T06:00:00Z.`;
}
