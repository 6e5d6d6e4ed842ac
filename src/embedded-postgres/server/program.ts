import { type SpawnOptions, spawn } from 'node:child_process';

/** The system user that Postgres runs as if this process is root: Postgres refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user that a program runs as (undefined: that of this process), and its working directory, which that user must be
 * able to enter.
 */
export interface RunOptions {
  readonly account: Account | undefined;
  readonly cwd: string;
}

/**
 * How a program ended: its exit code (null after a signal), the end of its output, and `fault` if it could not be
 * started at all.
 */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
  readonly fault?: string;
}

/**
 * Returns the options with which every program of Postgres is spawned. It inherits nothing from our environment: a
 * user's PGDATA, TZ or locale must not change what is stored.
 */
export function spawnOptions({ account, cwd }: RunOptions): SpawnOptions {
  return {
    cwd,
    windowsHide: true,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}

/**
 * Runs a program to its end, with `input` as its standard input. It never throws: the caller explains an exit code
 * other than 0.
 */
export function run(file: string, args: readonly string[], options: RunOptions, input = ''): Promise<ProgramResult> {
  return new Promise<ProgramResult>((resolve, reject) => {
    const child = spawn(file, args, { ...spawnOptions(options), stdio: 'pipe' });
    let output = '';
    const append = (chunk: Buffer) => {
      output = (output + chunk).slice(-4000);
    };
    child.stdout?.on('data', append);
    child.stderr?.on('data', append);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: output.trim() }));
    // The exit code of a program says why it ended before it had read its input.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  }).catch((error: Error) => ({ code: null, output: '', fault: error.message }));
}
