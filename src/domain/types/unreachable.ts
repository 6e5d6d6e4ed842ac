/** The default case of a switch over a union: it does not compile if a member has no case. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
