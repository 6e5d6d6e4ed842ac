/** Characters of a text that may be a misspelled name. */
const MAX_LENGTH = 50;
/** Characters that a misspelling may add, leave out or change, besides the case of letters. */
const MAX_DISTANCE = 3;
const MAX_NAMES = 3;

/** Returns the names that a text probably means, the nearest first: at most three, or none. */
export function nearNames(text: string, names: readonly string[]): string[] {
  if (text.length > MAX_LENGTH) return [];
  const wanted = text.toLowerCase();
  const most = Math.min(MAX_DISTANCE, Math.floor(text.length / 2));
  const measured = names
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .sort((first, second) => first.distance - second.distance);
  const near = measured.filter(({ distance }) => distance <= most);
  const containing = measured.filter(({ name }) => wanted.length > 3 && name.toLowerCase().includes(wanted));
  return (near.length > 0 ? near : containing).slice(0, MAX_NAMES).map(({ name }) => name);
}

/** Returns how many characters have to be inserted, removed or replaced to make one text another (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let other = 1; other <= to.length; other++) {
      const replaced = (row[other - 1] ?? 0) + Number(from[at - 1] !== to[other - 1]);
      next.push(Math.min(replaced, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
