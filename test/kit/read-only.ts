import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Another user than the one who owns what it runs. */
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** A Node in a folder that it can only read, as everything but an empty /tmp; as root, it runs under another user. It needs `bwrap`. */
export class ReadOnlyNode {
  stdout = '';
  stderr = '';
  readonly #sandbox: ChildProcess;
  readonly #closed: Promise<unknown>;

  /** `folder` is where it is, `env` all of its environment. */
  constructor(folder: string, args: readonly string[], env: Record<string, string>) {
    const [program = '', ...before] = process.getuid?.() === 0 ? [...NOBODY, 'bwrap'] : ['bwrap'];
    const mounts = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'];
    // Both may be in the folder for temporary files, which is empty there.
    const own = ['--ro-bind', folder, '/tmp/app', '--ro-bind', process.execPath, '/tmp/node', '--chdir', '/tmp/app'];
    this.#sandbox = spawn(program, [...before, ...mounts, ...own, '--die-with-parent', '/tmp/node', ...args], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#sandbox.stdout?.setEncoding('latin1').on('data', (text) => {
      this.stdout += text;
    });
    this.#sandbox.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text;
    });
    this.#closed = once(this.#sandbox, 'close');
  }

  /** Waits until it ends; gives the exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals> {
    await this.#closed;
    return this.#sandbox.exitCode ?? this.#sandbox.signalCode ?? -1;
  }

  /** Sends a signal to it, not to the sandbox around it. */
  tell(signal: NodeJS.Signals): void {
    const { pid } = this.#sandbox;
    const [node] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    process.kill(Number(node), signal);
  }

  /** Waits for a match in what it prints. Fails, with all it has said, when it ends before. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match) return match;
      if (this.#sandbox.exitCode !== null) throw new Error(`ended without ${pattern}: ${this.stdout}${this.stderr}`);
      await sleep(20);
    }
  }
}
