/** A property of something of which nobody knows what it is, by the path to it; undefined where there is none. */
export function property(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined),
    value,
  );
}

/** The same, where it is a text; undefined where it is anything else. An error of Node has its `code` so. */
export function textProperty(value: unknown, ...path: readonly string[]): string | undefined {
  const found = property(value, ...path);
  return typeof found === 'string' ? found : undefined;
}
