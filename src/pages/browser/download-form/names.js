/** Names as people type them: in any letter case, composed or decomposed, the last name first or last. */

/** The words of a text, each in one form for all its spellings. @param {string} text */
const wordsOf = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{Cf}/gu, '')
    // ß is SS then, and ı an I; İ keeps a dot of its own.
    .toUpperCase()
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll('ς', 'σ')
    .split(/[\s,]+/)
    .filter(Boolean);

/** Whether a name has every word of a text in it. @param {string} name @param {string} text */
export function hasIn(name, text) {
  const whole = wordsOf(name).join(' ');
  return wordsOf(text).every((word) => whole.includes(word));
}

/**
 * Things whose whole name a text is; where there are none, those whose name it is in another order.
 * @template {{ name: string | null }} Named
 * @param {Named[]} things
 * @param {string} text
 */
export function calledSo(things, text) {
  const words = wordsOf(text);
  const sameWords = (/** @type {string[]} */ other) => words.join(' ') === other.join(' ');
  const named = things.map((thing) => ({ thing, of: wordsOf(thing.name ?? '') }));
  const exact = named.filter(({ of }) => of.length > 0 && sameWords(of));
  words.sort();
  const found = exact.length > 0 ? exact : named.filter(({ of }) => of.length > 0 && sameWords(of.sort()));
  return found.map(({ thing }) => thing);
}

/** The service takes a filter of at most 100 conditions. */
const MAX_PIECES = 8;

/** What is spelled in several ways. */
const AMBIGUOUS = /[ßſσςΣıİ\p{M}\p{Cf}]/u;
const RARELY_AMBIGUOUS = /ss|i/gi;

/**
 * Pieces that a name has however it is spelled, but for letter case: the service compares letter by letter. `loosely` leaves out more, so more
 * names have them all, which `hasIn` sorts out.
 * @param {string} text
 * @param {boolean} loosely
 */
export function piecesOf(text, loosely) {
  const composed = text.normalize('NFC');
  const open = [...(loosely ? composed.replace(RARELY_AMBIGUOUS, ' ') : composed)].map((letter) =>
    AMBIGUOUS.test(letter) || letter.normalize('NFKD') !== letter ? ' ' : letter,
  );
  const pieces = open
    .join('')
    .split(/[\s,]+/)
    .filter(Boolean);
  // Of Korean, whose every letter can be decomposed, nothing is left.
  if (pieces.length === 0 && !loosely)
    return composed
      .split(/[\s,]+/)
      .filter(Boolean)
      .slice(0, MAX_PIECES);
  return pieces.sort((one, other) => other.length - one.length).slice(0, MAX_PIECES);
}
