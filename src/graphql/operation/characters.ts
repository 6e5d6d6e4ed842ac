/**
 * Whether the texts and names in some JSON have more characters than so many together. It is no further looked at than that, so that the answer comes
 * before anything that takes longer for long texts. It is nested in so few levels that it can be walked down.
 */
export function hasMoreCharacters(json: unknown, most: number): boolean {
  let left = most;
  const count = (value: unknown): void => {
    if (typeof value === 'string') left -= value.length;
    else if (Array.isArray(value)) for (let at = 0; at < value.length && left >= 0; at++) count(value[at]);
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        left -= name.length;
        if (left >= 0) count(inner);
      }
  };
  count(json);
  return left < 0;
}
