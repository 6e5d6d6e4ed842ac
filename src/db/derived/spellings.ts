/**
 * Table `spelling`: for each text that names a person, a candidate or a job, the forms by which it is found and sorted. They are made by this
 * program (src/domain/names/spelling.ts), since the collations of servers differ. Whatever stores names completes the table in its own
 * transaction, which must hold the import lock.
 */
import type pg from 'pg';
import { ENTITIES, type EntityName, entityOf } from '../../domain/entities.ts';
import { MAX_SPELLED_LENGTH, SPELLING_VERSION, spellingOf } from '../../domain/names/spelling.ts';
import { type SpellingKind, spellingKindOf } from '../../domain/names/spelling-kind.ts';
import { keysOf } from '../../domain/types/records.ts';

/** How many texts to read and write at once. */
const BATCH = 1_000;

/** A text that has a spelling. */
interface SpelledText {
  readonly kind: SpellingKind;
  readonly text: string;
}

/** Returns the columns of an entity that are names, in pairs: few texts, but many rows, have the same first and last name. */
function nameColumns(entity: EntityName): string[][] {
  const { attributes, row = {} } = entityOf(entity);
  const columns = [...Object.values(attributes), ...Object.values(row)].flatMap((attribute) =>
    attribute.kind !== 'fullName' && attribute.isName ? [attribute.column] : [],
  );
  return inPairs([...new Set(columns)]);
}

const inPairs = (columns: readonly string[]): string[][] =>
  columns.length === 0 ? [] : [columns.slice(0, 2), ...inPairs(columns.slice(2))];

const NAMED_ENTITIES = keysOf(ENTITIES).filter((entity) => nameColumns(entity).length > 0);

/** Returns a SELECT of the texts in some columns of a FROM item, as `kind` and `text`. They may repeat. */
export const textsIn = (kind: SpellingKind, from: string, columns: readonly string[]): string =>
  `SELECT '${kind}' AS kind, text FROM (SELECT DISTINCT ${columns.join(', ')} FROM ${from}) named
   CROSS JOIN LATERAL (VALUES ${columns.map((column) => `(${column})`).join(', ')}) v (text) WHERE text IS NOT NULL`;

const unionOf = (selects: readonly string[]): string => selects.join('\n UNION ALL ');

/** A SELECT of all texts that need a spelling. The names of employees are names in rows, too. */
export const ALL_NAMES = `SELECT DISTINCT kind, text FROM (${unionOf(
  NAMED_ENTITIES.filter((entity) => entity !== 'employee').flatMap((entity) =>
    nameColumns(entity).map((columns) => textsIn(spellingKindOf(entity), entityOf(entity).table, columns)),
  ),
)}) names WHERE char_length(text) <= ${MAX_SPELLED_LENGTH}`;

/** Returns a SELECT of the names in the rows that change, as they were or as they become (src/db/import/apply.ts). */
export const changedNames = (row: 'old' | 'new'): string =>
  unionOf(
    nameColumns('appointment').map((columns) => {
      const changed = columns.map((name) => `${row}_${name}`);
      return textsIn(spellingKindOf('appointment'), 'change', changed);
    }),
  );

/** Whether the stored spellings were made by an older version of the functions, or never. */
export async function areSpellingsOutdated(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ version: number }>(
    '/* spelling.version */ SELECT spelling_version AS version FROM dataset',
  );
  return (rows[0]?.version ?? 0) < SPELLING_VERSION;
}

/** Makes all spellings anew. */
export async function makeSpellingsAnew(client: pg.ClientBase): Promise<void> {
  await client.query('/* spelling.clear */ DELETE FROM spelling');
  await updateAllSpellings(client);
  await client.query('/* spelling.made */ UPDATE dataset SET spelling_version = $1', [SPELLING_VERSION]);
}

