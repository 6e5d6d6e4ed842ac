/** Measures the extract: export, memory and import, on an embedded Postgres in a temporary folder, and writes README.md. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { writeChanged, writeTenth } from './changed-file.mjs';
import { BARE_COPY, connect, copy, psqlSeconds, ROUTE_COPY } from './copy.mjs';
import { download, millisecondsToFirstRow, page, routeOnce, routeSeconds, slowReaders } from './download.mjs';
import { figureOf, inTurn, ROUNDS } from './figures.mjs';
import { peaksWhile } from './memory.mjs';
import { parseRate } from './parse.mjs';
import { DIST, runCommand, startPrismaRoute, startService } from './program.mjs';
import { describe } from './report.mjs';

const { attachEmbedded } = await import(new URL('db/embedded.js', DIST));
const { createLog } = await import(new URL('log.js', DIST));

const SEED = '7';
/** An ORM is slow enough to be measured with fewer rows. */
const MOST_PRISMA_ROWS = 100_000;
const READERS = 10;
const READING_SECONDS = 15;
const IDLE_SECONDS = 3;
/** Imports that each touch a tenth of the interviews, before the export is measured again. */
const TOUCHING_IMPORTS = 20;
/** A page of rows that a filter lets through. */
const PAGE = 'format=csv&interviewType=VIDEO&limit=100';

const TABLES = 'appointment, interview, time_slot, employee, application, candidate, job';

const report = (line) => process.stderr.write(`${line}\n`);

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

  /** What autovacuum would do in a while: all that is measured then meets the same state. */
  async settle() {
    await this.sql('VACUUM (ANALYZE)');
    await this.sql('CHECKPOINT');
  }
}

/** Runs the benchmark of `rows` rows. */
export async function benchExtract({ rows }) {
  const temporary = () => mkdtemp(path.join(tmpdir(), 'interviews-bench-'));
  const [folder, dataDir] = [await temporary(), await temporary()];
  const embedded = await attachEmbedded({ dataDir, log: createLog('error') });
  try {
    const bench = new Bench(folder, dataDir, { ...embedded.connection, ssl: false, options: '-c timezone=UTC' });
    await runCommand(bench.dataDir, ['migrate']);
    const [{ version }] = await bench.sql("SELECT current_setting('server_version') AS version");
    const sizes = [];
    for (const size of [rows / 100, rows / 10].map(Math.floor)) sizes.push(await measureSize(bench, size));
    report(`generating ${rows} rows`);
    const file = await bench.generate(rows);
    const imports = await measureImports(bench, file);
    await bench.importIntoEmpty(file);
    await bench.settle();
    const memory = await measureMemory(bench);
    const exports = await measureExports(bench, rows);
    sizes.push({ rows, peak: imports.peak, ...(await measureReading(bench, `${rows} rows`)) });
    const touched = await measureTouched(bench, file);
    const text = describe({ rows, postgres: version, sizes, imports, memory, exports, touched, readers: READERS });
    await writeFile(new URL('README.md', import.meta.url), text);
    process.stdout.write(text);
  } finally {
    await embedded.release();
    for (const name of [folder, dataDir]) await rm(name, { recursive: true, force: true });
  }
}

/** Memory of an import and the times of an export and of pages at a smaller size. */
async function measureSize(bench, rows) {
  report(`${rows} rows: importing`);
  const { peak } = await bench.importIntoEmpty(await bench.generate(rows));
  await bench.settle();
  return { rows, peak, ...(await measureReading(bench, `${rows} rows`)) };
}

/** Seconds of a whole download, and milliseconds of the first and the second page of a filter. */
async function measureReading(bench, title) {
  const service = await startService(bench.dataDir);
  try {
    const { next } = await page(service.url, PAGE);
    return await inTurn(
      {
        download: () => routeSeconds(service.url, 'format=csv'),
        firstPage: async () => (await page(service.url, PAGE)).milliseconds,
        secondPage: async () => (await page(service.url, next ?? PAGE)).milliseconds,
      },
      (what) => report(`${title}: ${what}`),
    );
  } finally {
    await service.stop();
  }
}

