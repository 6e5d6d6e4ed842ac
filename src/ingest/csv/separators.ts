import { Unreadable } from '../rows/fault.ts';

/** The separators of cells that are recognised, the one of RFC 4180 first, and what several and one of them are called. */
const SEPARATORS = [
  [',', 'commas', 'a comma'],
  [';', 'semicolons', 'a semicolon'],
  ['\t', 'tabs', 'a tab'],
  ['|', 'vertical bars', 'a vertical bar'],
] as const;

export type Separator = (typeof SEPARATORS)[number][0];

/** What a separator is called: `a comma`. */
export const nameOfSeparator = (separator: string): string =>
  SEPARATORS.find(([character]) => character === separator)?.[2] ?? JSON.stringify(separator);

/** What separators are called: `commas`. */
export const namesOfSeparators = (separator: Separator): string =>
  SEPARATORS.find(([character]) => character === separator)?.[1] ?? '';

/** The first line that Excel reads, and does not show, where cells are not separated as its country does: `sep=;`. */
const SEP_LINE = /^"?sep=([^\r\n])"?[,;\t|]*(?:\r\n|\n|\r|$)/i;

/** How the cells of a file are separated. */
export interface Separation {
  readonly separator: Separator;
  /** Whether the first line is `sep=…`, before the header. */
  readonly hasSepLine: boolean;
}

/** The number of characters at the beginning of a file that are looked at: any header is shorter. */
export const MAX_HEADER_LENGTH = 1 << 16;

/**
 * Finds the separator from the beginning of a file, which contains its header: the one that a line `sep=…` names, or else the one that
 * divides the header into the most known names; a comma if none does. Throws Unreadable if `sep=` names another character.
 */
export function separationOf(start: string, isKnown: (name: string) => boolean): Separation {
  const named = SEP_LINE.exec(start)?.[1];
  if (named !== undefined) {
    const separator = SEPARATORS.find(([character]) => character === named)?.[0];
    if (separator === undefined)
      throw new Unreadable(
        `sep=${named} names a separator that is not accepted; accepted are ${SEPARATORS.map(([, names]) => names).join(', ')}`,
        1,
      );
    return { separator, hasSepLine: true };
  }
  const header = start.slice(0, MAX_HEADER_LENGTH);
  // Lines of separators alone may be before the header.
  const first = header.split(/\r\n|\n|\r/).find((text) => /[^\s,;|"\u00a0]/.test(text)) ?? '';
  const known = SEPARATORS.map(([character]) => {
    const names = first.split(character).map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
    return names.length === 1 ? 0 : names.filter(isKnown).length;
  });
  const most = Math.max(...known);
  return { separator: SEPARATORS[known.indexOf(most)]?.[0] ?? ',', hasSepLine: false };
}
