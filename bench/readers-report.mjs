import { figureOf } from './figures.mjs';
import { circumstances, spread, table } from './report.mjs';

const HEAD = [
  '',
  'requests/s',
  'least – greatest',
  '÷ the first',
  'least – greatest',
  'CPU, ms: Node',
  'primary',
  'standby',
];

/** The rows of the table of a kind of request. Ratios are those of a round. */
function rowsOf(setups) {
  const [first] = Object.values(setups);
  return Object.entries(setups).map(([name, samples]) => {
    const of = (read) => figureOf(samples.map(read));
    const cpu = (server) =>
      spread(
        of((sample) => sample[server]),
        2,
      )[0];
    return [
      name,
      ...spread(of(({ rate }) => rate)),
      ...spread(
        of(({ rate }, round) => rate / first[round].rate),
        2,
      ),
      ...['node', 'primary', 'standby'].map(cpu),
    ];
  });
}

/** What was measured of readers, as Markdown. */
export const describeReaders = ({ rows, postgres, connections, seconds, measured }) =>
  `${circumstances({ rows, postgres, servers: 'a primary and a standby of Debian' })}
The same requests to one instance and to two, on a primary alone and with a standby. Two processes send them, on ${connections} connections in all that stay
open, for ${seconds} seconds a round; two instances get half of them each. CPU is milliseconds a request of all instances together and of each server, by the
system’s accounts.

Everything shares the processors of this machine: requests a second say what a second process or server costs here, and whether one process was what
held them up, not what a second machine gives. What the CPU of the primary falls by is what a standby takes off it, wherever it runs.

${Object.entries(measured)
  .map(([kind, setups]) => `### Readers: ${kind}\n\n${table(HEAD, rowsOf(setups))}`)
  .join('\n')}`;
