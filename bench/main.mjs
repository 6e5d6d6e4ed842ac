/** The command line of the benchmarks: `npm run bench -- extract|import|graphql|cost|mixed|metrics|readers|audit|hostile [--rows 1000000]`. */
import { parseArgs } from 'node:util';
import { endAll } from './program.mjs';

/** What can be measured; a benchmark is loaded only when it is asked for. */
const BENCHMARKS = {
  extract: async () => (await import('./extract.mjs')).benchExtract,
  import: async () => (await import('./import.mjs')).benchImport,
  graphql: async () => (await import('./graphql.mjs')).benchGraphql,
  cost: async () => (await import('./cost.mjs')).benchCost,
  mixed: async () => (await import('./mixed.mjs')).benchMixed,
  metrics: async () => (await import('./metrics.mjs')).benchMetrics,
  readers: async () => (await import('./readers.mjs')).benchReaders,
  audit: async () => (await import('./audit.mjs')).benchAudit,
  hostile: async () => (await import('./hostile.mjs')).benchHostile,
};

const USAGE = `Usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [--rows 1000000]
graphql, cost, mixed, metrics, readers and audit also take
  --quick                 print a table instead of writing README.md
readers also takes --connections 8, --rounds 5 and --seconds 3, audit the latter two
graphql also takes
  --sizes                 measure the service with 10,000 rows too
and with --quick, which keeps the database for the next time,
  --queries Q1,Q2         of Q1, Q2, Q2n, Q3, Q5
  --peers ours,bare       of ours, postgraphile, mercurius, bare
  --program FOLDER        the service of another checkout too; may be given several times
  --connections 1,8,64
  --rounds 3
  --seconds 1             of each round`;
const FEWEST_ROWS = 1_000;

const OPTIONS = {
  rows: { type: 'string' },
  quick: { type: 'boolean', default: false },
  sizes: { type: 'boolean', default: false },
  queries: { type: 'string' },
  peers: { type: 'string' },
  program: { type: 'string', multiple: true },
  connections: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
};

const wholeNumber = (text) => {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${text} is not a whole number from 1`);
  return Number(text);
};
const list = (text, read = (item) => item) => text?.split(',').map((item) => read(item.trim()));

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
    const name = positionals.join();
    if (!Object.hasOwn(BENCHMARKS, name)) throw new Error(`There is no benchmark ${name || 'without a name'}`);
    const rows = wholeNumber(values.rows ?? (values.quick ? '100000' : '1000000'));
    if (rows < FEWEST_ROWS) throw new Error(`--rows: at least ${FEWEST_ROWS}`);
    return {
      benchmark: BENCHMARKS[name],
      rows,
      quick: values.quick,
      sizes: values.sizes,
      queries: list(values.queries),
      peers: list(values.peers),
      programs: values.program,
      connections: list(values.connections, wholeNumber),
      rounds: values.rounds && wholeNumber(values.rounds),
      seconds: values.seconds && wholeNumber(values.seconds),
    };
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
  }
  return null;
}

const options = readArguments();
if (options === null) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  // Without the processes that are measured the measurement fails, and then cleans up.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, endAll);
  const run = await options.benchmark();
  await run(options);
}
