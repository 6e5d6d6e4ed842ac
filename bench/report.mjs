/** What was measured, as Markdown. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { ROUNDS } from './figures.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const whole = (number) => Math.round(number).toLocaleString('en');
const mebibytes = (bytes) => (bytes === null ? 'not measured' : `${whole(bytes / 1024 / 1024)} MiB`);

/** A figure of times as one of rates: the least time is the greatest rate. */
const ratesOf = ({ median, min, max }, rows) => ({ median: rows / median, min: rows / max, max: rows / min });

const spread = ({ median, min, max }, digits = 0) => {
  const shown = (number) =>
    number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return [shown(median), `${shown(min)} – ${shown(max)}`];
};

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

function commit() {
  try {
    const git = (...args) => execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' }).trim();
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src', 'prisma') === '' ? '' : ', changed')
    );
  } catch {
    return 'unknown';
  }
}

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

/** The text of README.md. */
export function describe({ rows, postgres, sizes, imports, memory, exports, touched, readers }) {
  const rates = Object.fromEntries(
    Object.entries(exports.seconds).map(([name, figure]) => [
      name,
      ratesOf(figure, name === 'prisma' ? exports.prismaRows : rows),
    ]),
  );
  const exported = (label, name) =>
    rates[name] ? [[label, ...spread(rates[name]), (rates.csv.median / rates[name].median).toFixed(2)]] : [];
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown';
  return `# Benchmarks

Written by \`npm run bench -- extract --rows ${rows}\`; a run replaces this file. Medians of ${ROUNDS} runs, with the least and the greatest. What is
compared is measured in turn, round after round, after one round that doesn't count.

- ${new Date().toISOString().slice(0, 10)}, commit ${commit()}
- ${cpu}, ${os.cpus().length} processors, ${mebibytes(os.totalmem())} of memory, ${os.type()} ${os.arch()}
- Node ${process.versions.node}, Postgres ${postgres} (embedded), Prisma ${versionOf('@prisma/client')}, pg ${versionOf('pg')}
- ${whole(rows)} generated rows (seed 7), ${mebibytes(exports.bytes)} as CSV. Service, Postgres and reader share the machine.

## Export

Rows a second. The last column is the route's CSV divided by that row: above 1, the route is faster.

${table(
  ['', 'rows/s', 'least – greatest', 'CSV of the route ÷ this'],
  [
    ...exported('**The route, CSV**', 'csv'),
    ...exported('COPY of the same SELECT in the same order, read over the socket', 'copy'),
    ...exported('the same by `psql`, to /dev/null, with its start', 'psql'),
    ...exported('COPY of the bare columns in no order', 'bare'),
    ...exported('The route, JSON', 'json'),
    ...exported('The route, NDJSON', 'ndjson'),
    ...exported('The route, CSV in gzip', 'gzip'),
    ...exported('The route, CSV in Brotli', 'br'),
    ...exported(`Prisma \`findMany\` in pages + csv-stringify, at ${whole(exports.prismaRows)} rows`, 'prisma'),
  ],
)}
The bytes of the route and of COPY were compared: they are the same. The Prisma route (\`prisma-route.mjs\`) was measured at ${whole(exports.prismaRows)} rows only;
its rate is taken to be the same at ${whole(rows)}. It reads in the order of the primary key, which costs less than the extract's.

After 20 imports that each changed every row of a tenth of the interviews, and no vacuum but the server's own, the route's CSV had
${whole(rows / touched.csv.median)} rows/s (${spread(ratesOf(touched.csv, rows))[1]}), which is ${(touched.copy.median / touched.csv.median).toFixed(2)} of COPY over the socket${touched.psql ? ` and ${(touched.psql.median / touched.csv.median).toFixed(2)} of \`psql\`` : ''}.

Time until the first row is there:

${table(
  ['', 'ms', 'least – greatest'],
  [
    ['all rows', ...spread(exports.firstRow.all, 1)],
    ['`interviewType=VIDEO`', ...spread(exports.firstRow.video, 1)],
    ['`jobId=…`, the job with the most rows', ...spread(exports.firstRow.job, 1)],
  ],
)}
## Memory of the service

Peaks. Of the Node process its resident memory; of the tree (Node, Postgres and its processes) the proportional set size, in which what they share
counts once.

${table(
  ['', 'Node process', 'whole tree'],
  [
    ['idle', mebibytes(memory.idle.node), mebibytes(memory.idle.tree)],
    ['one CSV at full speed', mebibytes(memory.streaming.node), mebibytes(memory.streaming.tree)],
    [
      `${readers} slow readers (${memory.answered} of them were given rows)`,
      mebibytes(memory.slow.node),
      mebibytes(memory.slow.tree),
    ],
  ],
)}
## Import

\`npm run import\` of ${whole(rows)} rows, in rows a second by its own report.

${table(
  ['', 'rows/s', 'least – greatest', 'this ÷ csv-parse'],
  [
    ['into an empty database', imports.empty],
    ['the same file again', imports.unchanged],
    ['with one row in a hundred changed', imports.changed],
    ['csv-parse reading the file, and nothing else', imports.parse],
  ].map(([label, figure]) => [label, ...spread(figure), (figure.median / imports.parse.median).toFixed(2)]),
)}
## By size

A page is 100 rows of \`interviewType=VIDEO\`.

${table(
  [
    'rows',
    'peak memory of the import’s process',
    'µs for a row of the CSV',
    'least – greatest',
    'first page, ms',
    'least – greatest',
    'second page, ms',
    'least – greatest',
  ],
  sizes.map(({ rows: size, peak, download: { median, min, max }, firstPage, secondPage }) => [
    whole(size),
    mebibytes(peak),
    ...spread({ median: (median / size) * 1e6, min: (min / size) * 1e6, max: (max / size) * 1e6 }, 2),
    ...spread(firstPage, 1),
    ...spread(secondPage, 1),
  ]),
)}`;
}
