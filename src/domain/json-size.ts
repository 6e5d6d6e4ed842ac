/** The limits of a JSON text. */
export interface JsonLimits {
  /** Object keys and array elements in total. */
  readonly values: number;
  /** Levels of nested objects and arrays. */
  readonly levels: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);
const opens = (code: number): boolean => code === 0x5b || code === 0x7b;
const closes = (code: number): boolean => code === 0x5d || code === 0x7d;

/**
 * Returns the limit that a JSON text exceeds; null if none. It scans the text before `JSON.parse`, which can take seconds, and stops at the
 * limit. It does not validate the text; that is left to the parser.
 */
export function exceededLimit(text: string, limits: JsonLimits): keyof JsonLimits | null {
  let values = 0;
  let level = 0;
  let isOpen = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isBlank(code)) continue;
    // The first value of an array or object has no comma before it.
    if (isOpen && !closes(code)) values++;
    isOpen = opens(code);
    if (isOpen) level++;
    else if (closes(code)) level--;
    else if (code === COMMA) values++;
    else if (code === QUOTE) index = endOfString(text, index);
    if (level > limits.levels) return 'levels';
    if (values > limits.values) return 'values';
  }
  return null;
}

/** Returns the index of the quote that closes a string, or the end of the text. `start`: the index of its opening quote. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  return index;
}
