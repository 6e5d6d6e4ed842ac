/**
 * The meaning of each byte after a backslash in COPY's text format (PostgreSQL manual, COPY, "Text Format"). Bytes that are not listed stand
 * for themselves.
 */
export const ESCAPED = Uint8Array.from({ length: 256 }, (_, byte) => byte);
for (const [letter, character] of Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' })) {
  ESCAPED[letter.charCodeAt(0)] = character.charCodeAt(0);
}
