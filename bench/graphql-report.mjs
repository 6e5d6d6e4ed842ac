import { figureOf } from './figures.mjs';
import { QUESTIONS } from './questions.mjs';
import { circumstances, spread, table, whole } from './report.mjs';

const SLOWEST = 5;

const LABELS = { ours: '**this service**', postgraphile: 'PostGraphile 5', mercurius: 'Mercurius', bare: 'bare' };

const groupsOf = (items, keyOf) => {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
};

/** The questions as Markdown, a table each. `measured`: a list of `{ query, connections, peer, samples }`; the first peer is divided by the others. */
export const describeBeside = (measured) =>
  groupsOf(measured, ({ query }) => query)
    .map(([first, ...others]) => describeQuestion(first.query, [first, ...others]))
    .join('\n');

const describeQuestion = (query, measured) => `**${query}**: ${QUESTIONS[query].label}

${table(
  [
    '',
    'at once',
    'requests/s',
    'least – greatest',
    `${measured[0].peer} ÷ this`,
    'least – greatest',
    'p50, ms',
    'p99, ms',
    'CPU, ms: Node',
    'Postgres',
  ],
  groupsOf(measured, ({ connections }) => connections).flatMap((row) => {
    const [base] = row;
    return row.map(({ peer, connections, samples }) => {
      const of = (key) => figureOf(samples.map((sample) => sample[key]));
      const ratio = figureOf(samples.map(({ rate }, round) => base.samples[round].rate / rate));
      return [
        LABELS[peer] ?? peer,
        connections,
        ...spread(of('rate')),
        ...(peer === base.peer ? ['', ''] : spread(ratio, 2)),
        ...['p50', 'p99'].map((key) => spread(of(key), 2)[0]),
        ...['node', 'postgres'].map((key) => (samples[0][key] === null ? 'not measured' : spread(of(key), 2)[0])),
      ];
    });
  }),
)}`;

/** What was measured of GraphQL, as Markdown. */
export const describeGraphql = ({ rows, postgres, node, pages, beside, bySize, seconds }) =>
  `${circumstances({ rows, postgres, node, more: ['The access rule, limits, cost and one snapshot for each operation are on; the token is one of the database.'] })}
### Beside other servers

Each server is a process of its own on Node ${node} and on the same database, with at most 10 connections to it. The service runs as in
production, but logs no requests, as the others don’t, and has limits of rate that let the load through. PostGraphile has the settings that
its documentation recommends, Mercurius loaders and \`jit\`. Bare is \`node:http\` and one named prepared statement whose rows are the items as JSON
text, about the least that an answer costs in Node. The answers were compared: they are the same.

A process of its own asks for ${seconds} seconds a round, on so many connections at once that stay open, each of which sends its next request when it has
the answer to the last. Those with an id are asked for 200 interviews in turn. Ratios are those of a round; CPU is milliseconds a request, by
the system’s accounts of the server’s process and of all processes of Postgres.

${describeBeside(beside)}${bySize ? `\n### By size\n\nThe same of this service alone, over few rows and many, in turn on the same machine.\n\n${describeBeside(bySize)}` : ''}
### Pages

The statement that chooses a page of 50, as \`EXPLAIN (ANALYZE, BUFFERS)\` tells it: the first page, page 1,000 by its cursor, and the last. Of the
${pages.length} orders and filters ${pages.filter(isFlat).length} read no more than twice the buffers of the first page, or 16, on the others; all ${pages.filter(({ filtered }) => !filtered).length} orders
without a filter ${pages.filter((one) => !one.filtered && !isFlat(one)).length === 0 ? 'do' : `but ${pages.filter((one) => !one.filtered && !isFlat(one)).length} do`}.

The slowest, and those that read more:

${table(
  ['', 'buffers: first, far, last', 'ms: first', 'far', 'last'],
  [
    ...new Set([
      ...[...pages].sort((a, b) => slowest(b) - slowest(a)).slice(0, SLOWEST),
      ...pages.filter((one) => !isFlat(one)),
    ]),
  ].map(({ name, first, far, last }) => [
    name,
    [first, far, last].map((page) => (page ? whole(page.buffers) : '–')).join(', '),
    ...[first, far, last].map((page) => (page ? spread(page.milliseconds, 2)[0] : '–')),
  ]),
)}`;

/** A page of a few buffers may read some more at the bounds of its index. */
const FEW = 16;

const isFlat = ({ first, far, last }) => Math.max(far?.buffers ?? 0, last.buffers) <= Math.max(2 * first.buffers, FEW);

const slowest = ({ first, far, last }) => Math.max(...[first, far, last].map((page) => page?.milliseconds.median ?? 0));
