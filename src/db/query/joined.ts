/** Conditions in SQL that hold together, without those that always do. */
export const allOf = (conditions: readonly string[]): string =>
  joined(
    conditions.filter((one) => one !== 'true'),
    ' AND ',
    'true',
  );

/** Conditions in SQL of which one holds. */
export const anyOf = (conditions: readonly string[]): string => joined(conditions, ' OR ', 'false');

const joined = ([first, ...others]: readonly string[], word: string, none: string): string =>
  first === undefined ? none : others.length === 0 ? first : `(${[first, ...others].join(word)})`;
