/** Two database roles on a primary and its standby, with the statements, URLs and commands that docs/standbys.md has, and daily retention with instances on both. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Command, eventually, run } from '../kit/command.ts';
import { blocksOf, readDocument, sectionOf } from '../kit/documents.ts';
import { extract } from '../kit/generated.ts';
import { hasPostgresPair, PostgresPair } from '../kit/postgres-pair.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { withClient } from '../kit/server.ts';
import { ADMIN_TOKEN } from '../kit/service.ts';

const SECTION = sectionOf(readDocument('docs/standbys.md'), 'Two roles');
const [SQL = ''] = blocksOf(SECTION, 'sql');
const [MIGRATE = '', IMPORTING = '', READING = ''] = blocksOf(SECTION, 'sh');
const ROWS = extract({ rows: 200, seed: 4 });
/** One whose review has expired after a year, and one whose review has not. */
const OLD = csvOf([
  rowWith({ interviewId: 'a', interviewerReview: 'Canary' }),
  rowWith({ interviewId: 'b', interviewStartDate: '2099-01-01T00:00:00', interviewerReview: 'Kept' }),
]);
const ALL_ROWS = '/analytics/interviews?replaceAll=true&allowRemovals=true';
const LOADED = '/analytics/interviews?format=csv';
const PORTS: Readonly<Record<string, number>> = { db1: 5432, db2: 5433 };

interface Instance {
  readonly command: Command;
  ask(path: string, init?: RequestInit): Promise<Response>;
}

