/** The database that is measured on: an embedded Postgres in a temporary folder. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { report } from './figures.mjs';
import { DIST, runCommand } from './program.mjs';

const { attachEmbedded } = await import(new URL('embedded-postgres/embedded.js', DIST));
const { createLog } = await import(new URL('log.js', DIST));

const SEED = '7';

const TABLES = 'appointment, interview, time_slot, employee, application, candidate, job';

/** What the measurements share. */
class Bench {
  constructor(folder, dataDir, connection) {
    this.folder = folder;
    this.dataDir = dataDir;
    this.connection = connection;
  }

  file(name) {
    return path.join(this.folder, name);
  }

  async sql(statement) {
    const client = new pg.Client(this.connection);
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  }

  async generate(rows) {
    const file = this.file(`${rows}.csv`);
    await runCommand(this.dataDir, ['generate', '--rows', String(rows), '--seed', SEED, '--output', file]);
    return file;
  }

  /** Imports a file; gives rows a second by the import's own report, and the peak of the process in bytes. */
  async import(file) {
    const { stdout, peak } = await runCommand(this.dataDir, ['import', file, '--json']);
    const { read, seconds } = JSON.parse(stdout);
    return { rate: read / seconds, peak };
  }

  async importIntoEmpty(file) {
    await this.sql(`TRUNCATE ${TABLES}`);
    return await this.import(file);
  }

  /** Makes the database one of so many generated rows, as it is some time after the import; gives their file. */
  async load(rows) {
    report(`${rows} rows: importing`);
    const file = await this.generate(rows);
    await this.importIntoEmpty(file);
    await this.settle();
    return file;
  }

  /** The process id of the database server. */
  async postmaster() {
    const [{ file }] = await this.sql("SELECT pg_read_file('postmaster.pid') AS file");
    return Number.parseInt(file, 10);
  }

  /** Creates a token of the database with these scopes. */
  async token(name, scopes) {
    const created = await runCommand(this.dataDir, ['token', 'create', '--name', name, '--scope', scopes]);
    return created.stdout.trim();
  }

  /** The version of Postgres. */
  async version() {
    const [{ version }] = await this.sql("SELECT current_setting('server_version') AS version");
    return version;
  }

  /** What autovacuum would do in a while: all that is measured then meets the same state. */
  async settle() {
    await this.sql('VACUUM (ANALYZE)');
    await this.sql('CHECKPOINT');
  }
}

const temporary = () => mkdtemp(path.join(tmpdir(), 'interviews-bench-'));

/** Does work with such a database, and removes it. */
export async function withBench(work) {
  const dataDir = await temporary();
  try {
    return await withDatabase(dataDir, async (bench) => {
      await runCommand(dataDir, ['migrate']);
      return await work(bench);
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Does work with such a database of so many generated rows, which is kept for the next time. */
export async function withKeptBench(rows, work) {
  const kept = path.join(tmpdir(), `interviews-bench-kept-${rows}-${hashOfData()}`);
  if (!existsSync(kept)) {
    const dataDir = await temporary();
    try {
      await withDatabase(dataDir, async (bench) => {
        await runCommand(dataDir, ['migrate']);
        await bench.load(rows);
      });
      await rename(dataDir, kept).catch((error) => {
        // Another run was first.
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  return await withDatabase(kept, work);
}

async function withDatabase(dataDir, work) {
  const folder = await temporary();
  const embedded = await attachEmbedded({ dataDir, log: createLog('error') });
  try {
    return await work(new Bench(folder, dataDir, { ...embedded.connection, ssl: false, options: '-c timezone=UTC' }));
  } finally {
    await embedded.release();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A hash of what decides on the content of a database: the migrations, what rows are generated, and what is derived from them. */
function hashOfData() {
  const hash = createHash('sha256');
  for (const name of ['prisma/migrations', 'src/generate', 'src/db/derived']) {
    const folder = new URL(`../${name}/`, import.meta.url);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort())
      hash.update(file.slice(file.lastIndexOf(name))).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}
