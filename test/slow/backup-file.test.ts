/** A backup holds everything, is put back whole or not at all, and a file that is damaged in any way is refused. */
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BackupReader, checkBackup } from '../../src/db/backup/contents.ts';
import { type Restored, type RestoreOptions, restore } from '../../src/db/backup/restore.ts';
import { beginBackup } from '../../src/db/backup/take-backup.ts';
import { migrate } from '../../src/db/migrations/migrate.ts';
import { createToken, revokeToken } from '../../src/db/tokens/tokens.ts';
import { blocksOf, type Dump, dumpOf, type HandMadeBlock, handMadeBackup } from '../kit/backups.ts';
import { run as runCommand } from '../kit/command.ts';
import { emptyDatabase, freshDatabase, type TestDatabase, urlOf } from '../kit/database.ts';
import { extract } from '../kit/generated.ts';
import { csvOf, rowWith } from '../kit/rows.ts';
import { type Connection, MIGRATIONS, withClient } from '../kit/server.ts';
import { type Service, startService } from '../kit/service.ts';
import { spellNames } from '../kit/spell-names.ts';

const ROWS = 400;
const never = new AbortController().signal;
/** Milliseconds for a test that runs several commands. */
const LONG = 120_000;

let source: Service;
let folder: string;
/** What the source holds, and a backup of it. */
let dump: Dump;
let backup: Buffer;
const databases: TestDatabase[] = [];

