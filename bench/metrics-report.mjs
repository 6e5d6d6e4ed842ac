import { circumstances, spread, table } from './report.mjs';

const times = (figure) => (figure === undefined ? ['', ''] : spread(figure));

/** What was measured of metrics, as Markdown. Milliseconds: median, and least to greatest. */
export const describeMetrics = ({ rows, postgres, node, measured }) =>
  `${circumstances({ rows, postgres, node })}
Each answer of the service is for a clock of its own, so that none is kept; “kept” is the same question once more, of an unchanged dataset.
By hand is SQL for five of the measures, with distinct counts, where rows of a slot or an interview are taken to agree. In milliseconds:
median, and least to greatest.

${table(
  ['', 'metrics', '', 'kept', '', 'SQL by hand', '', 'PostGraphile with aggregates', ''],
  measured.map(({ label, ours, kept, sql, postgraphile }) => [
    label,
    ...times(ours),
    ...spread(kept, 1),
    ...times(sql),
    ...times(postgraphile),
  ]),
)}`;
