import { lstatSync, readdirSync } from 'node:fs';
import { chmod, chown, cp, lchown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, shown } from '../../domain/errors.ts';
import type { Binaries } from '../server/binaries.ts';
import type { Account } from '../server/program.ts';
import { type RunOptions, run } from '../server/program.ts';
import { type DataFolder, publish, temporaryPath } from './data-folder.ts';

/** Name of the database user that owns everything, and of the database. */
export const USER = 'interviews';
export const DATABASE = 'interviews';

/**
 * Creates the cluster and its database if there is none yet; returns whether this call created it. The cluster is
 * created under another name and renamed when complete: a killed start leaves nothing that looks like a cluster, and of
 * two simultaneous first starts one wins. `passwordFile` holds the user's password for a server that listens on TCP;
 * `onMissing` is called before the cluster is created.
 *
 * Errors: BAD_CONFIGURATION for a folder that is no cluster, a cluster of another major version, or a system that can't
 * run Postgres; DATABASE_UNAVAILABLE if Postgres fails to create it.
 */
export async function ensureCluster(
  folder: DataFolder,
  binaries: Binaries,
  account: Account | undefined,
  passwordFile: string | undefined,
  onMissing: () => void,
): Promise<boolean> {
  const version = await readVersion(folder);
  if (version !== undefined) {
    requireVersion(folder, version, binaries);
    if (account) await takeFromRoot(folder.cluster, account);
    return false;
  }
  onMissing();
  const cluster = temporaryPath(folder.cluster);
  const runOptions = { account, cwd: folder.path };
  try {
    await mkdir(cluster, { mode: 0o700 });
    if (account) await chown(cluster, account.uid, account.gid);
    await initialize(cluster, binaries, runOptions, passwordFile);
    return await publish(cluster, folder.cluster);
  } finally {
    await rm(cluster, { recursive: true, force: true });
  }
}

/** Returns the cluster's major version; undefined if there is no cluster or only an empty folder. */
async function readVersion({ cluster }: DataFolder): Promise<string | undefined> {
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined) return version.trim();
  const files = await readdir(cluster).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  if (files.length === 0) return undefined;
  throw new Failure(
    'BAD_CONFIGURATION',
    `${shown(cluster)} is not a Postgres cluster: it has no readable file PG_VERSION. Move it away, or set DATA_DIR to another folder.`,
  );
}

function requireVersion(folder: DataFolder, version: string, { major }: Binaries): void {
  if (version === major) return;
  throw new Failure(
    'BAD_CONFIGURATION',
    `The data folder ${shown(folder.path)} was created by Postgres ${version}, but this version includes Postgres ${major}. Back it up with the version that created it (\`npm run backup -- interviews.backup\`), set DATA_DIR to a new folder, and restore it with this version (\`npm run restore -- interviews.backup\`).`,
  );
}

/**
 * Creates a cluster that sorts text by its bytes (docs/contract.md, "Response") and still knows the letters of every
 * language: with the builtin C.UTF-8, `lower('Ä')` is 'ä' on every platform, whereas C of the C library knows only
 * ASCII.
 */
async function initialize(
  cluster: string,
  binaries: Binaries,
  runOptions: RunOptions,
  passwordFile?: string,
): Promise<void> {
  const options = [
    ...[`--pgdata=${cluster}`, `--username=${USER}`, '--auth-local=trust', '--auth-host=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    // A container that may not use huge pages kills a process that asks for them.
    ...['--no-instructions', '--set=huge_pages=off'],
    ...(passwordFile === undefined ? [] : [`--pwfile=${passwordFile}`]),
  ];
  await withPlainPath(binaries, (folder) => runOrFail(join(folder, 'bin', 'initdb'), options, runOptions));
  const single = ['--single', '-D', cluster, '-c', 'log_checkpoints=off', 'postgres'];
  await runOrFail(join(binaries.folder, 'bin', 'postgres'), single, runOptions, `CREATE DATABASE ${DATABASE}\n`);
}

async function runOrFail(file: string, args: readonly string[], runOptions: RunOptions, input?: string): Promise<void> {
  const { code, output, fault } = await run(file, args, runOptions, input);
  if (fault !== undefined) {
    throw new Failure(
      'BAD_CONFIGURATION',
      `The embedded Postgres can't run on this system (${fault}). Set DATABASE_URL to a Postgres server.`,
    );
  }
  if (code !== 0) {
    const why = output.split('\n').filter((line) => /error|fatal|panic|hint/i.test(line));
    throw new Failure(
      'DATABASE_UNAVAILABLE',
      `A Postgres cluster could not be created in ${shown(runOptions.cwd)}: ${why.join(' ') || output || `exit code ${code}`}`,
    );
  }
}

/**
 * Runs `use` with the folder of the programs. initdb passes that path to a shell in double quotes: if that would go
 * wrong, it gets a copy under a plain path.
 */
async function withPlainPath(binaries: Binaries, use: (folder: string) => Promise<void>): Promise<void> {
  if (!/["$`\\]/.test(binaries.folder) || process.platform === 'win32') return use(binaries.folder);
  const copy = await mkdtemp(join(tmpdir(), 'interviews-data-service-'));
  try {
    await cp(binaries.folder, copy, { recursive: true, verbatimSymlinks: true });
    await chmod(copy, 0o755);
    await use(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/**
 * Checks that no file of the cluster is shared with another folder by a hard link (`cp -l`, and programs that keep many
 * backups): a server on one would change both. Call it before starting a server.
 *
 * Errors: BAD_CONFIGURATION.
 */
export function requireOwnFiles({ path, cluster }: DataFolder): void {
  // Synchronously: a cluster has more than a thousand files, and asynchronous calls take ten times as long.
  for (const entry of readdirSync(cluster, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    // Undefined if the file has just been removed.
    if ((lstatSync(file, { throwIfNoEntry: false })?.nlink ?? 0) <= 1) continue;
    throw new Failure(
      'BAD_CONFIGURATION',
      `The data in ${shown(path)} share files with another folder by hard links (${shown(file)}), so changing one would damage the other. Set DATA_DIR to a copy with files of its own (cp -a), or remove the other folder.`,
    );
  }
}

/** Gives the account a cluster that root has copied or restored: Postgres must own its cluster. */
async function takeFromRoot(cluster: string, { uid, gid }: Account): Promise<void> {
  if ((await stat(cluster)).uid !== 0) return;
  for (const name of ['', ...(await readdir(cluster, { recursive: true }))])
    await lchown(join(cluster, name), uid, gid);
}
