/** `npm run migrate -- --grants ROLE`: a service whose database user owns nothing does all its work, and nothing else. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Command, run } from '../kit/command.ts';
import { emptyDatabase, urlOf } from '../kit/database.ts';
import { extract } from '../kit/generated.ts';
import { withClient } from '../kit/server.ts';
import { type Service, startService } from '../kit/service.ts';

const ROWS = extract({ rows: 300, seed: 5 });
const role = `runs_${randomUUID().slice(0, 8)}`;
const password = randomUUID();

let folder: string;
/** Connects as the role. */
let service: Service;
let owner: Record<string, string>;
let running: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grants-'));
  service = await startService({}, undefined, { user: role, password });
  owner = { DATABASE_URL: urlOf(service.connection) };
  running = { DATABASE_URL: urlOf({ ...service.connection, user: role, password }), MIGRATE: 'off' };
  await service.rows(`CREATE ROLE "${role}" LOGIN PASSWORD '${password}'`);
});
afterAll(async () => {
  await service?.rows(`DROP OWNED BY "${role}"; DROP ROLE "${role}"`);
  await service?.stop();
  await rm(folder, { recursive: true });
});

const grant = (to = role, env = owner) => run(['migrate', '--grants', to], env);

/** Runs a command as the role; its standard output. */
async function works(args: readonly string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await run(args, running, input);
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
  return stdout;
}

describe('before', () => {
  test('the role can’t even start, and is told how to change that', async () => {
    const { code, stderr } = await run(['export'], running);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^The database refused the statement: permission denied for table _prisma_migrations .*`npm run migrate -- --grants ROLE` gives all that\.\n$/,
      ),
    });
  });

  test.each([
    ['nobody here', /^--grants: the database server has no role "nobody here"; create it first/m],
    ['', /^The role of --grants is missing\./],
  ])('a role %j that isn’t there is refused', async (name, message) => {
    const { code, stderr } = await grant(name);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  test('the owner of the tables is refused, since it may do everything', async () => {
    const { code, stderr } = await grant(service.connection.user);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/may do everything with the tables already, as /),
    });
  });
});

