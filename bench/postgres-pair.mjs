/** A primary and a hot standby of it, of Debian's Postgres, in a temporary folder. */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
const NAMES = ['primary', 'standby'];

/** The programs of the newest Postgres that has them all. */
function programs() {
  const found = (existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN, version, 'bin'))
    .find((folder) => ['initdb', 'pg_basebackup', 'pg_ctl'].every((name) => existsSync(path.join(folder, name))));
  if (!found) throw new Error(`A standby needs the programs of Postgres in ${DEBIAN}: apt-get install postgresql`);
  return found;
}

/** Does work with such a pair, and removes it: with how to connect to each, and the process id of each. */
export async function withPostgresPair(work) {
  const bin = programs();
  const folder = mkdtempSync(path.join(tmpdir(), 'interviews-readers-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map((of) => Number(execFileSync('id', [of, 'postgres'], { encoding: 'utf8' })));
    chownSync(folder, uid, gid);
  }
  /** Postgres refuses to run as root. */
  const run = (program, ...args) => {
    const command = [path.join(bin, program), ...args];
    const [file, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(file, rest, { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder });
  };
  const dataOf = (name) => path.join(folder, name);
  const portOf = (name) => 5432 + NAMES.indexOf(name);
  const start = (name) => {
    const options = `-k ${folder} -p ${portOf(name)} -c listen_addresses='' -c hot_standby_feedback=on`;
    run('pg_ctl', '-D', dataOf(name), '-l', path.join(folder, `${name}.log`), '-o', options, '-w', 'start');
  };
  try {
    run('initdb', '-D', dataOf('primary'), '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C');
    start('primary');
    const source = ['-h', folder, '-p', String(portOf('primary')), '-U', 'bench'];
    run('pg_basebackup', ...source, '-D', dataOf('standby'), '-R', '-c', 'fast');
    start('standby');
    const server = (name) => ({
      connection: { host: folder, port: portOf(name), user: 'bench', database: 'postgres', options: '-c timezone=UTC' },
      postmaster: Number.parseInt(readFileSync(path.join(dataOf(name), 'postmaster.pid'), 'utf8'), 10),
    });
    return await work({ folder, primary: server('primary'), standby: server('standby') });
  } finally {
    for (const name of [...NAMES].reverse())
      if (existsSync(path.join(dataOf(name), 'postmaster.pid')))
        run('pg_ctl', '-D', dataOf(name), '-m', 'fast', '-w', 'stop');
    rmSync(folder, { recursive: true, force: true });
  }
}
