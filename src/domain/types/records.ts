/** Typed versions of `Object.keys` and its like, for records whose keys are a union of literals. */

/** Returns the keys of a record, in order. */
export const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];

/** Returns the entries of a record, in order. */
export const entriesOf = <K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] =>
  Object.entries(record) as [K, V][];

/** Returns a record with a computed value for each of the keys. */
export const recordOf = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

/** Returns a record with the same keys and mapped values. */
export const mapRecord = <K extends string, A, B>(
  record: Readonly<Record<K, A>>,
  value: (from: A, key: K) => B,
): Record<K, B> => recordOf(keysOf(record), (key) => value(record[key], key));
