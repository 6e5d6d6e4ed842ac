/** Returns the property at a path of a value of unknown type; undefined if there is none. */
export function property(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined),
    value,
  );
}

/** Returns the property at a path if it is a string, such as the `code` of a Node error; undefined otherwise. */
export function textProperty(value: unknown, ...path: readonly string[]): string | undefined {
  const found = property(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** Whether a value is an object with properties by name, and not a list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
