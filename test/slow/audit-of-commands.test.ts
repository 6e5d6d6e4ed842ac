/** What the audit log says of commands that don't come to their end (docs/audit.md): by then they may have read rows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import type { Entry } from '../kit/audit.ts';
import { Command, eventually, run } from '../kit/command.ts';
import { urlOf } from '../kit/database.ts';
import { whileLocked } from '../kit/locked.ts';
import { type Service, startService } from '../kit/service.ts';

/** More rows than the pipes between a command and its reader hold. */
const ROWS = 20_000;

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(path.join(tmpdir(), 'audit-of-commands-'));
  await service.import([...generateExtract({ rows: ROWS, seed: 18 })].join(''));
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

const env = () => ({ DATABASE_URL: urlOf(service.connection), AUDIT: 'continue' });

/** The last entry of a command. */
const lastEntry = async (command: string): Promise<Entry> =>
  (
    await service.rows(
      `SELECT outcome, rows::int, action FROM audit_entry WHERE target = 'npm run ${command}' ORDER BY at DESC, id LIMIT 1`,
    )
  )[0];

/** Starts a command whose reader takes some kilobytes and then nothing. */
async function stalled(args: readonly string[]): Promise<Command> {
  const command = new Command(args, env());
  const { stdout } = command.child;
  stdout?.pause();
  await eventually(async () =>
    expect(stdout?.readableLength).toBeGreaterThanOrEqual(stdout?.readableHighWaterMark ?? 0),
  );
  return command;
}

/** Whether some rows were read, and not all of those of the database. */
const SOME = expect.toSatisfy((rows) => typeof rows === 'number' && rows > 0 && rows < ROWS);

test.each([
  ['export', ['export'], 'EXPORT'],
  ['backup', ['backup', '-'], 'BACKUP'],
] as const)(
  'a command that is interrupted has the rows that it has read: %s',
  async (name, args, action) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const command = await stalled(args);
      command.child.kill(signal);
      // Its end is seen once its output is read.
      const exited = new Promise((resolve) => command.child.once('exit', resolve));
      expect(await exited).toBe(130);
      command.child.stdout?.resume();
      await command.ended();
      expect(command.stderr).toContain('Interrupted');
      expect(await lastEntry(name)).toEqual({ action, outcome: 'CUT', rows: SOME });
    }
  },
  60_000,
);

test.each([
  ['export', ['export'], 'EXPORT', 0],
  ['backup', ['backup', '-'], 'BACKUP', 2],
] as const)(
  'a command whose reader leaves has them, too: %s',
  async (name, args, action, code) => {
    const command = await stalled(args);
    command.child.stdout?.destroy();
    expect(await command.ended()).toBe(code);
    expect(await lastEntry(name)).toEqual({ action, outcome: 'CUT', rows: SOME });
  },
  60_000,
);

test('a command that fails midway has them, too', async () => {
  const full = await run(['export', '--output', '/dev/full'], env());
  expect(full).toMatchObject({ code: 2, stderr: expect.stringContaining('/dev/full can’t be written: ENOSPC') });
  expect(await lastEntry('export')).toEqual({ action: 'EXPORT', outcome: 'FAILED', rows: SOME });
}, 60_000);

test('a command that is interrupted before it read or changed anything says so', async () => {
  await whileLocked(service, 'appointment', async () => {
    const exporting = new Command(['export', '--output', path.join(folder, 'none.csv')], env());
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => expect(await service.rows(waiting)).toEqual([{ n: 1 }]));
    expect(await exporting.kill('SIGINT')).toBe(130);
  });
  expect(await lastEntry('export')).toEqual({ action: 'EXPORT', outcome: 'CUT', rows: null });
  const importing = new Command(['import', '-'], env());
  importing.write([...generateExtract({ rows: 10, seed: 1 })].join(''), { end: false });
  await eventually(async () => {
    const locks = await service.rows(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(locks).toHaveLength(1);
  });
  expect(await importing.kill('SIGTERM')).toBe(130);
  expect(await lastEntry('import')).toEqual({ action: 'IMPORT', outcome: 'CUT', rows: null });
}, 60_000);
