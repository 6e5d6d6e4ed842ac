/** Puts a server under load, and measures what that gives and costs. */
import { cpuOfPostgres, cpuOfProcess } from './cpu.mjs';
import { startLoadClient } from './program.mjs';

/** Starts the process that sends the requests. */
export function openLoad(node) {
  const child = startLoadClient(node);
  let settle = () => {};
  child.on('message', (message) => settle(message));
  child.once('close', () => settle({ error: 'the client of the load ended' }));
  async function tell(command, options) {
    const told = new Promise((resolve) => {
      settle = resolve;
    });
    child.send({ command, ...options });
    const { error, ...result } = await told;
    if (error) throw new Error(error);
    return result;
  }
  return {
    /** Tells the process one of its commands; gives its answer. */
    tell,
    /**
     * Asks a server (`{ url, requests, pid, postmaster }`) on so many connections for so many seconds. Gives requests a second, p50 and
     * p99 in milliseconds, and the milliseconds of CPU that a request cost Node and Postgres (null where that isn’t measured).
     */
    async measure({ name, url, requests, pid, postmaster }, { connections, seconds }) {
      try {
        await tell('open', { url, requests, connections });
        const before = [cpuOfProcess(pid), cpuOfPostgres(postmaster)];
        const { milliseconds, seconds: elapsed } = await tell('run', { seconds });
        const after = [cpuOfProcess(pid), cpuOfPostgres(postmaster)];
        const sorted = Float64Array.from(milliseconds).sort();
        const [node, postgres] = after.map((value, at) =>
          value === null ? null : ((value - before[at]) * 1000) / sorted.length,
        );
        return {
          rate: sorted.length / elapsed,
          p50: quantile(sorted, 0.5),
          p99: quantile(sorted, 0.99),
          node,
          postgres,
        };
      } catch (error) {
        throw new Error(`${name}: ${error.message}`);
      }
    },
    close: () => child.disconnect(),
  };
}

/** A request of GraphQL. */
export const graphqlRequest = (headers, body) => ({ kind: 'GraphQL', path: '/graphql', method: 'POST', headers, body });

/** The p50 and p99 of some milliseconds. */
export function quantilesOf(milliseconds) {
  const sorted = Float64Array.from(milliseconds).sort();
  return { count: sorted.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}

/** The least of some sorted numbers that so great a part of them doesn’t exceed. */
const quantile = (sorted, part) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
