/** Maximum length of a text that JSON copies faster than a buffer does. */
const MAX_SHARED_LENGTH = 1_000;

/**
 * Copies a text that was sliced from a block of a file. V8 keeps the whole block (64 KiB) alive for each slice, so text that outlives its
 * batch must be copied.
 */
export const copyString = (text: string): string =>
  text.length > MAX_SHARED_LENGTH
    ? Buffer.from(text, 'utf16le').toString('utf16le')
    : (JSON.parse(JSON.stringify(text)) as string);
