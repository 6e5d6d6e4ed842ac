/** The forms by which names are found and sorted, whatever the ICU of Node and Postgres. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLLATION } from '../../src/domain/names/collation-order.ts';
import { foldedWords, SPELLING_VERSION, spellingOf } from '../../src/domain/names/spelling.ts';
import { CULTURES } from '../../src/generate/company/names.ts';
import { readDocument } from '../kit/documents.ts';
import { propertyRuns } from '../kit/property-runs.ts';

const folded = (text: string) => foldedWords(text).join(' ');

describe('names are found', () => {
  test.each([
    ['composed and decomposed', 'José', 'Jose\u0301'],
    ['without accents', 'Gülşah Müller', 'Gulsah Muller'],
    ['without strokes', 'Đorđe Bjørnsson Łukasz', 'Dorde Bjornsson Lukasz'],
    ['with İ and ı', 'İbrahim Yıldız', 'ibrahim yildiz'],
    ['in capital letters, as a computer that is not Turkish makes them', 'İSTANBUL', 'istanbul'],
    ['with ß', 'Straße', 'STRASSE'],
    ['with ẞ', 'GROẞ', 'gross'],
    ['with æ and œ', 'Æsir Œuvrard', 'aesir oeuvrard'],
    ['with þ and ð', 'Þórdís Guðmundsdóttir', 'thordis gudmundsdottir'],
    ['with a final sigma', 'Παπαδόπουλος', 'ΠΑΠΑΔΟΠΟΥΛΟΣ'],
    ['with ё', 'Соловьёв', 'СОЛОВЬЕВ'],
    ['with й, composed and decomposed', 'Сергей'.normalize('NFC'), 'Сергей'.normalize('NFD')],
    ['with vowel signs in Arabic', 'مُحَمَّد', 'محمد'],
    ['with points in Hebrew', 'נֹעָה', 'נעה'],
    ['in Hiragana and Katakana', 'ゆき', 'ユキ'],
    ['in full-width letters', 'Ｙｕｋｉ', 'yuki'],
    ['with whatever apostrophe', 'O’Brien', "O'BRIEN"],
    ['with whatever hyphen', 'Anna‑Lena', 'anna-lena'],
    ['with whatever blanks', ' Anna \t\u00a0 Lena\u2009', 'anna lena'],
    ['with what can’t be seen', 'An\u00adna\u200d', 'anna'],
  ])('%s: %s as %s', (_, one, other) => {
    expect(folded(one)).toBe(folded(other));
  });

  test.each([
    ['a vowel in Devanagari', 'प्रिया', 'प्रया'],
    ['a vowel in Thai', 'ใจดี', 'จด'],
    ['и and й', 'и', 'й'],
    ['letters', 'Ann', 'Anna'],
    ['digits', 'Team 1', 'Team 2'],
  ])('but not where they differ: %s', (_, one, other) => {
    expect(folded(one)).not.toBe(folded(other));
  });

  test('are shown to people in plain letters, whatever they are written in', () => {
    expect(folded('Gülşah O’Neill, 100% (a_b\\)')).toBe("gulsah o'neill, 100% (a_b\\)");
  });

  test.each(['\u0374', '\u1fef', '\u1ffd'])('alike with what normalization makes an apostrophe of: %j', (quote) => {
    expect(folded(`O${quote}Neill`)).toBe("o'neill");
  });

  test('alike in every form of normalization', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = folded(text);
        expect(folded(text.normalize('NFD'))).toBe(once);
        expect(folded(text.normalize('NFC'))).toBe(once);
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

/** The order of Unicode's root collation: English has no rules of its own. */
const collator = new Intl.Collator('en');
const compareBytes = (one: string, other: string) => Math.sign(Buffer.compare(Buffer.from(one), Buffer.from(other)));
const order = (one: string, other: string) => compareBytes(spellingOf(one).sortKey, spellingOf(other).sortKey);

/** Letters and marks of scripts that people's names are written in. Characters of a later Unicode than that of the oldest Node are none. */
const SCRIPTS =
  'Latin|Greek|Cyrillic|Armenian|Georgian|Hebrew|Arabic|Devanagari|Bengali|Tamil|Telugu|Malayalam|Thai|Lao|Ethiopic|Hangul|Hiragana|Katakana|Common|Inherited'.split(
    '|',
  );
