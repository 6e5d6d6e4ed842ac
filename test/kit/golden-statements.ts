/**
 * The text of a golden file of statements: each with the rows that it gave and a bound of the rows that it may read. The bound is 1, 2 or 5 times a
 * power of ten. What a statement reads depends on the plan, and so on the version of Postgres, so a bound that stands in the file
 * stays as long as the statement keeps it.
 */
import { FIELDS } from '../../src/domain/fields.ts';
import type { Statement } from './statements.ts';

/** A statement and the rows of tables that it read. */
export interface ReadStatement extends Statement {
  readonly read: number;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const FOOTER = /\n-- \d+ rows?, reads at most (\d+)\n/;

/** A statement with `"appointment".*` for the list of all its columns, so that a column that is added changes no golden file. */
const withoutColumns = (text: string): string =>
  text.replaceAll(/"appointment"\."\w+"(?:::text)?(?:, "appointment"\."\w+"(?:::text)?)+/g, (list) =>
    FIELDS.every(({ column }) => list.includes(`"appointment"."${column}"`)) ? '"appointment".*' : list,
  );

/** The least bound that is not less than a number. */
function boundOf(read: number): number {
  if (read === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(read));
  return power * ([1, 2, 5].find((one) => one * power >= read) ?? 10);
}

/** The bounds of a golden file by the texts of the statements; where a text stands twice, the greatest. */
function boundsIn(golden: string): Map<string, number> {
  const bounds = new Map<string, number>();
  const [, ...parts] = golden.split(/^-- \d+ statements?.*\n\n/);
  const pieces = parts.join('').split(FOOTER);
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const text = (pieces[at] ?? '').trim();
    bounds.set(text, Math.max(bounds.get(text) ?? 0, Number(pieces[at + 1])));
  }
  return bounds;
}

/** The texts of the statements in a golden file. */
export const textsIn = (golden: string): string[] =>
  golden
    .replace(/^-- \d+ statements?.*\n/gm, '')
    .split(FOOTER)
    .filter((_, at) => at % 2 === 0)
    .map((text) => text.trim())
    .filter((text) => text !== '');

/**
 * @param statements in any order; the file has them in that of their texts
 * @param golden the file as it is, '' where there is none
 */
export function goldenStatements(statements: readonly ReadStatement[], golden: string): string {
  const bounds = boundsIn(withoutColumns(golden));
  const shown = statements.map(({ text, rows, read }) => {
    const plain = withoutColumns(text.replaceAll('"public".', '').trim());
    const kept = bounds.get(plain) ?? -1;
    return { text: plain, rows, bound: read <= kept ? kept : boundOf(read) };
  });
  const sum = (of: (one: (typeof shown)[number]) => number) => shown.reduce((total, one) => total + of(one), 0);
  const total = `-- ${counted(shown.length, 'statement')}, ${counted(
    sum(({ rows }) => rows),
    'row',
  )}, reads at most ${sum(({ bound }) => bound)}`;
  const texts = shown.map(({ text, rows, bound }) => `${text}\n-- ${counted(rows, 'row')}, reads at most ${bound}\n`);
  return [`${total}\n`, ...texts.sort()].join('\n');
}
