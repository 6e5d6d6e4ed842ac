/** The lines of docs/contract.md that keep a copy of the extract, run as they stand there. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf, rowWith } from '../kit/rows.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

let service: Service;
let folder: string;
let lines: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-copy-'));
  const contract = await readFile(new URL('../../docs/contract.md', import.meta.url), 'utf8');
  const section = contract.split(/^#+ /m).find((part) => part.startsWith('Keeping a copy\n')) ?? '';
  lines = /```sh\n(.*?)```/s.exec(section)?.[1] ?? '';
  expect(lines).toContain('curl');
});
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true });
});

const file = () => path.join(folder, 'interviews.csv');

/** Runs the lines; gives whether they came to a good end. */
async function refresh(token = ADMIN_TOKEN): Promise<boolean> {
  const here = lines.replaceAll('http://127.0.0.1:4000', service.url);
  const env = { PATH: process.env.PATH, TOKEN: token };
  return await promisify(execFile)('bash', ['-c', here], { cwd: folder, env }).then(
    () => true,
    () => false,
  );
}

/** Which file it is, and when it was changed last. */
async function lastChange() {
  const { ino, mtimeMs, ctimeMs } = await stat(file());
  return { ino, mtimeMs, ctimeMs };
}

const extract = (...ids: string[]) => csvOf(ids.map((interviewId) => rowWith({ interviewId, interviewers: null })));

describe('a copy that is kept as docs/contract.md says', () => {
  test('has what came, lacks what went, and is left alone while nothing has changed', async () => {
    await service.import(extract('a', 'b', 'c'));
    expect(await refresh()).toBe(true);
    expect(await readFile(file(), 'utf8')).toBe(extract('a', 'b', 'c'));

    const before = await lastChange();
    expect(await refresh()).toBe(true);
    expect(await lastChange()).toEqual(before);

    // Two interviews are gone.
    await service.import(extract('a', 'd'), { replaceAll: true });
    expect(await refresh()).toBe(true);
    expect(await readFile(file(), 'utf8')).toBe(extract('a', 'd'));
    expect(await refresh()).toBe(true);
    expect(await readFile(file(), 'utf8')).toBe(extract('a', 'd'));
  }, 120_000);

  test('is left alone where the service refuses', async () => {
    const before = await readFile(file(), 'utf8');
    expect(await refresh('nobodys')).toBe(false);
    expect(await readFile(file(), 'utf8')).toBe(before);
    expect(await refresh()).toBe(true);
  }, 120_000);
});
