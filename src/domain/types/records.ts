/** Records whose keys are a union of literals: `Object.keys` and its like know only of strings. */

/** The keys of a record, in their order. */
export const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];

/** The entries of a record, in their order. */
export const entriesOf = <K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] =>
  Object.entries(record) as [K, V][];

/** A record that has a value for each of some keys. */
export const recordOf = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

/** A record with the same keys and other values. */
export const mapRecord = <K extends string, A, B>(
  record: Readonly<Record<K, A>>,
  value: (from: A, key: K) => B,
): Record<K, B> => recordOf(keysOf(record), (key) => value(record[key], key));
