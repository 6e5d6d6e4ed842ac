// `node tools/collation-order.mjs`: writes src/domain/names/collation-order.ts, the order of Unicode's root collation, as the ICU of
// this Node has it. It is found out by comparing, so it needs no file of weights; the rules of that order are UCA (UTS #10) and CLDR's root.
// Names are then sorted alike by every Node and every Postgres. Run it for a new version of Unicode, and increase SPELLING_VERSION.
import { writeFile } from 'node:fs/promises';

const FILE = new URL('../src/domain/names/collation-order.ts', import.meta.url);

/** Compare by the first level (letters), the first two (accents), and all three (case). English has no rules of its own. */
const [byLetter, byAccent, byCase] = ['base', 'accent', 'variant'].map(
  (sensitivity) => new Intl.Collator('en', { sensitivity }).compare,
);

/** Is ignored itself, and keeps what is around it from being compared as one letter. */
const APART = '\u034f';

const isLeftOut = (character) => /[\p{Cn}\p{Co}\p{Cs}\p{Unified_Ideograph}]/u.test(character);

/** All characters of which others are composed. Han is in the order of its code points, and needs no table. */
function simpleCharacters() {
  const found = [];
  for (let code = 1; code < 0x110000; code++) {
    const character = String.fromCodePoint(code);
    if (!isLeftOut(character) && character.normalize('NFKD') === character) found.push(character);
  }
  return found;
}

/** What might be compared as one letter: what composed characters consist of, and any two letters of a script. */
function* possibleContractions(characters) {
  for (let code = 1; code < 0x110000; code++) {
    const parts = [...String.fromCodePoint(code).normalize('NFKD')];
    // Syllables of Hangul are compared part by part.
    const isSyllable = code >= 0xac00 && code <= 0xd7a3;
    if (parts.length < 2 || isSyllable || parts.some(isLeftOut)) continue;
    for (let end = 2; end <= Math.min(parts.length, 3); end++) yield parts.slice(0, end);
    for (const part of parts.slice(2)) yield [parts[0], part];
  }
  const blocks = Map.groupBy
    ? Map.groupBy(characters, blockOf)
    : characters.reduce((map, one) => map.set(blockOf(one), [...(map.get(blockOf(one)) ?? []), one]), new Map());
  for (const members of blocks.values()) {
    const letters = members.filter((one) => /[\p{L}\p{M}]/u.test(one) && !/\p{Script=Tangut}/u.test(one));
    for (const first of letters) for (const second of letters) yield [first, second];
  }
}
const blockOf = (character) => character.codePointAt(0) >> 7;

function contractions(characters) {
  const found = new Set();
  for (const parts of possibleContractions(characters)) {
    const whole = parts.join('');
    if (whole.normalize('NFKD') !== whole || found.has(whole)) continue;
    const last = parts.at(-1);
    if (byCase(whole, parts.slice(0, -1).join('') + APART + last) !== 0) found.add(whole);
  }
  return [...found];
}

const codeOrder = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** Sorts, and puts what is equal into one list. */
function classes(texts, compare, tie = codeOrder) {
  const sorted = [...texts].sort((one, other) => compare(one, other) || tie(one, other));
  const found = [];
  for (const text of sorted) {
    const last = found.at(-1);
    if (last && compare(last[0], text) === 0) last.push(text);
    else found.push([text]);
  }
  return found;
}

/** The index of the last of `count` that is not greater than something; `compareTo` compares one of them with it. */
function lastNotAfter(count, compareTo) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareTo(middle) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The letters that a text is compared as, such as `a` and `e` for `æ`; null if it is a letter by itself. `skip`: itself. */
function lettersOf(text, letters, skip) {
  const at = (index) => letters[skip >= 0 && index >= skip ? index + 1 : index];
  const count = letters.length - (skip >= 0 ? 1 : 0);
  const parts = [];
  for (let whole = ''; parts.length < 20; ) {
    const index = lastNotAfter(count, (one) => byLetter(whole + at(one), text));
    if (index < 0) return null;
    parts.push(at(index));
    whole += at(index) + APART;
    if (byLetter(whole, text) === 0) return parts;
    if (index === count - 1) return null;
  }
  return null;
}

const characters = simpleCharacters();
const texts = [...characters, ...contractions(characters)];
const ignored = texts.filter((text) => byCase(text, '') === 0);
const marks = texts.filter((text) => byCase(text, '') !== 0 && byLetter(text, '') === 0);
const others = texts.filter((text) => byLetter(text, '') !== 0);

/** The letters: all texts that are equal on the first level, the first of the other levels first. */
const groups = classes(others, byLetter, (one, other) => byCase(one, other) || codeOrder(one, other));
let expanded = new Map();
for (let pass = 0; pass < 3; pass++) {
  const found = new Map();
  const isLetter = (index) => !expanded.has(index) && !found.has(index);
  let [letters, indexes] = [[], []];
  for (const [index, [first]] of groups.entries())
    if (isLetter(index)) {
      letters.push(first);
      indexes.push(index);
    }
  for (const [index, [first]] of groups.entries()) {
    const skip = lastNotAfter(indexes.length, (at) => indexes[at] - index);
    const parts = lettersOf(first, letters, indexes[skip] === index ? skip : -1);
    if (!parts) continue;
    found.set(index, parts);
    if (indexes[skip] !== index) continue;
    letters = letters.toSpliced(skip, 1);
    indexes = indexes.toSpliced(skip, 1);
  }
  expanded = found;
}

const markClasses = classes(marks, byAccent, (one, other) => byCase(one, other) || codeOrder(one, other));
/** Accents that no mark has, such as that of `æ`, which sorts after `ae`: by the mark before them, and which of those they are. */
const nameless = new Map();
const expansions = [];
const order = [];

