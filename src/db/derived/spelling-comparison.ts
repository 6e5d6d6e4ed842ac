/** Compares the stored spellings with what they follow from, which takes the functions of this program. */
import type pg from 'pg';
import { spellingOf } from '../../domain/names/spelling.ts';
import type { SpellingKind } from '../../domain/names/spelling-kind.ts';
import { ALL_NAMES, replaceSpellings, updateAllSpellings } from './spellings.ts';

/** How many spellings to read at once. */
const BATCH = 1_000;

/** Names without a spelling, and spellings of nothing. */
const ONE_SIDED = `SELECT kind, text, CASE WHEN s.folded IS NULL THEN 'missing' ELSE 'surplus' END AS fault
  FROM (SELECT *, true AS named FROM (${ALL_NAMES}) names) n FULL JOIN spelling s USING (kind, text) WHERE s.folded IS NULL OR n.named IS NULL`;

interface WrongSpelling {
  readonly fault: 'missing' | 'surplus' | 'different';
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Returns the comparison of table `spelling`; `maxExamples`: how many wrong rows to list. Errors: those of the database. */
export async function compareSpellings(client: pg.ClientBase, maxExamples: number) {
  const { rows: found } = await client.query<StoredKey & { fault: 'missing' | 'surplus' }>(
    `/* verify.spelling */ ${ONE_SIDED} ORDER BY fault, kind, text`,
  );
  const surplus = new Set(found.flatMap(({ fault, ...key }) => (fault === 'surplus' ? [keyOf(key)] : [])));
  const wrong: WrongSpelling[] = found.map(({ fault, kind, text }) => ({ fault, key: [kind, text], columns: [] }));
  let rows = 0;
  let different = 0;
  for await (const batch of storedSpellings(client)) {
    rows += batch.length;
    for (const stored of batch) {
      const columns = differingColumns(stored);
      if (columns.length === 0 || surplus.has(keyOf(stored))) continue;
      different++;
      if (wrong.length < maxExamples) wrong.push({ fault: 'different', key: [stored.kind, stored.text], columns });
    }
  }
  const examples = wrong.slice(0, maxExamples);
  return { table: 'spelling', rows, missing: found.length - surplus.size, surplus: surplus.size, different, examples };
}

/** Corrects the spellings and returns how many were changed. The caller's transaction must hold the import lock. */
export async function repairSpellings(client: pg.ClientBase): Promise<number> {
  let changed = await updateAllSpellings(client);
  for await (const batch of storedSpellings(client)) {
    const wrong = batch.filter((stored) => differingColumns(stored).length > 0);
    changed += wrong.length;
    if (wrong.length > 0) await replaceSpellings(client, wrong);
  }
  return changed;
}

interface StoredKey {
  readonly kind: SpellingKind;
  readonly text: string;
}

const keyOf = ({ kind, text }: StoredKey): string => `${kind} ${text}`;

interface StoredSpelling extends StoredKey {
  readonly folded: string;
  readonly sort_key: string;
}

function differingColumns({ text, folded, sort_key }: StoredSpelling): string[] {
  const right = spellingOf(text);
  return [...(folded === right.folded ? [] : ['folded']), ...(sort_key === right.sortKey ? [] : ['sort_key'])];
}

async function* storedSpellings(client: pg.ClientBase): AsyncGenerator<StoredSpelling[]> {
  await client.query(
    '/* verify.spelling */ DECLARE stored_spellings NO SCROLL CURSOR FOR SELECT kind, text, folded, sort_key FROM spelling',
  );
  for (;;) {
    const { rows } = await client.query<StoredSpelling>(`/* verify.spelling */ FETCH ${BATCH} FROM stored_spellings`);
    yield rows;
    if (rows.length < BATCH) break;
  }
  await client.query('/* verify.spelling */ CLOSE stored_spellings');
}
