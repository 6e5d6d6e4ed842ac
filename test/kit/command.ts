import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../', import.meta.url));

/** A command of the program as a process of its own. */
export class Command {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly #closed: Promise<unknown>;

  /**
   * `env` is all of its environment but PATH, and AUDIT, since the audit log is for the tests that are about it; `program` the folder of a copy
   * of the program, as built.
   */
  constructor(args: readonly string[], env: Record<string, string>, cwd?: string, program = PROGRAM) {
    this.child = spawn(process.execPath, [path.join(program, 'dist/main.js'), ...args], {
      env: { PATH: process.env.PATH ?? '', AUDIT: 'off', ...env },
      ...(cwd !== undefined && { cwd }),
      stdio: 'pipe',
    });
    const read = (stream: Readable | null, add: (text: string) => void) => stream?.setEncoding('utf8').on('data', add);
    read(this.child.stdout, (text) => {
      this.stdout += text;
    });
    read(this.child.stderr, (text) => {
      this.stderr += text;
    });
    // A process that is killed leaves its standard input broken; that is what such a test wants.
    this.child.stdin?.on('error', () => {});
    this.#closed = once(this.child, 'close');
  }

  /** Gives standard input to it, all or, without `end`, the beginning. */
  write(text: string | Uint8Array, { end = true } = {}): void {
    if (end) this.child.stdin?.end(text);
    else this.child.stdin?.write(text);
  }

  /** Waits until it ends; gives the exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals> {
    await this.#closed;
    return this.child.exitCode ?? this.child.signalCode ?? -1;
  }

  async kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return await this.ended();
  }

  /** Waits for a match in what it prints. Fails, with all it has said, when it ends before. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match) return match;
      if (this.child.exitCode !== null) throw new Error(`ended without ${pattern}: ${this.stdout}${this.stderr}`);
      await sleep(20);
    }
  }
}

/** Runs a command to its end. */
export async function run(
  args: readonly string[],
  env: Record<string, string>,
  input: string | Uint8Array = '',
  cwd?: string,
  program?: string,
) {
  const command = new Command(args, env, cwd, program);
  command.write(input);
  const code = await command.ended();
  return { code, stdout: command.stdout, stderr: command.stderr };
}

/** Tries again and again until it gives something, or for so many milliseconds; then the last failure is the test's. */
export async function eventually<T>(attempt: () => Promise<T>, milliseconds = 60_000): Promise<T> {
  const patience = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > patience) throw error;
      await sleep(50);
    }
  }
}