/** Tells the accent by which a text differs from letters without one; null if there is none. */
function accentOf(text, [first, ...rest], ordinals) {
  const plain = [first, ...rest].join(APART);
  if (byAccent(plain, text) === 0) return null;
  const withMark = (index) => [first, markClasses[index][0], ...rest].join(APART);
  const index = lastNotAfter(markClasses.length, (at) => byAccent(withMark(at), text));
  if (index >= 0 && byAccent(withMark(index), text) === 0) return markClasses[index][0];
  const ordinal = (ordinals.get(index) ?? 0) + 1;
  ordinals.set(index, ordinal);
  const name = `${String(index).padStart(6, '0')} ${String(ordinal).padStart(3, '0')}`;
  if (!nameless.has(name)) nameless.set(name, String.fromCodePoint(0xf0000 + nameless.size));
  return nameless.get(name);
}

for (const [index, group] of groups.entries()) {
  const letters = expanded.get(index);
  if (letters) {
    const ordinals = new Map();
    const [first, ...rest] = letters;
    for (const alike of classes(group, byAccent, (one, other) => byCase(one, other) || codeOrder(one, other))) {
      const accent = accentOf(alike[0], letters, ordinals);
      const parts = [first, ...(accent ? [accent] : []), ...rest];
      // Without an accent of its own it may still differ from its letters by its form.
      const from = accent === null && byCase(parts.join(APART), alike[0]) !== 0 ? 1 : 0;
      for (const [step, same] of classes(alike, byCase).entries())
        for (const text of same) expansions.push({ text, parts, step: from + step });
    }
    continue;
  }
  const [first] = group;
  const plain = group.filter((text) => byAccent(first, text) === 0);
  order.push(classes(plain, byCase));
  const ordinals = new Map();
  const forms = classes(plain, byCase).map(([one]) => one);
  const accented = group.filter((one) => !plain.includes(one));
  for (const alike of classes(accented, byAccent, (one, other) => byCase(one, other) || codeOrder(one, other))) {
    const accent = accentOf(alike[0], [first], ordinals);
    let [base, step] = ['', 0];
    for (const same of classes(alike, byCase)) {
      // The form of the plain letter that is the same with this accent, such as the capital one; or it comes after such a form.
      const below = forms.findLast((one) => byCase(one + APART + accent, same[0]) <= 0) ?? first;
      step = byCase(below + APART + accent, same[0]) === 0 ? 0 : below === base ? step + 1 : 1;
      base = below;
      for (const text of same) expansions.push({ text, parts: [base, accent], step });
    }
  }
}

/** All marks in their order, with the nameless ones in their places. */
const markOrder = markClasses.map((group) => classes(group, byCase));
const inserted = [...nameless].sort(([one], [other]) => codeOrder(other, one));
for (const [name, character] of inserted) markOrder.splice(Number.parseInt(name, 10) + 1, 0, [[character]]);

// Written as differences of code points, in base 36: `,` before the next case of a letter, `=` before one that is equal, `.` within a text
// of several code points, `*` before the number of letters that follow each other.
let previous = 0;
function written(text) {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0);
    const difference = (code - previous).toString(36);
    previous = code;
    return difference;
  }).join('.');
}
function writtenOrder(letters) {
  const words = [];
  for (let at = 0; at < letters.length; at++) {
    const isSimple = (index) =>
      letters[index]?.length === 1 && letters[index][0].length === 1 && [...letters[index][0][0]].length === 1;
    const codeAt = (index) => letters[index][0][0].codePointAt(0);
    let run = 1;
    while (isSimple(at) && isSimple(at + run) && codeAt(at + run) === codeAt(at) + run) run++;
    if (run > 2) {
      const first = written(letters[at][0][0]);
      words.push(`${first}*${run.toString(36)}`);
      previous += run - 1;
      at += run - 1;
    } else words.push(letters[at].map((same) => same.map(written).join('=')).join(','));
  }
  return words;
}

function lines(words) {
  const found = [];
  let line = '';
  for (const word of words) {
    if (line.length + word.length > 130) {
      found.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...found, line].join('\n');
}

const codes = (text) => Array.from(text, (character) => character.codePointAt(0).toString(36)).join('.');
const letterWords = writtenOrder(order);
previous = 0;
const markWords = writtenOrder(markOrder);
previous = 0;
const ignoredWords = writtenOrder(
  [...ignored].sort((a, b) => a.codePointAt(0) - b.codePointAt(0)).map((one) => [[one]]),
);
const expansionWords = expansions.map(
  ({ text, parts, step }) => `${codes(text)}:${parts.map(codes).join('+')}${step > 0 ? `:${step.toString(36)}` : ''}`,
);

const { cldr, unicode } = process.versions;
await writeFile(
  FILE,
  `/** Written by tools/collation-order.mjs, which says how to read it. Never edit it. */

/** The version of Unicode's root collation. */
export const COLLATION = 'CLDR ${cldr} (Unicode ${unicode})';

/** The letters in their order, each with its cases. */
export const LETTERS = \`
${lines(letterWords)}\`;

/** The marks, which are compared after the letters, in their order. */
export const MARKS = \`
${lines(markWords)}\`;

/** What is not compared. */
export const IGNORED = \`
${lines(ignoredWords)}\`;

/** What is compared as several letters and marks. */
export const EXPANSIONS = \`
${lines(expansionWords)}\`;
`,
);
console.log(
  `${order.length} letters, ${markOrder.length} marks, ${ignored.length} ignored, ${expansions.length} expansions, ${nameless.size} nameless accents`,
);
