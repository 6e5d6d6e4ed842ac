import type { IncomingMessage } from 'node:http';

/** A character with the same meaning encoded or not (RFC 3986, 2.3). */
const UNRESERVED = /[A-Za-z0-9._~-]/;

/** The root of the service relative to the URL that the client used. */
const roots = new WeakMap<IncomingMessage, string>();

/**
 * Returns the canonical form of a request target (RFC 9112, 3.2). Nothing else decides which targets are the same:
 * repeated slashes count as one and trailing ones as none, an unreserved character may be percent-encoded, and scheme,
 * host and fragment are ignored. The query stays as it is.
 *
 * For Fastify's `rewriteUrl`, which runs before anything else reads the URL; everything after it sees this form, so
 * that paths can be compared as texts.
 */
export function canonicalTarget(raw: IncomingMessage): string {
  const [path, query] = splitTarget(raw.url ?? '/');
  roots.set(raw, rootAt(path));
  const target = canonicalPath(path) + query;
  // Fastify keeps the original URL here, and Yoga would use it.
  Object.assign(raw, { originalUrl: target });
  return target;
}

/** Returns the path as sent, and the query with its question mark. */
function splitTarget(target: string): [path: string, query: string] {
  const [withoutFragment = ''] = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split('#', 1);
  const queryStart = withoutFragment.indexOf('?');
  return queryStart === -1
    ? [withoutFragment || '/', '']
    : [withoutFragment.slice(0, queryStart) || '/', withoutFragment.slice(queryStart)];
}

const canonicalPath = (path: string): string =>
  path
    .replace(/%([\da-f]{2})/gi, (encoded, hex: string) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return UNRESERVED.test(character) ? character : encoded;
    })
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '');

/**
 * Returns the root of the service relative to a path, as the prefix of the links of a page: `./`, `../../`. Additional
 * slashes in the path count as folders, as browsers count them.
 */
export const rootAt = (path: string): string => '../'.repeat(Math.max(0, path.split('/').length - 2)) || './';

/**
 * Returns the root of the service relative to the URL with which a request came. A prefix that a proxy has added is
 * preserved.
 */
export const rootOf = (raw: IncomingMessage): string => roots.get(raw) ?? './';

/** Returns the path of a request's URL. */
export const pathOf = ({ url }: { readonly url: string }): string => url.split('?', 1)[0] ?? '';
