/** What databases, spreadsheets and libraries write for a missing value, in capitals. Nowhere else do these words mean anything. */
const NULL_WORDS: ReadonlySet<string> = new Set([
  'NULL',
  '\\N',
  'N/A',
  '#N/A',
  'NA',
  'NAN',
  'NAT',
  'NONE',
  'NIL',
  '<NA>',
  '<NULL>',
  '(NULL)',
]);

/** The same as programs write them. In texts and ids they may also be names. */
const NULL_TEXTS: ReadonlySet<string> = new Set(
  [...NULL_WORDS].flatMap((word) => [word, word.toLowerCase()]).concat('NaN', 'NaT', 'None', 'Null'),
);

const LONGEST = 6;

/** Whether a cell that is no text and no id stands for a missing value. */
export const isNullWord = (cell: string): boolean => {
  const word = cell.trim();
  return word.length <= LONGEST && NULL_WORDS.has(word.toUpperCase());
};

/** Whether a text or an id may stand for a missing value. */
export const isNullText = (cell: string): boolean => cell.length <= LONGEST && NULL_TEXTS.has(cell);

/** The characters with which such texts begin: it saves looking most texts up. */
export const NULL_TEXT_STARTS: readonly string[] = [...new Set([...NULL_TEXTS].map((text) => text.charAt(0)))];
