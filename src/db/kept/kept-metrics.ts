import { hash } from 'node:crypto';
import { followClock } from '../../domain/metrics/follow-clock.ts';
import type { MetricsQuery } from '../../domain/metrics/query.ts';
import { clockText } from '../../domain/metrics/request.ts';
import type { Query } from '../connection/snapshot.ts';
import { type MetricsGroups, readMetrics } from '../metrics/read-metrics.ts';
import type { DataState } from '../query/state/data-state.ts';
import { KeptByVersion } from './by-version.ts';
import { LatelyAsked, MAX_REMEMBERED } from './lately-asked.ts';
import type { KeptAnswers, Outdated } from './outdated.ts';

/** The maximum size of all kept answers and of one, and estimates of what a group and a value take, all in bytes. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const BYTES_OF_GROUP = 200;
const BYTES_OF_VALUE = 16;
const BYTES_OF_CHARACTER = 2;

/** The maximum size of an answer that is computed again, so that all of them have room, and the maximum length of its question. */
const MAX_REMEMBERED_BYTES = MAX_KEPT_BYTES / MAX_REMEMBERED;
const MAX_QUESTION = 20_000;

function sizeOf({ groups }: MetricsGroups): number {
  let bytes = BYTES_OF_GROUP;
  for (const { keys, values, previous, names = [] } of groups) {
    bytes += BYTES_OF_GROUP + BYTES_OF_VALUE * (values.length + (previous?.length ?? 0));
    for (const text of [...keys, ...names]) bytes += BYTES_OF_CHARACTER * (text?.length ?? 0);
  }
  return bytes;
}

/** What was asked. `clock`: that of the data, if it is the one that was asked for, in milliseconds since 1970; otherwise null. */
interface Question {
  readonly asked: MetricsQuery;
  readonly clock: number | null;
}

/**
 * The answers that an instance keeps, for all its APIs: by the version of the rows and all that was asked, which is clock, filter, and what
 * the viewer sees. So none is ever outdated, nor one that somebody else may see more of.
 */
export class KeptMetrics implements KeptAnswers {
  readonly #answers = new KeptByVersion<MetricsGroups>({
    maxSize: MAX_KEPT_BYTES,
    maxEntrySize: MAX_ANSWER_BYTES,
    sizeCalculation: sizeOf,
  });
  readonly #lately = new LatelyAsked<Question>();
  readonly #costlyMs: number;

  /** `costlyMs`: the milliseconds from which an answer is worth being computed again when the rows have changed. */
  constructor(costlyMs: number) {
    this.#costlyMs = costlyMs;
  }

  /** Returns the answer that was kept of rows in this state; undefined without one. */
  find({ version }: DataState, asked: MetricsQuery): MetricsGroups | undefined {
    const key = keyOf(asked);
    const found = this.#answers.get(version, key);
    if (found) this.#lately.touch(key);
    return found;
  }

  /** Keeps an answer, unless it is too large. `milliseconds`: how long it took. */
  keep(state: DataState, asked: MetricsQuery, answer: MetricsGroups, milliseconds: number): void {
    const key = keyOf(asked);
    this.#answers.set(state.version, key, answer);
    if (milliseconds < this.#costlyMs || sizeOf(answer) > MAX_REMEMBERED_BYTES) return;
    // Where nothing was imported the clock is the present time, and nobody asks the same twice.
    if (state.knownAt === null || JSON.stringify(asked).length > MAX_QUESTION) return;
    const isOfClock = asked.at === clockText(state.knownAt);
    this.#lately.note(key, { asked, clock: isOfClock ? state.knownAt : null });
  }

  isAsked(): boolean {
    return this.#lately.list().length > 0;
  }

  outdated({ version, knownAt }: DataState): readonly Outdated[] {
    if (knownAt === null) return [];
    for (const [key, { asked, clock }] of this.#lately.list()) {
      if (clock === null || clock === knownAt) continue;
      const next = followClock(asked, clock, knownAt);
      this.#lately.replace(key, keyOf(next), { asked: next, clock: knownAt });
    }
    return this.#lately
      .list()
      .map(([key, { asked }]) => ({
        isKept: () => this.#answers.has(version, key),
        answer: async (query: Query) => {
          const answer = await readMetrics(query, asked);
          query.whenSure(() => this.#answers.set(version, key, answer));
          this.#lately.answered(key);
        },
        forget: () => this.#lately.forget(key),
      }))
      .filter(({ isKept }) => !isKept());
  }
}

const keyOf = (asked: MetricsQuery): string => hash('sha256', JSON.stringify(asked), 'base64');