beforeAll(async () => {
  source = await startService();
  folder = await mkdtemp(path.join(tmpdir(), 'interviews-backup-'));
  // The embedded Postgres of root runs as another user, who has to get through.
  await chmod(folder, 0o711);
  const odd = rowWith({
    interviewId: 'odd',
    room: 'a\\b\tc\r\nd\\.',
    interviewerReview: '\\.\n\\N',
    interviewerEmployeeId: '',
  });
  expect(await source.import([extract({ rows: ROWS, seed: 11 }), csvOf([odd])])).toMatchObject({ saved: true });
  await source.rows(`UPDATE job SET title = 'Title of ' || job_id, department = 'R&D' WHERE job_id > '80000000-0000-4000-8000-000000000000';
    UPDATE candidate SET first_name = 'Zoë', last_name = E'O\\'Neil\\t' WHERE candidate_profile_id < '40000000-0000-4000-8000-000000000000'`);
  await spellNames(source);
  await createToken(source.db.prisma, 'kept', ['read']);
  await createToken(source.db.prisma, 'ended', ['read', 'personal', 'admin']);
  await revokeToken(source.db.prisma, 'ended');
  dump = await dumpOf(source.connection);
  backup = await backUp(source);
}, 120_000);
afterAll(async () => {
  await source?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

/** A database for one test: without tables, or with them. */
async function empty(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  databases.push(database);
  return database;
}
async function fresh(): Promise<TestDatabase> {
  const database = await freshDatabase();
  databases.push(database);
  return database;
}

const file = (name: string): string => path.join(folder, name);

const run = (args: string[], database: Pick<TestDatabase, 'url'>, env: Record<string, string> = {}) =>
  runCommand(args, { DATABASE_URL: database.url, ...env }, '', folder);

/** A backup of what is in a service's database, as the command writes it. */
async function backUp(service: Service): Promise<Buffer> {
  const { bytes } = await beginBackup(service.db, 'test', never);
  const blocks: Buffer[] = [];
  for await (const block of bytes) blocks.push(block);
  return Buffer.concat(blocks);
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Writes a backup and restores it by the command. */
async function restoreFile(
  bytes: Uint8Array,
  database: TestDatabase,
  args: string[] = [],
  env: Record<string, string> = {},
) {
  await writeFile(file('given.backup'), bytes);
  return await run(['restore', 'given.backup', ...args], database, env);
}

/** Restores in this process: as another version of the program does, or where nothing depends on the command. */
async function restoreHere(
  connection: Connection,
  bytes: Uint8Array,
  options: Partial<RestoreOptions> = {},
): Promise<Restored> {
  const pool = new pg.Pool(connection);
  try {
    const reader = await BackupReader.open({ name: 'hand', bytes: inOnePiece(bytes) });
    const given = {
      migrations: MIGRATIONS,
      mayMigrate: true,
      skipUnknown: false,
      stopReading() {},
      erasures: [],
      retentionMonths: null,
      onWait() {},
      ...options,
    };
    return await restore(pool, reader, given, never);
  } finally {
    await pool.end();
  }
}

const contents = (database: TestDatabase): Promise<Dump> => dumpOf(database.connection);

describe('a backup', () => {
  test(
    'that is restored into a database without tables brings every row of every table, and the sequences',
    async () => {
      const database = await empty();
      const written = await run(['backup', 'whole.backup'], { url: urlOf(source.connection) });
      expect(written).toMatchObject({ code: 0, stderr: '' });
      expect(written.stdout).toMatch(
        /^Backed up \S+: [\d,]+ rows \(_prisma_migrations \d+, access_token 2, .*appointment 401, .*\)\.\n$/,
      );
      expect(
        await run(['restore', 'whole.backup', '--check'], { url: 'postgresql://nobody@127.0.0.1:9/none' }),
      ).toEqual({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(
          /^whole\.backup is complete: made at 20\S+Z, [\d,]+ rows \(.*appointment 401, .*\)\.\n$/,
        ),
      });
      const restored = await run(['restore', 'whole.backup'], database);
      expect(restored).toMatchObject({ code: 0, stderr: '' });
      expect(restored.stdout).toMatch(
        /^Restored the backup made at \S+ into \S+: [\d,]+ rows \(.*\)\.\nWhoever was erased .*\nEverything is consistent\.\n$/,
      );
      expect(await contents(database)).toEqual(dump);
      expect(dump.tables.appointment).toHaveLength(ROWS + 1);
      expect(dump.sequences).toEqual({
        access_token_id_seq: { last_value: '2', is_called: true },
        import_record_id_seq: { last_value: '1', is_called: true },
      });
    },
    LONG,
  );

  test(
    'leaves a database that answers as the other one did, and goes on from there',
    async () => {
      const database = await empty();
      expect(await restoreFile(backup, database)).toMatchObject({ code: 0 });
      expect(await run(['verify'], database)).toMatchObject({ code: 0 });
      for (const format of ['csv', 'json', 'ndjson'] as const)
        expect((await run(['export', '--format', format], database)).stdout).toBe(await source.export(format));
      // The next one is not the number of one that is there.
      expect(await run(['token', 'create', '--name', 'later'], database)).toMatchObject({ code: 0 });
      // What was imported before drops out by its hash.
      await writeFile(file('again.csv'), await source.export('csv'));
      expect((await run(['import', 'again.csv', '--replace-all'], database)).stdout).toContain('Nothing had changed.');
    },
    LONG,
  );

  test(
    'is a gzip file of its owner’s alone that is not written over another one without --force',
    async () => {
      const url = urlOf(source.connection);
      await writeFile(file('mine'), 'mine');
      expect(await run(['backup', 'mine'], { url })).toEqual({
        code: 2,
        stdout: '',
        stderr: 'mine already exists; name another file, or add --force to replace it.\n',
      });
      expect(await readFile(file('mine'), 'utf8')).toBe('mine');
      expect(await run(['backup', 'mine', '--force'], { url })).toMatchObject({ code: 0 });
      expect((await stat(file('mine'))).mode & 0o777).toBe(0o600);
      expect(
        (await checkBackup({ name: 'mine', bytes: inOnePiece(await readFile(file('mine'))) })).end.rows.get(
          'appointment',
        ),
      ).toBe(ROWS + 1);
    },
    LONG,
  );

  test(
    'is of one state of the data, whatever is imported meanwhile',
    async () => {
      const service = await startService();
      await service.import(extract({ rows: 300, seed: 1 }));
      const before = await dumpOf(service.connection);
      const { bytes } = await beginBackup(service.db, 'test', never);
      const blocks = [(await bytes.next()).value as Buffer];
      expect(await service.import(extract({ rows: 300, seed: 2 }), { replaceAll: true })).toMatchObject({
        saved: true,
      });
      await createToken(service.db.prisma, 'meanwhile', ['read']);
      for await (const block of bytes) blocks.push(block);
      const database = await empty();
      expect(await restoreFile(Buffer.concat(blocks), database)).toMatchObject({ code: 0 });
      expect((await contents(database)).tables).toEqual(before.tables);
      await service.stop();
    },
    LONG,
  );

  test('waits for a migration that is under way, and holds what it leaves', async () => {
    const service = await startService();
    await service.import(extract({ rows: 100, seed: 1 }));
    const bytes = await withClient(service.connection, async (client) => {
      // Written anew, the table would look empty from a state before.
      await client.query(
        'BEGIN; ALTER TABLE job ALTER COLUMN title TYPE varchar(500); ALTER TABLE job ADD COLUMN extra int',
      );
      const taken = backUp(service);
      await waitsForLock(service);
      await client.query('COMMIT');
      return await taken;
    });
    const { header, end } = await checkBackup({ name: 'x', bytes: inOnePiece(bytes) });
    expect(header.tables.find(({ name }) => name === 'job')?.columns).toContain('extra');
    expect(end.rows.get('job')).toBe(Number((await service.rows('SELECT count(*) FROM job'))[0]?.count));
    await service.stop();
  });

  test('of a database without our tables is refused', async () => {
    const database = await empty();
    expect(await run(['backup', 'nothing.backup'], database)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The database has no tables of this program, so there is nothing to back up.\n',
    });
    await expect(stat(file('nothing.backup'))).rejects.toThrow('ENOENT');
    expect(await contents(database)).toEqual({ tables: {}, sequences: {} });
  });
});

describe('a database that is not empty', () => {
  test('is refused with what it holds, and stays as it is', async () => {
    const before = await dumpOf(source.connection);
    await writeFile(file('x.backup'), backup);
    const { code, stdout, stderr } = await run(['restore', 'x.backup'], { url: urlOf(source.connection) });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^The database already has rows \(access_token: 2, .*appointment: 401, .*\), but a backup can only be restored into an empty one\. Set DATA_DIR .*\n$/,
    );
    expect(await dumpOf(source.connection)).toEqual(before);
  });

  test(
    'but holds only the sample and the first token is as good as empty',
    async () => {
      const service = await startService();
      await service.import(extract({ rows: 60, seed: 2 }), { sample: true });
      await createToken(service.db.prisma, 'first start', ['read', 'personal']);
      const database = { url: urlOf(service.connection) };
      await writeFile(file('x.backup'), backup);
      // Names that somebody gave are no sample.
      await service.rows("UPDATE job SET title = 'Mine' WHERE job_id = (SELECT min(job_id::text)::uuid FROM job)");
      expect(await run(['restore', 'x.backup'], database)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^The database already has rows \(job: 1\), /),
      });
      await service.rows('UPDATE job SET title = NULL');
      expect(await run(['restore', 'x.backup'], database)).toMatchObject({ code: 0, stderr: '' });
      expect(await dumpOf(service.connection)).toEqual(dump);
      await service.stop();
    },
    LONG,
  );

  test('since an import is under way is refused once that has ended', async () => {
    const service = await startService();
    await writeFile(file('x.backup'), backup);
    const attempt = await withClient(service.connection, async (client) => {
      await client.query('BEGIN; SELECT pg_advisory_xact_lock(7283140101)');
      const attempted = run(['restore', 'x.backup'], { url: urlOf(service.connection) });
      await waitsForLock(service);
      await client.query(`INSERT INTO job (job_id, title) VALUES (gen_random_uuid(), 'x'); COMMIT`);
      return await attempted;
    });
    expect(attempt).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^An import is running; the restore waits for it\.\nThe database already has rows \(job: 1\)/,
      ),
    });
    await service.stop();
  });
});

