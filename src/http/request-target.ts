import type { IncomingMessage } from 'node:http';

/** A character that means the same encoded or not (RFC 3986, 2.3). */
const UNRESERVED = /[A-Za-z0-9._~-]/;

/** Where the root of the service lies, seen from the address that a client used. */
const roots = new WeakMap<IncomingMessage, string>();

/**
 * The one place that decides which request targets are the same (RFC 9112, 3.2): repeated and trailing slashes count as one and none, a
 * character that needs no encoding may have one, a scheme and a host in front and a fragment behind say nothing. For Fastify's `rewriteUrl`,
 * which runs before anything else looks at the address; all that follows sees this one, so that it can compare paths as texts. What stands
 * in the query stays as it is.
 */
export function canonicalTarget(raw: IncomingMessage): string {
  const [path, query] = parted(raw.url ?? '/');
  roots.set(raw, rootAt(path));
  const target = canonicalPath(path) + query;
  // What Fastify keeps as the address that came, which Yoga would go by.
  Object.assign(raw, { originalUrl: target });
  return target;
}

/** The path as it came, and the query with its question mark. */
function parted(target: string): [path: string, query: string] {
  const [withoutFragment = ''] = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').split('#', 1);
  const at = withoutFragment.indexOf('?');
  return at === -1 ? [withoutFragment || '/', ''] : [withoutFragment.slice(0, at) || '/', withoutFragment.slice(at)];
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
 * The root of the service relative to a path, for pages to begin their links with: `./`, `../../`. Slashes that a path has beyond its own are
 * stepped over like folders, as browsers do.
 */
export const rootAt = (path: string): string => '../'.repeat(Math.max(0, path.split('/').length - 2)) || './';

/** The same of the address that a request came with. What a proxy has put in front of that stays in front. */
export const rootOf = (raw: IncomingMessage): string => roots.get(raw) ?? './';

/** The path of a request's address. */
export const pathOf = ({ url }: { readonly url: string }): string => url.split('?', 1)[0] ?? '';
