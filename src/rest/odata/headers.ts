import type { FastifyRequest } from 'fastify';
import { Failure, shown } from '../../domain/errors.ts';
import { ODATA_VERSION } from '../../http/headers.ts';

const MAJOR_VERSION = /^(\d{1,3})(?:\.\d{1,3})?\b/;

/**
 * Refuses what the service can't promise (OData Protocol 4.01, 8.1.5, 8.2.6 and 8.2.7). A request of 4.01 is understood: its rules for null
 * are served, and what it has beyond 4.0 is refused by name. Errors: BAD_USER_INPUT for a request of a version that is not spoken, and for a
 * client that understands none that is; PRECONDITION_FAILED for one that wants the same snapshot on all pages.
 */
export function checkProtocol({ headers }: FastifyRequest): void {
  const version = textOf(headers['odata-version']);
  if (version !== null && !/^4\.01?(?![\w.])/.test(version))
    throw new Failure(
      'BAD_USER_INPUT',
      `OData-Version: ${shown(version)} is not spoken here; ${ODATA_VERSION} is, and requests of 4.01 are understood.`,
      { target: 'OData-Version' },
    );
  const max = textOf(headers['odata-maxversion']);
  if (max !== null && !(Number(MAJOR_VERSION.exec(max)?.[1]) >= 4))
    throw new Failure(
      'BAD_USER_INPUT',
      `OData-MaxVersion: ${shown(max)} excludes version ${ODATA_VERSION}, which is spoken here.`,
      { target: 'OData-MaxVersion' },
    );
  const isolation = textOf(headers.isolation) ?? textOf(headers['odata-isolation']);
  if (isolation !== null)
    throw new Failure(
      'PRECONDITION_FAILED',
      `Isolation: ${shown(isolation)} is not served: each page is a snapshot of its own. Leave the header out, or read all rows as one snapshot from the extract.`,
      { target: 'Isolation' },
    );
}

/** Returns a header as one text; null if there is none. */
const textOf = (header: string | string[] | undefined): string | null =>
  header === undefined ? null : String(header).trim();

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