describe('whatever tables there are', () => {
  /** What no migration of ours makes. */
  const ADDED = `CREATE TABLE "Added ""by"" ünïcode" ("Key" int GENERATED ALWAYS AS IDENTITY, gone int, "a,b" text[], c jsonb, d numeric,
      e interval, f float8, g bytea, h timestamptz, twice int GENERATED ALWAYS AS (("Key") * 2) STORED, i application_stage);
    ALTER TABLE "Added ""by"" ünïcode" DROP COLUMN gone;
    CREATE SEQUENCE "Odd sequence" INCREMENT -7 MAXVALUE 100 MINVALUE -1000000 START 50`;
  const FILLED = `INSERT INTO "Added ""by"" ünïcode" ("a,b", c, d, e, f, g, h, i) VALUES
      ('{"x,\\"y",NULL}', '{"a": "\\n"}', 1.50, '-1 year 3 days 04:05:06.7', 0.1::float8 + 0.2, '\\x00ff', '2024-03-31 02:30:00.123456+01', 'HIRED'),
      (NULL, 'null', 'NaN', NULL, '-Infinity', '', '-infinity', NULL);
    SELECT nextval('"Odd sequence"'), nextval('"Odd sequence"')`;

  let odd: Service;
  let saved: Buffer;
  beforeAll(async () => {
    odd = await startService();
    await odd.import(extract({ rows: 50, seed: 3 }));
    await odd.rows(`${ADDED}; ${FILLED}`);
    saved = await backUp(odd);
  });
  afterAll(() => odd?.stop());

  test('a table that was added is in the backup, and comes back with its sequences', async () => {
    const database = await fresh();
    await withClient(database.connection, (client) => client.query(ADDED));
    expect(await restoreFile(saved, database)).toMatchObject({ code: 0, stderr: '' });
    const restored = await contents(database);
    expect(restored).toEqual(await dumpOf(odd.connection));
    expect(restored.tables['Added "by" ünïcode']).toHaveLength(2);
    expect(restored.sequences['Odd sequence']).toEqual({ last_value: '43', is_called: true });
  });

  test('tables that refer to one another come back, whatever their names are', async () => {
    const tables = `CREATE TABLE zz (id int PRIMARY KEY); CREATE TABLE mm (id int PRIMARY KEY REFERENCES zz);
      CREATE TABLE aa (id int PRIMARY KEY REFERENCES mm, above int REFERENCES aa, job_id uuid REFERENCES job);
      CREATE TABLE hen (id int PRIMARY KEY, egg int); CREATE TABLE egg (id int PRIMARY KEY, hen int)`;
    const circle = `ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg DEFERRABLE;
      ALTER TABLE egg ADD FOREIGN KEY (hen) REFERENCES hen DEFERRABLE`;
    const service = await startService();
    await service.rows(`${tables}; INSERT INTO zz VALUES (1), (2); INSERT INTO mm VALUES (1), (2); INSERT INTO job SELECT gen_random_uuid(), 'Kept';
      INSERT INTO aa SELECT 1, 2, job_id FROM job UNION ALL SELECT 2, NULL, NULL;
      INSERT INTO hen VALUES (1, 1); INSERT INTO egg VALUES (1, 1); ${circle}`);
    await spellNames(service);
    const whole = await backUp(service);
    const database = await fresh();
    await withClient(database.connection, (client) => client.query(`${tables}; ${circle}`));
    expect(await restoreFile(whole, database)).toMatchObject({ code: 0, stderr: '' });
    expect(await contents(database)).toEqual(await dumpOf(service.connection));

    await service.rows('ALTER TABLE egg DROP CONSTRAINT egg_hen_fkey; UPDATE egg SET hen = 7');
    const other = await fresh();
    await withClient(other.connection, (client) => client.query(`${tables}; ${circle}`));
    expect(await restoreFile(await backUp(service), other)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^The backup’s rows contradict each other: .*"egg" violates foreign key/),
    });
    await service.stop();
  });

  test('one that the database lacks is refused by its name, or left out where that is asked for', async () => {
    const database = await empty();
    expect(await restoreFile(saved, database)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^The backup contains the table "Added \\"by\\" ünïcode" \(columns "Key, a,b, .*"\), which this database doesn’t have\. .*--skip-unknown\.\n$/,
      ),
    });
    expect(await contents(database)).toEqual({ tables: {}, sequences: {} });
    const { code, stdout } = await restoreFile(saved, database, ['--skip-unknown']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('Left out: Added "by" ünïcode, Added "by" ünïcode_Key_seq, Odd sequence.\n'),
    ]);
    const { 'Added "by" ünïcode': _, ...others } = (await dumpOf(odd.connection)).tables;
    expect((await contents(database)).tables).toEqual(others);
  });
});

