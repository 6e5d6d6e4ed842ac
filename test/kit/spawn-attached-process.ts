import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './server.ts';

/** What the process of kit/attached-process.ts says. */
interface Said {
  readonly attached?: { connection: Connection; dataDir: string; created: boolean };
  readonly failed?: { code: string; message: string };
  readonly rows?: Record<string, unknown>[];
  readonly refused?: string;
  readonly released?: true;
  readonly log?: string;
  readonly message?: string;
}

/** A user of the system. */
export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface HolderOptions {
  readonly dataDir: string;
  readonly supervise?: boolean;
  readonly transport?: 'socket' | 'tcp';
}

/** A process of its own that is attached to an embedded Postgres. */
export class Holder {
  readonly #child: ChildProcess;
  readonly #said: Said[] = [];
  #stderr = '';
  #more = () => {};

  /** `program` is the folder of a copy (kit/program-copy.ts); `within`: a command that runs the one after it, such as `unshare`. */
  constructor(
    program: string,
    user: User | undefined,
    options: { dataDir: string; supervise?: boolean; transport?: string },
    within: readonly string[] = [],
  ) {
    const command = [...within, process.execPath, `${program}/test/kit/attached-process.js`, JSON.stringify(options)];
    this.#child = spawn(command[0] as string, command.slice(1), {
      cwd: '/',
      stdio: 'pipe',
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    this.#child.stderr?.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    this.#child.on('close', () => this.#more());
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.#said.push(JSON.parse(line));
      this.#more();
    });
  }

  /** What it logged. */
  get messages(): string[] {
    return this.#said.flatMap(({ message }) => message ?? []);
  }

  async attached() {
    return await this.#hear('attached');
  }

  async failed() {
    return await this.#hear('failed');
  }

  /** The rows of a statement, on a connection of its own. */
  async query(statement: string): Promise<Record<string, unknown>[]> {
    this.#child.stdin?.write(`${statement}\n`);
    return await this.#hear('rows');
  }

  /** The same, again and again until the database answers. */
  async queryOnceBack(statement: string): Promise<Record<string, unknown>[]> {
    for (;;) {
      this.#child.stdin?.write(`${statement}\n`);
      const answer = await this.#next(({ rows, refused }) => (rows ?? refused) !== undefined);
      if (answer.rows) return answer.rows;
      await sleep(50);
    }
  }

  async release(): Promise<void> {
    this.#child.stdin?.end('release\n');
    await this.#hear('released');
    await this.#end();
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#end();
  }

  async #end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'close');
  }

  /** Waits for the next thing of this kind that it says; fails, with all that it has said, when something else comes or it ends. */
  async #hear<K extends 'attached' | 'failed' | 'rows' | 'released'>(kind: K): Promise<NonNullable<Said[K]>> {
    const said = await this.#next((one) => one.log === undefined);
    const value = said[kind];
    if (value === undefined) throw new Error(`expected ${kind}: ${JSON.stringify(said)} ${this.#stderr}`);
    return value as NonNullable<Said[K]>;
  }

  async #next(wanted: (said: Said) => boolean): Promise<Said> {
    for (;;) {
      const index = this.#said.findIndex(wanted);
      const [said] = index < 0 ? [] : this.#said.splice(index, 1);
      if (said) return said;
      if (this.#child.exitCode !== null) throw new Error(`the process has ended: ${this.#stderr}`);
      await new Promise<void>((resolve) => {
        this.#more = resolve;
      });
    }
  }
}
