import type pg from 'pg';
import { MAX_AHEAD_MS } from '../../domain/import/as-of.ts';
import type { ImportOutcome, LocatedWarning, PlanOptions } from '../../domain/import/import-session.ts';
import { eraseStaged } from '../erasure/erase-staged.ts';
import { NEXT_VERSION } from '../query/state/data-version.ts';
import { expireStaged } from '../retention/expire-staged.ts';
import { allInserted, applyChanges, chooseIncoming, compareWithStored, countChanges, counts } from './changes.ts';
import { REFUSED_COUNTS, REFUSED_IN } from './difference.ts';
import { removalsOf } from './removals.ts';
import type { Staging } from './staging.ts';
import { keepPrecision } from './stored-precision.ts';
import { gatherWarnings, WARNED, WARNINGS } from './warnings.ts';

const UNCHANGED = { inserted: 0, updated: 0, unchanged: 0, removed: 0, refused: 0 };
const NO_ROWS: Omit<ImportOutcome, 'asOf' | 'knownAt'> = {
  rows: { ...UNCHANGED, duplicates: 0, moved: 0 },
  interviews: UNCHANGED,
  erased: 0,
  expired: 0,
  warned: 0,
  warnings: [],
  kept: [],
  refusedIn: [],
  sampleRemoved: false,
  removals: null,
};

/**
 * Computes what an import changes, and returns a function that applies it. `staged`: what was staged. `skipped`: it is the sample, but something
 * was imported before. Errors: those of the database.
 */
export async function planImport(
  client: pg.PoolClient,
  staged: Pick<Staging, 'rows' | 'refused' | 'hasWarnings' | 'hasCoarse'>,
  options: PlanOptions,
): Promise<{ settlement: ImportOutcome; skipped: boolean; apply: () => Promise<void> }> {
  const stored = await readStored(client);
  const asOf = options.asOf ?? stored.begun;
  // Checked again under the lock, because a first import may have run in the meantime.
  if (options.sample && stored.imported)
    return { settlement: { ...NO_ROWS, asOf, knownAt: stored.knownAt }, skipped: true, apply: async () => {} };
  const sampleRemoved = stored.sample && !options.sample;
  const anyRefused = staged.refused > 0;
  // Stored rows are compared as they were left: forgotten people have other ids there, and names and reviews have expired.
  const erased = await eraseStaged(client);
  const expired = await expireStaged(client);
  const kept = staged.hasCoarse ? await keepPrecision(client) : [];
  const { incoming, repeated } = await chooseIncoming(client, anyRefused);
  const replaced = sampleRemoved ? 'sample' : options.replaceAll ? 'all' : 'interviews';
  const anyStored = await compareWithStored(client, incoming, replaced);
  const refused = anyRefused ? await counts(client, REFUSED_COUNTS) : () => 0;
  const interviews = await gatherWarnings(client, { all: !anyRefused && !repeated, ofReading: staged.hasWarnings });
  const change = anyStored ? await countChanges(client) : allInserted(incoming, interviews);
  const { inserted, updated, gone } = change;
  const warned = await counts(client, WARNED);
  const { rows: warnings } = await client.query<LocatedWarning & { line: string }>(WARNINGS, [options.maxListed]);
  const { rows: refusedIn } = anyRefused ? await client.query<{ source: number }>(REFUSED_IN) : { rows: [] };
  const removals = await removalsOf(client, gone);
  const changes = inserted + updated + gone;
  const changed = changes > 0;
  // An older extract adds nothing to what is known of later; but of the rows of a removed sample nothing is left. A time to come was recorded
  // while a clock was wrong; kept, it would be the clock of all metrics until it has come.
  const before = stored.knownAt === null || stored.knownAt > stored.now + MAX_AHEAD_MS ? asOf : stored.knownAt;
  const knownAt = sampleRemoved && changed ? asOf : Math.max(asOf, before);
  return {
    skipped: false,
    settlement: {
      rows: {
        inserted,
        updated,
        unchanged: incoming - inserted - updated,
        removed: removals.removed,
        moved: removals.moved,
        refused: refused('rows'),
        duplicates: staged.rows - refused('rows') - incoming,
      },
      interviews: {
        inserted: change.interviews.inserted,
        updated: change.interviews.updated,
        unchanged: interviews - change.interviews.inserted - change.interviews.updated,
        removed: change.interviews.removed,
        refused: refused('interviews'),
      },
      erased,
      expired,
      warned: warned('warned'),
      warnings: warnings.map((warning) => ({ ...warning, line: Number(warning.line) })),
      kept,
      refusedIn: refusedIn.map(({ source }) => source),
      sampleRemoved: sampleRemoved && changed,
      removals: sampleRemoved && staged.rows > 0 ? null : removals,
      asOf,
      knownAt,
    },
    async apply() {
      if (changed) await applyChanges(client, change, sampleRemoved);
      await client.query(
        `/* load.dataset */ UPDATE dataset SET sample = $2, imported_at = clock_timestamp(), known_at = $3,
           version = CASE WHEN $1 THEN ${NEXT_VERSION} ELSE version END`,
        // Importing the downloaded sample leaves it the sample.
        [changed, options.sample || (sampleRemoved && !changed && incoming > 0), new Date(knownAt)],
      );
    },
  };
}

/** What `dataset` says before an import. Instants are milliseconds since 1970. */
interface StoredBefore {
  readonly sample: boolean;
  readonly imported: boolean;
  readonly knownAt: number | null;
  /** The beginning of the import: that of its transaction, before it waited for another import and before it read its files. */
  readonly begun: number;
  /** The present by the clock of the database. */
  readonly now: number;
}

/** Reads `dataset` within an import, which has the lock. */
async function readStored(client: pg.ClientBase): Promise<StoredBefore> {
  const { rows } = await client.query<{
    sample: boolean;
    imported: boolean;
    knownAt: Date | null;
    begun: Date;
    now: Date;
  }>(
    `/* load.stored */ SELECT sample, imported_at IS NOT NULL AS imported, known_at AS "knownAt", date_trunc('second', now()) AS begun,
       clock_timestamp() AS now
     FROM dataset`,
  );
  const [dataset] = rows;
  if (!dataset) throw new Error('the dataset has no row');
  return {
    ...dataset,
    knownAt: dataset.knownAt?.getTime() ?? null,
    begun: dataset.begun.getTime(),
    now: dataset.now.getTime(),
  };
}
