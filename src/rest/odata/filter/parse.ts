import { shown } from '../../../domain/errors.ts';
import { badFilter, type Literal, type Token, tokensOf } from './tokens.ts';

export const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type ComparisonName = (typeof COMPARISONS)[number];

/** A part of a filter. `at`: where it begins, in UTF-16 code units. */
export type Expression = { readonly at: number } & (
  | { readonly is: 'literal'; readonly literal: Literal }
  | { readonly is: 'property'; readonly name: string }
  | { readonly is: 'call'; readonly name: string; readonly of: readonly Expression[] }
  | { readonly is: 'not'; readonly of: Expression }
  | { readonly is: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly is: ComparisonName; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'in'; readonly left: Expression; readonly values: readonly Literal[] }
);

/** Parts of a filter that contain each other. */
const MAX_LEVELS = 50;
/** Comparisons, functions and values of `in`. */
const MAX_TERMS = 500;

const isComparison = (text: string): text is ComparisonName => COMPARISONS.some((name) => name === text);

/**
 * Parses a filter (OData URL Conventions 4.01, 5.1.1), as far as it is served: comparisons, `in`, functions, `and`, `or`, `not`, parentheses.
 * Its size is looked at first. Errors: BAD_USER_INPUT, with the place and what is expected there.
 */
export function parseFilter(text: string): Expression {
  const reader = new TokenReader(tokensOf(text));
  const parsed = reader.alternatives(0);
  reader.end();
  return parsed;
}

/** Reads tokens by recursive descent, each level of precedence by a method of its own. */
class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;
  #terms = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  alternatives(level: number): Expression {
    return this.#joined('or', () => this.#joined('and', () => this.#compared(level)));
  }

  end(): void {
    if (this.#token.is !== 'end') this.#refuse('and, or, a comparison, or the end');
  }

  #joined(word: 'and' | 'or', part: () => Expression): Expression {
    const { at } = this.#token;
    const first = part();
    const of = [first];
    while (this.#skipName(word)) of.push(part());
    return of.length === 1 ? first : { is: word, at, of };
  }

  #compared(level: number): Expression {
    const left = this.#unary(level);
    const token = this.#token;
    if (token.is !== 'name' || !isComparison(token.text)) return left;
    this.#next++;
    this.#count();
    return { is: token.text, at: token.at, left, right: this.#unary(level) };
  }

  /** `not` binds tighter than comparisons, and `in` tighter than `not` (OData URL Conventions 4.01, 5.1.1.17). */
  #unary(level: number): Expression {
    if (level > MAX_LEVELS) throw badFilter(`more than ${MAX_LEVELS} of its parts contain each other.`);
    const { at } = this.#token;
    return this.#skipName('not') ? { is: 'not', at, of: this.#unary(level + 1) } : this.#member(level);
  }

  #member(level: number): Expression {
    const left = this.#primary(level);
    const { at } = this.#token;
    return this.#skipName('in') ? { is: 'in', at, left, values: this.#values() } : left;
  }

  #primary(level: number): Expression {
    const token = this.#token;
    const { at } = token;
    if (token.is === 'literal') {
      this.#next++;
      return { is: 'literal', at, literal: token.literal };
    }
    if (this.#skipSign('(')) {
      const inner = this.alternatives(level + 1);
      this.#requireSign(')');
      return inner;
    }
    if (token.is !== 'name') return this.#refuse('a property, a value, a function, not, or a parenthesis');
    this.#next++;
    if (this.#skipSign('/'))
      throw badFilter(`${token.text} has no parts; leave out what follows it at character ${at + 1}.`);
    if (!this.#skipSign('(')) return { is: 'property', at, name: token.text };
    this.#count();
    const of: Expression[] = [];
    if (!this.#skipSign(')')) {
      do of.push(this.alternatives(level + 1));
      while (this.#skipSign(','));
      this.#requireSign(')');
    }
    return { is: 'call', at, name: token.text, of };
  }

  #values(): Literal[] {
    const values: Literal[] = [];
    this.#requireSign('(');
    do {
      const token = this.#token;
      if (token.is !== 'literal') return this.#refuse('a value');
      this.#next++;
      this.#count();
      values.push(token.literal);
    } while (this.#skipSign(','));
    this.#requireSign(')');
    return values;
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #skipName(text: string): boolean {
    return this.#skip('name', text);
  }

  #skipSign(text: string): boolean {
    return this.#skip('sign', text);
  }

  #skip(is: Token['is'], text: string): boolean {
    const found = this.#token.is === is && this.#token.text === text;
    if (found) this.#next++;
    return found;
  }

  #requireSign(text: string): void {
    if (!this.#skipSign(text)) this.#refuse(shown(text));
  }

  #count(): void {
    this.#terms++;
    if (this.#terms > MAX_TERMS)
      throw badFilter(`it has more than ${MAX_TERMS} comparisons, functions and values of in.`);
  }

  #refuse(expected: string): never {
    const { is, at, text } = this.#token;
    const found = is === 'end' ? 'it ends' : `${shown(text)} stands`;
    throw badFilter(`${found} at character ${at + 1}, where ${expected} is expected.`);
  }
}
