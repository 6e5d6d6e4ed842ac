import { exceededLimit, type JsonLimits } from './json-size.ts';

/** JSON as a text that goes into an address as it is and looks like nothing to be made by hand (RFC 4648, 5). */
export const writeOpaque = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What is written so has a few values, one beside the other. */
const OPAQUE_LIMITS: JsonLimits = { values: 100, levels: 1 };

/** Reads what `writeOpaque` wrote; null for what isn't that. */
export function readOpaque(text: string): unknown {
  try {
    const json = Buffer.from(text, 'base64url').toString();
    return exceededLimit(json, OPAQUE_LIMITS) ? null : JSON.parse(json);
  } catch {
    return null;
  }
}
