import type { Schema } from './schema.ts';

/**
 * Returns an example for a shell, with the URL of the service in URL and a token in TOKEN. It is an extension that
 * OpenAPI viewers know, /docs among them.
 */
export const sample = (line: string): Schema => ({ 'x-codeSamples': [{ lang: 'Shell', source: line }] });

/** The command of such examples, with the token. */
export const CURL = 'curl -f -H "X-SmartToken: $TOKEN"';
