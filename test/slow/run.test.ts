import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

/** What a build says while it runs. */
const BUILDING = 'Building the database client…\nBuilding the program…\n';

/** A program of one file, built by the real src/run.mjs, below a folder that only its owner may enter. */
let parent: string;
/** The copy that a test may break. */
let program: string;

beforeAll(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'run-')));
  program = join(parent, 'a folder with spaces');
  await chmod(parent, 0o700);
  await mkdir(join(program, 'src/db'), { recursive: true });
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'prisma',
    'src/run.mjs',
    'src/db/connection/locks/locks.ts',
    'src/pages/browser',
  ])
    await cp(join(CHECKOUT, name), join(program, name), { recursive: true });
  await symlink(join(CHECKOUT, 'node_modules'), join(program, 'node_modules'));
  await writeFile(join(program, 'src/main.ts'), 'console.log(JSON.stringify(process.argv.slice(1)));\n');
  expect(await run()).toEqual({ code: 0, stdout: '', stderr: BUILDING });
  await rename(program, join(parent, 'built'));
});
beforeEach(() => cp(join(parent, 'built'), program, { recursive: true, verbatimSymlinks: true }));
afterEach(() => rm(program, { recursive: true }));
afterAll(() => rm(parent, { recursive: true }));

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(program, 'src/run.mjs'), ...args], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start(...args);
  if (!child.stdout || !child.stderr) throw new Error('the process has no output');
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

const arguments_ = (...args: string[]) => `${JSON.stringify([join(program, 'dist/main.js'), ...args])}\n`;

/** What a build leaves behind beside dist. */
async function leftovers(): Promise<string[]> {
  return (await readdir(program)).filter((name) => name.startsWith('dist-'));
}

const change = () => appendFile(join(program, 'src/main.ts'), 'console.log("changed");\n');

describe('node src/run.mjs', () => {
  test('runs the command line as if dist/main.js had been called', async () => {
    expect(await run('start', '--name', 'two words')).toEqual({
      code: 0,
      stdout: arguments_('start', '--name', 'two words'),
      stderr: '',
    });
    expect(await leftovers()).toEqual([]);
  });

  test('builds again when a source has changed', async () => {
    await change();
    expect(await run('x')).toEqual({ code: 0, stdout: `${arguments_('x')}changed\n`, stderr: BUILDING });
  });

  test('builds once when it is called twice at the same time', async () => {
    await change();
    const both = await Promise.all([run('one'), run('two')]);
    expect(both.map(({ stdout }) => stdout)).toEqual([
      `${arguments_('one')}changed\n`,
      `${arguments_('two')}changed\n`,
    ]);
    expect(both.map(({ stderr }) => stderr).sort()).toEqual(['', BUILDING]);
  });

  test('builds after a build that was killed', async () => {
    await change();
    const killed = start();
    if (!killed.stderr) throw new Error('the process has no output');
    await once(killed.stderr, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'close');
    expect(await leftovers()).toContain('dist-lock');
    expect(await run('x')).toEqual({ code: 0, stdout: `${arguments_('x')}changed\n`, stderr: BUILDING });
    expect(await leftovers()).toEqual([]);
  });

  test('says what the compiler says, and keeps what was built', async () => {
    await writeFile(join(program, 'src/main.ts'), 'const port: number = "4000";\n');
    const { code, stdout, stderr } = await run('start');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^Building the database client…\nBuilding the program…\nThe build failed.\nsrc\/main.ts\(1,7\): error TS2322: [^\n]*\n$/,
    );
    expect(await readdir(join(program, 'dist'))).toContain('main.js');
    expect(await leftovers()).not.toContain('dist-lock');
  });

  test('stops a build on SIGTERM', async () => {
    await change();
    const child = start();
    if (!child.stderr) throw new Error('the process has no output');
    const stderr = text(child.stderr);
    await once(child.stderr, 'data');
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect([code, await stderr]).toEqual([1, 'Building the database client…\nInterrupted by SIGTERM.\n']);
    expect(await leftovers()).not.toContain('dist-lock');
  });

  test('runs without the tools that build, but says so when there is something to build', async () => {
    await rm(join(program, 'node_modules'));
    expect(await run('x')).toEqual({ code: 0, stdout: arguments_('x'), stderr: '' });
    await change();
    expect(await run('x')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'The program is not built, and the tools that build it are not installed. Run "npm ci", or build it where they are ("npm ci && npm run build") and copy the folder dist here.\n',
    });
  });

  test('says that a package is missing', async () => {
    await writeFile(join(program, 'src/main.ts'), "await import('fastify' as string);\n");
    await run();
    await rm(join(program, 'node_modules'));
    const { code, stderr } = await run('start');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Something is not installed. Run "npm ci".\nCannot find package 'fastify' /);
  });

  test('refuses a Node that is too old', async () => {
    await writeFile(join(program, 'package.json'), '{ "type": "module", "engines": { "node": ">=99.1" } }');
    expect(await run('start')).toEqual({
      code: 1,
      stdout: '',
      stderr: `Node ${process.versions.node} is too old: 99.1 or later is needed.\n`,
    });
  });
});
