import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Condition } from '../../../domain/condition.ts';
import type { EntityName } from '../../../domain/entities.ts';
import { mapRecord } from '../../../domain/types/records.ts';
import type { Query } from '../../connection/snapshot.ts';
import { joinSql, name, parameterList, sql } from '../../sql.ts';
import { tableOf, toSql } from '../where/to-sql.ts';

/** What is counted: the rows of an entity’s table that meet a condition, which includes what the viewer sees. */
interface Counted {
  readonly entity: EntityName;
  readonly where: Condition;
}

/** The maximum number of counts that an instance keeps: a few megabytes. */
const MAX_COUNTS = 10_000;

/**
 * Counts that an instance keeps: by the version of the rows and what was counted, so none is ever outdated, nor one that somebody else may see
 * more of. With a million rows counting them takes longer than most other answers.
 */
export class KeptCounts {
  readonly #counts = new LRUCache<string, number>({ max: MAX_COUNTS });

  /**
   * Returns the number of rows of each, in a snapshot whose rows have this data version: as kept, or by one statement for all others. Errors:
   * those of the query.
   */
  async read<N extends string>(
    query: Query,
    version: string,
    counted: Readonly<Record<N, Counted>>,
  ): Promise<Record<N, number>> {
    const known = new Map<string, number>();
    const missing = new Map<string, Counted>();
    const keys = mapRecord(counted, (one: Counted) => {
      const key = keyOf(version, one);
      const count = this.#counts.get(key);
      if (count === undefined) missing.set(key, one);
      else known.set(key, count);
      return key;
    });
    for (const [key, count] of missing.size === 0 ? [] : await countAll(query, missing)) {
      this.#counts.set(key, count);
      known.set(key, count);
    }
    return mapRecord(keys, (key: string) => known.get(key) ?? 0);
  }
}

const keyOf = (version: string, counted: Counted): string =>
  hash('sha256', JSON.stringify([version, counted.entity, counted.where]), 'base64');

/** Counts the rows of each by one statement. Errors: those of the query. */
async function countAll<K>(query: Query, counted: ReadonlyMap<K, Counted>): Promise<[K, number][]> {
  const { parameters, bind } = parameterList();
  const counts = [...counted.values()].map(
    ({ entity, where }, index) =>
      sql`(SELECT count(*)::int FROM ${tableOf(entity)} a WHERE ${toSql(where, bind, entity)}) AS ${name(`c${index}`)}`,
  );
  const [row] = await query<Record<string, number>>(sql`/* counts */ SELECT ${joinSql(counts, ', ')}`, parameters);
  return [...counted.keys()].map((key, index) => [key, row?.[`c${index}`] ?? 0]);
}
