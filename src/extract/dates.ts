import type { PatternLetter, PatternToken } from '../domain/values/date-pattern-tokens.ts';
import type { DocumentForm } from './output-options.ts';

/** The to_char templates of a Java pattern letter: without padding, or with a fixed number of digits (PostgreSQL manual, 9.8). */
const NUMBERS: Partial<
  Record<PatternLetter, { readonly short: string; readonly full: string; readonly digits: number }>
> = {
  y: { short: 'FMYYYY', full: 'YYYY', digits: 4 },
  M: { short: 'FMMM', full: 'MM', digits: 2 },
  d: { short: 'FMDD', full: 'DD', digits: 2 },
  H: { short: 'FMHH24', full: 'HH24', digits: 2 },
  h: { short: 'FMHH12', full: 'HH12', digits: 2 },
  m: { short: 'FMMI', full: 'MI', digits: 2 },
  s: { short: 'FMSS', full: 'SS', digits: 2 },
};

const literal = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** Converts one part of a pattern into a to_char template. Dates have whole seconds, so every digit of a fraction is 0. */
function part(token: PatternToken): string {
  if (token.letter === null) return literal(token.literal);
  const { letter, count } = token;
  if (letter === 'S') return literal('0'.repeat(count));
  if (letter === 'a') return 'AM';
  if (letter === 'E') return count > 3 ? 'FMDay' : 'Dy';
  if (letter === 'M' && count > 2) return count > 3 ? 'FMMonth' : 'Mon';
  if (letter === 'y' && count === 2) return 'YY';
  const { short, full, digits } = NUMBERS[letter] ?? { short: '', full: '', digits: 0 };
  if (count < digits) return short;
  return `${count > digits ? literal('0'.repeat(count - digits)) : ''}${full}`;
}

/** The date format that spreadsheets recognise. */
const SPREADSHEET_FORM = 'YYYY-MM-DD HH24:MI:SS';

/** Returns the to_char template for the dates of an export; null for the default form. */
export function dateForm({ dates, excel }: Pick<DocumentForm, 'dates' | 'excel'>): string | null {
  if (dates !== null) return dates.map(part).join('');
  return excel ? SPREADSHEET_FORM : null;
}
