import type { FastifyRequest } from 'fastify';
import { Failure, shown } from '../../domain/errors.ts';

/** Errors: BAD_USER_INPUT for a client that understands no version which is served. */
export function checkVersion({ headers }: FastifyRequest): void {
  const max = headers['odata-maxversion'];
  if (max === undefined) return;
  const [, major] = /^(\d{1,3})(?:\.\d{1,3})?\b/.exec(String(max).trim()) ?? [];
  if (major !== undefined && Number(major) >= 4) return;
  throw new Failure(
    'BAD_USER_INPUT',
    `OData-MaxVersion: ${shown(String(max))} excludes version 4.0, which is spoken here.`,
    { target: 'OData-MaxVersion' },
  );
}

/**
 * Returns the maximum number of rows on a page that a client prefers; null if it prefers none. As RFC 7240 demands, a preference that makes
 * no sense is ignored.
 */
export function preferredPageSize({ headers }: FastifyRequest): number | null {
  const [, digits] =
    /(?:^|[,;\s])(?:odata\.)?maxpagesize\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i.exec(String(headers.prefer ?? '')) ?? [];
  const size = Number(digits);
  return digits === undefined || size === 0 ? null : size;
}