/** Seconds of the route and of COPY after many imports, without what autovacuum would do later. */
async function measureTouched(bench, file) {
  for (let round = 0; round < TOUCHING_IMPORTS; round++) {
    report(`touching a tenth, ${round + 1} of ${TOUCHING_IMPORTS}`);
    const tenth = bench.file('tenth.csv');
    await writeTenth(file, tenth, round);
    await bench.import(tenth);
  }
  const service = await startService(bench.dataDir);
  const client = await connect(bench.connection);
  try {
    return await inTurn(
      {
        csv: () => routeSeconds(service.url, 'format=csv'),
        copy: async () => (await copy(client, ROUTE_COPY)).seconds,
        ...((await hasPsql(bench)) && { psql: () => psqlSeconds(bench.connection, ROUTE_COPY) }),
      },
      (what) => report(`after ${TOUCHING_IMPORTS} imports, ${what}`),
    );
  } finally {
    await Promise.all([service.stop(), client.end()]);
  }
}

const hasPsql = async ({ connection }) => (await psqlSeconds(connection, 'SELECT 1')) !== null;

async function measureImports(bench, file) {
  const changedFile = bench.file('changed.csv');
  await writeChanged(file, changedFile);
  const rates = { empty: [], unchanged: [], changed: [], parse: [] };
  let peak = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [name, run] of [
      ['empty', () => bench.importIntoEmpty(file)],
      ['unchanged', () => bench.import(file)],
      ['changed', () => bench.import(changedFile)],
      ['parse', async () => ({ rate: await parseRate(file), peak: 0 })],
    ]) {
      report(`import, round ${round} of ${ROUNDS}: ${name}`);
      const result = await run();
      rates[name].push(result.rate);
      peak = Math.max(peak, result.peak);
    }
  }
  return { ...Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, figureOf(all)])), peak };
}

async function measureMemory(bench) {
  const service = await startService(bench.dataDir);
  try {
    const [{ file }] = await bench.sql("SELECT pg_read_file('postmaster.pid') AS file");
    const processes = { service: service.pid, postmaster: Number.parseInt(file, 10) };
    const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    report('memory: idle');
    const idle = await peaksWhile(processes, () => sleep(IDLE_SECONDS));
    report('memory: streaming');
    const streaming = await peaksWhile(processes, () => routeSeconds(service.url, 'format=csv'));
    report(`memory: ${READERS} slow readers`);
    let answered = 0;
    const slow = await peaksWhile(processes, async () => {
      answered = await slowReaders(service.url, READERS, READING_SECONDS);
    });
    return { idle, streaming, slow, answered };
  } finally {
    await service.stop();
  }
}

async function measureExports(bench, rows) {
  const service = await startService(bench.dataDir);
  const prisma = await startPrismaRoute(bench.connection);
  const client = await connect(bench.connection);
  try {
    report('comparing the bytes of the route with those of COPY');
    const [route, reference] = [await routeOnce(service.url), await copy(client, ROUTE_COPY, { hashed: true })];
    if (route.sha256 !== reference.sha256) throw new Error('the route and COPY gave different bytes');
    const [{ job }] = await bench.sql(
      'SELECT job_id AS job FROM appointment WHERE job_id IS NOT NULL GROUP BY job_id ORDER BY count(*) DESC, job_id LIMIT 1',
    );
    const prismaRows = Math.min(rows, MOST_PRISMA_ROWS);
    const seconds = await inTurn(
      {
        csv: () => routeSeconds(service.url, 'format=csv'),
        copy: async () => (await copy(client, ROUTE_COPY)).seconds,
        ...((await hasPsql(bench)) && { psql: () => psqlSeconds(bench.connection, ROUTE_COPY) }),
        bare: async () => (await copy(client, BARE_COPY)).seconds,
        json: () => routeSeconds(service.url, 'format=json'),
        ndjson: () => routeSeconds(service.url, 'format=ndjson'),
        gzip: () => routeSeconds(service.url, 'format=csv', { 'accept-encoding': 'gzip' }),
        br: () => routeSeconds(service.url, 'format=csv', { 'accept-encoding': 'br' }),
        prisma: async () => (await download(`${prisma.url}/interviews?rows=${prismaRows}`)).seconds,
      },
      (what) => report(`export, ${what}`),
    );
    const firstRow = await inTurn(
      {
        all: () => millisecondsToFirstRow(service.url, ''),
        video: () => millisecondsToFirstRow(service.url, 'interviewType=VIDEO'),
        job: () => millisecondsToFirstRow(service.url, `jobId=${job}`),
      },
      (what) => report(`first row, ${what}`),
    );
    return { seconds, firstRow, prismaRows, bytes: route.bytes };
  } finally {
    await Promise.all([service.stop(), prisma.stop(), client.end()]);
  }
}
