import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Connection } from './server.ts';

/** A way to a database server that can be cut: connections end, and new ones are refused or, silently, never answered. */
export interface CutProxy {
  /** How to reach the server through it. */
  readonly connection: Connection;
  cut(how: 'refused' | 'silent'): void;
  mend(): void;
  stop(): Promise<void>;
}

/** Starts a way to a server. */
export async function startCutProxy({ host, port, ...rest }: Connection): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  let cut: 'refused' | 'silent' | null = null;
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (cut === 'refused') client.destroy();
    if (cut !== null) return;
    const upstream = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    keep(upstream);
    client.pipe(upstream).pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    connection: { ...rest, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    cut(how) {
      cut = how;
      endAll();
    },
    mend() {
      cut = null;
      endAll();
    },
    async stop() {
      endAll();
      await new Promise((done) => server.close(done));
    },
  };
}
