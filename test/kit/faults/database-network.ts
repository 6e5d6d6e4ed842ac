import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A connection of the service, and the one to the database that it is passed on to. `onSent` sees what is passed on before it is. */
interface Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly onSent: (bytes: Buffer) => void;
}

/** The network between the service and its database: TCP connections that are passed on to a socket, and broken. */
export class DatabaseNetwork {
  readonly #socket: string;
  readonly #links = new Set<Link>();
  /** Connections of which the database knows nothing any more. */
  readonly #forgotten = new Set<Socket>();
  readonly #listener = createServer((client) => this.#accept(client));
  #isStalled = false;
  #trap: { readonly first: string; readonly then: string; readonly isPassedOn: boolean } | null = null;

  /** `socket` is the path of the database's. */
  constructor(socket: string) {
    this.#socket = socket;
  }

  async listen(): Promise<number> {
    await once(this.#listener.listen(0, '127.0.0.1'), 'listening');
    return (this.#listener.address() as AddressInfo).port;
  }

  /** How many connections the service has, with those that the database has lost. */
  get connections(): number {
    return this.#links.size + this.#forgotten.size;
  }

  /** How many the database has. */
  get links(): number {
    return this.#links.size;
  }

  /** Ends all connections. */
  cut(): void {
    for (const { client, server } of this.#links) {
      client.destroy();
      server.destroy();
    }
  }

  /** Ends them as a firewall does: by a reset. */
  reset(): void {
    for (const { client, server } of this.#links) {
      client.resetAndDestroy();
      server.destroy();
    }
  }

  /** Ends the next connection on which one text is sent and later another, after the other was passed on or instead. */
  cutAt(first: string, then: string, isPassedOn: boolean): void {
    this.#trap = { first, then, isPassedOn };
  }

  /** Lets nothing through, neither of open connections nor of new ones, until `goOn`. */
  stall(): void {
    this.#isStalled = true;
    for (const link of this.#links) hold(link);
  }

  goOn(): void {
    this.#isStalled = false;
    for (const link of this.#links) pass(link);
  }

  /** The database loses all connections, and the service hears nothing of it: as when a router forgets them while the database starts anew. */
  forget(): void {
    for (const link of this.#links) {
      this.#links.delete(link);
      const { client, server } = link;
      hold(link);
      server.destroy();
      // Whatever comes is taken, and never answered.
      client.resume();
      this.#forgotten.add(client);
      client.once('close', () => this.#forgotten.delete(client));
    }
  }

  close(): void {
    this.cut();
    for (const client of this.#forgotten) client.destroy();
    this.#listener.close();
  }

  #accept(client: Socket): void {
    let isNear = false;
    const onSent = (bytes: Buffer) => {
      const trap = this.#trap;
      if (!trap) return;
      isNear ||= bytes.includes(trap.first);
      if (!isNear || !bytes.includes(trap.then)) return;
      this.#trap = null;
      if (trap.isPassedOn) setImmediate(() => client.destroy());
      else link.server.destroy();
    };
    const link: Link = { client, server: connect(this.#socket), onSent };
    this.#links.add(link);
    for (const [one, other] of [
      [link.client, link.server],
      [link.server, link.client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        if (this.#links.delete(link)) other.destroy();
      });
    }
    if (!this.#isStalled) pass(link);
  }
}

function pass({ client, server, onSent }: Link): void {
  client.on('data', onSent).pipe(server);
  server.pipe(client);
}

function hold({ client, server, onSent }: Link): void {
  client.off('data', onSent).unpipe(server).pause();
  server.unpipe(client).pause();
}
