import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN, DEBIAN, giveToPostgres, runPostgres } from './debian-postgres.ts';
import type { Connection } from './server.ts';

/** Whether this machine has the programs of Debian's Postgres; in CI it must. */
export function hasPostgresPair(): boolean {
  if (BIN) return true;
  const missing = `pg_basebackup is missing in ${DEBIAN}`;
  if (process.env.CI) throw new Error(`${missing}, and with CI set no test may be left out`);
  console.warn(`${missing} here: the tests of standbys are left out`);
  return false;
}

/** A primary and a hot standby of it, each on a socket of its own. An answered commit is on both. */
export class PostgresPair {
  readonly #folder = mkdtempSync(join(tmpdir(), 'interviews-pair-'));
  readonly #standbySettings: string;
  #frozen: number[] = [];

  /** `standbySettings`: those of the standby alone. */
  constructor(standbySettings: Readonly<Record<string, string>> = {}) {
    this.#standbySettings = Object.entries(standbySettings)
      .map(([name, value]) => ` -c ${name}=${value}`)
      .join('');
    giveToPostgres(this.#folder);
    const primary = join(this.#folder, 'primary');
    this.#run('initdb', '-D', primary, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
    this.#start('primary');
    this.#run(
      'pg_basebackup',
      '-h',
      this.#folder,
      '-p',
      '5432',
      '-U',
      'tests',
      '-D',
      join(this.#folder, 'standby'),
      '-R',
      '-c',
      'fast',
      '--no-sync',
    );
    this.#start('standby');
  }

  /** How to reach one of them. */
  connection(of: 'primary' | 'standby'): Connection {
    return { host: this.#folder, port: of === 'primary' ? 5432 : 5433, user: 'tests', database: 'postgres' };
  }

  /** A DATABASE_URL of both, the standby first. */
  urlOfBoth(target: string): string {
    const folder = encodeURIComponent(this.#folder);
    return `postgresql://tests@/postgres?host=${folder},${folder}&port=5433,5432&target_session_attrs=${target}`;
  }

  /** Ends the primary as a crash does. */
  crashPrimary(): void {
    this.#run('pg_ctl', '-D', join(this.#folder, 'primary'), '-m', 'immediate', '-w', 'stop');
  }

  /** Ends the standby as a crash does, and starts it again. */
  crashStandby(): void {
    this.#run('pg_ctl', '-D', join(this.#folder, 'standby'), '-m', 'immediate', '-w', 'stop');
  }
  restartStandby(): void {
    this.#start('standby');
  }

  /** Stops all processes of a server where they are, as a machine that hangs does: it still accepts connections, and answers nothing. */
  freeze(name: 'primary' | 'standby'): void {
    const postmaster = readFileSync(join(this.#folder, name, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', postmaster], { encoding: 'utf8' });
    this.#frozen = [postmaster, ...children.trim().split(/\s+/)].map(Number);
    for (const pid of this.#frozen) process.kill(pid, 'SIGSTOP');
  }
  thaw(): void {
    for (const pid of this.#frozen.splice(0)) process.kill(pid, 'SIGCONT');
  }

  /** Makes the standby a primary. */
  promote(): void {
    this.#run('pg_ctl', '-D', join(this.#folder, 'standby'), '-w', 'promote');
  }

  stop(): void {
    this.thaw();
    for (const name of ['standby', 'primary'])
      if (existsSync(join(this.#folder, name, 'postmaster.pid')))
        this.#run('pg_ctl', '-D', join(this.#folder, name), '-m', 'immediate', '-w', 'stop');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(name: 'primary' | 'standby'): void {
    const options = `-k ${this.#folder} -p ${this.connection(name).port} -c listen_addresses='' -c fsync=off${
      name === 'standby' ? this.#standbySettings : ''
    }`;
    this.#run(
      'pg_ctl',
      '-D',
      join(this.#folder, name),
      '-l',
      join(this.#folder, `${name}.log`),
      '-o',
      options,
      '-w',
      'start',
    );
  }

  #run(program: string, ...args: string[]): void {
    runPostgres(this.#folder, program, args);
  }
}
