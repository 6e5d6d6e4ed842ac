import type { FastifyRequest } from 'fastify';
import { rootOf } from './request-target.ts';

/** A host name or address with a port, if there is one (RFC 3986, 3.2.2 and 3.2.3). */
const HOST = /^(?:[\w.-]{1,255}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;
/** A path in front of the service’s own. */
const PREFIX = /^(?:\/[\w.~-]{1,100}){1,10}$/;

/** Returns what the first proxy has written into a header. */
const forwarded = ({ headers }: FastifyRequest, name: string): string =>
  String(headers[`x-forwarded-${name}`] ?? '')
    .split(',', 1)[0]
    ?.trim() ?? '';

/**
 * Returns the URL of the service’s root as the client knows it, with a slash at the end: by Host and, behind a proxy, by
 * X-Forwarded-Proto, -Host and -Prefix. Without a host it is relative to the URL of the request. Whoever sends other
 * headers gets other links, and nobody else does: such a response must not be shared between clients.
 */
export function serviceUrl(request: FastifyRequest): string {
  const [host = ''] = [forwarded(request, 'host'), request.headers.host ?? ''].filter((one) => HOST.test(one));
  if (host === '') return rootOf(request.raw);
  const scheme = /^https$/i.test(forwarded(request, 'proto')) ? 'https' : 'http';
  const prefix = forwarded(request, 'prefix').replace(/\/$/, '');
  return `${scheme}://${host}${PREFIX.test(prefix) ? prefix : ''}/`;
}
