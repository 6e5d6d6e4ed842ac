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

/** The same as a program writes them. Others of them are names of people: Nil, Na, None. */
const NULL_TEXTS: ReadonlySet<string> = new Set([
  'NULL',
  '\\N',
  'N/A',
  '#N/A',
  'NaN',
  'NaT',
  '<NA>',
  '<NULL>',
  '(NULL)',
  'null',
  '(null)',
]);

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
