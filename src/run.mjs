/**
 * `node src/run.mjs [command arguments…]`: builds what is not built, then runs the command line (src/main.ts) in this
 * process. Plain JavaScript, because it makes everything else runnable.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import module, { createRequire } from 'node:module';
import { delimiter, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
/** Beside DIST, so that they can be renamed; ignored by git as dist-*. */
const FRESH = join(ROOT, 'dist-fresh');
const FORMER = join(ROOT, 'dist-former');
const LOCK = join(ROOT, 'dist-lock');
/** What goes to browsers as it is: copied, not compiled. */
const BROWSER = 'pages/browser';
const COPIED = new Set(['.js', '.css', '.svg', '.txt']);
/** Holds the hash of the sources that DIST was built from. */
const STAMP = '.built';

/** Milliseconds between two signs of life of the process that builds, and after which silence it counts as dead. */
const SIGN_OF_LIFE = 1_000;
const DEAD_AFTER = 10_000;

/** Something a person can mend: shown without a stack. */
class Problem extends Error {}

/**
 * A SHA-256 over the names and contents of all that the build reads. Every command waits for it: read synchronously, a
 * few hundred small files take a tenth of the time.
 */
function hashOfSources() {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => (name.endsWith('.ts') && !name.startsWith('src/db/generated/')) || isCopied(name));
  const hash = createHash('sha256');
  for (const name of [
    ...sources.sort(),
    'prisma/schema.prisma',
    'prisma/config.ts',
    'tsconfig.json',
    'package-lock.json',
  ]) {
    hash.update(`${name}\0`).update(readFileSync(join(ROOT, name)));
  }
  return hash.digest('hex');
}

/** Whether a file, named as `src/…`, goes to browsers as it is. */
const isCopied = (name) => name.startsWith(`src/${BROWSER}/`) && COPIED.has(extname(name));

async function isBuilt() {
  const stamp = await readFile(join(DIST, STAMP), 'utf8').catch(() => '');
  return stamp === hashOfSources();
}

/** The file of a build tool, which a production install doesn't have. */
function tool(name, file) {
  try {
    return join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..', file);
  } catch {
    throw new Problem(
      'The program is not built, and the tools that build it are not installed. Run "npm ci", or build it where they are ("npm ci && npm run build") and copy the folder dist here.',
    );
  }
}

/** Runs a build tool; its output is shown only when it fails. */
async function run(file, args, signal) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      // Prisma looks for its generators there; npm's scripts have it, those who call this file may not.
      PATH: [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Problem(`The build failed.\n${output.trimEnd()}`);
}

/** Runs `work` while no other process does. */
async function alone(work) {
  while (!(await take(LOCK))) await new Promise((resolve) => setTimeout(resolve, 100));
  const alive = setInterval(() => {
    const now = new Date();
    utimes(LOCK, now, now).catch(() => {});
  }, SIGN_OF_LIFE);
  try {
    return await work();
  } finally {
    clearInterval(alive);
    await rm(LOCK, { recursive: true, force: true });
  }
}

/** Makes the lock folder; false where another process has it. That of a dead process is removed. */
async function take(lock) {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > DEAD_AFTER) await rm(lock, { recursive: true, force: true });
    return false;
  }
}

/** Generates the database client and compiles everything into a fresh folder, which then takes the place of DIST. */
async function build(signal) {
  const prisma = tool('prisma', 'build/index.js');
  const tsc = tool('typescript', 'bin/tsc');
  await rm(FRESH, { recursive: true, force: true });
  const hash = hashOfSources();
  process.stderr.write('Building the database client…\n');
  await run(prisma, ['generate', '--config', 'prisma/config.ts', '--no-hints'], signal);
  process.stderr.write('Building the program…\n');
  await run(tsc, ['--outDir', FRESH, '--noEmitOnError'], signal);
  for (const name of await readdir(join(ROOT, 'src', BROWSER), { recursive: true }))
    if (isCopied(`src/${BROWSER}/${name.replaceAll('\\', '/')}`))
      await cp(join(ROOT, 'src', BROWSER, name), join(FRESH, BROWSER, name));
  await writeFile(join(FRESH, STAMP), hash);
  await rm(FORMER, { recursive: true, force: true });
  await rename(DIST, FORMER).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(FRESH, DIST);
  await rm(FORMER, { recursive: true, force: true });
}

/** Builds where that is needed; Ctrl-C and SIGTERM stop it and leave what was there. */
async function buildIfNeeded() {
  if (await isBuilt()) return;
  const interrupt = new AbortController();
  const stop = (name) => interrupt.abort(new Problem(`Interrupted by ${name}.`));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    await alone(async () => {
      if (!(await isBuilt())) await build(interrupt.signal);
    });
  } catch (error) {
    if (interrupt.signal.aborted) throw interrupt.signal.reason;
    if (error.code === 'EACCES' || error.code === 'EROFS')
      throw new Problem(`The program is not built, and ${ROOT} can't be written. Run "npm run build" as its owner.`);
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Refuses a Node that is older than package.json says. */
function checkNodeVersion() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new Problem(`Node ${process.versions.node} is too old: ${major}.${minor} or later is needed.`);
}

/** Runs the command line as if `node dist/main.js arguments…` had been called. */
async function runCommandLine(args) {
  const main = join(DIST, 'main.js');
  process.argv = [process.execPath, main, ...args];
  try {
    // From Node 22.1 on; a tenth of the start. Where it can't be written, Node goes on without it.
    module.enableCompileCache?.(join(DIST, '.compiled'));
    await import(pathToFileURL(main).href);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Problem(`Something is not installed. Run "npm ci".\n${error.message}`);
  }
}

try {
  checkNodeVersion();
  await buildIfNeeded();
  const args = process.argv.slice(2);
  if (args.length > 0) await runCommandLine(args);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
