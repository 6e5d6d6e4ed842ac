import { Counter, Gauge, type Registry } from 'prom-client';
import { DatabaseProbe } from './database-probe.ts';

/** A pool of connections, as `pg` has it. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/** How many slots a queue has, and how many are taken and waited for. */
interface QueueUse {
  readonly slots: number;
  readonly inUse: number;
  readonly waiting: number;
}

/** What waits to be written to the audit log, and what became of the entries since the start. */
interface AuditState {
  readonly waiting: number;
  readonly spooledBytes: number;
  readonly written: number;
  readonly lost: number;
}

/** What the database says of the stored rows and tokens. Times are in milliseconds since 1970; null if there was no import. */
interface StoredState {
  readonly version: string;
  readonly importedAt: number | null;
  readonly knownAt: number | null;
  /** When names and reviews last expired, or would have. */
  readonly retainedAt: number | null;
  /** How many tokens expire within 14 days. */
  readonly expiringTokens: number;
}

/** What is looked at when Prometheus asks. */
export interface WatchedState {
  /** Version of the program. */
  readonly program: string;
  readonly pools: Readonly<Record<string, Pool>>;
  /** Returns the use of each queue. */
  readonly queues: Readonly<Record<string, () => QueueUse>>;
  /** Returns how many kept answers were computed again since the start. */
  readonly refreshed: () => number;
  /** Returns what is known of the audit log. */
  readonly audit: () => AuditState;
  /** Months after which names and reviews expire; null: never. */
  readonly retentionMonths: number | null;
  /** Asks the database. */
  readonly readState: () => Promise<StoredState>;
}

/**
 * Registers the metrics of what is now: pools, queues, the database and its rows. docs/monitoring.md says what they are for. Each is set as it
 * is collected: one that another sets would be a scrape behind.
 */
export function stateMetrics(
  registry: Registry,
  { program, pools, queues, refreshed, audit, retentionMonths, readState }: WatchedState,
): void {
  const registers = [registry];

  new Gauge({
    name: 'interviews_build_info',
    help: 'Always 1; the labels are the versions.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version: program, node: process.version }, 1);

  new Gauge({
    name: 'interviews_retention_months',
    help: 'Months after which names and reviews expire, as this instance is told; 0 if they are kept forever.',
    registers,
  }).set(retentionMonths ?? 0);

  const ofPools = (name: string, help: string, read: (pool: Pool) => number) =>
    new Gauge({
      ...{ name, help, registers, labelNames: ['pool'] },
      collect() {
        for (const [pool, state] of Object.entries(pools)) this.set({ pool }, read(state));
      },
    });
  ofPools('interviews_database_connections_max', 'Connections that a pool may open.', ({ options }) => options.max);
  ofPools(
    'interviews_database_connections_waiting',
    'Callers that wait for a connection of a pool.',
    ({ waitingCount }) => waitingCount,
  );
  new Gauge({
    ...{ name: 'interviews_database_connections', help: 'Open connections of a pool.', registers },
    labelNames: ['pool', 'state'],
    collect() {
      for (const [pool, { totalCount, idleCount }] of Object.entries(pools)) {
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'in_use' }, totalCount - idleCount);
      }
    },
  });

  const ofQueues = (name: string, help: string, read: (use: QueueUse) => number) =>
    new Gauge({
      ...{ name, help, registers, labelNames: ['queue'] },
      collect() {
        for (const [queue, use] of Object.entries(queues)) this.set({ queue }, read(use()));
      },
    });
  ofQueues('interviews_queue_slots', 'Slots of a queue.', ({ slots }) => slots);
  ofQueues('interviews_queue_slots_in_use', 'Slots that requests hold.', ({ inUse }) => inUse);
  ofQueues('interviews_queue_waiting', 'Requests that wait for a slot.', ({ waiting }) => waiting);

  new Counter({
    name: 'interviews_refreshed_answers_total',
    help: 'Kept answers that were computed again after rows or clock had changed.',
    registers,
    collect() {
      this.reset();
      this.inc(refreshed());
    },
  });

  auditMetrics(registers, audit);

  const probe = new DatabaseProbe(readState);
  new Gauge({
    ...{ name: 'interviews_database_up', help: 'Whether the database answered within 2 seconds.', registers },
    async collect() {
      const { isUp } = await probe.probe();
      this.set(isUp ? 1 : 0);
    },
  });
  /** While the database is away, what it told last: a time that is too long ago stays so. */
  const ofRows = (name: string, help: string, read: (state: StoredState) => number) =>
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        const { last } = await probe.probe();
        if (last !== null) this.set(read(last));
      },
    });
  ofRows(
    'interviews_last_import_timestamp_seconds',
    'When rows or names were imported last; 0 if never.',
    ({ importedAt }) => (importedAt ?? 0) / 1000,
  );
  ofRows(
    'interviews_rows_known_timestamp_seconds',
    'The time that the stored rows are known to be of; 0 if unknown.',
    ({ knownAt }) => (knownAt ?? 0) / 1000,
  );
  ofRows(
    'interviews_retention_timestamp_seconds',
    'When retention of names and reviews was applied last; 0 if never.',
    ({ retainedAt }) => (retainedAt ?? 0) / 1000,
  );
  ofRows(
    'interviews_data_version',
    'The data version, which grows with every import that changes something.',
    ({ version }) => Number(version),
  );
  ofRows(
    'interviews_tokens_expiring',
    'Tokens in use that expire within 14 days.',
    ({ expiringTokens }) => expiringTokens,
  );
}

function auditMetrics(registers: Registry[], audit: () => AuditState): void {
  const counter = (name: string, help: string, read: (state: AuditState) => number) =>
    new Counter({
      ...{ name, help, registers },
      collect() {
        this.reset();
        this.inc(read(audit()));
      },
    });
  const gauge = (name: string, help: string, read: (state: AuditState) => number) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read(audit()));
      },
    });
  counter('interviews_audit_entries_total', 'Entries that were written to the audit log.', ({ written }) => written);
  counter(
    'interviews_audit_lost_total',
    'Entries that found no room while it could not be written.',
    ({ lost }) => lost,
  );
  gauge('interviews_audit_waiting', 'Entries that wait in memory to be written.', ({ waiting }) => waiting);
  gauge(
    'interviews_audit_spooled_bytes',
    'Bytes of entries that wait on the disk.',
    ({ spooledBytes }) => spooledBytes,
  );
}
