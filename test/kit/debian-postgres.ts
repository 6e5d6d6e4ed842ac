/** The programs of Debian's Postgres, which tests run servers of their own with. */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const DEBIAN = '/usr/lib/postgresql';

/** The programs of the oldest Postgres of Debian from 15 on; '' without one. */
export const BIN =
  (existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
    .sort((a, b) => Number(a) - Number(b))
    .filter((version) => Number(version) >= 15)
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'pg_basebackup'))) ?? '';

/** Lets the user whom Postgres runs under write to a folder, or own a file. */
export function giveToPostgres(path: string): void {
  if (process.getuid?.() !== 0) return;
  const [uid = 0, gid = 0] = ['-u', '-g'].map((of) =>
    Number(execFileSync('id', [of, 'postgres'], { encoding: 'utf8' })),
  );
  chownSync(path, uid, gid);
}

/** The command of one of the programs, with variables of its environment; Postgres refuses to run as root. */
export function postgresCommand(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): readonly [string, string[]] {
  const command = [
    'env',
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    join(BIN, program),
    ...args,
  ];
  const [first = '', ...rest] = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
  return [first, rest];
}

/** Runs one of the programs in a folder. */
export function runPostgres(folder: string, program: string, args: readonly string[]): void {
  const [first, rest] = postgresCommand(program, args);
  execFileSync(first, rest, { stdio: 'ignore', cwd: folder });
}
