import type pg from 'pg';
import {
  CANDIDATES,
  JOBS,
  type NameColumn,
  type NamedRow,
  type NameList,
  type NamesOutcome,
} from '../../domain/import/name-lists.ts';
import { DERIVED, deleteOrphans } from '../derived/derive.ts';
import {
  addSpellings,
  areSpellingsOutdated,
  makeSpellingsAnew,
  removeUnusedSpellings,
  textsIn,
} from '../derived/spellings.ts';
import { dropErased } from '../erasure/erase-staged.ts';
import { NEXT_VERSION } from '../query/state/data-version.ts';
import { dropExpired } from '../retention/expire-staged.ts';

/**
 * Stages imported names of jobs or candidates and computes what they change. `columns`: the names in the file; other names stay unchanged.
 * `sample`: the names belong to the sample, and go with it; all others stay, also if they are the same as the sample's.
 * Returns a function that applies the changes; call it in the same transaction after the appointments have been changed. `maxListed`: the
 * maximum number of disagreeing rows to list. Errors: those of the database and of `rows`.
 */
export async function importNames(
  client: pg.ClientBase,
  list: NameList,
  columns: readonly NameColumn[],
  rows: AsyncIterable<readonly NamedRow[]>,
  listed: number,
  sample: boolean,
): Promise<{ settlement: NamesOutcome; apply: () => Promise<void> }> {
  const statements = statementsFor(list, columns, sample);
  await client.query(statements.create);
  for await (const batch of rows)
    await client.query(statements.stage, [
      batch.map(({ line }) => line),
      batch.map(({ id }) => id),
      ...columns.map((_, at) => batch.map(({ names }) => names[at] ?? null)),
    ]);
  const erased = list === CANDIDATES ? await dropErased(client, statements.staged) : 0;
  const expired = list === CANDIDATES ? await dropExpired(client, statements.staged) : 0;
  for (const statement of statements.rank) await client.query(statement);
  const { rows: counts } = await client.query<Record<string, string>>(statements.count);
  const count = (name: string): number => Number(counts[0]?.[name]);
  const { rows: disagreeing } = await client.query<{ line: string; id: string }>(statements.disagreeing, [listed]);
  const [inserted, updated] = [count('inserted'), count('updated')];
  return {
    settlement: {
      inserted,
      updated,
      unchanged: count('last') - inserted - updated,
      duplicates: count('staged') - count('last'),
      erased,
      expired,
      warned: count('warned'),
      disagreeing: disagreeing.map(({ line, id }) => ({ line: Number(line), id })),
    },
    async apply() {
      if (inserted + updated === 0) return;
      for (const statement of statements.apply) await client.query(statement);
      if (await areSpellingsOutdated(client)) return await makeSpellingsAnew(client);
      await addSpellings(client, statements.names);
      if (updated > 0) await removeUnusedSpellings(client, list.table, statements.formerNames);
    },
  };
}

function statementsFor({ table, title }: NameList, columns: readonly NameColumn[], sample: boolean) {
  const derived = DERIVED.find((one) => one.table === table);
  if (!derived) throw new Error(`${table} is not a derived table`);
  const key = derived.key[0];
  const names = columns.map(({ column }) => column);
  const list = (prefix: string): string => names.map((name) => `${prefix}${name}`).join(', ');
  const given = (prefix: string): string => names.map((name) => `${prefix}${name} IS NOT NULL`).join(' OR ');
  const differs = (from: string): string =>
    `((${list('t.')}) IS DISTINCT FROM (${list(from)}) OR t.sample <> ${sample})`;
  const [staged, last, former] = [`staged_${title}`, `last_${title}`, `former_${title}`];
  return {
    staged,
    names: textsIn(table, last, names),
    formerNames: textsIn(table, former, names),
    create: `/* names.staged */ CREATE TEMP TABLE ${staged} (line bigint, id uuid, ${names.map((name) => `${name} text`).join(', ')}) ON COMMIT DROP`,
    stage: `/* names.stage */ INSERT INTO ${staged} SELECT * FROM unnest($1::bigint[], $2::uuid[]${names.map((_, at) => `, $${at + 3}::text[]`).join('')})`,
    rank: [
      `/* names.last */ CREATE TEMP TABLE ${last} ON COMMIT DROP AS SELECT DISTINCT ON (id) * FROM ${staged} ORDER BY id, line DESC`,
      `/* names.analyze */ ANALYZE ${last}`,
    ],
    count: `/* names.count */ SELECT
      (SELECT count(*) FROM ${staged}) AS staged,
      (SELECT count(*) FROM ${staged} s JOIN ${last} l USING (id) WHERE (${list('s.')}) IS DISTINCT FROM (${list('l.')})) AS warned,
      count(*) AS last,
      count(*) FILTER (WHERE t.${key} IS NULL AND (${given('l.')})) AS inserted,
      count(*) FILTER (WHERE t.${key} IS NOT NULL AND ${differs('l.')}) AS updated
      FROM ${last} l LEFT JOIN ${table} t ON t.${key} = l.id`,
    disagreeing: `/* names.disagreeing */ SELECT s.line, s.id FROM ${staged} s JOIN ${last} l USING (id)
      WHERE (${list('s.')}) IS DISTINCT FROM (${list('l.')}) ORDER BY s.line LIMIT $1`,
    apply: [
      `/* names.former */ CREATE TEMP TABLE ${former} ON COMMIT DROP AS
       SELECT ${list('t.')} FROM ${table} t JOIN ${last} l ON t.${key} = l.id WHERE (${list('t.')}) IS DISTINCT FROM (${list('l.')})`,
      `/* names.apply */ INSERT INTO ${table} AS t (${key}, ${list('')}, sample)
       SELECT id, ${list('')}, ${sample} FROM ${last} l WHERE ${given('l.')} OR EXISTS (SELECT 1 FROM ${table} s WHERE s.${key} = l.id)
       ON CONFLICT (${key}) DO UPDATE SET ${[...names, 'sample'].map((name) => `${name} = excluded.${name}`).join(', ')}
       WHERE ${differs('excluded.')}`,
      deleteOrphans(derived, (id) => `${id} IN (SELECT id FROM ${last})`),
      `/* names.dataset */ UPDATE dataset SET version = ${NEXT_VERSION}, imported_at = clock_timestamp()`,
    ],
  };
}

/** Clears the names that came with the sample. Run them before the derived tables are brought up to date, which then removes the orphans. */
export const CLEAR_SAMPLE_NAMES: readonly string[] = [JOBS, CANDIDATES].map(
  ({ table, names }) =>
    `/* names.sample */ UPDATE ${table} SET ${names.map(({ column }) => `${column} = NULL`).join(', ')}, sample = false WHERE sample`,
);
