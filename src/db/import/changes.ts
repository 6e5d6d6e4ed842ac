/** The steps of an import between its staged rows and the stored ones: what to store, what that changes, and the changes themselves. */
import type pg from 'pg';
import type { ChangeCounts } from '../../domain/import/import-session.ts';
import {
  addSpellings,
  areSpellingsOutdated,
  changedNames,
  makeSpellingsAnew,
  removeUnusedSpellings,
  updateAllSpellings,
} from '../derived/spellings.ts';
import { apply, type ChangeExtent, changesAll, ROWS_BEFORE } from './apply.ts';
import {
  CHANGE_COUNTS,
  DISTINGUISH,
  difference,
  INCOMING_COUNT,
  incomingRows,
  REPEATED,
  type Replaced,
  refusedInterviews,
  STORED,
} from './difference.ts';
import { CLEAR_SAMPLE_NAMES } from './names.ts';

/** Runs a query for one row of numbers, and returns a function that gives them by name. */
export async function counts(client: pg.ClientBase, query: string): Promise<(name: string) => number> {
  const { rows } = await client.query<Record<string, string>>(query);
  return (name) => Number(rows[0]?.[name]);
}

/** Creates `incoming`. Returns the number of its rows, and whether several staged rows had the same id. */
export async function chooseIncoming(
  client: pg.ClientBase,
  anyRefused: boolean,
): Promise<{ incoming: number; repeated: boolean }> {
  await client.query('/* load.analyze */ ANALYZE staged (n, interview_id, refusal)');
  await client.query(refusedInterviews(anyRefused));
  const { rowCount: chosen } = await client.query(incomingRows(anyRefused));
  const { rowCount: repeated } = await client.query(REPEATED);
  if (repeated === 0) return { incoming: chosen ?? 0, repeated: false };
  await client.query(DISTINGUISH);
  return { incoming: (await counts(client, INCOMING_COUNT))('incoming'), repeated: true };
}

/** Creates `difference`. `incoming`: the number of rows to store. Returns whether any rows are stored. */
export async function compareWithStored(client: pg.ClientBase, incoming: number, replaced: Replaced): Promise<boolean> {
  await client.query('/* load.analyze */ ANALYZE incoming (n, interview_id)');
  const { rows } = await client.query<{ any: boolean; estimate: number }>(STORED);
  const [stored = { any: true, estimate: 0 }] = rows;
  const statements = difference(replaced, stored.estimate > 0 && incoming * 2 >= stored.estimate);
  for (const statement of statements) await client.query(statement);
  await client.query('/* load.analyze */ ANALYZE difference');
  return stored.any;
}

/** What an import inserts, updates and removes, in rows and in interviews. */
export interface Changes {
  readonly inserted: number;
  readonly updated: number;
  readonly gone: number;
  readonly interviews: Pick<ChangeCounts, 'inserted' | 'updated' | 'removed'>;
}

export async function countChanges(client: pg.ClientBase): Promise<Changes> {
  const count = await counts(client, CHANGE_COUNTS);
  return {
    inserted: count('inserted'),
    updated: count('updated'),
    gone: count('gone'),
    interviews: {
      inserted: count('interviews_inserted'),
      updated: count('interviews_updated'),
      removed: count('interviews_removed'),
    },
  };
}

/** Returns the changes of an import into an empty database. */
export const allInserted = (inserted: number, interviews: number): Changes => ({
  inserted,
  updated: 0,
  gone: 0,
  interviews: { inserted: interviews, updated: 0, removed: 0 },
});

/** Applies the changes of `difference`. `sampleRemoved`: they remove the sample, whose names go with it. Errors: those of the database. */
export async function applyChanges(
  client: pg.ClientBase,
  { inserted, updated, gone }: Changes,
  sampleRemoved: boolean,
): Promise<void> {
  const { rows: before } = await client.query<{ stored: string; empty: string[] }>(ROWS_BEFORE);
  const extent = {
    rows: inserted + updated + gone,
    stored: updated + gone,
    storedBefore: Number(before[0]?.stored),
    empty: before[0]?.empty ?? [],
  };
  for (const statement of [...(sampleRemoved ? CLEAR_SAMPLE_NAMES : []), ...apply(extent)])
    await client.query(statement);
  await spellNames(client, extent, sampleRemoved);
}

/** Brings the spellings of names up to date with the rows, and with the names of jobs and candidates that went with the sample. */
async function spellNames(client: pg.ClientBase, extent: ChangeExtent, sampleRemoved: boolean): Promise<void> {
  if (await areSpellingsOutdated(client)) await makeSpellingsAnew(client);
  else if (sampleRemoved || changesAll(extent)) await updateAllSpellings(client);
  else {
    await addSpellings(client, changedNames('new'));
    if (extent.stored > 0) await removeUnusedSpellings(client, 'person', changedNames('old'));
  }
}
