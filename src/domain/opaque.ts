/** JSON as a text that goes into an address as it is and looks like nothing to be made by hand (RFC 4648, 5). */
export const writeOpaque = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Reads what `writeOpaque` wrote; null for what isn't that. */
export function readOpaque(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}
