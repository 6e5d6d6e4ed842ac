import { loadModule } from 'libpg-query';
import { exceptionOf } from './exceptions.ts';
import { nameOf } from './name.ts';
import { type Broken, brokenRules } from './rules.ts';

/** Texts that differ only in the numbers of parameters and of rows break the same rules. */
const known = new Map<string, readonly Broken[]>();
const shapeOf = (text: string): string => text.replace(/(?<!\w)\$?\d+/g, '0');

/** What is shown of a statement. */
const SHOWN = 600;

/**
 * Returns what is wrong with these texts, one message for each name and rule: its name, the rule, what to write instead, and the text. Names that are
 * excepted, and texts without a name, are left out. `isExcepted`: by default what exceptions.ts lists.
 */
export async function complaintsAbout(
  texts: readonly string[],
  isExcepted: (name: string) => boolean = (name) => exceptionOf(name) !== undefined,
): Promise<string[]> {
  await loadModule();
  const complaints = new Map<string, string>();
  for (const text of texts) {
    const name = nameOf(text);
    if (name === null || isExcepted(name)) continue;
    const shape = shapeOf(text);
    const broken = known.get(shape) ?? brokenRules(text);
    known.set(shape, broken);
    for (const { rule, instead } of broken)
      complaints.set(
        `${name} ${rule}`,
        `The statement ${name} could not be distributed: ${rule}.\n  Write ${instead}.\n  ${text.slice(0, SHOWN)}`,
      );
  }
  return [...complaints.values()];
}
