type Truth = 'true' | 'false';

/**
 * Words for true and false in lower case: of databases, of people, and of Excel, in English, German, French, Spanish, Portuguese, Italian, Dutch
 * and Polish.
 */
const WORDS: ReadonlyMap<string, Truth> = new Map<string, Truth>([
  ...of('true', [
    't',
    '1',
    'yes',
    'y',
    'ja',
    'oui',
    'sí',
    'si',
    'sì',
    'sim',
    'tak',
    'wahr',
    'vrai',
    'verdadero',
    'verdadeiro',
    'vero',
    'waar',
    'prawda',
  ]),
  ...of('false', [
    'f',
    '0',
    'no',
    'n',
    'nein',
    'non',
    'não',
    'nao',
    'nee',
    'nie',
    'falsch',
    'faux',
    'falso',
    'onwaar',
    'fałsz',
  ]),
  // A number with a fraction of nothing: what pandas makes of a column with missing values.
  ...of('true', ['1.0']),
  ...of('false', ['0.0']),
]);

function of(value: Truth, words: readonly string[]): [string, Truth][] {
  return words.map((word) => [word, value]);
}

/** Returns what a word means; undefined if it means neither. */
export const booleanWord = (cell: string): Truth | undefined => WORDS.get(cell.trim().toLowerCase().normalize('NFC'));
