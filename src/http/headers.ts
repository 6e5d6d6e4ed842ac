/** The request headers that the service reads, besides those of HTTP itself; pages of other origins may send them (cors.ts). */
export const REQUEST_HEADERS = [
  'X-SmartToken',
  'Authorization',
  'Accept',
  'Content-Type',
  'Content-Encoding',
  'If-None-Match',
  // Headers that Apollo’s clients and tracing add (W3C, Trace Context and Baggage).
  'Apollo-Require-Preflight',
  'Apollographql-Client-Name',
  'Apollographql-Client-Version',
  'X-Apollo-Operation-Name',
  'Traceparent',
  'Tracestate',
  'Baggage',
  // OData’s.
  'Isolation',
  'OData-Isolation',
  'OData-MaxVersion',
  'OData-Version',
  'Prefer',
] as const;

/**
 * Headers of every response. A browser takes no response for another type than it says, such as rows for a script, and loads none for a page of
 * another site that didn't ask by CORS.
 */
export const FIXED_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * The response headers that clients need; pages of other origins may read them (cors.ts). Those of its own are described in
 * rest/openapi/. A header of every response is sent by src/app, others by their route or limits/.
 */
export const RESPONSE_HEADERS = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Concurrent-Limit',
  'X-RateLimit-Concurrent-Remaining',
  'X-RateLimit-Points-Limit',
  'X-RateLimit-Points-Remaining',
  'X-RateLimit-Points-Per-Second',
  'X-Request-Id',
  'Link',
  'ETag',
  'Retry-After',
  'Content-Disposition',
  'X-Known-At',
  'X-Metrics-At',
  'X-Metrics-Period',
  'OData-Version',
  'Preference-Applied',
  'Content-Length',
  'WWW-Authenticate',
  'Allow',
] as const;

/** The request headers that a response with stored data depends on, for `Vary`. */
export const VARY = 'Accept, Accept-Encoding, Authorization, X-SmartToken';

/** The version of OData that is spoken, for `OData-Version`. */
export const ODATA_VERSION = '4.0';
