/**
 * Unicode's root collation (UTS #10 with CLDR's order), by a table of our own: the order must not depend on the ICU of a Node or a Postgres.
 * Characters that differ only in their form (`ﬁ`, full-width letters) are compared as their plain ones.
 */
import { EXPANSIONS, IGNORED, LETTERS, MARKS } from './collation-order.ts';

/** What a text is compared by: a letter with its case, or a mark such as an accent. Each weight is a text; texts are compared by code points. */
export interface CollationElement {
  /** The weight on the first level; empty for a mark. */
  readonly letter: string;
  /** The weight on the second level. */
  readonly accent: string;
  /** The weight on the third level. */
  readonly form: string;
  /** The letter without accents, in the form that comes first: in lower case; empty for a mark. */
  readonly plain: string;
}

/** Weights begin here: below is the space that separates the levels of a sort key. */
const LOWEST = 0x21;
/** The weight of a letter on the second level, and of the first of its forms on the third. */
export const COMMON = String.fromCodePoint(LOWEST);
/** Between the forms of a letter there is room for those of characters that are compared as it. */
const FORM_GAP = 8;
const LOWEST_ACCENT = LOWEST + 1;
const LOWEST_LETTER = 0x100;

const UNACCENTED = { accent: COMMON, form: COMMON };

/**
 * The code points of ideographs, which have no place in the table, and the weights from which on they are sorted: those of the first blocks
 * before those of the extensions (UTS #10, "Implicit Weights"). Ranges, since a property would depend on the Unicode of Node.
 */
const IDEOGRAPHS: readonly { readonly from: number; readonly to: number; readonly weights: number }[] = [
  { from: 0x4e00, to: 0xfaff, weights: 0x10000 },
  { from: 0x3400, to: 0x4dbf, weights: 0x1c000 },
  { from: 0x20000, to: 0x3ffff, weights: 0x20000 },
];
/** Everything else that is not in the table comes last. */
const UNKNOWN_FROM = 0x50000;

function implicitLetter(code: number): string {
  const block = IDEOGRAPHS.find(({ from, to }) => code >= from && code <= to);
  if (block) return String.fromCodePoint(block.weights + code - block.from);
  // Two weights, since one for each code point would exceed the greatest code point.
  return String.fromCodePoint(UNKNOWN_FROM + (code >> 8), UNKNOWN_FROM + (code & 0xff));
}

/** The elements of each text in the table: of a character, or of several that are compared as one. */
interface Table {
  readonly elements: ReadonlyMap<string, readonly CollationElement[]>;
  /** The characters with which texts of several characters begin. */
  readonly begins: ReadonlySet<string>;
}

/** The most characters of a text in the table. */
const LONGEST = 3;

let known: Table | undefined;

/** Read when it is first needed: it takes some milliseconds. */
function table(): Table {
  known ??= readTable();
  return known;
}

function readTable(): Table {
  const elements = new Map<string, readonly CollationElement[]>();
  for (const [index, { texts }] of readOrder(LETTERS).entries()) {
    const letter = String.fromCodePoint(LOWEST_LETTER + index);
    const plain = (texts[0]?.text ?? '').normalize('NFC');
    for (const { text, form } of texts)
      elements.set(text, [{ letter, accent: COMMON, form: String.fromCodePoint(LOWEST + form), plain }]);
  }
  for (const [index, { texts }] of readOrder(MARKS).entries()) {
    const accent = String.fromCodePoint(LOWEST_ACCENT + index);
    for (const { text, form } of texts)
      elements.set(text, [{ letter: '', accent, form: String.fromCodePoint(LOWEST + form), plain: '' }]);
  }
  for (const { texts } of readOrder(IGNORED)) for (const { text } of texts) elements.set(text, []);
  for (const expansion of wordsOf(EXPANSIONS)) {
    const [text = '', parts = '', step = '0'] = expansion.split(':');
    const [first, ...rest] = parts.split('+').flatMap((part) => elements.get(readCodes(part)) ?? []);
    if (!first) throw new Error(`the collation has no parts of ${expansion}`);
    const form = String.fromCodePoint((first.form.codePointAt(0) ?? LOWEST) + Number.parseInt(step, RADIX));
    elements.set(readCodes(text), [{ ...first, form }, ...rest]);
  }
  const begins = new Set<string>();
  for (const text of elements.keys()) {
    const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
    if (text.length > first.length) begins.add(first);
  }
  return { elements, begins };
}

const RADIX = 36;

const wordsOf = (text: string): string[] => text.trim().split(/\s+/);

const readCodes = (codes: string): string =>
  String.fromCodePoint(...codes.split('.').map((code) => Number.parseInt(code, RADIX)));

/** A letter or mark in its forms, with their weights from 0. */
interface Ordered {
  readonly texts: readonly { readonly text: string; readonly form: number }[];
}

/** Reads a list of tools/collation-order.mjs. */
function readOrder(list: string): Ordered[] {
  let code = 0;
  const next = (difference: string): string => {
    code += Number.parseInt(difference, RADIX);
    return String.fromCodePoint(code);
  };
  const textOf = (differences: string): string => differences.split('.').map(next).join('');
  return wordsOf(list).flatMap((word): Ordered[] => {
    const [first = '', count] = word.split('*');
    if (count !== undefined)
      return Array.from({ length: Number.parseInt(count, RADIX) }, (_, at) => ({
        texts: [{ text: next(at === 0 ? first : '1'), form: 0 }],
      }));
    const texts = word
      .split(',')
      .flatMap((same, at) =>
        same.split('=').map((differences) => ({ text: textOf(differences), form: FORM_GAP * at })),
      );
    return [{ texts }];
  });
}

/** Returns what a text is compared by, in its order. */
export function collationElements(text: string): CollationElement[] {
  const { elements, begins } = table();
  const characters = Array.from(text.normalize('NFKD'));
  const found: CollationElement[] = [];
  for (let at = 0; at < characters.length; ) {
    const character = characters[at] ?? '';
    const whole = begins.has(character) ? (comparedAsOne(characters, at) ?? character) : character;
    at += whole === character ? 1 : Array.from(whole).length;
    const own = elements.get(whole);
    if (own) for (const element of own) found.push(element);
    else found.push({ letter: implicitLetter(character.codePointAt(0) ?? 0), ...UNACCENTED, plain: character });
  }
  return found;
}

/**
 * Returns the longest text at an index that is compared as one; undefined if it is a single character. A mark that belongs to it, but stands
 * after others, is moved there (UTS #10, "Produce Collation Element Arrays").
 */
function comparedAsOne(characters: string[], at: number): string | undefined {
  const { elements } = table();
  for (let length = LONGEST; length > 1; length--) {
    const text = at + length <= characters.length ? characters.slice(at, at + length).join('') : '';
    if (elements.has(text)) return text;
  }
  for (let index = at + 2; isMark(characters[index - 1]) && isMark(characters[index]); index++) {
    const [before = '', mark = ''] = [characters[index - 1], characters[index]];
    const text = `${characters[at]}${mark}`;
    if (!elements.has(text) || !comesAfter(before, mark)) continue;
    characters.splice(index, 1);
    characters.splice(at + 1, 0, mark);
    return text;
  }
  return undefined;
}

const isMark = (character: string | undefined): boolean => character !== undefined && /^\p{M}$/u.test(character);

/** Whether a mark stands after another one in every canonical text, because its combining class is greater, and so can be moved before it. */
const comesAfter = (mark: string, later: string): boolean =>
  `a${later}${mark}`.normalize('NFD') === `a${mark}${later}`.normalize('NFD');