describe('migrations', () => {
  /** The program’s and a later one, which changes what is stored. */
  let later: string;
  const LATER = '20990101000000_grades';
  const SQL = `CREATE TYPE grade AS ENUM ('A', 'B'); ALTER TABLE job ADD COLUMN grade grade NOT NULL DEFAULT 'A';
    UPDATE job SET grade = 'B' WHERE title IS NOT NULL; CREATE TABLE note (id serial PRIMARY KEY, text text)`;

  beforeAll(async () => {
    later = file('migrations');
    await cp(MIGRATIONS, later, { recursive: true });
    await mkdir(path.join(later, LATER));
    await writeFile(path.join(later, LATER, 'migration.sql'), SQL);
  });

  test(
    'that came after a backup are applied to what it brings',
    async () => {
      const service = await startService();
      await service.rows('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      expect(await restoreHere(service.connection, backup, { migrations: later })).toMatchObject({
        migrated: [LATER],
        skipped: [],
        rebuilt: 0,
      });
      const [jobs] = await service.rows(
        `SELECT count(*) FILTER (WHERE grade = 'B')::int AS titled, count(*) FILTER (WHERE title IS NOT NULL)::int AS expected FROM job`,
      );
      expect(jobs?.titled).toBe(jobs?.expected);
      expect(jobs?.titled).toBeGreaterThan(0);
      const [version] = await service.rows(
        `SELECT version > ${JSON.parse(dump.tables.dataset?.[0] ?? '').version} AS moved FROM dataset`,
      );
      expect(version?.moved).toBe(true);
      const { tables } = await dumpOf(service.connection);
      expect(tables.appointment).toEqual(dump.tables.appointment);
      expect(tables._prisma_migrations).toHaveLength((dump.tables._prisma_migrations?.length ?? 0) + 1);
      // The same backup of the newer state, for the older program.
      const newer = await backUp(service);
      const database = await empty();
      expect(await restoreFile(newer, database)).toMatchObject({
        code: 1,
        stderr: `The backup has the migration "${LATER}", which this program doesn’t know: it comes from a newer version. Run that version or a later one.\n`,
      });
      expect(await contents(database)).toEqual({ tables: {}, sequences: {} });
      // The newer program brings it back.
      const again = await startService();
      await again.rows('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      await restoreHere(again.connection, newer, { migrations: later });
      expect(await dumpOf(again.connection)).toEqual(await dumpOf(service.connection));
      await again.stop();
      await service.stop();
    },
    LONG,
  );

  test('that tables have had and a backup has not leave no way but a database without tables, which is said', async () => {
    const service = await startService();
    await withClient(service.connection, (client) => migrate(client, later));
    await expect(restoreHere(service.connection, backup, { migrations: later })).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: expect.stringMatching(
        `^The backup is older than the database’s tables, to which the migration "${LATER}" has already been applied\\. Restore it into a database without tables: `,
      ),
    });
    await service.stop();
  });

  test(
    'are not applied with MIGRATE=off, which is said; where none are due that restores',
    async () => {
      const tableless = await empty();
      expect(await restoreFile(backup, tableless, [], { MIGRATE: 'off' })).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^This backup needs migrations to be applied \(\d+_initial, .*\), and MIGRATE=off\. /,
        ),
      });
      expect(await contents(tableless)).toEqual({ tables: {}, sequences: {} });
      const database = await fresh();
      expect(await restoreFile(backup, database, [], { MIGRATE: 'off' })).toMatchObject({ code: 0 });
      expect(await contents(database)).toEqual(dump);
      const service = await startService();
      await expect(restoreHere(service.connection, backup, { migrations: later, mayMigrate: false })).rejects.toThrow(
        `This backup needs migrations to be applied (${LATER}), and MIGRATE=off.`,
      );
      await service.stop();
    },
    LONG,
  );
});

