/** Measures the extract: export, reading and memory. */
import { writeTenth } from './changed-file.mjs';
import { BARE_COPY, connect, copy, psqlSeconds, ROUTE_COPY } from './copy.mjs';
import { cpuInTurn } from './cpu-in-turn.mjs';
import { withBench } from './database.mjs';
import { download, millisecondsToFirstRow, page, routeOnce, routeSeconds, slowReaders } from './download.mjs';
import { describeExtract } from './extract-report.mjs';
import { inTurn, report } from './figures.mjs';
import { peaksWhile } from './memory.mjs';
import { startPrismaRoute, startService } from './program.mjs';
import { writeSection } from './report.mjs';

/** An ORM is slow enough to be measured with fewer rows. */
const MOST_PRISMA_ROWS = 100_000;
const MOST_SHEET_ROWS = 1_048_575;
const READERS = 10;
const READING_SECONDS = 15;
const IDLE_SECONDS = 3;
/** Imports that each touch a tenth of the interviews, before the export is measured again. */
const TOUCHING_IMPORTS = 20;
/** A page of rows that a filter lets through. */
const PAGE = 'format=csv&interviewType=VIDEO&limit=100';

/** Runs the benchmark of the extract with so many rows, a tenth and a hundredth of them. */
export const benchExtract = ({ rows }) =>
  withBench(async (bench) => {
    const sizes = [];
    for (const size of [rows / 100, rows / 10].map(Math.floor)) {
      await bench.load(size);
      sizes.push({ rows: size, ...(await measureReading(bench, `${size} rows`)) });
    }
    const file = await bench.load(rows);
    const memory = await measureMemory(bench);
    const exports = await measureExports(bench, rows);
    sizes.push({ rows, ...(await measureReading(bench, `${rows} rows`)) });
    const touched = await measureTouched(bench, file);
    const postgres = await bench.version();
    await writeSection(
      'extract',
      describeExtract({ rows, postgres, sizes, memory, exports, touched, readers: READERS }),
    );
  });

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

async function measureMemory(bench) {
  const service = await startService(bench.dataDir);
  try {
    const processes = { service: service.pid, postmaster: await bench.postmaster() };
    const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    report('memory: idle');
    const idle = await peaksWhile(processes, () => sleep(IDLE_SECONDS));
    report('memory: streaming');
    const streaming = await peaksWhile(processes, () => routeSeconds(service.url, 'format=csv'));
    report('memory: streaming a workbook');
    const workbook = await peaksWhile(processes, () => routeSeconds(service.url, 'format=xlsx'));
    report(`memory: ${READERS} slow readers`);
    let answered = 0;
    const slow = await peaksWhile(processes, async () => {
      answered = await slowReaders(service.url, READERS, READING_SECONDS);
    });
    return { idle, streaming, workbook, slow, answered };
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
    const gzip = { 'accept-encoding': 'gzip' };
    const prismaRows = Math.min(rows, MOST_PRISMA_ROWS);
    const seconds = await inTurn(
      {
        csv: () => routeSeconds(service.url, 'format=csv'),
        copy: async () => (await copy(client, ROUTE_COPY)).seconds,
        ...((await hasPsql(bench)) && { psql: () => psqlSeconds(bench.connection, ROUTE_COPY) }),
        bare: async () => (await copy(client, BARE_COPY)).seconds,
        json: () => routeSeconds(service.url, 'format=json'),
        ndjson: () => routeSeconds(service.url, 'format=ndjson'),
        // A sheet has no room for more.
        ...(rows <= MOST_SHEET_ROWS && { xlsx: () => routeSeconds(service.url, 'format=xlsx') }),
        gzip: () => routeSeconds(service.url, 'format=csv', gzip),
        br: () => routeSeconds(service.url, 'format=csv', { 'accept-encoding': 'br' }),
        prisma: async () => (await download(`${prisma.url}/interviews?rows=${prismaRows}`)).seconds,
      },
      (what) => report(`export, ${what}`),
    );
    const cpu = await cpuInTurn(
      { service: service.pid, postmaster: await bench.postmaster() },
      rows,
      {
        csv: () => routeSeconds(service.url, 'format=csv'),
        ...((await hasPsql(bench)) && { psql: () => psqlSeconds(bench.connection, ROUTE_COPY) }),
        json: () => routeSeconds(service.url, 'format=json'),
        gzip: () => routeSeconds(service.url, 'format=csv', gzip),
      },
      (what) => report(`processor time, ${what}`),
    );
    const firstRow = await inTurn(
      {
        all: () => millisecondsToFirstRow(service.url, ''),
        video: () => millisecondsToFirstRow(service.url, 'interviewType=VIDEO'),
        job: () => millisecondsToFirstRow(service.url, `jobId=${job}`),
      },
      (what) => report(`first row, ${what}`),
    );
    return { seconds, cpu, firstRow, prismaRows, bytes: route.bytes };
  } finally {
    await Promise.all([service.stop(), prisma.stop(), client.end()]);
  }
}
