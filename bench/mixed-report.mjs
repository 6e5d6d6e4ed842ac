import { circumstances, mebibytes, table, whole } from './report.mjs';

const milliseconds = (number) => number.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What was measured of a polite client beside others, as Markdown. */
export const describeMixed = ({
  rows,
  postgres,
  node,
  times,
  every,
  mix,
  unloaded,
  heavies,
  greatests,
  mixed,
  memory,
}) =>
  `${circumstances({ rows, postgres, node })}
A polite client asks for one interview with its job every ${every} ms, with a token of its own, whether or not it has the last answer. The others are
in another process. The service runs as in production, with limits of rate that let the load through.

${table(
  [
    'beside',
    'its p50, ms',
    'p99, ms',
    'p99 ÷ unloaded',
    'failed',
    'loop held at most, ms',
    'of the others: answered',
    'failed',
    'p50, ms',
  ],
  [
    ['nobody', unloaded],
    [`24 heavy operations at once, from three tokens, for ${times.storm} s`, heavies],
    [`8 operations of the greatest allowed cost at once, from one token, for ${times.storm} s`, greatests],
    [`a mixed load for ${times.mixed} s`, mixed],
  ].map(([label, { polite, hold, other }]) => [
    label,
    milliseconds(polite.p50),
    milliseconds(polite.p99),
    (polite.p99 / unloaded.polite.p99).toFixed(1),
    failures(polite),
    whole(hold),
    ...(other?.p50 === undefined ? ['', '', ''] : [whole(other.count), whole(other.failed), milliseconds(other.p50)]),
  ]),
)}
### The mixed load

Every ${every} ms one request: of 20, ${mix.graphql} of GraphQL, ${mix.imports} imports of 50 rows, one after the other, and ${mix.exports} export of 10,000 rows as CSV.

${table(
  ['', 'answered', 'failed', 'p50, ms', 'p99, ms'],
  Object.entries(mixed.other).map(([name, kind]) => [
    name,
    whole(kind.count),
    failures(kind),
    milliseconds(kind.p50),
    milliseconds(kind.p99),
  ]),
)}
Resident memory of the service meanwhile:

${table(
  ['after', ...fifths(memory).map(({ second }) => `${whole(second)} s`), 'peak'],
  [
    [
      '',
      ...fifths(memory).map(({ bytes }) => mebibytes(bytes)),
      mebibytes(memory.includes(null) ? null : Math.max(...memory)),
    ],
  ],
)}`;

const failures = ({ failed, firstFailure }) => (failed === 0 ? '0' : `${whole(failed)} (${firstFailure.slice(0, 60)})`);

/** The first and the last of some samples, one a second, and four between. */
const fifths = (samples) =>
  [0, 1, 2, 3, 4, 5].map((part) => {
    const at = Math.round((part / 5) * (samples.length - 1));
    return { second: at + 1, bytes: samples[at] };
  });