test(
  'what is derived otherwise by another server is derived anew, and said',
  async () => {
    const service = await startService();
    await service.import(extract({ rows: 80, seed: 4 }));
    const right = await dumpOf(service.connection);
    // As a server with other rules of time zones would have left it.
    await service.rows(`UPDATE appointment SET starts_at = starts_at + interval '1 hour'; UPDATE interview SET starts_at = starts_at - interval '1 hour';
    DELETE FROM employee WHERE employee_id = (SELECT min(employee_id) FROM employee)`);
    const database = await empty();
    const { code, stdout } = await restoreFile(await backUp(service), database);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\nRebuilt, because they differed from the extract: \d+ derived rows\.\nWhoever was erased .*\nEverything is consistent\.\n$/,
    );
    const { dataset: was, ...expected } = right.tables;
    const { dataset: is, ...restored } = (await contents(database)).tables;
    expect(restored).toEqual(expected);
    expect(JSON.parse(is?.[0] ?? '').version).toBeGreaterThan(JSON.parse(was?.[0] ?? '').version);
    await service.stop();
  },
  LONG,
);

describe('a damaged file', () => {
  const check = (bytes: Uint8Array) => checkBackup({ name: 'x.backup', bytes: inOnePiece(bytes) });
  const refused = { code: 'INVALID_BACKUP', message: expect.stringMatching(/^x\.backup .*\.$/) };

  test('is refused whatever byte of it is another one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(backup.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(backup);
        changed.writeUInt8(changed.readUInt8(at) ^ change, at);
        await expect(check(changed)).rejects.toMatchObject(refused);
      }),
      {
        numRuns: 300,
        // Every byte of the first block's head, and what stands around.
        examples: Array.from({ length: 80 }, (_, at): [number, number] => [at, 1 << (at % 8)]),
      },
    );
  });

  test('is refused wherever it is cut, and where something is added, repeated or left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(backup.length - 1), async (length) => {
        await expect(check(backup.subarray(0, length))).rejects.toMatchObject(refused);
      }),
      { numRuns: 200, examples: [[0], ...blocksOf(backup).map(({ begin }): [number] => [begin])] },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (more) => {
        await expect(check(Buffer.concat([backup, more]))).rejects.toMatchObject(refused);
      }),
      { numRuns: 20 },
    );
    const blocks = blocksOf(backup).map(({ begin, end }) => backup.subarray(begin, end));
    for (let at = 0; at < blocks.length; at++) {
      const [before, one, after] = [blocks.slice(0, at), blocks.slice(at, at + 1), blocks.slice(at + 1)];
      await expect(check(Buffer.concat([...before, ...after]))).rejects.toMatchObject(refused);
      await expect(check(Buffer.concat([...before, ...one, ...one, ...after]))).rejects.toMatchObject(refused);
    }
    await expect(check(Buffer.concat([backup, backup]))).rejects.toMatchObject(refused);
    await check(backup);
  });

  test.each([
    ['nothing', () => Buffer.alloc(0), /^given\.backup is cut off: it ends after 0 bytes, /],
    [
      'an extract',
      () => Buffer.from('interviewId,room\na,b\n'),
      /^given\.backup is not a backup of this program: it begins with "interviewId,room"\.\n/,
    ],
    [
      'half of it',
      () => backup.subarray(0, backup.length / 2),
      /^given\.backup is cut off: it ends after \d+ bytes, and the rest of the backup is missing\.\n/,
    ],
    [
      'a changed byte',
      () => Buffer.concat([backup.subarray(0, 5_000), Buffer.from([~(backup[5_000] ?? 0)]), backup.subarray(5_001)]),
      /^given\.backup is damaged at byte \d+: the SHA-256 of the \d+ bytes from there doesn’t match\.\n/,
    ],
  ])('%s leaves a database without tables as it was', async (_name, bytes, message) => {
    const database = await empty();
    const { code, stdout, stderr } = await restoreFile(bytes(), database);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    const piped = await runCommand(['restore', '-'], { DATABASE_URL: database.url }, bytes());
    expect([piped.code, piped.stdout]).toEqual([1, '']);
    expect(piped.stderr).toMatch(new RegExp(message.source.replace('given\\.backup', 'standard input')));
    expect(await contents(database)).toEqual({ tables: {}, sequences: {} });
  });
});

