/**
 * Texts of a workbook in XML (ECMA-376-1, 22.9.2.19, ST_Xstring). XML has no control characters, turns a carriage return into a line feed,
 * and has no U+FFFE and U+FFFF: these are written as `_xHHHH_`, and so is the `_` of a text that looks like such an escape.
 */

/** Returns the escape of a UTF-16 code unit. */
export const unitEscape = (unit: number): string => `_x${unit.toString(16).toUpperCase().padStart(4, '0')}_`;

/** Returns what stands for an ASCII character in a cell; undefined for one that stands for itself. */
export function replacementInXml(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (code < 0x20 && character !== '\t' && character !== '\n') return unitEscape(code);
  return { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[character];
}

/** Returns a text for an element or an attribute of a workbook's part. */
export const xmlText = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, unitEscape(0x5f))
    .replace(/[\uFFFE\uFFFF]/g, (unit) => unitEscape(unit.charCodeAt(0)))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
    .replace(/[\0-\x1f&<>"]/g, (character) => replacementInXml(character) ?? character);
