import { circumstances, mebibytes, ratesOf, spread, table, whole } from './report.mjs';

/** What was measured of the extract, as Markdown. */
export function describeExtract({ rows, postgres, sizes, memory, exports, touched, readers }) {
  const rates = Object.fromEntries(
    Object.entries(exports.seconds).map(([name, figure]) => [
      name,
      ratesOf(figure, name === 'prisma' ? exports.prismaRows : rows),
    ]),
  );
  const exported = (label, name) =>
    rates[name] ? [[label, ...spread(rates[name]), (rates.csv.median / rates[name].median).toFixed(2)]] : [];
  return `${circumstances({ rows, postgres, more: [`The extract has ${mebibytes(exports.bytes)} as CSV.`] })}
### Export

Rows a second. The last column is the route's CSV divided by that row: above 1, the route is faster.

${table(
  ['', 'rows/s', 'least – greatest', 'CSV of the route ÷ this'],
  [
    ...exported('**The route, CSV**', 'csv'),
    ...exported('COPY that writes the same bytes, in the same order, read over the socket', 'copy'),
    ...exported('the same by `psql`, to /dev/null, with its start', 'psql'),
    ...exported('COPY of the bare columns in no order', 'bare'),
    ...exported('The route, JSON', 'json'),
    ...exported('The route, NDJSON', 'ndjson'),
    ...exported('The route, XLSX', 'xlsx'),
    ...exported('The route, CSV in gzip', 'gzip'),
    ...exported('The route, CSV in Brotli', 'br'),
    ...exported(`Prisma \`findMany\` in pages + csv-stringify, at ${whole(exports.prismaRows)} rows`, 'prisma'),
  ],
)}
The bytes of the route and of COPY were compared: they are the same. The Prisma route (\`prisma-route.mjs\`) was measured at ${whole(exports.prismaRows)} rows only;
its rate is taken to be the same at ${whole(rows)}. It reads in the order of the primary key, which costs less than the extract's.

After 20 imports that each changed every row of a tenth of the interviews, and no vacuum but the server's own, the route's CSV had
${whole(rows / touched.csv.median)} rows/s (${spread(ratesOf(touched.csv, rows))[1]}), which is ${(touched.copy.median / touched.csv.median).toFixed(2)} of COPY over the socket${touched.psql ? ` and ${(touched.psql.median / touched.csv.median).toFixed(2)} of \`psql\`` : ''}.

${exports.cpu ? describeCpu(exports.cpu) : ''}Time until the first row is there:

${table(
  ['', 'ms', 'least – greatest'],
  [
    ['all rows', ...spread(exports.firstRow.all, 1)],
    ['`interviewType=VIDEO`', ...spread(exports.firstRow.video, 1)],
    ['`jobId=…`, the job with the most rows', ...spread(exports.firstRow.job, 1)],
  ],
)}
### Memory of the service

Peaks. Of the Node process its resident memory; of the tree (Node, Postgres and its processes) the proportional set size, in which what they share
counts once.

${table(
  ['', 'Node process', 'whole tree'],
  [
    ['idle', mebibytes(memory.idle.node), mebibytes(memory.idle.tree)],
    ['one CSV at full speed', mebibytes(memory.streaming.node), mebibytes(memory.streaming.tree)],
    ['one XLSX at full speed', mebibytes(memory.workbook.node), mebibytes(memory.workbook.tree)],
    [
      `${readers} slow readers (${memory.answered} of them were given rows)`,
      mebibytes(memory.slow.node),
      mebibytes(memory.slow.tree),
    ],
  ],
)}
### By size

A page is 100 rows of \`interviewType=VIDEO\`.

${table(
  [
    'rows',
    'µs for a row of the CSV',
    'least – greatest',
    'first page, ms',
    'least – greatest',
    'second page, ms',
    'least – greatest',
  ],
  sizes.map(({ rows: size, download: { median, min, max }, firstPage, secondPage }) => [
    whole(size),
    ...spread({ median: (median / size) * 1e6, min: (min / size) * 1e6, max: (max / size) * 1e6 }, 2),
    ...spread(firstPage, 1),
    ...spread(secondPage, 1),
  ]),
)}`;
}

/** The processor time of an export, as Markdown. */
function describeCpu(cpu) {
  const row = (label, name) =>
    cpu[name]
      ? [
          [
            label,
            ...spread(cpu[name].client, 1),
            ...spread(cpu[name].postgres, 1),
            cpu.psql ? (cpu[name].sum.median / cpu.psql.sum.median).toFixed(2) : '',
          ],
        ]
      : [];
  return `Processor time of a row, in µs, by the system's own accounts. The last column is both together, divided by those of COPY.

${table(
  ['', 'Node or `psql`', 'least – greatest', 'Postgres', 'least – greatest', '÷ COPY'],
  [
    ...row('**The route, CSV**', 'csv'),
    ...row('COPY that writes the same bytes, by `psql`, to /dev/null, with its start', 'psql'),
    ...row('The route, JSON', 'json'),
    ...row('The route, CSV in gzip', 'gzip'),
  ],
)}
`;
}
