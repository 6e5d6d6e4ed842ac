import { circumstances, spread, table } from './report.mjs';

const times = (figure) => (figure === undefined ? ['', ''] : spread(figure));

const count = (pages) => (pages === undefined ? '' : pages.toLocaleString('en'));

/** What was measured of metrics, as Markdown. Milliseconds: median, and least to greatest. */
export const describeMetrics = ({ rows, postgres, node, measured }) =>
  `${circumstances({ rows, postgres, node })}
Each answer of the service is for a clock of its own, so that none is kept; “kept” is the same question once more, of an unchanged dataset.
By hand is SQL for five of the measures, with distinct counts, where rows of a slot or an interview are taken to agree. In milliseconds:
median, and least to greatest. Pages are the 8 kB that Postgres read for one answer, nearly all of them from its cache.

${table(
  ['', 'metrics', '', 'pages', 'kept', '', 'SQL by hand', '', 'pages', 'PostGraphile with aggregates', '', 'pages'],
  measured.map(({ label, ours, kept, sql, postgraphile, pages }) => [
    label,
    ...times(ours),
    count(pages.ours),
    ...spread(kept, 1),
    ...times(sql),
    count(pages.sql),
    ...times(postgraphile),
    count(pages.postgraphile),
  ]),
)}`;
