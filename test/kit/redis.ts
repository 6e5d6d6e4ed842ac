import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './command.ts';
import { hasProgram } from './has-program.ts';

const PROGRAM = 'redis-server';

export const REDIS_PASSWORD = 'password-of-the-redis-of-the-tests';

/** Whether this machine has the program; in CI it must. */
export const hasRedis = (): boolean => hasProgram(PROGRAM, 'the tests of limits that are shared through Redis');

/** A Redis of a test's own, on a free port. */
export class TestRedis {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  #child: ChildProcess | null = null;

  private constructor(port: number, folder: string) {
    this.#port = port;
    this.#folder = folder;
    this.url = `redis://:${REDIS_PASSWORD}@127.0.0.1:${port}`;
  }

  static async start(): Promise<TestRedis> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as { port: number };
    probe.close();
    const redis = new TestRedis(port, await mkdtemp(join(tmpdir(), 'interviews-redis-')));
    await redis.run();
    return redis;
  }

  /** Starts it (again), empty. */
  async run(): Promise<void> {
    const port = String(this.#port);
    const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: this.#folder };
    const args = Object.entries({ ...settings, requirepass: REDIS_PASSWORD }).flatMap(([name, value]) => [
      `--${name}`,
      value,
    ]);
    this.#child = spawn(PROGRAM, args, { stdio: 'ignore' });
    await eventually(() => this.#answers());
  }

  #answers(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket: Socket = connect(this.#port, '127.0.0.1', () => {
        socket.destroy();
        resolve();
      });
      socket.once('error', reject);
    });
  }

  /** Ends it as a crash does. */
  async crash(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** It takes connections and requests, and answers none, until it is told to go on. */
  hang(): void {
    this.#child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    await this.crash();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
