/**
 * Whether the strings and keys of a JSON value have more than `maximum` characters in total. It stops counting at the maximum, and so runs
 * before any work whose time grows with the length. Callers bound the nesting, so recursion is safe.
 */
export function hasMoreCharacters(json: unknown, maximum: number): boolean {
  let remaining = maximum;
  const count = (value: unknown): void => {
    if (typeof value === 'string') remaining -= value.length;
    else if (Array.isArray(value))
      for (let index = 0; index < value.length && remaining >= 0; index++) count(value[index]);
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        remaining -= name.length;
        if (remaining >= 0) count(inner);
      }
  };
  count(json);
  return remaining < 0;
}
