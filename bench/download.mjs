/** Reading the route over HTTP; what is read is thrown away. */
import { createHash } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOKEN } from './program.mjs';

const ROUTE = '/analytics/interviews';

async function open(url, headers) {
  const agent = new http.Agent();
  const response = await new Promise((resolve, reject) => {
    http.get(url, { agent, headers: { 'x-smarttoken': TOKEN, ...headers } }, resolve).on('error', reject);
  });
  return response;
}

async function opened(url, headers) {
  const response = await open(url, headers);
  if (response.statusCode === 200) return response;
  throw new Error(`${url} answered ${response.statusCode}: ${(await response.setEncoding('utf8').toArray()).join('')}`);
}

/** Reads an address to its end; gives seconds and bytes as they came, and, if asked for, the SHA-256 of what follows the first line. */
export async function download(url, { headers = {}, hashed = false } = {}) {
  const begun = performance.now();
  const response = await opened(url, headers);
  const hash = hashed ? createHash('sha256') : null;
  let bytes = 0;
  let inHeader = true;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (!hash) continue;
    const end = inHeader ? chunk.indexOf(10) + 1 : 0;
    if (inHeader && end === 0) continue;
    inHeader = false;
    hash.update(chunk.subarray(end));
  }
  if (!response.complete) throw new Error(`${url} broke off after ${bytes} bytes`);
  return { seconds: (performance.now() - begun) / 1000, bytes, sha256: hash?.digest('hex') };
}

/** Seconds of a whole download of the route. */
export const routeSeconds = async (service, query, headers) =>
  (await download(`${service}${ROUTE}?${query}`, { headers })).seconds;

/** Milliseconds of a page, and the query of the one after it. */
export async function page(service, query) {
  const begun = performance.now();
  const response = await opened(`${service}${ROUTE}?${query}`, {});
  for await (const _ of response);
  const milliseconds = performance.now() - begun;
  const next = /^<[^?]*\?(.*)>; rel="next"$/.exec(response.headers.link ?? '')?.[1];
  return { milliseconds, next };
}

/** The route's CSV once, with its hash. */
export const routeOnce = (service) => download(`${service}${ROUTE}?format=csv`, { hashed: true });

/** Milliseconds until the first byte of the first row (not of the header) is there; then the client leaves. */
export async function millisecondsToFirstRow(service, query) {
  const begun = performance.now();
  const response = await opened(`${service}${ROUTE}?format=csv&${query}`, {});
  let header = true;
  for await (const chunk of response) {
    const end = header ? chunk.indexOf(10) + 1 : 0;
    if (header && end === 0) continue;
    header = false;
    if (chunk.length > end) break;
  }
  const milliseconds = performance.now() - begun;
  response.destroy();
  return milliseconds;
}

/**
 * Readers that take a piece of the CSV every 100 milliseconds, for some seconds, and then leave. Gives how many of them were answered with
 * rows meanwhile; the others still waited, or were refused.
 */
export async function slowReaders(service, count, seconds) {
  const until = Date.now() + seconds * 1000;
  let answered = 0;
  const read = async () => {
    const response = await Promise.race([open(`${service}${ROUTE}?format=csv`, {}), sleep(seconds * 1000, null)]);
    if (response === null) return;
    if (response.statusCode === 200) answered++;
    for await (const _ of response) {
      if (Date.now() > until) break;
      await sleep(100);
    }
  };
  // Whoever still waits at the end is cut off with the service; that is no fault of the measurement.
  await Promise.all(Array.from({ length: count }, () => read().catch(() => {})));
  return answered;
}