describe('a file that was made by hand, with the right hashes,', () => {
  let header: { tables: { name: string; columns: string[] }[]; migrations: unknown[]; [key: string]: unknown };
  let database: TestDatabase;
  beforeAll(async () => {
    const read = await checkBackup({ name: 'x', bytes: inOnePiece(backup) });
    header = JSON.parse(
      JSON.stringify({ backup: 'interviews-data-service', format: 1, ...read.header, createdAt: new Date(0) }),
    );
    database = await emptyDatabase();
  });
  afterAll(() => database?.drop());

  const json = (value: unknown): string => `${JSON.stringify(value)}\n`;
  const begun = (changes: object, ...blocks: HandMadeBlock[]): Buffer =>
    handMadeBackup([{ kind: 'H', content: json({ ...header, ...changes }) }, ...blocks]);

  /** A file of all tables, of which these have rows. */
  function made(
    rows: Record<string, string>,
    { tables = header.tables, ...end }: { tables?: typeof header.tables; [key: string]: unknown } = {},
  ) {
    const count = (name: string) => (rows[name] ?? '').split('\n').length - 1;
    return begun(
      { tables },
      ...tables.flatMap(({ name }): HandMadeBlock[] => [
        { kind: 'T', content: json({ table: name }) },
        ...(rows[name] === undefined ? [] : [{ kind: 'R' as const, content: rows[name] }]),
      ]),
      {
        kind: 'E',
        content: json({
          rows: Object.fromEntries(tables.map(({ name }) => [name, count(name)])),
          sequences: [],
          ...end,
        }),
      },
    );
  }

  /** The rows that no file may lack: the record of the migrations, and that of the dataset. */
  function necessary(): { _prisma_migrations: string; dataset: string } {
    const text = (name: string): string =>
      (dump.tables[name] ?? [])
        .map((row) => {
          const values: Record<string, unknown> = JSON.parse(row);
          const { columns = [] } = header.tables.find((table) => table.name === name) ?? {};
          const cells = columns.map((column) => (values[column] === null ? '\\N' : String(values[column])));
          return `${cells.join('\t').replaceAll('\\x', '\\\\x')}\n`;
        })
        .join('');
    return { _prisma_migrations: text('_prisma_migrations'), dataset: text('dataset') };
  }

  test('is restored where it fits', async () => {
    const into = await empty();
    expect(await restoreFile(made(necessary()), into)).toMatchObject({ code: 0, stderr: '' });
    expect((await contents(into)).tables).toMatchObject({ job: [], dataset: dump.tables.dataset });
  });

  test.each<[string, () => Buffer, RegExp]>([
    [
      'that would unpack to more than a block may hold',
      () => handMadeBackup([{ kind: 'H', content: Buffer.alloc(100 << 20) }]),
      /^hand is damaged at byte 0: the block there can’t be decompressed into at most 1048576 bytes/,
    ],
    [
      'whose header is no JSON',
      () => handMadeBackup([{ kind: 'H', content: 'x' }]),
      /^hand is damaged at byte 0: its first block doesn’t name this program/,
    ],
    [
      'whose header is nested deeply',
      () => handMadeBackup([{ kind: 'H', content: '['.repeat(1_000_000) }]),
      /^hand is damaged at byte 0/,
    ],
    [
      'that begins with its end',
      () => handMadeBackup([{ kind: 'E', content: '{}' }]),
      /^hand is damaged at byte 0: the first block is not the header/,
    ],
    [
      'of a newer format',
      () => begun({ format: 2 }),
      /^hand has the format 2 of a newer version of this program, but this version reads only 1/,
    ],
    [
      'whose header lacks the tables',
      () => begun({ tables: undefined }),
      /^hand is damaged at byte 0: its header is not what this program writes/,
    ],
    [
      'that names a table twice',
      () => made({}, { tables: [...header.tables, ...header.tables] }),
      /^hand is damaged at byte 0: its header names a table twice/,
    ],
    [
      'that goes on with another table than is due',
      () => begun({}, { kind: 'T', content: json({ table: 'job' }) }),
      /^hand is damaged at byte \d+: the rows of the table "_prisma_migrations" are expected there/,
    ],
    [
      'that ends before its tables',
      () => begun({}, { kind: 'E', content: '{}' }),
      /^hand is damaged at byte \d+: a block of the kind "table" is expected there/,
    ],
    [
      'with a block of an unknown kind',
      () => begun({}, { kind: 'X', content: '{}' }),
      /^hand is damaged at byte \d+: the block there is of an unknown kind/,
    ],
    [
      'whose end counts nothing',
      () => made(necessary(), { rows: {} }),
      /^hand is damaged at byte \d+: the counts of the rows there don’t fit the tables/,
    ],
    [
      'that counts other rows than it has',
      () =>
        made(necessary(), {
          rows: Object.fromEntries(header.tables.map(({ name }) => [name, header.migrations.length])),
        }),
      /^The backup has 0 rows of the table "access_token", but its end says \d+\./,
    ],
    [
      'with a table of which nobody knows',
      () => made(necessary(), { tables: [...header.tables, { name: 'x"; DROP TABLE job; --', columns: ['a'] }] }),
      /^The backup contains the table "x\\"; DROP TABLE job; --" \(columns "a"\), which/,
    ],
    [
      'with a table of the server’s own',
      () => made(necessary(), { tables: [...header.tables, { name: 'pg_authid', columns: ['rolname'] }] }),
      /^The backup contains the table "pg_authid" \(columns/,
    ],
    [
      'with a column of which nobody knows',
      () =>
        made(
          {},
          {
            tables: header.tables.map((table) =>
              table.name === 'job' ? { ...table, columns: ['job_id', 'x"'] } : table,
            ),
          },
        ),
      /^The backup contains the table "job" \(columns "job_id, x\\""\)/,
    ],
    [
      'without one of the tables',
      () => made(necessary(), { tables: header.tables.filter(({ name }) => name !== 'access_token') }),
      /^The database has a table "access_token" that the backup lacks\./,
    ],
    [
      'with rows that don’t fit',
      () => made({ job: 'no-uuid\t\\N\t\\N\n' }),
      /^The backup’s rows don’t fit the table "job": invalid input syntax for type uuid/,
    ],
    [
      'with a row cut short',
      () => made({ job: '00000000-0000-4000-8000-000000000001' }),
      /^The backup’s rows don’t fit the table "job": missing data for column "title"/,
    ],
    [
      'with a row twice',
      () => made({ job: '00000000-0000-4000-8000-000000000001\t\\N\t\\N\tf\n'.repeat(2) }),
      /^The backup’s rows don’t fit the table "job": duplicate key value violates unique constraint/,
    ],
    [
      'without the row of the dataset',
      () => made({ ...necessary(), dataset: '' }),
      /^The backup lacks the row of the table "dataset"\./,
    ],
    [
      'whose header names other migrations than its table',
      () => made({ ...necessary(), _prisma_migrations: '' }),
      /^The migrations in the backup’s header differ from those in its table of migrations\./,
    ],
    [
      'with a sequence of which nobody knows',
      () => made(necessary(), { sequences: [{ name: 'x"y', lastValue: '1', isCalled: true }] }),
      /^The backup contains the sequence "x\\"y", which/,
    ],
    [
      'with a sequence out of its range',
      () => made(necessary(), { sequences: [{ name: 'access_token_id_seq', lastValue: '-5', isCalled: true }] }),
      /^The backup’s state of the sequence "access_token_id_seq" doesn’t fit: /,
    ],
  ])('%s is refused, and leaves a database without tables as it was', async (_name, bytes, message) => {
    await expect(restoreHere(database.connection, bytes())).rejects.toMatchObject({
      code: expect.stringMatching(/^INVALID_BACKUP$/),
      message: expect.stringMatching(message),
    });
    expect(await contents(database)).toEqual({ tables: {}, sequences: {} });
  });
});

/** Waits until something in the service’s database waits for a lock. */
async function waitsForLock(service: Service): Promise<void> {
  for (;;) {
    const [waiting] = await service.rows(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (Number(waiting?.count) > 0) return;
  }
}
