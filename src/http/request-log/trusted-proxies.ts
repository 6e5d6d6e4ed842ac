import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { TrustedProxies } from '../../domain/configuration/trusted-proxies.ts';

/**
 * Whether the one at an address is believed about who stands before it. `hop`: 0 for whoever has opened the connection,
 * 1 for the one before, and so on.
 */
export type Trust = (address: string, hop: number) => boolean;

/** Returns whom to believe; null: nobody. */
export function trustOf(proxies: TrustedProxies): Trust | null {
  if (proxies === 0) return null;
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies;
  const networks = new BlockList();
  for (const network of proxies) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    networks.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return (address) => {
    const plain = withoutMapping(address);
    return isIP(plain) !== 0 && networks.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  };
}

/** A socket that listens on IPv6 shows IPv4 addresses like this (RFC 4291, 2.5.5.2). */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Returns the client's address: the last one that no trusted proxy has, or that of the connection where a proxy has
 * written no address; '' once the connection is gone.
 */
export function clientAddress(request: FastifyRequest): string {
  const { ip = '' } = request;
  return withoutMapping(isIP(ip) === 0 ? (request.socket?.remoteAddress ?? '') : ip);
}
