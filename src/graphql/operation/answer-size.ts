import { MAX_ANSWER_CHARACTERS } from '../limits.ts';

/** Whether the texts and names of an answer's data have more characters than are allowed; looked at before JSON is made of it, in one go. */
export function isTooLarge(data: unknown): boolean {
  let characters = 0;
  const left = [data];
  while (left.length > 0 && characters <= MAX_ANSWER_CHARACTERS) {
    const value = left.pop();
    if (typeof value === 'string') characters += value.length;
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) for (const name of Object.keys(value)) characters += name.length;
    for (const inner of Object.values(value)) left.push(inner);
  }
  return characters > MAX_ANSWER_CHARACTERS;
}
