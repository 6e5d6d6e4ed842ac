import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Trust } from './trusted-proxies.ts';

/** An id that can stand in a log, a header and a command line as it is. */
const ID = /^[\w.:+=/@~-]{1,128}$/;

/** A traceparent header (W3C Trace Context, 3.2). Later versions may have more behind it. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:$|-)/;

/**
 * Returns the id of a request: the X-Request-Id of a trusted proxy, if it is an id, otherwise one of its own. A client's
 * is not taken: it could give its requests the ids of others.
 */
export function requestId(raw: IncomingMessage, trust: Trust | null): string {
  const sent = raw.headers['x-request-id'];
  const isTrusted = trust?.(raw.socket.remoteAddress ?? '', 0) ?? false;
  return isTrusted && typeof sent === 'string' && ID.test(sent) ? sent : randomUUID();
}

/**
 * Returns the span of the caller that a request is part of; null if it says none, or none that is well-formed. Its flags say whether the caller
 * records it.
 */
export function remoteSpanOf({ headers }: Pick<IncomingMessage, 'headers'>): RemoteSpan | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(String(headers.traceparent ?? '')) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

interface RemoteSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
}

/** Returns the id of the trace that a request is part of; undefined if it says none, or none that is well-formed. */
export const traceIdOf = (request: Pick<IncomingMessage, 'headers'>): string | undefined =>
  remoteSpanOf(request)?.traceId;
