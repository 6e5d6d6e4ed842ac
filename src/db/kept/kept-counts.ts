import { hash } from 'node:crypto';
import type { Condition } from '../../domain/condition.ts';
import type { EntityName } from '../../domain/entities.ts';
import { mapRecord } from '../../domain/types/records.ts';
import type { Query } from '../connection/snapshot.ts';
import type { DataState } from '../query/state/data-state.ts';
import { tableOf, toSql } from '../query/where/to-sql.ts';
import { joinSql, name, parameterList, sql } from '../sql.ts';
import { KeptByVersion } from './by-version.ts';
import { LatelyAsked } from './lately-asked.ts';
import type { KeptAnswers, Outdated } from './outdated.ts';

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
export class KeptCounts implements KeptAnswers {
  readonly #counts = new KeptByVersion<number>({ max: MAX_COUNTS });
  readonly #lately = new LatelyAsked<Counted>();
  readonly #costlyMs: number;

  /** `costlyMs`: the milliseconds from which counting is worth being remembered, to be done again. */
  constructor(costlyMs: number) {
    this.#costlyMs = costlyMs;
  }

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
      const key = keyOf(one);
      const count = this.#counts.get(version, key);
      if (count === undefined) missing.set(key, one);
      else {
        known.set(key, count);
        this.#lately.touch(key);
      }
      return key;
    });
    const began = performance.now();
    const counts = missing.size === 0 ? [] : await countAll(query, missing);
    const isCostly = performance.now() - began >= this.#costlyMs;
    for (const [key, count] of counts) {
      query.whenSure(() => this.#counts.set(version, key, count));
      known.set(key, count);
      const one = missing.get(key);
      if (isCostly && one) this.#lately.note(key, one);
    }
    return mapRecord(keys, (key: string) => known.get(key) ?? 0);
  }

  isAsked(): boolean {
    return this.#lately.list().length > 0;
  }

  outdated({ version }: DataState): readonly Outdated[] {
    return this.#lately
      .list()
      .map(([key, one]) => ({
        isKept: () => this.#counts.has(version, key),
        answer: async (query: Query) => {
          for (const [, count] of await countAll(query, new Map([[key, one]])))
            query.whenSure(() => this.#counts.set(version, key, count));
          this.#lately.answered(key);
        },
        forget: () => this.#lately.forget(key),
      }))
      .filter(({ isKept }) => !isKept());
  }
}

const keyOf = ({ entity, where }: Counted): string => hash('sha256', JSON.stringify([entity, where]), 'base64');

/** Counts the rows of each by one statement. Errors: those of the query. */
async function countAll<K>(query: Query, counted: ReadonlyMap<K, Counted>): Promise<[K, number][]> {
  const { parameters, bind } = parameterList(query);
  const counts = [...counted.values()].map(
    ({ entity, where }, index) =>
      sql`(SELECT count(*)::int FROM ${tableOf(entity)} a WHERE ${toSql(where, bind, entity)}) AS ${name(`c${index}`)}`,
  );
  const [row] = await query<Record<string, number>>(sql`/* counts */ SELECT ${joinSql(counts, ', ')}`, parameters);
  return [...counted.keys()].map((key, index) => [key, row?.[`c${index}`] ?? 0]);
}
