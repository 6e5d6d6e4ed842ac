/** How much a JSON text may have in it. */
export interface JsonLimits {
  /** Keys of objects and elements of lists, all together. */
  readonly values: number;
  /** Objects and lists in each other. */
  readonly levels: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

const isBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);
const opens = (code: number): boolean => code === 0x5b || code === 0x7b;
const closes = (code: number): boolean => code === 0x5d || code === 0x7d;

/**
 * Which limit a JSON text exceeds, if any. It is found before anything is made of the text, which can take `JSON.parse` seconds, and no further
 * than up to the limit. A text that is no JSON is counted as far as it looks like it; what is wrong with it, the parser says.
 */
export function exceededLimit(text: string, limits: JsonLimits): keyof JsonLimits | null {
  let values = 0;
  let level = 0;
  let isOpen = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) continue;
    // The first value of a list or an object has no comma before it.
    if (isOpen && !closes(code)) values++;
    isOpen = opens(code);
    if (isOpen) level++;
    else if (closes(code)) level--;
    else if (code === COMMA) values++;
    else if (code === QUOTE) at = endOfString(text, at);
    if (level > limits.levels) return 'levels';
    if (values > limits.values) return 'values';
  }
  return null;
}

/** Where the string that begins at a quote ends: at its other quote, or with the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
