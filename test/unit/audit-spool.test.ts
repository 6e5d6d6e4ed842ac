/** The files in which entries of the audit log wait (docs/audit.md), on a disk that is full. */
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AuditSpool } from '../../src/db/audit/spool.ts';
import { serviceEntry } from '../../src/domain/audit/service-entry.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-spool-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const entry = (target: string) => serviceEntry('AUDIT_EXPIRE', target);

/** From now on the disk takes so many bytes of what is written at once, and then is full. */
async function fillDisk(bytes: number) {
  const file = await open(path.join(folder, 'other'), 'w');
  await file.close();
  await rm(path.join(folder, 'other'));
  return vi.spyOn(Object.getPrototypeOf(file), 'writeFile').mockImplementation(async function (
    this: unknown,
    data: unknown,
  ) {
    await (this as typeof file).write((data as Buffer).subarray(0, bytes));
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
}

/** The targets of all that waits, and how many lines can't be read. */
async function readAll(spool: AuditSpool) {
  const targets: string[] = [];
  let unreadable = 0;
  for (let file = await spool.readOldest(); file; file = await spool.readOldest()) {
    targets.push(...file.entries.map(({ target }) => target));
    unreadable += file.unreadable;
    await file.forget();
  }
  return { targets, unreadable };
}

test('a part of an entry in a new file is removed with it', async () => {
  const spool = await AuditSpool.open(folder);
  const full = await fillDisk(20);
  await expect(spool.add([entry('a')])).rejects.toThrow('ENOSPC');
  expect([await readdir(folder), spool.bytes]).toEqual([[], 0]);
  full.mockRestore();
  expect(await spool.add([entry('a')])).toBe(0);
  expect(await readAll(spool)).toEqual({ targets: ['a'], unreadable: 0 });
});

test('a part of an entry after others is removed, and the others stay', async () => {
  const spool = await AuditSpool.open(folder);
  await spool.add([entry('a')]);
  const { bytes } = spool;
  const full = await fillDisk(20);
  await expect(spool.add([entry('b')])).rejects.toThrow('ENOSPC');
  expect(spool.bytes).toBe(bytes);
  full.mockRestore();
  await spool.add([entry('c')]);
  expect(await readAll(spool)).toEqual({ targets: ['a', 'c'], unreadable: 0 });
  expect([await readdir(folder), spool.bytes]).toEqual([[], 0]);
});

test('a part that a killed process left takes no later entry with it', async () => {
  const former = await AuditSpool.open(folder);
  await former.add([entry('a')]);
  const [name = ''] = await readdir(folder);
  const file = await open(path.join(folder, name), 'a');
  await file.write((await readFile(path.join(folder, name))).subarray(0, 20));
  await file.close();
  const spool = await AuditSpool.open(folder);
  await spool.add([entry('b')]);
  expect(await readAll(spool)).toEqual({ targets: ['a', 'b'], unreadable: 1 });
});
