/** One state of the rows for all statements of a transaction, on one server and on the nodes of a cluster. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Failure } from '../../domain/errors.ts';
import { RowsMoved } from './errors/database-errors.ts';
import type { Layout } from './layout.ts';

/**
 * The view that those lock who open a state of distributed rows, together, and those who commit changes, alone. It exists only where rows are
 * distributed, has nothing to show, and no backup takes it along.
 */
export const GATE = 'read_gate';

/** Begins a transaction that sees one state. Statements that set something for it may follow. */
export const BEGIN_READING = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** A state that a transaction has opened. */
export interface OpenedState {
  /** The process of the database that serves the connection until the transaction ends. */
  readonly pid: number;
  /** Where the rows lay then; null on one server. */
  readonly placements: string | null;
}

/** What says where shards lie: each that is moved or split has a new number, also if it comes back. */
const PLACEMENTS = 'SELECT max(placementid)::text AS placements FROM pg_dist_placement';

/**
 * Opens one state on all nodes. Each takes its snapshot with the first statement that reaches it, so all are reached while nobody commits: LOCK takes
 * no snapshot itself, and rolling back to the savepoint gives the gate free again, while the snapshots stay. A snapshot is that of a connection, and
 * with a pool of one the coordinator has one connection a node. Whoever commits waits for the gate, and is not to wait for a node that is silent.
 */
const OPEN = `SET LOCAL citus.max_adaptive_executor_pool_size = 1; SET LOCAL lock_timeout = '10s'; SAVEPOINT opening;
  /* state.gate */ LOCK TABLE ${GATE} IN ACCESS SHARE MODE; /* state.nodes */ SELECT 1 FROM appointment LIMIT 1;
  /* state.open */ SELECT pg_backend_pid() AS pid, (${PLACEMENTS}) AS placements,
    ARRAY(SELECT DISTINCT xmin::text FROM pg_dist_transaction) AS commits; ROLLBACK TO SAVEPOINT opening`;

const OPEN_ON_ONE_SERVER = '/* state.open */ SELECT pg_backend_pid() AS pid';

/**
 * Commits changes of rows, which nobody who opens a state then sees in part: locks of the coordinator are held until all nodes have committed. The
 * gate is looked for each time, so that a command that has begun before the rows were distributed is right as well.
 */
export const COMMIT_CHANGES = `/* state.commit */ DO $$ BEGIN
  IF to_regclass('${GATE}') IS NOT NULL THEN LOCK TABLE ${GATE} IN ACCESS EXCLUSIVE MODE; END IF; END $$; COMMIT`;

/** How long a reader waits for a commit to end on all nodes, and how long between two looks, in milliseconds. */
const SETTLING = { atMost: 2_000, pause: 50 };

/** How many commits are remembered at most. */
const MAX_SETTLED = 1_000;

/**
 * The states of one database. Where rows are distributed, a node that dies while a transaction commits has its part of it only once it is back and
 * the coordinator has told it again (`citus.recover_2pc_interval`). Until then nobody may read. The coordinator keeps a record of each commit,
 * for a minute or so; which of them have ended on all nodes is asked once and then remembered here.
 */
export class OneState {
  readonly #layout: Layout;
  readonly #settled = new Set<string>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /**
   * Begins a transaction on a connection and opens a state, which its following statements see. `begin`: BEGIN_READING, and what else is set for it.
   * Errors: DATABASE_UNAVAILABLE if the last change has not ended on all nodes; those of the database.
   */
  async open(client: pg.ClientBase, begin: string): Promise<OpenedState> {
    if (!this.#layout.distributed) {
      const [row] = await resultOf<{ pid: number }>(client, `${begin}; ${OPEN_ON_ONE_SERVER}`, 'pid');
      return { pid: row?.pid ?? 0, placements: null };
    }
    const until = performance.now() + SETTLING.atMost;
    for (;;) {
      const opened = await this.#openOnNodes(client, begin);
      if (opened !== null) return opened;
      await client.query('ROLLBACK');
      await this.#settle(client, until);
    }
  }

  /**
   * Ends the transaction. Errors: RowsMoved, a conflict, if a shard was moved meanwhile: its rows aren't seen where they are now by a transaction that
   * began before; those of the database.
   */
  async close(client: pg.ClientBase, { placements }: Pick<OpenedState, 'placements'>): Promise<void> {
    if (placements === null) {
      await client.query('COMMIT');
      return;
    }
    const text = `COMMIT; /* state.close */ ${PLACEMENTS}`;
    const [now] = await resultOf<{ placements: string }>(client, text, 'placements');
    if (now?.placements !== placements) throw new RowsMoved();
  }

  /** Returns null if a commit may not have ended on all nodes. */
  async #openOnNodes(client: pg.ClientBase, begin: string): Promise<OpenedState | null> {
    type Row = OpenedState & { readonly commits: readonly string[] };
    const [row] = await resultOf<Row>(client, `${begin}; ${OPEN}`, 'commits');
    if (!row) throw new Error('the state was not opened');
    const { commits, ...opened } = row;
    return commits.every((commit) => this.#settled.has(commit)) ? opened : null;
  }

  /** Asks the nodes until all commits of which there is a record have ended, and remembers them. Errors: DATABASE_UNAVAILABLE. */
  async #settle(client: pg.ClientBase, until: number): Promise<void> {
    for (;;) {
      const { rows } = await client.query<{ commits: string[]; away: string[]; pending: number }>(COMMITS);
      const { commits, away, pending } = rows[0] ?? { commits: [], away: [], pending: 0 };
      if (away.length > 0) throw new Failure('DATABASE_UNAVAILABLE', awayMessage(away));
      if (pending === 0) {
        if (this.#settled.size > MAX_SETTLED) this.#settled.clear();
        for (const commit of commits) this.#settled.add(commit);
        return;
      }
      if (performance.now() > until)
        throw new Failure(
          'DATABASE_UNAVAILABLE',
          'A server of the cluster stopped while a change was saved, and has not all of it yet. Try again in a minute.',
        );
      await sleep(SETTLING.pause);
    }
  }
}

const awayMessage = (nodes: readonly string[]): string =>
  `A server of the cluster can’t be reached at the moment (${nodes.join(', ')}). Try again shortly.`;

/**
 * Of a transaction whose record is there and that no node holds prepared any more, each node has its part. The records are those of the statement's
 * snapshot, which is older than what the nodes answer.
 */
const COMMITS = `/* state.commits */ WITH record AS (SELECT gid, xmin::text AS transaction FROM pg_dist_transaction),
  answer AS MATERIALIZED (
    SELECT nodename || ':' || nodeport AS node, success, result
    FROM run_command_on_workers('SELECT coalesce(json_agg(gid), ''[]'') FROM pg_prepared_xacts WHERE database = current_database()'))
  SELECT ARRAY(SELECT DISTINCT transaction FROM record) AS commits, ARRAY(SELECT node FROM answer WHERE NOT success) AS away,
    (SELECT count(*)::integer FROM answer, json_array_elements_text(CASE WHEN success THEN result::json ELSE '[]' END) AS held
     WHERE held IN (SELECT gid FROM record)) AS pending`;

/** Sends statements, and returns the rows of the one that gives a column. */
async function resultOf<Row extends object>(client: pg.ClientBase, statements: string, column: string): Promise<Row[]> {
  const results = (await client.query(statements)) as unknown as readonly pg.QueryResult<Row>[];
  return results.find(({ fields }) => fields.some(({ name }) => name === column))?.rows ?? [];
}