/** Adds the spellings of texts that have none. `source`: a SELECT of them as `kind` and `text`. Returns how many were added. */
export async function addSpellings(client: pg.ClientBase, source: string): Promise<number> {
  // All rows will be fetched. Otherwise, Postgres would plan for the first ones and take three times as long.
  await client.query('/* spelling.missing */ SET LOCAL cursor_tuple_fraction TO 1');
  await client.query(`/* spelling.missing */ DECLARE unspelled NO SCROLL CURSOR FOR SELECT DISTINCT kind, text FROM (${source}) names
    WHERE char_length(text) <= ${MAX_SPELLED_LENGTH}
      AND NOT EXISTS (SELECT 1 FROM spelling s WHERE s.kind = names.kind AND s.text = names.text)`);
  let added = 0;
  for (;;) {
    const { rows } = await client.query<SpelledText>(`/* spelling.missing */ FETCH ${BATCH} FROM unspelled`);
    if (rows.length > 0) await insertSpellings(client, rows);
    added += rows.length;
    if (rows.length < BATCH) break;
  }
  await client.query('/* spelling.missing */ CLOSE unspelled');
  return added;
}

/** Makes the spellings of some texts anew. */
export async function replaceSpellings(client: pg.ClientBase, texts: readonly SpelledText[]): Promise<void> {
  await client.query(
    '/* spelling.replace */ DELETE FROM spelling WHERE (kind, text) IN (SELECT * FROM unnest($1::text[], $2::text[]))',
    [texts.map(({ kind }) => kind), texts.map(({ text }) => text)],
  );
  await insertSpellings(client, texts);
}

async function insertSpellings(client: pg.ClientBase, texts: readonly SpelledText[]): Promise<void> {
  const spellings = texts.map(({ text }) => spellingOf(text));
  await client.query(
    `/* spelling.add */ INSERT INTO spelling (kind, text, folded, sort_key)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])`,
    [
      texts.map(({ kind }) => kind),
      texts.map(({ text }) => text),
      spellings.map(({ folded }) => folded),
      spellings.map(({ sortKey }) => sortKey),
    ],
  );
}

/** True of a text of `spelling s` that no item of an entity is named by. */
const namesNone = (entity: EntityName): string =>
  nameColumns(entity)
    .flat()
    .map((column) => `NOT EXISTS (SELECT 1 FROM ${entityOf(entity).table} n WHERE n.${column} = s.text)`)
    .join(' AND ');

/** True of one of the texts $2 in `spelling s` that no row of the extract has. The few texts are looked for in the rows, not the reverse. */
const IN_NO_ROW = nameColumns('appointment')
  .flat()
  .map((column) => `s.text NOT IN (SELECT ${column} FROM appointment WHERE ${column} = ANY ($2))`)
  .join(' AND ');

/**
 * Removes the spellings of texts by which nothing is named any more. `source`: a SELECT of the texts in question, as `kind` and `text`, all of
 * one kind. The rows of the extract are searched only if no employee has the name, which is rare.
 */
export async function removeUnusedSpellings(client: pg.ClientBase, kind: SpellingKind, source: string): Promise<void> {
  const first = kind === 'person' ? 'employee' : kind;
  const { rows } = await client.query<{ text: string }>(
    `/* spelling.unused */ SELECT s.text FROM spelling s
     WHERE s.kind = $1 AND s.text IN (SELECT text FROM (${source}) former) AND ${namesNone(first)}`,
    [kind],
  );
  if (rows.length === 0) return;
  await client.query(
    `/* spelling.unused */ DELETE FROM spelling s
     WHERE s.kind = $1 AND s.text = ANY ($2) AND ${kind === 'person' ? IN_NO_ROW : 'true'}`,
    [kind, rows.map(({ text }) => text)],
  );
}

/** Adds and removes spellings after all rows of the extract may have changed. Returns the number of changed spellings. */
export async function updateAllSpellings(client: pg.ClientBase): Promise<number> {
  await client.query(`/* spelling.used */ CREATE TEMP TABLE used_names ON COMMIT DROP AS ${ALL_NAMES}`);
  await client.query('/* spelling.used */ ANALYZE used_names');
  const added = await addSpellings(client, 'SELECT kind, text FROM used_names');
  const { rowCount: removed } = await client.query(
    `/* spelling.unused */ DELETE FROM spelling s
     WHERE NOT EXISTS (SELECT 1 FROM used_names u WHERE u.kind = s.kind AND u.text = s.text)`,
  );
  await client.query('/* spelling.used */ DROP TABLE used_names');
  await client.query('/* spelling.analyze */ ANALYZE spelling');
  return added + (removed ?? 0);
}
