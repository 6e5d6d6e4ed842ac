import { Command } from '../command.ts';
import { freePort } from '../free-port.ts';
import { type Memory, memoryOf, REPORTS_MEMORY } from '../memory.ts';
import { ADMIN_TOKEN } from '../service.ts';
import { BreakablePostgres, SERVICE } from './breakable-postgres.ts';
import { DatabaseNetwork } from './database-network.ts';
import type { FakedClock } from './faked-clock.ts';
import { openFiles } from './open-files.ts';
import { TestUpstream } from './upstream.ts';

/** How a rig is made. */
interface RigOptions {
  /** The size of the database's disk, as `300m`. */
  readonly disk: string;
  /** The clock of the service and of the database; by default that of the system. */
  readonly clock?: FakedClock;
  /** More of the environment of the service. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The service as its own process, on a database that can be broken, through a network that can be broken, with an upstream. */
export class Rig {
  readonly postgres: BreakablePostgres;
  readonly network: DatabaseNetwork;
  readonly upstream = new TestUpstream();
  readonly clock: FakedClock | null;
  url = '';
  #databasePort = 0;
  #env: Record<string, string> = {};
  #service: Command | null = null;

  private constructor(disk: string, clock: FakedClock | null) {
    this.clock = clock;
    this.postgres = new BreakablePostgres(disk, clock?.env);
    this.network = new DatabaseNetwork(this.postgres.socket);
  }

  static async start({ disk, clock, env = {} }: RigOptions): Promise<Rig> {
    const rig = new Rig(disk, clock ?? null);
    await rig.postgres.create();
    const port = await freePort();
    rig.url = `http://127.0.0.1:${port}`;
    rig.#databasePort = await rig.network.listen();
    rig.#env = {
      ...clock?.env,
      ...{ PORT: String(port), ADMIN_TOKEN, LOG_LEVEL: 'error', ...REPORTS_MEMORY },
      DATABASE_URL: `postgresql://${SERVICE}@127.0.0.1:${rig.#databasePort}/${SERVICE}`,
      ...{ SYNC_FROM: await rig.upstream.listen(), SYNC_TOKEN: ADMIN_TOKEN, SYNC_EVERY: '1s' },
      ...{ RATE_LIMIT_PER_SECOND: '0', RATE_LIMIT_CONCURRENT: '0', RATE_LIMIT_POINTS: '0' },
      AUDIT: 'continue',
      // Whatever hangs is given up soon; the rows of a state may be any others.
      ...{ GRAPHQL_TIMEOUT_SECONDS: '3', EXPORT_DATABASE_SECONDS: '3', MAX_REMOVALS_PERCENT: '100' },
      ...env,
    };
    await rig.startService();
    return rig;
  }

  /** Another instance on the same database, with more of the environment. Stop it before the rig. */
  async another(env: Readonly<Record<string, string>>): Promise<{ readonly url: string; stop(): Promise<unknown> }> {
    const service = new Command(['start'], { ...this.#env, PORT: '0', ...env });
    const [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
    return { url, stop: () => service.kill('SIGTERM') };
  }

  async startService(): Promise<void> {
    this.#service = new Command(['start'], this.#env);
    await this.#service.prints(/\ncurl /);
  }

  /** kill -9 */
  async killService(): Promise<void> {
    await this.#service?.kill('SIGKILL');
  }

  /** Tells the service to stop, as its supervisor does. Gives its exit code. */
  async stopService(): Promise<unknown> {
    return await this.#service?.kill('SIGTERM');
  }

  /** The process of the service. */
  get pid(): number {
    return this.#service?.child.pid as number;
  }

  /** The log of the service. */
  get log(): string {
    return this.#service?.stderr ?? '';
  }

  /** Whether the service runs. */
  get isRunning(): boolean {
    return this.#service?.child.exitCode === null && this.#service.child.signalCode === null;
  }

  /** Collects the garbage of the service, and says what is left. */
  async memory(): Promise<Memory> {
    return await memoryOf(this.#service as Command);
  }

  /** What the service has open, but for its connections to the database. */
  get openFiles(): string[] {
    const database = ` to ${this.#databasePort}, established`;
    return openFiles(this.pid).filter((file) => !file.endsWith(database));
  }

  async stop(): Promise<void> {
    await this.#service?.kill('SIGKILL');
    this.upstream.stop();
    this.network.close();
    await this.postgres.stop();
  }
}
