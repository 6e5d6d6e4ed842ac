/** The lock that one of several processes takes to start the embedded Postgres. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DataFolder } from '../../src/embedded-postgres/folder/data-folder.ts';
import { isStarting, StartLock } from '../../src/embedded-postgres/folder/start-lock.ts';
import { canMount, mount, unmount } from '../kit/small-disk.ts';

let folder: DataFolder;
beforeEach(async () => {
  folder = { path: await mkdtemp(path.join(tmpdir(), 'interviews-lock-')) } as DataFolder;
});
afterEach(() => rm(folder.path, { recursive: true }));

test('one process takes it, and the next one once it is released', async () => {
  const lock = await StartLock.acquire(folder);
  expect([lock !== undefined, await isStarting(folder), await StartLock.acquire(folder)]).toEqual([
    true,
    true,
    undefined,
  ]);
  await lock?.release();
  expect([await isStarting(folder), await readdir(folder.path)]).toEqual([false, []]);
});

test('a process that was suspended for long leaves the lock that another took meanwhile', async () => {
  const lock = await StartLock.acquire(folder);
  const [name = ''] = await readdir(folder.path);
  const file = path.join(folder.path, name);
  await writeFile(file, 'of another\n');
  await lock?.release();
  expect(await readFile(file, 'utf8')).toBe('of another\n');
  expect(await readdir(folder.path)).toEqual([name]);
});

test.runIf(canMount())('on a full disk it is not taken, and nothing stays that holds up the next start', async () => {
  mount(folder.path, '64k');
  try {
    await writeFile(path.join(folder.path, 'all'), Buffer.alloc(1 << 20)).catch(() => {});
    await expect(StartLock.acquire(folder)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect([await isStarting(folder), await readdir(folder.path)]).toEqual([false, ['all']]);
    await rm(path.join(folder.path, 'all'));
    const lock = await StartLock.acquire(folder);
    expect(lock).toBeDefined();
    await lock?.release();
  } finally {
    unmount(folder.path);
  }
});
