/**
 * Returns why something failed, as one line for the log: the messages of an error and of its causes. Errors for several
 * addresses have a code and no message.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reason = error.message || ('code' in error ? String(error.code) : error.name);
  return error.cause === undefined ? reason : `${reason}: ${reasonOf(error.cause)}`;
}
