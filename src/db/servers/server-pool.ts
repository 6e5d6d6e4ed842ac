import pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import type { Candidate, ServerChecks, Servers } from './servers.ts';
import { targetFault } from './session-target.ts';

/** The candidates that connections go to. */
const candidates = new WeakMap<pg.ClientBase, Candidate>();

/** Milliseconds in which a server that is looked for must answer. */
const LOOK_TIMEOUT_MS = 5_000;

/** Whether two connections go to one server. */
export const areOfOneServer = (one: pg.ClientBase, other: pg.ClientBase): boolean =>
  candidates.get(one)?.url === candidates.get(other)?.url;

/** Why a server is not used; the message names it. */
class ServerFault extends Error {
  /** Whether no connection could be made. */
  readonly isAway: boolean;

  constructor(message: string, isAway: boolean, options: ErrorOptions) {
    super(message, options);
    this.isAway = isAway;
  }
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void;

/** A pool of connections to one of several servers: the next one, if a connection fails. Idle connections to a former one are closed. */
export class ServerPool extends pg.Pool {
  readonly #servers: Servers;

  constructor(config: pg.PoolConfig, servers: Servers) {
    super({ ...config, Client: clientClass(servers) });
    this.#servers = servers;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const connected = this.#connect();
    if (!callback) return connected;
    connected.then(
      (client) => callback(undefined, client, client.release),
      (error) => callback(error, undefined, () => {}),
    );
  }

  async #connect(): Promise<pg.PoolClient> {
    const faults: Error[] = [];
    while (faults.length < this.#servers.count) {
      try {
        const client = await super.connect();
        void lookForPreferred(this.#servers);
        if (!this.#servers.isStale(candidates.get(client))) return client;
        client.release(true);
      } catch (error) {
        const fault = faultOf(error);
        if (!fault) throw error;
        faults.push(fault);
      }
    }
    throw new Failure(
      'DATABASE_UNAVAILABLE',
      'The database can’t be reached at the moment: none of its servers answers as DATABASE_URL wants it. Try again shortly.',
      { cause: new AggregateError(faults, faults.map(({ message }) => message).join('; ')) },
    );
  }
}

/** The pool wraps an error that comes after its timeout. */
function faultOf(error: unknown): ServerFault | undefined {
  if (error instanceof ServerFault) return error;
  return error instanceof Error && error.cause instanceof ServerFault ? error.cause : undefined;
}

/** Returns the class of the pool's clients: each connects to the server that is next when it is made. */
function clientClass(servers: Servers) {
  return class ServerClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      const candidate = servers.next();
      super({ ...config, connectionString: candidate.url });
      candidates.set(this, candidate);
      // Its end shows in what it does. Without a listener, one that comes before the pool's would end the process.
      this.on('error', () => {});
    }

    override connect(): Promise<this>;
    override connect(callback: (error?: Error) => void): void;
    override connect(callback?: (error?: Error) => void): Promise<this> | undefined {
      const candidate = candidates.get(this) as Candidate;
      const connected = connectTo(candidate, this, servers.checks, () => super.connect()).then(
        () => {
          servers.accept(candidate);
          return this;
        },
        (error: ServerFault) => {
          if (error.isAway) servers.failServer(candidate, error.message);
          else servers.fail(candidate, error.message);
          throw error;
        },
      );
      if (!callback) return connected;
      connected.then(() => callback(), callback);
    }
  };
}

/** Connects to a candidate. Errors: a ServerFault, also if the server is not what it must be. */
async function connectTo(
  candidate: Candidate,
  client: pg.Client,
  checks: ServerChecks | null,
  connect: () => Promise<unknown>,
): Promise<void> {
  const name = `${client.host}:${client.port}`;
  let isAway = true;
  try {
    await connect();
    isAway = false;
    const fault = (await targetFault(client, candidate.target)) ?? (await checks?.fault(client, candidate)) ?? null;
    if (fault === null) return;
    throw new Error(fault);
  } catch (cause) {
    client.end().catch(() => {});
    throw new ServerFault(`${name}: ${cause instanceof Error ? cause.message : cause}`, isAway, { cause });
  }
}

/** Lets new connections go to a preferred server again, if there is one. Does not throw. */
async function lookForPreferred(servers: Servers): Promise<void> {
  const candidates = servers.toLookFor();
  if (candidates.length > 0) await servers.checks?.beforeLook();
  for (const candidate of candidates) {
    const client = new pg.Client({ connectionString: candidate.url, connectionTimeoutMillis: LOOK_TIMEOUT_MS });
    client.on('error', () => {});
    try {
      await connectTo(candidate, client, servers.checks, () => client.connect());
      await client.end();
      servers.moveTo(candidate);
      return;
    } catch {
      // Then the next, or the next time.
    }
  }
}
