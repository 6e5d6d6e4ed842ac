/** Every recipe of README.md and docs/, run as pasted in a copy of the program, while its service runs. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIELDS } from '../../src/domain/fields.ts';
import { Command } from '../kit/command.ts';
import { emptyDatabase, type TestDatabase } from '../kit/database.ts';
import { blocksOf, codesIn, REPOSITORY, readDocument, sectionOf, sectionWithin, tableRows } from '../kit/documents.ts';

/** The shell blocks of the documents, in the order of their reading; one that is repeated is run once. */
const recipes = [
  ...new Set(
    [
      sectionWithin(readDocument('README.md'), 'Recipes'),
      readDocument('docs/recipes.md'),
      readDocument('docs/operations.md'),
    ].flatMap((text) => blocksOf(text, 'sh')),
  ),
]
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
    await cp(path.join(REPOSITORY, name), path.join(folder, name), { recursive: true });
  await symlink(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'));
  database = await emptyDatabase();
  env = { DATABASE_URL: database.url, ADMIN_TOKEN: TOKEN, HOME: folder };
  service = new Command(['start'], { ...env, PORT: '0' });
  [, port = ''] = await service.prints(/127\.0\.0\.1:(\d+)\n/);
  const sample = new Command(['import', path.join(REPOSITORY, 'prisma/sample/interviews-extract.csv')], env);
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

test('there are recipes', () => {
  expect(recipes.length).toBeGreaterThan(12);
});

test.each(recipes)('%s', async (recipe) => {
  const { code, output } = await paste(recipe);
  expect(output).not.toMatch(/error:|refused at|npm has put/);
  expect(code, output).toBe(0);
});

test('the nightly import keeps the data and the file, says why, and ends with 1, where the extract lacks many rows', async () => {
  const rows = 'npm run -s export -- --format ndjson';
  const half = await paste(
    `${rows} > whole.ndjson; awk 'NR % 2' whole.ndjson > half.ndjson; sh nightly-import.sh half.ndjson`,
  );
  expect(half.code).toBe(1);
  expect(half.output).toMatch(
    /^NOTHING of half\.ndjson was imported; .* kept as half\.ndjson\.not-imported-\d{4}-\d\d-\d\d\.\n/,
  );
  expect(half.output).toContain('--allow-removals');
  // The next night's is imported as usual, without a word.
  const next = `cmp half.ndjson half.ndjson.not-imported-*; ${rows} | cmp - whole.ndjson; sh nightly-import.sh whole.ndjson`;
  expect(await paste(next)).toEqual({ code: 0, output: '' });
});

test('the nightly import says which rows it refused, and ends with 3', async () => {
  const row = `refused,not-a-uuid${','.repeat(FIELDS.length - 2)}`;
  const { code, output } = await paste(
    `(npm run -s export -- --format csv; echo '${row}') > odd.csv; sh nightly-import.sh odd.csv`,
  );
  expect(code).toBe(3);
  expect(output).toMatch(/^The import of odd\.csv was saved, but some rows were refused:\n/);
  expect(output).toContain('not-a-uuid');
});

test('the report that a command prints has keys of docs/contract.md', async () => {
  const { output } = await paste('npm run -s import -- interviews-extract.csv --json --dry-run');
  const documented = tableRows(sectionOf(readDocument('docs/contract.md'), 'Report')).flatMap(([cell = '']) =>
    codesIn(cell),
  );
  const keys = Object.keys(JSON.parse(output));
  expect(keys).toContain('refusedFiles');
  expect(keys.filter((key) => !documented.includes(key))).toEqual([]);
});