const isOfNames = /^[\p{L}\p{M}\p{Nd} '’.,\-‐]$/u;
const CHARACTERS = Object.fromEntries(
  SCRIPTS.map((script) => {
    const ofScript = new RegExp(`\\p{Script=${script}}`, 'u');
    const found: string[] = [];
    for (let code = 32; code < 0x1_0000; code++) {
      const character = String.fromCodePoint(code);
      // Forms of characters are compared as the plain ones.
      if (
        ofScript.test(character) &&
        isOfNames.test(character) &&
        character.normalize('NFKD') === character.normalize('NFD')
      )
        found.push(character);
    }
    return [script, found];
  }),
);

describe('names are sorted', () => {
  test('letters first, then accents, then case', () => {
    const sorted = [
      '',
      '-',
      '1',
      'a',
      'A',
      'ä',
      'Ä',
      'ab',
      'äb',
      'Äb',
      'ac',
      'b',
      'Müller',
      'Muller II',
      'MÜLLER A',
      'Zander',
      'Ärlig',
      'de Vries',
      'De Vries',
      'Дмитрий',
      '李',
    ];
    expect([...sorted].reverse().sort(order)).toEqual([...sorted].sort(collator.compare));
    expect(['Zander', 'Ärlig', 'adam', 'Adam', 'de Vries'].sort(order)).toEqual([
      'adam',
      'Adam',
      'Ärlig',
      'de Vries',
      'Zander',
    ]);
  });

  test.each(SCRIPTS)('each character of names in %s as the collation has it', (script) => {
    const characters = CHARACTERS[script] ?? [];
    expect(characters.length).toBeGreaterThan(5);
    const wrong: string[] = [];
    const sorted = [...characters].sort((one, other) => collator.compare(one, other) || (one < other ? -1 : 1));
    for (let at = 1; at < sorted.length; at++) {
      const [one = '', other = ''] = [sorted[at - 1], sorted[at]];
      if (Math.sign(collator.compare(one, other)) !== order(one, other)) wrong.push(`${one} ${other}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each(SCRIPTS)('any text in %s, with Latin letters and blanks among it, as the collation has it', (script) => {
    const character = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...(CHARACTERS[script] ?? [])) },
      fc.constantFrom(...'abAB äÄßøœ-’é'),
    );
    const name = fc.array(character, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(order(one, other), `${one} / ${other}`).toBe(Math.sign(collator.compare(one, other)));
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  test('as people are called, in every culture of the generator', () => {
    const names = CULTURES.flatMap(({ firstNames, lastNames }) => [...firstNames, ...lastNames]).filter(
      // The collation of an ICU may have ideographs by radicals; ours has them by code points, as UCA says.
      (name) => !/\p{Unified_Ideograph}/u.test(name),
    );
    const keys = names.map((name) => spellingOf(name).sortKey);
    const wrong = names.flatMap((one, at) =>
      names
        .filter((other, to) => compareBytes(keys[at] ?? '', keys[to] ?? '') !== Math.sign(collator.compare(one, other)))
        .map((other) => [one, other]),
    );
    expect(wrong).toEqual([]);
  });

  test('ideographs after all letters, by their code points', () => {
    const sorted = ['z', 'я', '가', 'ん', '一', '李', '龍', '㐀', '𠮷'];
    expect([...sorted].reverse().sort(order)).toEqual(sorted);
  });

  test('by keys that Postgres can store, and that don’t grow with the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { sortKey } = spellingOf(text);
        expect(sortKey.isWellFormed()).toBe(true);
        expect(sortKey).not.toContain('\0');
      }),
    );
    expect(spellingOf('ä'.repeat(100_000)).sortKey.length).toBeLessThan(1_000);
  });
});

test('docs/graphql.md names the version of the collation', () => {
  expect(readDocument('docs/graphql.md').replace(/\s+/g, ' ')).toContain(`in the version of ${COLLATION}`);
});

test('another result has another version, so that stored spellings are made anew', () => {
  const names = CULTURES.flatMap(({ firstNames, lastNames }) => [...firstNames, ...lastNames]);
  const characters = Object.values(CHARACTERS).flat();
  const hash = createHash('sha256')
    .update(JSON.stringify([...names, ...characters].map(spellingOf)))
    .digest('hex');
  // Whoever changes the hash increases the version.
  expect([SPELLING_VERSION, hash.slice(0, 16)]).toEqual([2, '4be7b54c67321a33']);
});