describe.skipIf(!hasPostgresPair())('two roles with a standby', () => {
  let pair: PostgresPair;
  /** The instance that imports, and the one for readers. */
  let importing: Instance | undefined;
  let reading: Instance | undefined;
  const running: Command[] = [];

  beforeAll(async () => {
    pair = new PostgresPair();
    for (const statement of SQL.split('\n'))
      await withClient(pair.connection('primary'), (client) => client.query(statement));
  });
  afterAll(async () => {
    await Promise.all(running.map((command) => command.kill('SIGKILL')));
    pair?.stop();
  });

  /** A block of the document: what it sets, with the servers of the pair for db1 and db2, and the arguments of the command. */
  const commandOf = (block: string) => {
    const [, settings = '', command = ''] = /^(.*?)npm (?:run )?(.*)$/s.exec(block) ?? [];
    const env = Object.fromEntries(
      Array.from(settings.matchAll(/(\w+)='?([^'\s]+)/g), ([, name = '', value = '']) => [name, reached(value)]),
    );
    return { env: { AUDIT: 'continue', ...env }, args: command.split(' ').filter((word) => word !== '--') };
  };
  const reached = (url: string) =>
    url.replace(/@(db\d),(db\d)\/interviews\?/, (_, ...[one, other]: string[]) => {
      const folder = encodeURIComponent(pair.connection('primary').host);
      return `@/interviews?host=${folder},${folder}&port=${PORTS[one ?? '']},${PORTS[other ?? '']}&`;
    });

  const start = async (block: string, settings: Readonly<Record<string, string>> = {}): Promise<Instance> => {
    const { args, env } = commandOf(block);
    const command = new Command(args, { ...env, ADMIN_TOKEN, PORT: '0', ...settings });
    running.push(command);
    const [, url = ''] = await command.prints(/ at (http:\S+)/);
    const headers = { 'x-smarttoken': ADMIN_TOKEN, 'content-type': 'text/csv' };
    return { command, ask: (path, init = {}) => fetch(`${url}${path}`, { headers, ...init }) };
  };
  const rowsOf = async (instance: Instance | undefined) => (await instance?.ask(LOADED))?.text();
  const imports = async (instance: Instance | undefined, body: string) =>
    (await instance?.ask(ALL_ROWS, { method: 'POST', body }))?.status;

  const rowsAt = (server: 'primary' | 'standby', statement: string, values: unknown[] = []) =>
    withClient(
      { ...pair.connection(server), database: 'interviews' },
      async (client) => (await client.query(statement, values)).rows,
    );
  /** Waits until the standby has replayed what the primary has. */
  const replayed = async () => {
    const [primary] = await rowsAt('primary', 'SELECT pg_current_wal_lsn() AS lsn');
    const isThere = 'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS "isThere"';
    await eventually(async () => expect(await rowsAt('standby', isThere, [primary?.lsn])).toEqual([{ isThere: true }]));
  };
  /** Asks an instance, and waits for the entry that it then writes at a server. */
  const expectAudited = async (instance: Instance | undefined, server: 'primary' | 'standby') => {
    const response = await instance?.ask('/analytics/interviews/summary');
    expect(response?.status).toBe(200);
    const id = response?.headers.get('x-request-id');
    const entries = () => rowsAt(server, 'SELECT action FROM audit_entry WHERE request_id = $1', [id]);
    await eventually(async () => expect(await entries()).toEqual([{ action: 'READ' }]));
  };
  const migrate = () => {
    const { args, env } = commandOf(MIGRATE);
    return run(args, env);
  };

  test('the owner makes the tables at the primary, and the other role runs instances on both', async () => {
    const given = expect.stringContaining('The role "interviews_app" has what the service needs');
    expect(await migrate()).toMatchObject({ code: 0, stderr: given });
    await replayed();
    importing = await start(IMPORTING);
    reading = await start(READING);
    expect(await (await importing.ask('/readyz')).json()).toEqual({ status: 'ready', reads: 'replica' });
    expect(await (await reading.ask('/readyz')).json()).toEqual({ status: 'ready', standby: true });
    expect(await imports(importing, ROWS)).toBe(200);
    expect(await imports(reading, ROWS)).toBe(503);
    await replayed();
    expect((await rowsOf(importing)) === ROWS).toBe(true);
    expect((await rowsOf(reading)) === ROWS).toBe(true);
    for (const instance of [importing, reading]) await expectAudited(instance, 'primary');
  });

  test('commands that change something take the address of the first instance, those that read that of the second', async () => {
    const created = await run(['token', 'create', '--name', 'reader'], commandOf(IMPORTING).env);
    expect(created).toMatchObject({ code: 0 });
    await replayed();
    const headers = { 'x-smarttoken': created.stdout.trim() };
    expect((await reading?.ask(LOADED, { headers }))?.status).toBe(200);
    expect(await run(['erase', '--employee', 'nobody'], commandOf(IMPORTING).env)).toMatchObject({ code: 0 });
    const exported = await run(['export'], commandOf(READING).env);
    expect([exported.code, exported.stdout === ROWS]).toEqual([0, true]);
    expect(exported.stderr).not.toContain('audit log');
    const targets = await rowsAt('primary', "SELECT target FROM audit_entry WHERE actor_kind = 'COMMAND' ORDER BY at");
    expect(targets.map(({ target }) => target)).toEqual([
      expect.stringMatching(/^npm run token/),
      expect.stringMatching(/^npm run erase/),
      expect.stringMatching(/^npm run export/),
    ]);
  });

  test('names and reviews expire at the primary: an instance that only reads at the standby neither does it nor fails', async () => {
    const settings = { RETENTION_MONTHS: '12', LOG_LEVEL: 'info' };
    expect(await imports(importing, OLD)).toBe(200);
    await replayed();
    const onStandby = await start(READING, settings);
    expect(await rowsOf(onStandby)).toContain('Canary');
    expect(await rowsAt('primary', 'SELECT retained_at FROM dataset')).toEqual([{ retained_at: null }]);
    const atPrimary = await start(IMPORTING, settings);
    await eventually(async () => expect(atPrimary.command.stderr).toContain('retention: applied'), 20_000);
    await replayed();
    const csv = await rowsOf(onStandby);
    expect(csv).not.toContain('Canary');
    expect(csv).toContain('Kept');
    const expired = "SELECT rows::int FROM audit_entry WHERE target = 'RETENTION_MONTHS'";
    await eventually(async () => expect(await rowsAt('primary', expired)).toEqual([{ rows: 1 }]));
    for (const { command } of [onStandby, atPrimary]) expect(await command.kill('SIGTERM')).toBe(0);
    expect(onStandby.command.stderr).not.toContain('retention');
  });

  test('after a promotion all go on, and the owner’s address leads to the new primary', async () => {
    await replayed();
    pair.crashPrimary();
    pair.promote();
    await eventually(async () => expect(await imports(importing, extract({ rows: 210, seed: 4 }))).toBe(200));
    for (const instance of [importing, reading]) await eventually(() => expectAudited(instance, 'standby'));
    expect(await imports(reading, ROWS)).toBe(200);
    expect((await rowsOf(importing)) === ROWS).toBe(true);
    expect(await migrate()).toMatchObject({ code: 0 });
  });
});
