/** The systemd unit of examples/deployment: as systemd itself reads it, and with what it gives the program. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Command } from '../kit/command.ts';
import { freshDatabase, type TestDatabase } from '../kit/database.ts';
import { readDocument } from '../kit/documents.ts';
import { hasProgram } from '../kit/has-program.ts';
import { ADMIN_TOKEN } from '../kit/service.ts';

const UNIT = readDocument('examples/deployment/interviews@.service');
const settingOf = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(UNIT)?.[1] ?? '';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interviews-unit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.runIf(hasProgram('systemd-analyze', 'checks of the systemd unit'))('systemd', () => {
  let unit: string;
  beforeAll(async () => {
    unit = join(folder, 'interviews@4000.service');
    // The programs that a unit names must be there.
    await writeFile(unit, UNIT.replace('/usr/bin/node', process.execPath));
  });

  const analyze = (...args: string[]) => promisify(execFile)('systemd-analyze', [...args, unit]);

  test('understands every line', async () => {
    expect(await analyze('verify', '--man=no')).toEqual({ stdout: '', stderr: '' });
  });

  test('counts few rights that the service is left with', async () => {
    // Of 100, which is everything.
    await analyze('security', '--offline=true', '--threshold=20');
  });
});

test('the time to stop is more than what the service takes to drain and to end its requests', () => {
  const [, drain] = /DRAIN_SECONDS=(\d+)/.exec(UNIT) ?? [];
  expect(Number(settingOf('TimeoutStopSec'))).toBeGreaterThan(Number(drain) + 30);
});

describe('the program with the environment of the unit', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    await writeFile(join(folder, 'database_url'), `${database.url}\n`, { mode: 0o400 });
    await writeFile(join(folder, 'admin_token'), `${ADMIN_TOKEN}\n`, { mode: 0o400 });
  });
  afterAll(() => database?.drop());

  test('reads its secrets, serves, and stops when it is told to', async () => {
    const environment = Array.from(UNIT.matchAll(/^Environment=(.*)$/gm), ([, line = '']) => line.split(' ')).flat();
    const env = Object.fromEntries(
      environment.map((pair) => [
        pair.slice(0, pair.indexOf('=')),
        pair
          .slice(pair.indexOf('=') + 1)
          .replace('%d', folder)
          .replace('%i', '4000'),
      ]),
    );
    const credentials = Array.from(UNIT.matchAll(/^LoadCredential=(\w+):/gm), ([, name = '']) => name);
    expect(Object.values(env).filter((value) => value.startsWith(folder))).toEqual(
      credentials.map((name) => join(folder, name)),
    );
    const args = settingOf('ExecStart').split(' ').slice(2);
    const service = new Command(args, { ...env, PORT: '0', METRICS_PORT: '0', DRAIN_SECONDS: '0' });
    const [, url = ''] = await service.prints(/ at (http:\S+)/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const headers = { 'x-smarttoken': ADMIN_TOKEN };
    expect((await fetch(`${url}/analytics/interviews/summary`, { headers })).status).toBe(200);
    expect(await service.kill('SIGTERM')).toBe(0);
  });
});
