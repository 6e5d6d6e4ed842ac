/** Returns the element at an index. Errors: RangeError if there is none, which is a bug in the program. */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`a list of ${list.length} has no element ${index}`);
  return item;
}
