import { circumstances, spread, table, whole } from './report.mjs';

const SLOWEST = 5;

/** What was measured of GraphQL, as Markdown. */
export const describeGraphql = ({ rows, postgres, node, pages, beside, requests, clients }) =>
  `${circumstances({ rows, postgres, node, more: ['GraphQL’s own are on: tokens, the access rule, limits and cost, one snapshot for each operation.'] })}
### Beside PostGraphile 5

Milliseconds a request of ${requests}, over HTTP, both on Node ${node} and the same tables. The answers were compared: they tell of the same things.

${table(
  ['', 'ours', 'least – greatest', 'PostGraphile', 'least – greatest', 'PostGraphile ÷ ours'],
  [
    [
      '50 interviews with job, candidate, time slots, appointments and interviewers, one after the other',
      'panels',
      'alone',
    ],
    [`the same, ${clients} clients at once`, 'panels', 'together'],
    ['one interview by its id, one after the other', 'one', 'alone'],
    [`the same, ${clients} clients at once`, 'one', 'together'],
  ].map(([label, name, way]) => {
    const [ours, theirs] = [beside[`${name} ours ${way}`], beside[`${name} theirs ${way}`]];
    return [label, ...spread(ours, 2), ...spread(theirs, 2), (theirs.median / ours.median).toFixed(2)];
  }),
)}
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
