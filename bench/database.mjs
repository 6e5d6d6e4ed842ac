/** The database that is measured on: an embedded Postgres in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
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

/** Does work with such a database, and removes it. */
export async function withBench(work) {
  const temporary = () => mkdtemp(path.join(tmpdir(), 'interviews-bench-'));
  const [folder, dataDir] = [await temporary(), await temporary()];
  const embedded = await attachEmbedded({ dataDir, log: createLog('error') });
  try {
    const bench = new Bench(folder, dataDir, { ...embedded.connection, ssl: false, options: '-c timezone=UTC' });
    await runCommand(dataDir, ['migrate']);
    return await work(bench);
  } finally {
    await embedded.release();
    for (const name of [folder, dataDir]) await rm(name, { recursive: true, force: true });
  }
}
