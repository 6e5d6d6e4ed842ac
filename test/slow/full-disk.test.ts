/** What is said, and what stays, where the disk under the embedded Postgres is full. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Command, eventually, run } from '../kit/command.ts';
import { canMount, mount, unmount } from '../kit/small-disk.ts';

const TOKEN = 'admin-token-of-the-tests';
/** Enough for Postgres itself and a small extract. */
const DISK = '190m';

describe.runIf(canMount())('a full disk', () => {
  const small = [...generateExtract({ rows: 500, seed: 1 })].join('');
  const large = [...generateExtract({ rows: 100_000, seed: 2 })].join('');
  let disk: string;
  let env: Record<string, string>;
  let service: Command;
  let url: string;

  beforeAll(async () => {
    disk = await mkdtemp(path.join(tmpdir(), 'interviews-disk-'));
    mount(disk, DISK);
    env = { DATA_DIR: path.join(disk, 'data'), PORT: '0', SAMPLE: 'off', ADMIN_TOKEN: TOKEN, HOME: tmpdir() };
    service = new Command(['start'], env);
    [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
    expect((await run(['import', '-'], env, small)).code).toBe(0);
  }, 120_000);
  afterAll(async () => {
    await service?.kill('SIGTERM');
    unmount(disk);
    await rm(disk, { recursive: true });
  });

  /**
   * Tries until Postgres answers: where it is the write-ahead log that finds no room, it ends all connections and recovers, and nobody is told
   * why. `text`: where an outcome then says that the database can't be reached. Every other outcome is returned at once.
   */
  const unlessServerEnded = <T>(attempt: () => Promise<T>, text: (outcome: T) => string): Promise<T> =>
    eventually(async () => {
      const outcome = await attempt();
      if (text(outcome).includes('The database can’t be reached')) throw new Error('Postgres ended all connections');
      return outcome;
    });

  const MESSAGE = 'The database’s disk is full, and nothing was saved. Free some space, then try again.';

  test('is what a command says, which saves nothing', async () => {
    const outcome = await unlessServerEnded(
      () => run(['import', '-', '--replace-all', '--allow-removals'], env, large),
      ({ stderr }) => stderr,
    );
    expect(outcome).toEqual({ code: 1, stdout: '', stderr: `${MESSAGE}\n` });
    expect((await run(['export'], env)).stdout).toBe(small);
  });

  test('is 503 over HTTP, and everything else works on', async () => {
    const headers = { 'x-smarttoken': TOKEN, 'content-type': 'text/csv' };
    const address = `${url}/analytics/interviews?replaceAll=true&allowRemovals=true`;
    const answer = await unlessServerEnded(
      async () => {
        const response = await fetch(address, { method: 'POST', headers, body: large });
        return [response.status, response.headers.get('retry-after'), await response.json()] as const;
      },
      ([, , { message }]) => message,
    );
    expect(answer).toEqual([503, '60', { message: MESSAGE, errors: [{ code: 'DATABASE_FULL', message: MESSAGE }] }]);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const rows = await fetch(`${url}/analytics/interviews`, { headers: { 'x-smarttoken': TOKEN, accept: 'text/csv' } });
    expect(await rows.text()).toBe(small);
  });
});
