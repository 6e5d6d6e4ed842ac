/** Files that are symbolic links to nothing, as where a volume isn't mounted: no command takes them for files that aren't there yet. */
import { mkdtemp, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../kit/command.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';
import { withClient } from '../kit/server.ts';

let database: TestDatabase;
let folder: string;
let broken: string;
let nowhere: string;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'link-'));
  [broken, nowhere] = [path.join(folder, 'broken'), path.join(folder, 'unmounted', 'file')];
  await symlink(nowhere, broken);
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const runWith = (args: readonly string[], more: Record<string, string> = {}) =>
  run(args, { DATABASE_URL: database.url, ...more });

test('nobody is erased whose erasure can’t be kept in the list behind a broken link', async () => {
  expect(await runWith(['erase', '--employee', 'e-2'], { ERASURES_FILE: broken })).toMatchObject({
    code: 2,
    stderr: `ERASURES_FILE: ${JSON.stringify(broken)} is a link to ${JSON.stringify(nowhere)}, where there is no file.\n`,
  });
  const { rows } = await withClient(database.connection, (client) => client.query('SELECT * FROM erasure'));
  expect(rows).toEqual([]);
});

test.each([[['export', '--output']], [['backup', '--force']]])('%j leaves a broken link, and says so', async (args) => {
  expect(await runWith([...args, broken])).toMatchObject({
    code: 2,
    stderr: `${broken} can’t be written: it is a link to ${JSON.stringify(nowhere)}, where there is no file.\n`,
  });
  expect(await readlink(broken)).toBe(nowhere);
});
