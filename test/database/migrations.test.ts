import { createHash, randomUUID } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { NOTHING_TO_DO, sqlToSchema, withSchemaEngine } from '../../prisma/schema-engine.mjs';
import { updateSpellings } from '../../src/db/derived/update-spellings.ts';
import { verifyTables } from '../../src/db/derived/verify.ts';
import { checkServer, migrate, pendingMigrations } from '../../src/db/migrations/migrate.ts';
import { emptyDatabase, freshDatabase, IS_DISTRIBUTED, type TestDatabase } from '../kit/database.ts';
import { extract } from '../kit/generated.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { MIGRATIONS, withClient } from '../kit/server.ts';
import { startService } from '../kit/service.ts';

/** The migrations there are, in their order. */
const NAMES = (await readdir(MIGRATIONS, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const [INITIAL = ''] = NAMES;

const sqlOf = (name: string): Promise<string> => readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8');

let database: TestDatabase;
let client: pg.Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Puts a copy of the migrations into the folder, to be changed by a test. */
async function copyMigrations(): Promise<void> {
  await rm(folder, { recursive: true });
  await cp(MIGRATIONS, folder, { recursive: true });
}

async function open(created: Promise<TestDatabase>): Promise<void> {
  database = await created;
  client = await connect();
}

async function drop(): Promise<void> {
  await client.end();
  await database.drop();
}

/** Opens a database for the test that runs. */
async function use(created: Promise<TestDatabase>): Promise<void> {
  await open(created);
  onTestFinished(drop);
}

async function connect(): Promise<pg.Client> {
  const connected = new pg.Client(database.connection);
  await connected.connect();
  return connected;
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE "C"`,
  );
  return rows.map(({ name }) => name);
}

async function recorded(): Promise<Record<string, unknown>[]> {
  return (await client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')).rows;
}

/** What `prisma migrate deploy` does; gives the names of the migrations that it applied. */
async function deployWithPrisma(): Promise<string[]> {
  const migrationDirectories = await Promise.all(
    NAMES.map(async (path) => ({
      path,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: await sqlOf(path) } },
    })),
  );
  const { appliedMigrationNames } = await withSchemaEngine(database.connection, (engine) =>
    engine.applyMigrations({
      migrationsList: {
        baseDir: MIGRATIONS,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories,
      },
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return appliedMigrationNames;
}

describe('migrations and prisma/schema.prisma', () => {
  beforeAll(() => open(freshDatabase()));
  afterAll(drop);

  test('are the same', async () => {
    expect(await sqlToSchema(database.connection)).toBe(NOTHING_TO_DO);
  });

  test('give every text key and the room the order of bytes', { skip: IS_DISTRIBUTED }, async () => {
    const { rows } = await client.query<{ place: string }>(
      `SELECT table_name || '.' || column_name AS place FROM information_schema.columns
       WHERE collation_name = 'C' AND table_schema = 'public' ORDER BY 1`,
    );
    expect(rows.map(({ place }) => place)).toEqual([
      'appointment.creator_employee_id',
      'appointment.interview_id',
      'appointment.interviewer_employee_id',
      'appointment.room',
      'employee.employee_id',
      'interview.creator_employee_id',
      'interview.interview_id',
      'spelling.folded',
      'spelling.kind',
      'spelling.sort_key',
      'spelling.text',
      'time_slot.interview_id',
      'time_slot.room',
    ]);
  });

  test('leave one row in dataset, and no room for another', async () => {
    const { rows } = await client.query('SELECT * FROM dataset');
    expect(rows).toEqual([
      {
        id: 1,
        version: '0',
        sample: false,
        imported_at: null,
        id_secret: expect.any(Buffer),
        spelling_version: 0,
        known_at: null,
        retained_at: null,
        retained_from: null,
      },
    ]);
    expect(rows[0].id_secret).toHaveLength(32);
    await expect(client.query("INSERT INTO dataset (id, id_secret) VALUES (2, '')")).rejects.toThrow('dataset_one_row');
  });

  test('a fresh database of the test kit is migrated', async () => {
    const fromUrl = new pg.Client(database.url);
    await fromUrl.connect();
    expect(await pendingMigrations(fromUrl, MIGRATIONS)).toEqual([]);
    await fromUrl.end();
  });

  test('differ visibly when a column is missing', async () => {
    await client.query('ALTER TABLE job DROP COLUMN title');
    expect(await sqlToSchema(database.connection)).toContain('ADD COLUMN     "title" TEXT');
  });
});

test('a database from before has the times of reviews as an import gives them', { skip: IS_DISTRIBUTED }, async () => {
  const service = await startService();
  const senseless = rowWith({ interviewId: 'senseless', timeToProvideFeedback: '999999999999999' });
  await service.import([extract({ rows: 300, seed: 1 }), csvOf([senseless])]);
  const times = () => service.rows('SELECT interview_id, row_id, reviewed_at FROM appointment ORDER BY 1, 2');
  const imported = await times();
  expect(imported.filter((row) => row.reviewed_at !== null).length).toBeGreaterThan(100);
  expect(imported.at(-1)).toMatchObject({ interview_id: 'senseless', reviewed_at: null });
  await service.rows(`ALTER TABLE appointment DROP COLUMN reviewed_at;
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_reviewed_at'`);
  const connected = await service.db.pool.connect();
  await migrate(connected, MIGRATIONS);
  connected.release();
  expect(await times()).toEqual(imported);
  await service.stop();
});

test('a database from before says of its rows whether they have an interviewer and feedback, as an import does', {
  skip: IS_DISTRIBUTED,
}, async () => {
  const service = await startService();
  const nobody = { interviewerEmployeeId: null, interviewerFirstName: null, interviewerLastName: null };
  const bare = { interviewerReview: null, interviewerRating: null };
  await service.import([
    extract({ rows: 300, seed: 1 }),
    csvOf([
      rowWith({ interviewId: 'nobody', ...nobody, ...bare }),
      rowWith({
        interviewId: 'a name alone',
        ...nobody,
        interviewerLastName: 'Hopper',
        ...bare,
        interviewerRating: '0',
      }),
    ]),
  ]);
  const flags = () =>
    service.rows('SELECT interview_id, row_id, has_interviewer, has_feedback FROM appointment ORDER BY 1, 2');
  const imported = await flags();
  const of = (id: string) => imported.find(({ interview_id }) => interview_id === id);
  expect(of('nobody')).toMatchObject({ has_interviewer: false, has_feedback: false });
  expect(of('a name alone')).toMatchObject({ has_interviewer: true, has_feedback: true });
  await service.rows(`ALTER TABLE appointment DROP COLUMN has_interviewer, DROP COLUMN has_feedback;
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_metrics_index'`);
  const connected = await service.db.pool.connect();
  await migrate(connected, MIGRATIONS);
  connected.release();
  expect(await flags()).toEqual(imported);
  await service.stop();
});

test('a database from before knows of slots and interviews what metrics read of their rows, as an import derives it', {
  skip: IS_DISTRIBUTED,
}, async () => {
  const service = await startService();
  await service.import([
    extract({ rows: 300, seed: 1 }),
    csvOf([
      rowWith({ interviewId: 'of two', interviewCanceled: 'true' }),
      rowWith({ interviewId: 'of two', interviewCanceled: 'false', interviewerEmployeeId: 'another' }),
    ]),
  ]);
  const derived = () =>
    Promise.all([
      service.rows('SELECT * FROM interview ORDER BY interview_id'),
      service.rows('SELECT * FROM time_slot ORDER BY interview_id, slot_id'),
    ]);
  const [interviews, slots] = await derived();
  expect(new Set(interviews.map(({ spread }) => spread))).toEqual(new Set([0, 1, 2]));
  expect(new Set(slots.map(({ rows_agree }) => rows_agree))).toEqual(new Set([true, false]));
  await service.rows(`ALTER TABLE interview DROP COLUMN first_start_time, DROP COLUMN last_start_time, DROP COLUMN first_starts_at,
      DROP COLUMN first_ends_at, DROP COLUMN spread;
    ALTER TABLE time_slot DROP COLUMN job_id, DROP COLUMN canceled, DROP COLUMN covering_rows, DROP COLUMN all_declined, DROP COLUMN rows_agree;
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_metrics_items'`);
  const connected = await service.db.pool.connect();
  await migrate(connected, MIGRATIONS);
  connected.release();
  expect(await derived()).toEqual([interviews, slots]);
  await service.stop();
});

test('a database from before has the ids of rows and time slots as an import gives them', {
  skip: IS_DISTRIBUTED,
}, async () => {
  const service = await startService();
  const nameless = rowWith({ interviewId: 'nameless', interviewerEmployeeId: null });
  const file = csvOf([nameless, rowWith({ interviewId: 'other' })]);
  await service.import(file);
  const was = createHash('sha256')
    .update('["nameless","2024-03-05T09:00:00",["Grace","Hopper"]]')
    .digest('hex')
    .slice(0, 32);
  const slot = `encode(substring(sha256(timestamp_send(start_time) || timestamp_send(end_time)
    || convert_to(coalesce('=' || room, ''), 'UTF8')) FOR 16), 'hex')::uuid`;
  await service.rows(`UPDATE appointment SET row_id = '${was}' WHERE interview_id = 'nameless';
    UPDATE appointment SET slot_id = ${slot}; UPDATE time_slot SET slot_id = ${slot}; ALTER TABLE dataset DROP COLUMN id_secret;
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_secret_ids'`);
  const connected = await service.db.pool.connect();
  await migrate(connected, MIGRATIONS);
  connected.release();
  expect(await service.import(file, { replaceAll: true })).toMatchObject({ read: 2, unchanged: 2 });
  const { tables } = await verifyTables(service.db, new AbortController().signal);
  for (const table of tables) expect(table).toMatchObject({ missing: 0, surplus: 0, different: 0 });
  await service.stop();
});

test('a database from before has the spellings of names that an import makes, once the program has opened it', async () => {
  const service = await startService();
  await service.import(extract({ rows: 200, seed: 5 }));
  const spellings = () => service.rows('SELECT * FROM spelling ORDER BY text');
  const version = async () => Number((await service.rows('SELECT version FROM dataset'))[0]?.version);
  const [imported, before] = [await spellings(), await version()];
  expect(imported.length).toBeGreaterThan(10);
  await service.rows(`DROP TABLE spelling; ALTER TABLE dataset DROP COLUMN spelling_version;
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_spellings'`);
  const opened = await service.db.pool.connect();
  await migrate(opened, MIGRATIONS);
  expect(await spellings()).toEqual([]);
  expect(await updateSpellings(opened)).toBe(true);
  expect(await spellings()).toEqual(imported);
  expect(await version()).toBeGreaterThan(before);
  expect(await updateSpellings(opened)).toBe(false);
  // Those of an older version of the program are made anew.
  await service.rows("UPDATE spelling SET folded = 'x'; UPDATE dataset SET spelling_version = 0");
  await service.import(extract({ rows: 201, seed: 5 }));
  opened.release();
  const { tables } = await verifyTables(service.db, new AbortController().signal);
  for (const table of tables) expect(table).toMatchObject({ missing: 0, surplus: 0, different: 0 });
  await service.stop();
});

describe('the record of migrations', () => {
  test('is the one that prisma migrate deploy makes', async () => {
    await use(emptyDatabase());
    expect(await migrate(client, MIGRATIONS)).toEqual(NAMES);
    const texts = await Promise.all(NAMES.map(sqlOf));
    expect(await recorded()).toEqual(
      NAMES.map((name, at) => ({
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        checksum: createHash('sha256')
          .update(texts[at] ?? '')
          .digest('hex'),
        migration_name: name,
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        logs: null,
        applied_steps_count: 1,
      })),
    );
  });

  test('can be carried on by Prisma, and by us after Prisma', { skip: IS_DISTRIBUTED }, async () => {
    await use(freshDatabase());
    expect(await deployWithPrisma()).toEqual([]);
    const byUs = await tables();

    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    expect(await deployWithPrisma()).toEqual(NAMES);
    expect(await migrate(client, MIGRATIONS)).toEqual([]);
    expect(await tables()).toEqual(byUs);
  });

  test('says that nothing is left to do', async () => {
    await use(emptyDatabase());
    expect(await pendingMigrations(client, MIGRATIONS)).toEqual(NAMES);
    expect(await tables()).toEqual([]);
    await migrate(client, MIGRATIONS);
    const before = await recorded();
    expect(await migrate(client, MIGRATIONS)).toEqual([]);
    expect(await pendingMigrations(client, MIGRATIONS)).toEqual([]);
    expect(await recorded()).toEqual(before);
  });

  test('has each migration once when several processes migrate at once', async () => {
    await use(emptyDatabase());
    await copyMigrations();
    await addMigration('20270101000000_second', 'CREATE TABLE second (id int)');
    const clients = await Promise.all(Array.from({ length: 4 }, connect));
    const applied = await Promise.all(clients.map((each) => migrate(each, folder)));
    await Promise.all(clients.map((each) => each.end()));
    expect(applied.flat().sort()).toEqual([...NAMES, '20270101000000_second']);
    expect((await recorded()).map((row) => row.migration_name)).toEqual([...NAMES, '20270101000000_second']);
  });

  test('leaves out migrations that were rolled back', async () => {
    await use(freshDatabase());
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, rolled_back_at) VALUES ('x', 'y', '20270101000000_undone', now())`,
    );
    expect(await pendingMigrations(client, MIGRATIONS)).toEqual([]);
  });
});

describe('a migration that fails', () => {
  test('leaves the database as it was', async () => {
    await use(freshDatabase());
    await copyMigrations();
    const before = await tables();
    await addMigration('20270101000000_broken', 'CREATE TABLE half (id int); SELECT 1/0;');
    await expect(migrate(client, folder)).rejects.toThrow('division by zero');
    expect(await tables()).toEqual(before);
    expect(await pendingMigrations(client, folder)).toEqual(['20270101000000_broken']);
  });
});

describe('refused is', () => {
  const unknown = `UPDATE _prisma_migrations SET migration_name = '20991231000000_later' WHERE migration_name = '${INITIAL}'`;
  const unfinished = 'UPDATE _prisma_migrations SET finished_at = NULL';

  test.each([
    [
      'a database of a newer version',
      unknown,
      'The database has the migration "20991231000000_later", which this program doesn’t know: it comes from a newer version. Run that version or a later one.',
    ],
    [
      'a database whose migration never finished',
      unfinished,
      `The migration "${INITIAL}" was started in this database but never finished. Restore a backup made before it, or finish or undo it by hand and then set its finished_at or rolled_back_at in the table _prisma_migrations.`,
    ],
  ])('%s', async (_, change, message) => {
    await use(freshDatabase());
    await client.query(change);
    for (const attempt of [migrate, pendingMigrations]) {
      await expect(attempt(client, MIGRATIONS)).rejects.toMatchObject({ code: 'BAD_CONFIGURATION', message });
    }
  });

  test('a migration that was changed after it was applied', async () => {
    await use(freshDatabase());
    await copyMigrations();
    const before = (await recorded())[0]?.checksum;
    await appendFile(join(folder, INITIAL, 'migration.sql'), '-- afterthought\n');
    const now = createHash('sha256')
      .update(await readFile(join(folder, INITIAL, 'migration.sql')))
      .digest('hex');
    await expect(migrate(client, folder)).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: `The migration "${INITIAL}" in this database doesn’t match this program’s file: its checksum is ${before}, expected ${now}. Restore the original migration.sql; put changes into a new migration.`,
    });
  });

  test('a database that has tables of something else', async () => {
    await use(emptyDatabase());
    await client.query('CREATE TABLE job (id int)');
    await expect(migrate(client, MIGRATIONS)).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: `The migration "${INITIAL}" conflicts with an existing object that it didn’t create: relation "job" already exists. Use an empty database.`,
    });
    expect(await tables()).toEqual(['job']);
  });

  test('a database whose user may not create tables', async () => {
    await use(emptyDatabase());
    const role = `${database.connection.database}_reader`;
    const password = randomUUID();
    await client.query(`CREATE ROLE "${role}" LOGIN PASSWORD '${password}'`);
    await withClient({ ...database.connection, user: role, password }, async (reader) => {
      await expect(migrate(reader, MIGRATIONS)).rejects.toMatchObject({
        code: 'BAD_CONFIGURATION',
        message: `The migration "${INITIAL}" needs a database user who may create tables: permission denied for schema public. Grant it, or run "npm run migrate" as a user who may and start with MIGRATE=off.`,
      });
    });
    await client.query(`DROP ROLE "${role}"`);
  });
});

test('a server older than Postgres 15 is refused, that of this run is not', async () => {
  await use(emptyDatabase());
  await expect(checkServer(client)).resolves.toBeUndefined();
  await client.query(`BEGIN;
    CREATE SCHEMA old;
    CREATE FUNCTION old.current_setting(name text) RETURNS text LANGUAGE sql AS
      $$SELECT CASE name WHEN 'server_version_num' THEN '140009' ELSE '14.9 (Debian 14.9-1)' END$$;
    SET LOCAL search_path = old, pg_catalog`);
  await expect(checkServer(client)).rejects.toMatchObject({
    code: 'BAD_CONFIGURATION',
    message: 'The database server is Postgres 14.9 (Debian 14.9-1); Postgres 15 or later is needed.',
  });
});

test('a database whose search_path leads to another schema is refused before a table is made there', async () => {
  await use(emptyDatabase());
  await client.query('BEGIN; CREATE SCHEMA other; SET LOCAL search_path = other, public');
  await expect(checkServer(client)).rejects.toMatchObject({
    code: 'BAD_CONFIGURATION',
    message: expect.stringContaining('in the schema public, but the database user looks in "other" first'),
  });
});
