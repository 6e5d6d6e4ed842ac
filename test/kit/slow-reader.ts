import { connect, type Socket } from 'node:net';
import { ADMIN_TOKEN } from './service.ts';

/** How often a slow reader reads, in milliseconds. */
const EVERY = 100;

/** A client that asks for something and reads its answer at its own pace. */
export class SlowReader {
  /** Bytes read. */
  received = 0;
  readonly socket: Socket;
  readonly #timer: NodeJS.Timeout;

  /** `pace` is bytes a second; 0: it reads nothing. */
  constructor(url: string, pace: number, coding = 'identity') {
    const { hostname, port, pathname, search } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.on('error', () => {});
    // Without a listener nothing would be read from the system at all, not even the end.
    if (pace > 0) this.socket.on('readable', () => {});
    this.socket.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\nX-SmartToken: ${ADMIN_TOKEN}\r\nAccept-Encoding: ${coding}\r\n\r\n`,
    );
    this.#timer = setInterval(() => {
      let left = (pace * EVERY) / 1000;
      while (left > 0 && this.socket.readableLength > 0) {
        const piece: Buffer | null = this.socket.read(Math.min(left, this.socket.readableLength));
        if (piece === null) break;
        this.received += piece.length;
        left -= piece.length;
      }
    }, EVERY);
    this.socket.once('close', () => clearInterval(this.#timer));
  }

  leave(): void {
    clearInterval(this.#timer);
    this.socket.destroy();
  }
}
