/** The program under test: its commands as processes of their own, as people run them. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { watchPeak } from './memory.mjs';

export const DIST = new URL('../dist/', import.meta.url);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAIN = fileURLToPath(new URL('main.js', DIST));

export const TOKEN = 'token-of-the-benchmark';

const environment = (dataDir) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME ?? '/',
  DATA_DIR: dataDir,
  SAMPLE: 'off',
  PORT: '0',
  ADMIN_TOKEN: TOKEN,
  LOG_LEVEL: 'error',
  // Measuring asks faster than a client may.
  RATE_LIMIT_PER_SECOND: '1000',
  RATE_LIMIT_CONCURRENT: '100',
  RATE_LIMIT_POINTS: '1000000000',
  RATE_LIMIT_POINTS_PER_SECOND: '1000000000',
  RATE_LIMIT_GRAPHQL_CONCURRENT: '10000',
});

const children = new Set();

function start(args, env, node = process.execPath, channels = []) {
  const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'inherit', ...channels] });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

/** Ends all processes that were started; what waits for them fails. */
export function endAll() {
  for (const child of children) child.kill('SIGTERM');
}

/** Runs a command to its end; gives its standard output and the peak of its own memory in bytes. Throws where it fails. */
export async function runCommand(dataDir, args) {
  const child = start([MAIN, ...args], environment(dataDir));
  const peak = watchPeak(child.pid);
  const [[code], stdout] = await Promise.all([once(child, 'close'), text(child.stdout)]);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stdout}`);
  return { stdout, peak: peak() };
}

/** Starts a server process and waits until it prints an address; gives the address, the process id and what stops it. */
const startServer = (file, args, env, node) => served(start([file, ...args], env, node), file);

async function served(child, file) {
  const closed = once(child, 'close');
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      said += piece;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    closed.then(() => reject(new Error(`${file} ended: ${said}`)));
  });
  return {
    url,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

/**
 * The service as it runs in production, on a Node of its own, of this program or of another checkout of it. It doesn't log each request,
 * as those that it is compared with don't. Its limits of rate count, but let a load through.
 */
export const startProduction = ({ connection, replica, node, folder = ROOT, settings = {} }) =>
  startServer(
    path.join(folder, 'dist/main.js'),
    ['start'],
    { ...productionEnvironment(connection), ...(replica && { DATABASE_REPLICA_URL: urlOf(replica) }), ...settings },
    node,
  );

/** Runs a command on a database of its own server to its end; gives its standard output. Throws where it fails. */
export async function runOn(connection, args) {
  const child = start([MAIN, ...args], productionEnvironment(connection));
  const [[code], stdout] = await Promise.all([once(child, 'close'), text(child.stdout)]);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stdout}`);
  return stdout;
}

const productionEnvironment = (connection) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME ?? '/',
  NODE_ENV: 'production',
  // By its URL a database serves several services at once.
  DATABASE_URL: urlOf(connection),
  PORT: '0',
  LOG_LEVEL: 'warn',
  RATE_LIMIT_PER_SECOND: '1000000',
  RATE_LIMIT_CONCURRENT: '10000',
  RATE_LIMIT_POINTS: '1000000000',
  RATE_LIMIT_POINTS_PER_SECOND: '1000000000',
  RATE_LIMIT_GRAPHQL_CONCURRENT: '10000',
});

/** The URL of a database that listens on a Unix socket or elsewhere. */
export function urlOf({ host, port, user, password = '', database, options }) {
  const parameters = new URLSearchParams({ host, port: String(port), options });
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${database}?${parameters}`;
}

/** Builds another checkout of the program where that is needed. */
export function build(folder) {
  execFileSync(process.execPath, [path.join(folder, 'src/run.mjs')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The service, as `npm start` runs it, or on another Node. */
export const startService = (dataDir, node) => startServer(MAIN, ['start'], environment(dataDir), node);

const LOOP_WATCH = new URL('loop-watch.mjs', import.meta.url).href;

/** The service with a watch over its event loop: `longestHold` gives the milliseconds that it was held at most since that was last asked. */
export const startWatchedService = (dataDir) => watched(environment(dataDir), process.execPath);

/** The same as it runs in production. */
export const startWatchedProduction = (connection, node) => watched(productionEnvironment(connection), node);

async function watched(env, node) {
  const child = start(['--import', LOOP_WATCH, MAIN, 'start'], env, node, ['ipc']);
  return {
    ...(await served(child, MAIN)),
    async longestHold() {
      const told = once(child, 'message');
      child.send('how long?');
      const [{ longestHold }] = await told;
      return longestHold;
    },
  };
}

/** The route that is compared with, on the same database. */
export const startPrismaRoute = (connection) =>
  startServer(fileURLToPath(new URL('prisma-route.mjs', import.meta.url)), [JSON.stringify(connection)], {
    PATH: process.env.PATH,
  });

const POSTGRAPHILE = new URL('postgraphile/', import.meta.url);

/** A Node that PostGraphile runs on too: this one, or the one that its folder has; with its version. */
export function newerNode() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 22) return { path: process.execPath, version: process.versions.node };
  const file = fileURLToPath(new URL(`node_modules/node-${process.platform}-${process.arch}/bin/node`, POSTGRAPHILE));
  if (!existsSync(file)) throw new Error(`PostGraphile needs Node 22 or later; this is ${process.versions.node}.`);
  return { path: file, version: execFileSync(file, ['--version'], { encoding: 'utf8' }).trim().slice(1) };
}

/** PostGraphile on the same database, with or without its plugin of aggregates. */
export function startPostgraphile(connection, node, { aggregates = false } = {}) {
  const connectionString = urlOf(connection);
  return startServer(
    fileURLToPath(new URL('server.mjs', POSTGRAPHILE)),
    [JSON.stringify({ connectionString, aggregates })],
    { PATH: process.env.PATH, GRAPHILE_ENV: 'production', NODE_ENV: 'production' },
    node,
  );
}

/** Mercurius on the same database. */
export const startMercurius = (connection, node) =>
  startServer(
    fileURLToPath(new URL('mercurius/server.mjs', import.meta.url)),
    [JSON.stringify(connection)],
    { PATH: process.env.PATH, NODE_ENV: 'production' },
    node,
  );

/** The bare server on the same database, with statements by name. */
export const startBare = (connection, statements, node) =>
  startServer(
    fileURLToPath(new URL('bare-server.mjs', import.meta.url)),
    [JSON.stringify(connection), JSON.stringify(statements)],
    { PATH: process.env.PATH, NODE_ENV: 'production' },
    node,
  );

/** The process that sends a load. */
export const startLoadClient = (node) =>
  start([fileURLToPath(new URL('load-client.mjs', import.meta.url))], { PATH: process.env.PATH }, node, ['ipc']);
