import { circumstances, mebibytes, spread, table, whole } from './report.mjs';

/** What was measured of the import, as Markdown. */
export const describeImport = ({ rows, postgres, rates, peaks }) => `${circumstances({ rows, postgres })}
Rows a second by the import’s own report.

${table(
  ['', 'rows/s', 'least – greatest', 'this ÷ csv-parse'],
  [
    ['into an empty database', rates.empty],
    ['the same file again', rates.unchanged],
    ['with one row in a hundred changed', rates.changed],
    ['csv-parse reading the file, and nothing else', rates.parse],
  ].map(([label, figure]) => [label, ...spread(figure), (figure.median / rates.parse.median).toFixed(2)]),
)}
${table(
  ['rows', 'peak memory of the process'],
  peaks.map(({ rows: size, peak }) => [whole(size), mebibytes(peak)]),
)}`;
