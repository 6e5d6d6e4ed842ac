import { COMMON, collationElements } from './collation.ts';

/**
 * The version of the functions below, which is stored with their results: increase it with every change of what they return. Then the stored
 * spellings are made anew (src/db/derived/spellings.ts).
 */
export const SPELLING_VERSION = 2;

/** Maximum number of characters of a name that has a spelling. Longer texts are compared letter by letter. */
export const MAX_SPELLED_LENGTH = 500;

/** The forms of a name by which it is found and sorted, whatever its accents, its case and its composition are. */
export interface Spelling {
  /** Its words as they are searched for: in lower case, without accents, separated by one space. */
  readonly folded: string;
  /** A text whose order by code points, which is that of UTF-8's bytes, is that of names. */
  readonly sortKey: string;
}

export const spellingOf = (name: string): Spelling => ({ folded: foldedWords(name).join(' '), sortKey: sortKey(name) });

/** What people type for each other, although the collation tells them apart. */
const INTERCHANGEABLE: Readonly<Record<string, string>> = {
  ı: 'i',
  þ: 'th',
  Þ: 'th',
  '‘': "'",
  '’': "'",
  ʹ: "'",
  ʻ: "'",
  ʼ: "'",
  '′': "'",
  '`': "'",
  '´': "'",
  // Characters that normalization makes three of these of.
  '\u0374': "'",
  '\u1fef': "'",
  '\u1ffd': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};
const ANY_INTERCHANGEABLE = new RegExp(`[${Object.keys(INTERCHANGEABLE).join('')}]`, 'gu');

/**
 * Returns the words of a text as they are searched for. Letters are the same if the collation tells them apart only by accents, case or form
 * (`ü` and `u`, `ß` and `ss`, `ø` and `o`, `ς` and `Σ`), or if people type one for the other.
 */
export function foldedWords(text: string): string[] {
  const typed = text
    .replace(ANY_INTERCHANGEABLE, (character) => INTERCHANGEABLE[character] ?? character)
    .replace(/\s/gu, ' ');
  let folded = '';
  for (const { plain } of collationElements(typed)) folded += plain;
  return folded.split(' ').filter(Boolean);
}

/** Maximum number of UTF-16 code units that a sort key is made of: names that begin with the same are sorted by what follows the name. */
const MAX_SORTED_LENGTH = 200;

/** Separates the levels. It is less than every weight. */
const LEVEL = ' ';

/**
 * Returns the sort key of a name: first its letters, then its accents, then the forms of its letters, so that accents decide only between names
 * with the same letters. What is common at the end of a level is left out: it is less than everything else there.
 */
function sortKey(name: string): string {
  let letters = '';
  let accents = '';
  let forms = '';
  for (const element of collationElements(name.slice(0, MAX_SORTED_LENGTH).toWellFormed())) {
    letters += element.letter;
    accents += element.accent;
    forms += element.form;
  }
  const levels = [letters, withoutCommonEnd(accents), withoutCommonEnd(forms)];
  while (levels.at(-1) === '') levels.pop();
  return levels.join(LEVEL);
}

function withoutCommonEnd(weights: string): string {
  let end = weights.length;
  while (end > 0 && weights[end - 1] === COMMON) end--;
  return weights.slice(0, end);
}
