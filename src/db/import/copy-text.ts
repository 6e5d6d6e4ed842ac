/** Null in COPY's text format. No value can equal it, because backslashes are doubled. */
export const NULL = '\\N';

/** The escapes of the format's special characters. The backslash comes first, because the other escapes contain it. */
export const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Above this number of characters, `replace` on a value of nothing but line ends would hold the event loop: 0.3 s for 1 MiB. */
const LONG_VALUE = 1 << 16;

/**
 * Writes a value in COPY's text format (PostgreSQL manual, COPY, "Text Format"). Different values have different texts, and none contains a
 * tab.
 */
export function copyText(value: string | null): string {
  if (value === null) return NULL;
  if (!/[\\\t\n\r]/.test(value)) return value;
  if (value.length > LONG_VALUE) return longCopyText(value);
  return value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '');
}

const BACKSLASH = 92;
/** For each byte the letter of its escape, or 0. */
const LETTERS = Uint8Array.from({ length: 256 }, (_, byte) => ESCAPES[String.fromCharCode(byte)]?.charCodeAt(1) ?? 0);

function longCopyText(value: string): string {
  const bytes = Buffer.from(value);
  const text = Buffer.allocUnsafe(2 * bytes.length);
  let end = 0;
  // By index, because an iterator takes several times as long.
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at++] ?? 0;
    const letter = LETTERS[byte] ?? 0;
    if (letter !== 0) text[end++] = BACKSLASH;
    text[end++] = letter === 0 ? byte : letter;
  }
  return text.toString('utf8', 0, end);
}
