import { type SpawnOptions, spawn } from 'node:child_process';

/** The system user that Postgres runs as, where this process is root: Postgres refuses to be root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** As whom, and in which folder, a program runs. The folder must be one that the account can enter. */
export interface RunOptions {
  readonly account: Account | undefined;
  readonly cwd: string;
}

/** How a program ended: its exit code (null after a signal), what it wrote, and why it couldn't be started at all. */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
  readonly fault?: string;
}

/**
 * The options under which every program of Postgres is spawned. Nothing of our own environment reaches it: a PGDATA,
 * a TZ or a locale of the person at the keyboard must not change what is stored.
 */
export function spawnOptions({ account, cwd }: RunOptions): SpawnOptions {
  return {
    cwd,
    windowsHide: true,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}

/** Runs a program to its end. It never throws: an end that isn't code 0 is for the caller to explain. */
export function run(file: string, args: readonly string[], options: RunOptions, input = ''): Promise<ProgramResult> {
  return new Promise<ProgramResult>((resolve, reject) => {
    const child = spawn(file, args, { ...spawnOptions(options), stdio: 'pipe' });
    let output = '';
    const take = (chunk: Buffer) => {
      output = (output + chunk).slice(-4000);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: output.trim() }));
    // A program that ends before it has read its input says why by its exit code.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  }).catch((error: Error) => ({ code: null, output: '', fault: error.message }));
}
