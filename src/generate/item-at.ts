/** The element at an index. That there is none is a fault of the program. */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`a list of ${list.length} has no element ${index}`);
  return item;
}
