import { exceededLimit, type JsonLimits } from './json-size.ts';

/** Encodes JSON as an opaque text that needs no encoding in a URL (RFC 4648, section 5). */
export const writeBase64UrlJson = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Opaque texts contain a flat list of a few values. */
const OPAQUE_LIMITS: JsonLimits = { values: 100, levels: 1 };

/** Decodes what `writeOpaque` returned; null for any other text. */
export function readBase64UrlJson(text: string): unknown {
  try {
    const json = Buffer.from(text, 'base64url').toString();
    return exceededLimit(json, OPAQUE_LIMITS) ? null : JSON.parse(json);
  } catch {
    return null;
  }
}
