import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes of a piece of an answer, and the milliseconds between two: it takes a moment, in which something can befall the database. */
const PIECE = 1 << 18;
const PAUSE_MS = 10;

/** Another service whose rows are synced: it gives those of one extract after the other. */
export class TestUpstream {
  /** The extract that it gives; null: it gives none, and says 404. */
  csv: string | null = null;
  #answering = 0;
  readonly #server = createServer((request, response) => {
    this.#answering++;
    response.once('close', () => this.#answering--);
    void this.#answer(request.headers['if-none-match'], response);
  });

  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many answers are on their way. */
  get answering(): number {
    return this.#answering;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(known: string | undefined, response: ServerResponse): Promise<void> {
    const { csv } = this;
    if (csv === null) return void response.writeHead(404).end();
    const etag = `"${hash('sha256', csv).slice(0, 16)}"`;
    if (known === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': 'text/csv', etag });
    const bytes = Buffer.from(csv);
    for (let at = 0; at < bytes.length && !response.destroyed; at += PIECE) {
      response.write(bytes.subarray(at, at + PIECE));
      await sleep(PAUSE_MS);
    }
    response.end();
  }
}
