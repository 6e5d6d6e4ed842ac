/** Every recipe of README.md, run as pasted in a copy of the program, while its service runs. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SETTINGS } from '../../src/config.ts';
import { Command } from '../kit/command.ts';
import { emptyDatabase, type TestDatabase } from '../kit/database.ts';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const readme = await readFile(path.join(CHECKOUT, 'README.md'), 'utf8');

/** The lines of the shell blocks below "Recipes". */
const recipes = [
  ...(readme.split('\n## ').find((section) => section.startsWith('Recipes')) ?? '').matchAll(/```sh\n(.*?)```/gs),
]
  .map(([, block = '']) => block.trim())
  // This one names a server that is the reader's; test/slow/command-line.test.ts runs it on one that exists.
  .filter((block) => !block.includes('db.example.org'));

const TOKEN = 'admin-token-of-the-tests';
let folder: string;
let database: TestDatabase;
let service: Command;
let env: Record<string, string>;
let port: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-readme-'));
  // One recipe has an embedded Postgres in there, which runs as another user where this one is root.
  await chmod(folder, 0o711);
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'prisma', 'src', 'dist'])
    await cp(path.join(CHECKOUT, name), path.join(folder, name), { recursive: true });
  await symlink(path.join(CHECKOUT, 'node_modules'), path.join(folder, 'node_modules'));
  database = await emptyDatabase();
  env = { DATABASE_URL: database.url, ADMIN_TOKEN: TOKEN, HOME: folder };
  service = new Command(['start'], { ...env, PORT: '0' });
  [, port = ''] = await service.prints(/127\.0\.0\.1:(\d+)\n/);
  const sample = new Command(['import', path.join(CHECKOUT, 'prisma/sample/interviews-extract.csv')], env);
  expect(await sample.ended()).toBe(0);
});
afterAll(async () => {
  await service?.kill('SIGTERM');
  await database?.drop();
  await rm(folder, { recursive: true });
});

/** Runs a recipe on the service's database, or on the data folder that it names itself. */
async function paste(recipe: string): Promise<{ code: number; output: string }> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', recipe.replaceAll(':4000/', `:${port}/`)], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', TOKEN, ...env, ...(recipe.startsWith('DATA_DIR=') && { DATABASE_URL: '' }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code, output: stdout + stderr };
}

describe('README.md', () => {
  test('has recipes', () => {
    expect(recipes.length).toBeGreaterThan(7);
  });

  test.each(recipes)('%s', async (recipe) => {
    const { code, output } = await paste(recipe);
    expect(output).not.toMatch(/error:|refused at|npm has put/);
    expect(code, output).toBe(0);
  });

  test('lists every environment variable with its default', () => {
    const rows = Object.entries(SETTINGS).map(
      ([name, setting]) =>
        `| \`${name}\` | ${setting.default === '' ? '' : `\`${setting.default}\``} | ${setting.description} |`,
    );
    expect(readme).toContain(rows.join('\n'));
  });
});