describe('after', () => {
  beforeAll(async () => {
    // What somebody gave by hand, with more than is needed, and a table of somebody's own.
    await service.rows(
      `GRANT ALL ON appointment, dataset TO "${role}"; CREATE TABLE added (a int); INSERT INTO added VALUES (1)`,
    );
    const { code, stdout, stderr } = await grant();
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /Nothing to do: .*\nThe role "runs_\w+" has what the service needs to run with MIGRATE=off\.\n$/,
      ),
    });
    expect(stdout).toMatch(new RegExp(`^GRANT SELECT, UPDATE ON "public"."dataset" TO "${role}";$`, 'm'));
  });

  test('a second time gives the same', async () => {
    const [first, second] = [await grant(), await grant()];
    expect(second.stdout).toBe(first.stdout);
  });

  test('every command works that the owner isn’t needed for', async () => {
    const file = join(folder, 'rows.csv');
    const backup = join(folder, 'interviews.backup');
    await writeFile(file, ROWS);
    await works(['import', file]);
    await works(['import', '-'], extract({ rows: 200, seed: 6 }));
    await works(['import', file, '--replace-all', '--allow-removals']);
    expect((await works(['export'])) === ROWS).toBe(true);
    expect(await works(['metrics', '--metrics', 'heldSlots', '--group-by', 'week'])).toContain('heldSlots');
    await works(['verify']);
    await works(['verify', '--rebuild']);
    await works(['erase', '--employee', 'nobody']);
    await works(['backup', backup]);
    await works(['restore', backup, '--check']);
    const token = (await works(['token', 'create', '--name', 'a', '--scope', 'admin'])).trim();
    expect((await service.get('/healthz', { headers: { 'x-smarttoken': token } })).status).toBe(200);
    expect(await works(['token', 'list'])).toContain('a\tadmin');
    await works(['token', 'revoke', 'a']);
  }, 120_000);

  test('the service reads, imports and says that it is ready', async () => {
    expect((await service.get('/readyz')).status).toBe(200);
    const imported = await service.get('/analytics/interviews', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: extract({ rows: 310, seed: 5 }),
    });
    expect(imported.status).toBe(200);
    for (const path of [
      '/analytics/interviews?format=csv',
      '/analytics/interviews?limit=10',
      '/analytics/interviews/summary',
      '/analytics/interviews/metrics?metrics=heldSlots&groupBy=week',
      '/odata/v4/Interviews?$top=3&$count=true',
    ])
      expect([path, (await service.get(path)).status]).toEqual([path, 200]);
    const answer = await service.get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ interviews(first: 3) { totalCount nodes { job { title } interviewers { name } } } }',
      }),
    });
    expect(((await answer.json()) as { errors?: unknown }).errors).toBeUndefined();
  });

  test.each([
    'DROP TABLE appointment',
    'TRUNCATE appointment',
    'ALTER TABLE appointment ADD COLUMN more text',
    'CREATE INDEX ON appointment (job_id)',
    'CREATE TABLE more (a int)',
    'INSERT INTO _prisma_migrations SELECT * FROM _prisma_migrations',
    'DELETE FROM dataset',
    'DELETE FROM access_token',
    'UPDATE added SET a = 2',
    'ALTER SEQUENCE access_token_id_seq RESTART',
    'CREATE TRIGGER t AFTER INSERT ON appointment EXECUTE FUNCTION suppress_redundant_updates_trigger()',
  ])('%s is refused', async (statement) => {
    await withClient({ ...service.connection, user: role, password }, (client) =>
      expect(client.query(statement)).rejects.toMatchObject({ code: '42501' }),
    );
  });

  test('a restore is refused in words, and changes nothing', async () => {
    const backup = join(folder, 'other.backup');
    await works(['backup', backup]);
    const before = await works(['export']);
    const { code, stderr } = await run(['restore', backup], running);
    expect(code).not.toBe(0);
    expect(stderr).not.toContain('at ');
    expect(await works(['export'])).toBe(before);
  });

  test('the role can’t give itself anything', async () => {
    const other = `other_${randomUUID().slice(0, 8)}`;
    await service.rows(`CREATE ROLE "${other}"`);
    try {
      const { code, stderr } = await grant(other, running);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(
          /The user of DATABASE_URL can’t give what is needed: .*Run it as the owner of the tables\.\n$/,
        ),
      });
    } finally {
      await service.rows(`DROP ROLE "${other}"`);
    }
  });

  test('no right is left that isn’t needed: a new table of the program is given rights by name', async () => {
    const given = await service.rows(
      `SELECT c.relname AS name, string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type) AS rights FROM pg_class c, aclexplode(c.relacl) a
       WHERE a.grantee = '"${role}"'::regrole AND a.privilege_type <> 'MAINTAIN' GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
    );
    const rows = 'DELETE INSERT SELECT UPDATE';
    expect(Object.fromEntries(given.map(({ name, rights }) => [name, rights]))).toEqual({
      _prisma_migrations: 'SELECT',
      access_token: 'INSERT SELECT UPDATE',
      access_token_id_seq: 'SELECT USAGE',
      added: 'SELECT',
      application: rows,
      appointment: rows,
      audit_entry: 'INSERT SELECT',
      candidate: rows,
      dataset: 'SELECT UPDATE',
      employee: rows,
      erasure: 'INSERT SELECT',
      import_record: 'DELETE INSERT SELECT',
      import_record_id_seq: 'SELECT USAGE',
      interview: rows,
      job: rows,
      spelling: 'DELETE INSERT SELECT',
      time_slot: rows,
    });
  });
});

describe('in another database', () => {
  test('what the owner restores into an empty database is served by the role once it has its rights there', async () => {
    // Somebody's own table is in the backup, but not in an empty database.
    await service.rows('DROP TABLE added');
    const backup = join(folder, 'moved.backup');
    const rows = await works(['export']);
    const token = (await works(['token', 'create', '--name', 'kept'])).trim();
    const revoked = (await works(['token', 'create', '--name', 'gone'])).trim();
    await works(['token', 'revoke', 'gone']);
    await works(['backup', backup]);
    const other = await emptyDatabase();
    try {
      const inOther = { ...running, DATABASE_URL: urlOf({ ...other.connection, user: role, password }) };
      expect(await run(['restore', backup], { DATABASE_URL: other.url })).toMatchObject({ code: 0 });
      expect((await run(['export'], inOther)).stderr).toContain('permission denied');
      expect(await grant(role, { DATABASE_URL: other.url })).toMatchObject({ code: 0 });
      const start = new Command(['start'], { ...inOther, NODE_ENV: 'production', PORT: '0' });
      try {
        const [, url = ''] = await start.prints(/ at (http:\S+)/);
        const get = (path: string, of = token) => fetch(`${url}${path}`, { headers: { 'x-smarttoken': of } });
        expect((await get('/readyz')).status).toBe(200);
        expect((await (await get('/analytics/interviews?format=csv')).text()) === rows).toBe(true);
        expect((await get('/analytics/interviews', revoked)).status).toBe(401);
      } finally {
        expect(await start.kill('SIGTERM')).toBe(0);
      }
      expect(await run(['import', '-'], inOther, extract({ rows: 310, seed: 5 }))).toMatchObject({ code: 0 });
      expect(await run(['verify'], inOther)).toMatchObject({ code: 0 });
    } finally {
      await other.drop();
    }
  }, 90_000);
});
