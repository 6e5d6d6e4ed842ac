import { circumstances, table, whole } from './report.mjs';

/** What was measured of hostile requests, as Markdown. */
export const describeHostile = ({ rows, postgres, graphql, imports, times }) =>
  `${circumstances({ rows, postgres })}
Each is sent ${times} times, after a first time that doesn’t count; the figures are the worst. The loop is held for as long as nobody else’s request
is looked at: by the service’s own \`monitorEventLoopDelay\`, and as seen from outside by whoever asks for \`/healthz\` meanwhile.

### GraphQL, by a token that may only read

${listed(graphql)}
### Imports, by a token that may write (\`dryRun=true\`)

${listed(imports)}`;

const listed = (measured) =>
  table(
    ['', 'bytes', 'answer', 'its ms', 'loop held, ms', '`/healthz`, ms'],
    measured.map(({ name, bytes, answer, milliseconds, longestHold, longestPoll }) => [
      name,
      whole(bytes),
      answer,
      ...[milliseconds, longestHold, longestPoll].map(whole),
    ]),
  );
