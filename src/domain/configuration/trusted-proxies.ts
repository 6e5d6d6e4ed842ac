import { isIP } from 'node:net';

/**
 * The proxies before the service whose word about the client is taken: how many stand one behind the other, or the
 * addresses and networks of all of them. None: 0.
 */
export type TrustedProxies = number | readonly string[];

/** More proxies than this are a mistake: each of them can be believed only because the one behind it is. */
const MAX_PROXIES = 10;

const FORM = `a number of proxies from 1 to ${MAX_PROXIES}, or their addresses and networks separated by commas, such as 10.0.0.0/8,::1`;

/** Reads the proxies; the empty text and `off` are none. Throws an Error that says what would be right. */
export function readTrustedProxies(text: string): TrustedProxies {
  if (text === '' || text.toLowerCase() === 'off') return 0;
  if (/^\d+$/.test(text)) {
    const proxies = Number(text);
    if (proxies <= MAX_PROXIES) return proxies;
    throw new Error(`must be off, ${FORM}`);
  }
  if (/^(on|true|all|\*)$/i.test(text))
    throw new Error(`would believe every client about its own address; it must be off, ${FORM}`);
  return text.split(',').map((part) => readNetwork(part.trim()));
}

function readNetwork(text: string): string {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const length = Number(prefix ?? bits);
  if (bits === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix ?? '1') || length > bits)
    throw new Error(`has ${JSON.stringify(text)} in it, which is no address and no network; it must be off, ${FORM}`);
  if (length === 0) throw new Error(`has ${text} in it, which is everybody; it must be off, ${FORM}`);
  return text;
}
