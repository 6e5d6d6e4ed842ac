import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

interface PrefixProxy {
  readonly origin: string;
  /** With the prefix. */
  readonly url: string;
  /** Paths that begin with this text get no answer. */
  silentAt: string | null;
  /** Those of them that wait for one, and those whose client has left. */
  readonly waiting: string[];
  readonly left: string[];
  stop(): Promise<void>;
}

/** A proxy that has a service under a prefix of its own, as `/tools/interviews`, and nothing else. */
export async function startPrefixProxy(service: string, prefix: string): Promise<PrefixProxy> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    if (proxy.silentAt !== null && path.startsWith(proxy.silentAt)) {
      proxy.waiting.push(path);
      outgoing.on('close', () => proxy.left.push(path));
      return undefined;
    }
    if (!path.startsWith(`${prefix}/`)) return outgoing.writeHead(404).end('nothing of the service is here');
    const { method, headers } = incoming;
    const onward = request(service + path.slice(prefix.length), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    return incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy: PrefixProxy = {
    origin,
    url: origin + prefix,
    silentAt: null,
    waiting: [],
    left: [],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
